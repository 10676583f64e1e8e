"""What was read and found in a passage against what it states and holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from benchmarks.passages import printed_lines
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.figure import State
from gouji.facts.narrative.tokens import tokens
from gouji.findings.finding import Finding, Findings
from gouji.labels import normalise

#: Names in the files for what the grammar calls otherwise.
_MEASURES = {measure.value: measure for measure in Measure} | {
    "较预算增减额": Measure.CHANGE,
    "较预算增减率": Measure.RATE,
}
#: Measures that say "no identity is known for it"; which of them a reader chooses changes nothing.
_UNRELATED = {Measure.OTHER, Measure.TARGET, Measure.ADJUSTMENT}
#: Of a rate (满意度, 得分率) also last year's and its change in points.
_RATES = {"%", "‰", "个百分点"}
_OF_RATES = {Measure.PRIOR, Measure.CHANGE}
#: Subjects that only say that money was spent or left, or so much each, or repeat the measure: they name nothing to be
#: told apart.
_GENERIC = {
    "支出",
    "实际支出",
    "累计支出",
    "全年执行",
    "执行数",
    "合计",
    "共计",
    "人均",
    "车均",
    "平均每辆",
    "平均每期",
    "平均",
    "车均运行维护费",
    "到位",
    "实际到位",
    "资金到位",
    "当年到位",
    "到位资金",
    "实际支付",
    "支付",
    "已支付",
    "执行",
    "使用",
    "发放",
    "已发放",
    "实际列支",
    "全年支出",
    "已拨付",
    "全年执行数",
    "年初预算",
    "总投资",
    "执行率",
    "预算执行率",
    "到位率",
    "支付率",
    "拨付率",
}


@dataclass
class Score:
    """Found, missed and wrongly found, by kind."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def recall(self, kind: str = "") -> Decimal:
        """Found of what there is, in percent."""
        found, missed = _count(self.found, kind), _count(self.missed, kind)
        return _percent(found, found + missed)

    def precision(self, kind: str = "") -> Decimal:
        """Right of what was found, in percent."""
        found, wrong = _count(self.found, kind), _count(self.wrong, kind)
        return _percent(found, found + wrong)


@dataclass(frozen=True)
class Expected:
    """A `subject | measure | figure` line of a passage."""

    subject: str
    measure: Measure
    base: str
    against_budget: bool
    value: Decimal
    unit: str
    kind: str


@dataclass
class Outcome:
    """What became of one passage."""

    case: Mapping[str, Any]
    missed_facts: list[str] = field(default_factory=list)
    wrong_facts: list[str] = field(default_factory=list)
    missed_errors: list[str] = field(default_factory=list)
    wrong_errors: list[str] = field(default_factory=list)


def _count(counter: Counter[str], kind: str) -> int:
    return counter[kind] if kind else counter.total()


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else Decimal("100.0")


def expected_facts(case: Mapping[str, Any]) -> list[Expected]:
    """The facts a passage states."""
    return [_expected(line) for line in case.get("facts") or ()]


def _expected(line: str) -> Expected:
    subject, kind, figure = (part.strip() for part in line.rsplit(" | ", 2))
    name, _, base = kind.partition("/")
    measure = _MEASURES[name]
    falls = figure.startswith("-")
    number = next((token.number for token in tokens(figure.lstrip("-"), "free") if token.number), None)
    if number is None:
        number = next((token.number for token in tokens(figure.lstrip("-") + "个", "free") if token.number), None)
    value = number.value if number else Decimal(0)
    unit = number.unit if number else ""
    return Expected(subject, measure, base, name.startswith("较预算"), -value if falls else value, unit, name)


def score_facts(case: Mapping[str, Any], facts: Facts, score: Score, outcome: Outcome) -> None:
    """Counts which of a passage's facts were read, and what was read that it does not state."""
    claims = [fact for fact in facts.statements() if _is_figure(fact)]
    used: set[int] = set()
    for line, one in zip(case.get("facts") or (), expected_facts(case), strict=True):
        matches = [fact for fact in claims if _same(one, fact)]
        best = next((fact for fact in matches if fact.id not in used), matches[0] if matches else None)
        if best is None:
            score.missed[one.kind] += 1
            outcome.missed_facts.append(line)
        else:
            score.found[one.kind] += 1
            used.add(best.id)
    spans = {(fact.place, fact.claim.measure) for fact in claims if fact.id in used and fact.claim}
    for fact in claims:
        if fact.claim and (fact.place, fact.claim.measure) not in spans:
            score.wrong[fact.claim.measure.value] += 1
            outcome.wrong_facts.append(_told(fact))


def _is_figure(fact: Fact) -> bool:
    claim = fact.claim
    return bool(claim) and fact.figure.state is not State.WORD and any(c.isdigit() for c in normalise(fact.figure.text))


