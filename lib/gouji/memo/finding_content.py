"""The content of one finding in a memo, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.auditing import Audit
from gouji.checks.check import Checks
from gouji.checks.rules import Severity, rule
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_text
from gouji.findings.evidence import (
    Candidate,
    adds_up,
    candidates_of,
    less_likely_of,
    stands_in_identities,
    why_less,
)
from gouji.findings.explain import largest
from gouji.findings.finding import SEVERITY_NAMES, Finding, Repair, distinct_repairs, one_a_print
from gouji.findings.naming import spoken
from gouji.findings.remedy import Remedy, remedy
from gouji.findings.suggested import print_of, shown_value
from gouji.findings.told import Told, told_checks
from gouji.intervals import unscaled
from gouji.labels import normalise
from gouji.memo.excerpt import SentenceExcerpt, TableExcerpt, opposed_sentences, suspect_sentences, table_excerpts
from gouji.memo.rows import CheckRow, merged, row_of
from gouji.review.families import review_rule

#: The id of the basis that is no law, and what it means for a question of the review and for arithmetic.
_PRACTICE, _ANALYSED, _RECALCULATED = "practice", "分析性复核", "重新计算、相互核对"


@dataclass(frozen=True, slots=True)
class Together:
    """The sum of rows that contradict each other, each with its multiplier, and the sum that rounding allows."""

    multipliers: tuple[str, ...]
    gap: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure as printed, the value the others imply instead, and the range it may have.

    `unit` is set where the printed text does not contain it.
    """

    where: str
    printed: str
    to: str
    unit: str
    bounded: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another figure that may be the wrong one.

    `vouchers` equalities hold with it as printed. `why` says why it is less likely ("" where it cannot be told
    apart).
    """

    where: str
    printed: str
    to: str
    bounded: str
    slip: str
    vouchers: int
    why: str


@dataclass(frozen=True, slots=True)
class FindingContent:
    """A finding ready to be laid out: its message, the source around it, both sides of each identity, the correction
    with its reasons, the alternatives, and the basis.

    `quotations` are cut at the figure in question, `opposed` at the figures that contradict it. `testimony`
    introduces the `checks`, whose differences have no sign. `basis` cites all it rests on, `laws` the laws and forms
    alone, and `practice` names the method of analysis. `together` is set only where the checks contradict each other
    when added up. `remark` applies the auditor's settings, and `decided` is the auditor's decision. `weighed` means
    that the memo prints the vouchers, if there are any. `remedy` is what must be done about it. `accuses`: its figures
    are held to be misprinted.
    """

    number: int
    id: str
    rule: str
    rule_title: str
    severity: Severity
    level: str
    title: str
    message: str
    remark: str
    suspects: tuple[tuple[str, str], ...]
    quotations: tuple[SentenceExcerpt, ...]
    opposed: tuple[SentenceExcerpt, ...]
    excerpts: tuple[TableExcerpt, ...]
    testimony: str
    checks: tuple[CheckRow, ...]
    together: Together | None
    corrections: tuple[Correction, ...]
    alternatives: tuple[Alternative, ...]
    undecided: bool
    weighed: bool
    vouchers: tuple[CheckRow, ...]
    less_likely: tuple[Alternative, ...]
    basis: tuple[str, ...]
    laws: tuple[str, ...]
    practice: tuple[str, ...]
    remedy: Remedy
    accuses: bool = True
    decided: str = ""


def finding_content(finding: Finding, number: int, audit: Audit) -> FindingContent:
    """Returns the content of a finding; `number` is its place in the memo."""
    found = candidates_of(finding, audit.checks) if stands_in_identities(finding) else []
    corrections = corrections_of(finding, found)
    return FindingContent(
        number=number,
        id=finding.id,
        rule=finding.rule,
        rule_title=_rule_title(finding),
        severity=finding.severity,
        level=SEVERITY_NAMES[finding.severity],
        title=finding.title,
        message=finding.message,
        remark=_remark(finding, audit),
        suspects=tuple((spoken(fact), with_unit(fact)) for fact in one_a_print(finding.suspects)),
        quotations=suspect_sentences(finding, audit),
        opposed=opposed_sentences(finding, audit),
        excerpts=tuple(table_excerpts(finding, audit)),
        testimony=testimony(finding, audit.checks),
        checks=_check_rows(finding, audit.checks),
        together=together_of(finding, audit),
        corrections=corrections,
        alternatives=() if finding.located else tuple(_alternative(one, finding) for one in found),
        undecided=not corrections and len(finding.suspects) > 1 and stands_in_identities(finding),
        weighed=is_weighed(finding, found),
        vouchers=tuple(row_of(check, audit.checks) for check in finding.vouchers),
        less_likely=tuple(
            _alternative(one, finding, why_less(one, finding)) for one in less_likely_of(finding, audit.checks)
        ),
        basis=tuple(one.citation for one in finding.basis),
        laws=laws_of(finding),
        practice=practice_of(finding),
        remedy=remedy(finding, audit.checks),
        accuses=finding.accuses,
        decided=decided.told if (decided := audit.dispositions.of(finding)) else "",
    )


def _rule_title(finding: Finding) -> str:
    """Returns what a finding's rule demands, in words."""
    return review_rule(finding.rule).title if finding.reviewed else rule(finding.rule).title


def laws_of(finding: Finding) -> tuple[str, ...]:
    """Returns the laws, regulations and forms that a finding rests on."""
    return tuple(one.citation for one in finding.basis if one.id != _PRACTICE)


def practice_of(finding: Finding) -> tuple[str, ...]:
    """Returns the method of analysis that a finding rests on beside the laws; empty if on laws alone."""
    method = _ANALYSED if finding.reviewed else _RECALCULATED
    return tuple(method for one in finding.basis if one.id == _PRACTICE)


