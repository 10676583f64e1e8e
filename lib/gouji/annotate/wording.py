"""The texts of notes, in the words of the findings."""

from __future__ import annotations

import re

from gouji.auditing import Audit
from gouji.facts.fact import Fact
from gouji.findings.evidence import Candidate, candidates_of, stands_in_identities
from gouji.findings.finding import SEVERITY_NAMES, Finding, one_a_print
from gouji.findings.naming import spoken
from gouji.findings.suggested import shown_value
from gouji.findings.wording import LISTED, UNDECIDED
from gouji.memo.finding_content import laws_of, practice_of, with_unit

#: Sentences of a message. A 。 within quotation marks ends none.
_SENTENCE = re.compile(r"(?:“[^”]*”|[^。])+。?")
#: Limit on the suspects named beside one that arithmetic cannot distinguish.
_MOST_OTHERS = 6


class Wording:
    """The texts of one finding's notes; `number` is its place in the memo."""

    def __init__(self, finding: Finding, number: int, audit: Audit) -> None:
        self._finding = finding
        self._number = number
        self._checks = audit.checks
        decided = audit.dispositions.of(finding)
        self._decided = [f"审计认定：{decided.told}"] if decided else []
        self._candidates = candidates_of(finding, audit.checks) if stands_in_identities(finding) else []

    def full(self, fact: Fact | None = None) -> tuple[str, ...]:
        """Returns the full text at a suspect: what is wrong, both sides of each identity, the correction, the basis,
        and the auditor's decision. Without figures, returns the finding's message."""
        finding = self._finding
        laws, practice = "；".join(laws_of(finding)), "；".join(practice_of(finding))
        return (
            self._title(),
            *self._decided,
            *self._correction_lines(fact),
            *(others := self._rival_lines(fact)),
            *(one for one in _sentences(finding.full) if not (others and one.startswith((LISTED, UNDECIDED)))),
            *([f"依据：{laws}"] if laws else []),
            *([f"审计分析方法：{practice}"] if practice else []),
        )

    def short(self, fact: Fact) -> tuple[str, ...]:
        """Returns the text at a further suspect: its correction. The first one has the rest."""
        undecided = "" if self._finding.located else "仅凭勾稽关系不能判断是哪一处有误，"
        return (
            self._title(),
            *self._decided,
            *self._correction_lines(fact),
            f"{undecided}说明见{self._first()}处的批注。",
        )

    def opposed(self, fact: Fact) -> tuple[str, ...]:
        """Returns the text at a figure that contradicts the suspects."""
        suspects = one_a_print(self._finding.suspects)
        joined, alone = self._joined(fact)
        first = joined or suspects[0]
        more = f"等{len(suspects)}处" if len(suspects) > 1 and joined is None else ""
        against = f"{spoken(first)}（{_with_unit(first)}）{more}"
        said = f"应与{against}一致而不一致" if alone else f"与{against}同在一项不成立的勾稽中，本身未必有误"
        return (
            f"{self._number}. 与之相对的数字（{self._finding.id}）",
            f"此处{_with_unit(fact)}，{said}，说明见{spoken(first)}处的批注。",
        )

    def _joined(self, fact: Fact) -> tuple[Fact | None, bool]:
        """Returns the suspect that the shortest check joins with a figure, and whether the two should be equal by it;
        None where no check joins them."""
        suspects = {one.id: one for one in self._finding.suspects}
        checks = sorted((*self._finding.checks, *self._checks.on(fact)), key=lambda one: len(one.fact_ids))
        for check in checks:
            joined = [number for number in check.fact_ids if number in suspects] if fact.id in check.fact_ids else []
            if joined:
                alone = check.operator == "=" and len(check.terms) == 2 and not (check.per or check.constant)
                return suspects[joined[0]], alone
        return None, False

    def further(self) -> tuple[str, ...]:
        """Returns the text at a further place of a finding without figures."""
        return (self._title(), f"见{self._finding.id}在前面的批注。")

    def _title(self) -> str:
        finding = self._finding
        return f"{self._number}. {SEVERITY_NAMES[finding.severity]}：{finding.title}（{finding.id}）"

    def _first(self) -> str:
        return spoken(self._finding.suspects[0])

    def _correction_lines(self, fact: Fact | None) -> list[str]:
        """Returns what the figure in question should be."""
        if fact is None:
            return []
        own = next((one for one in self._finding.repairs if one.fact.id == fact.id), None)
        if own is not None:
            to = shown_value(own.to, own.value, fact, self._finding)
            return [f"建议：{_with_unit(fact)} → {_in_unit(to, fact)}"]
        candidate = next((one for one in self._candidates if one.fact.id == fact.id), None)
        if self._finding.located or candidate is None:
            return []
        value = _in_unit(self._value(candidate), fact)
        return [f"若误在此处，据其余数字推算应为{value}。" if value else "若误在此处，应为多少须核对账表。"]

    def _value(self, one: Candidate) -> str:
        """Returns the value that the others imply for a figure, else its range."""
        return shown_value(one.to, one.value, one.fact, self._finding) or one.bounded

    def _rival_lines(self, fact: Fact | None) -> list[str]:
        """Returns the figures that arithmetic cannot distinguish from the one in question."""
        others = [one for one in self._candidates if fact is not None and one.fact.id != fact.id]
        if self._finding.located or not others:
            return []
        told = [
            f"{spoken(one.fact)}{_with_unit(one.fact)}" + (f"（应为{_in_unit(value, one.fact)}）" if value else "")
            for one in others[:_MOST_OTHERS]
            for value in [self._value(one)]
        ]
        more = f"等{len(others)}处" if len(others) > _MOST_OTHERS else ""
        return [f"{UNDECIDED}也可能是：{'；'.join(told)}{more}。"]


def _sentences(message: str) -> list[str]:
    return [one for line in message.split("\n") for said in _SENTENCE.findall(line) if (one := said.strip())]


def _in_unit(text: str, fact: Fact) -> str:
    """Returns an amount with its unit, where it has one."""
    unit = fact.figure.unit
    return text if text.endswith(unit) or not text[-1:].isdigit() else text + unit


def _with_unit(fact: Fact) -> str:
    """Returns a figure as printed, with its unit."""
    return "未填列" if fact.blank else with_unit(fact)