def _told(fact: Fact) -> str:
    claim = fact.claim
    assert claim is not None
    base = f"/{claim.base.phrase if claim.base else (claim.whole.phrase if claim.whole else '')}"
    return (
        f"{claim.topic.phrase} | {claim.measure.value}{base if claim.measure is Measure.SHARE else ''}"
        f"{'(较预算)' if claim.against in BUDGETS else ''} | {'-' if claim.sign < 0 else ''}{fact.figure.text}"
        f"{'  〔' + claim.loose + '〕' if claim.loose else ''}{'  〔aside〕' if claim.aside else ''}"
    )


def _same(expected: Expected, fact: Fact) -> bool:
    claim = fact.claim
    assert claim is not None
    unrelated = _UNRELATED | (_OF_RATES if expected.unit in _RATES else set())
    alike = claim.measure is expected.measure or {claim.measure, expected.measure} <= unrelated
    if not alike or fact.figure.value is None:
        return False
    sign = -1 if claim.sign < 0 else 1
    if expected.unit and fact.figure.unit and expected.unit != fact.figure.unit:
        return False
    value = sign * fact.figure.value if claim.measure in (Measure.CHANGE, Measure.RATE) else fact.figure.value
    if value != expected.value and not (claim.measure in unrelated and abs(value) == abs(expected.value)):
        return False
    if claim.measure in (Measure.CHANGE, Measure.RATE) and expected.against_budget != (claim.against in BUDGETS):
        return False
    if claim.measure is Measure.SHARE and not _same_base(expected.base, fact):
        return False
    return claim.measure in unrelated or expected.unit == "分" or _alike(expected.subject, claim.topic.phrase)


def _same_base(base: str, fact: Fact) -> bool:
    claim = fact.claim
    assert claim is not None
    said = claim.base or claim.whole
    return said is None or not said.phrase or not base or _alike(base, said.phrase)


def _alike(expected: str, phrase: str) -> bool:
    """The same words, one within the other, or sharing most of their characters in order."""
    one, other = _plain(expected), _plain(phrase)
    if one in _GENERIC or other in _GENERIC:
        return True
    if not one or not other:
        return not one and not other
    if one in other or other in one:
        return True
    common = _common(one, other)
    return common >= 2 and common * 2 >= min(len(one), len(other))


def _plain(text: str) -> str:
    return re.sub(r"[、，,()（）的及和与]", "", normalise(text))


def _common(one: str, other: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for char in one:
        before = 0
        for index, against in enumerate(other, start=1):
            before, row[index] = row[index], before + 1 if char == against else max(row[index], row[index - 1])
    return row[-1]


def score_errors(
    case: Mapping[str, Any], facts: Facts, findings: Findings, scores: tuple[Score, Score], outcome: Outcome
) -> None:
    """Counts which errors (and questions) of a passage were found, and what was found that it does not hold."""
    for severity, expected, score in (
        ("error", case.get("errors") or (), scores[0]),
        ("question", case.get("questions") or (), scores[1]),
    ):
        found = [one for one in findings.findings if one.severity == severity]
        matched: set[str] = set()
        for entry in expected:
            hits = [one for one in found if _hits(entry, one, case)]
            matched |= {one.id for one in hits}
            if hits:
                score.found[entry["kind"]] += 1
            else:
                score.missed[entry["kind"]] += 1
                outcome.missed_errors.append(f"{severity} {entry['at']} {entry['kind']} {entry.get('why', '')}")
        if severity == "question":
            every = [*(case.get("errors") or ()), *expected]
            found = [one for one in found if not any(_hits(entry, one, case) for entry in every)]
        for one in found:
            if one.id not in matched:
                score.wrong[one.rule.partition(".")[2]] += 1
                outcome.wrong_errors.append(f"{severity} {one.title}：{one.message}")


def _hits(entry: Mapping[str, Any], finding: Finding, case: Mapping[str, Any]) -> bool:
    """True where a finding suspects one of the figures (or words) that an entry names."""
    if case.get("note_of"):
        return finding.rule == "narrative.note_of_nothing"
    named = [entry["at"]] if isinstance(entry["at"], str) else list(entry["at"])
    spans = [span for text in named for span in spans_of(text, case)]
    concerned = list(finding.suspects)
    if entry["kind"] == "表文不一":
        concerned += finding.corroborating
    return any(
        start < place_end and place_start < end
        for fact in concerned
        if fact.claim
        for place_start, place_end in [span_in(fact, case)]
        for start, end in spans
    )


def spans_of(at: str, case: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Where a text stands in the passage, spaces aside; `#n` chooses the n-th place, else all."""
    text, _, turn = at.partition("#")
    plain, wanted = _flat(str(case["text"])), _flat(text)
    places = [match.start() for match in re.finditer(re.escape(wanted), plain)]
    for place in [places[int(turn) - 1]] if turn else places:
        yield place, place + len(wanted)


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def span_in(fact: Fact, case: Mapping[str, Any]) -> tuple[int, int]:
    """A fact's span in the passage without white space."""
    printed = printed_lines(case)
    before = "".join(line for line, own in printed[: fact.place.line - 1] if own)
    line = printed[fact.place.line - 1][0]
    start = len(_flat(before)) + len(_flat(line[: fact.place.start]))
    return start, start + len(_flat(line[fact.place.start : fact.place.end]))