def _check_rows(finding: Finding, checks: Checks) -> tuple[CheckRow, ...]:
    """Returns the rows of the table of identities: all checks of a contradiction, otherwise the checks as told."""
    if finding.joint is not None:
        return tuple(row_of(check, checks) for check in finding.checks if check.terms)
    rows = tuple(_told_row(one, checks) for one in _told(finding, checks))
    return merged(rows) if _is_blank(finding) else rows


def _is_blank(finding: Finding) -> bool:
    return bool(finding.suspects) and all(fact.blank for fact in finding.suspects)


def _told(finding: Finding, checks: Checks) -> tuple[Told, ...]:
    """Returns the checks that the table of identities tells. Of a blank cell it tells what should stand there, not what
    it may not fall below."""
    listed = checks.distinct(check for check in (*finding.checks, *finding.support) if check.terms)
    if _is_blank(finding):
        listed = tuple(check for check in listed if check.operator == "=") or listed
    return told_checks(listed, finding.suspects if finding.located else (), checks)


def _told_row(one: Told, checks: Checks) -> CheckRow:
    """Returns a check as a row: named by its places, its difference without a sign."""
    row = row_of(one.check, checks)
    return replace(row, scope=one.scope, gap=row.gap.removeprefix("-"))


def testimony(finding: Finding, checks: Checks) -> str:
    """Returns the caption of the table of identities: `所依据的勾稽关系：4项不成立；更正后1项尾差消失`."""
    if finding.joint is not None:
        return f"所依据的勾稽关系：各项单独成立，{'按倍数相加则矛盾' if adds_up(finding) else '合在一起矛盾'}"
    told = [one.check for one in _told(finding, checks)]
    exact = sum(check in finding.support for check in told)
    listed = [check for check in told if check not in finding.support]
    blank = sum(one.blank for one in listed)
    said = [f"{len(listed) - blank}项不成立"] if len(listed) > blank else []
    said += [f"{blank}项一方未填列"] if blank else []
    said += ["同一金额的并为一行"] if blank and _is_blank(finding) else []
    said += [f"更正后另{exact}项的尾差消失"] if exact else []
    return f"所依据的勾稽关系：{'；'.join(said)}"


def together_of(finding: Finding, audit: Audit) -> Together | None:
    """Returns the multipliers of a contradiction as printed, and the sum of its rows. None where the rows do not add
    up."""
    if finding.joint is None or not adds_up(finding):
        return None
    unit = audit.checks.unit(finding.checks[0])
    gap, allowed = (unscaled(one, unit).normalize() for one in (finding.joint.residual, finding.joint.allowed))
    multipliers = tuple(f"{one}".replace("-", "−") for one in finding.joint.multipliers)
    return Together(multipliers, f"{gap:f} {unit}", f"{allowed:f} {unit}")


def is_minor(finding: Finding, audit: Audit) -> bool:
    """True where every violated identity is off by less than the auditor's materiality."""
    line = audit.parameters.thresholds.materiality
    return line > Decimal(0) and unscaled(largest(finding), "万元") < line


def is_weighed(finding: Finding, found: Iterable[Candidate]) -> bool:
    """True where the memo says what supports the located figure as printed."""
    return finding.located and any(one.fact.figure.printed for one in found)


def ranges_of(found: Iterable[Candidate], finding: Finding) -> dict[int, str]:
    """Returns the range of each candidate that has one, by fact. Candidates whose value is printed elsewhere have
    none: there it is the value."""
    return {one.fact.id: one.bounded for one in found if one.bounded and print_of(one.value, one.fact, finding) is None}


def suggested(finding: Finding, found: Iterable[Candidate]) -> str:
    """Returns what a located figure should be where no repair gives it: the first candidate's value or range."""
    return next((one.to or one.bounded for one in found), "") if finding.located else ""


def corrections_of(finding: Finding, found: Iterable[Candidate]) -> tuple[Correction, ...]:
    """Returns the corrections; none where arithmetic does not decide."""
    found = list(found)
    ranges = ranges_of(found, finding)
    if finding.repairs:
        return tuple(_correction(one, ranges.get(one.fact.id, ""), finding) for one in distinct_repairs(finding))
    to = suggested(finding, found)
    if not to:
        return ()
    first = finding.suspects[0]
    return (Correction(spoken(first), with_unit(first), to, _unit(first, to), ""),)


def _correction(one: Repair, bounded: str, finding: Finding) -> Correction:
    to = shown_value(one.to, one.value, one.fact, finding)
    return Correction(spoken(one.fact), with_unit(one.fact), to, _unit(one.fact, to), bounded)


def with_unit(fact: Fact) -> str:
    """Returns a figure as printed, followed by its unit where the print lacks it."""
    shown = shown_text(fact)
    return shown + (_unit(fact, shown) if fact.figure.printed else "")


def _unit(fact: Fact, text: str) -> str:
    """Returns the unit that the text of a figure lacks; "" for words."""
    unit = fact.figure.unit
    said = normalise(unit) in normalise(text)
    return "" if said or not any(char.isdigit() for char in text) else unit


def _remark(finding: Finding, audit: Audit) -> str:
    if not is_minor(finding, audit):
        return ""
    return f"（差额低于设定的重要性水平 {audit.parameters.thresholds.materiality} 万元。）"


def _alternative(one: Candidate, finding: Finding, why: str = "") -> Alternative:
    to = shown_value(one.to, one.value, one.fact, finding)
    return Alternative(
        where=spoken(one.fact),
        printed=one.printed,
        to=to or (one.bounded if why else "") or "未定",
        bounded=ranges_of([one], finding).get(one.fact.id, ""),
        slip=one.slip,
        vouchers=len(one.vouchers),
        why=why,
    )
