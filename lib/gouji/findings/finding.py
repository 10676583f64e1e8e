"""Defines findings as an auditor reads them: one per root cause or question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from gouji.checks.check import Check, Checks
from gouji.checks.joint import Contradiction
from gouji.checks.rules import Basis, Severity
from gouji.document.model import Place
from gouji.facts.fact import Fact, Part
from gouji.facts.shown import shown_text
from gouji.findings.naming import spoken
from gouji.intervals import ScaledAmount, unscaled
from gouji.repair.cause import Suspect
from gouji.review.observation import Quote
from gouji.runtime.immutable import immutable
from gouji.runtime.tabular import Tabular

SEVERITIES: tuple[Severity, ...] = ("error", "question", "note")
SEVERITY_NAMES: dict[Severity, str] = {"error": "错误", "question": "疑点", "note": "提示"}


_FIRST_DIGIT = re.compile(r"(?=\d)")


@immutable()
class Repair:
    """A correction that the rest of the document implies: a fact and its value, in the fact's unit.

    `rough`: percentages alone imply it, and not to the last digit.
    """

    fact: Fact
    value: Decimal
    rough: bool = False

    @property
    def to(self) -> str:
        """Returns the value as it would be printed: `404.10`, or `约404.10` where it is rough."""
        return _FIRST_DIGIT.sub("约", self.text, count=1) if self.rough else self.text

    @property
    def text(self) -> str:
        """Returns the text that would be printed, with the unit if the figure was printed with one."""
        unit = self.fact.figure.unit
        shown = f"{self.value}{unit if self.fact.figure.text.strip().endswith(unit) else ''}"
        if self.fact.claim is None or (self.value < 0) == (self.fact.signed < 0):
            return shown if self.fact.claim is None else shown.removeprefix("-")
        return f"{'减少' if self.value < 0 else '增加'}{shown.removeprefix('-')}"


@immutable()
class Finding:
    """One root cause, or one question or note of the review.

    - `details`: what papers with tables show in them and others tell behind `message`: the violated identities, the
      figures that cannot be told apart or are less likely.
    - `suspects`: the figures that are most likely wrong. One if `located`; several if arithmetic cannot distinguish
      them, if one omission leaves several cells blank, or if all of them must be corrected.
    - `candidates`: for each suspect, the implied value, its range, and the weight of assuming that it is wrong.
    - `less_likely`: figures that would explain the conflicts too, but at a much higher weight.
    - `checks`: the conflicts that it explains: the evidence against the suspects. `support`: further checks that the
      correction would make exact. `vouchers`: checks that hold with the located figure as printed.
    - `corroborating`: places that print the implied value. `repairs`: the suggested corrections.
    - `expected`, `difference`: the value suggested for the first suspect, and printed − expected, in its unit.
    - `joint`: set if the checks hold one by one but not together.
    - `slip`: the slip of the pen that explains the located figure (数字颠倒), "" for none.
    - `quotes`, `matter`: the words that a question of the review is about, and what was looked at. It has no `checks`.
    """

    id: str
    rule: str
    severity: Severity
    title: str
    message: str
    suspects: tuple[Fact, ...]
    located: bool
    checks: tuple[Check, ...]
    support: tuple[Check, ...] = ()
    vouchers: tuple[Check, ...] = ()
    candidates: tuple[Suspect, ...] = ()
    less_likely: tuple[Suspect, ...] = ()
    joint: Contradiction | None = None
    corroborating: tuple[Fact, ...] = ()
    repairs: tuple[Repair, ...] = ()
    expected: Decimal | None = None
    difference: Decimal | None = None
    slip: str = ""
    basis: tuple[Basis, ...] = ()
    quotes: tuple[Quote, ...] = ()
    matter: str = ""
    details: str = ""

    @property
    def full(self) -> str:
        """Returns the message with the details, for papers without tables."""
        return self.message + self.details

    @property
    def reviewed(self) -> bool:
        """True for a question or note of the review, which rests on no arithmetic."""
        return bool(self.matter)

    @property
    def accuses(self) -> bool:
        """True if its figures are held to be misprinted: for an error, and for a question whose arithmetic locates
        them. The figures of other questions and of notes may be right."""
        if self.severity == "error":
            return True
        return self.severity == "question" and self.located and any(check.terms for check in self.checks)


@dataclass(frozen=True, repr=False)
class Findings(Tabular):
    """All findings of a document, errors first, with its checks."""

    checks: Checks
    findings: tuple[Finding, ...]
    _marked: dict[int, Finding] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for finding in sorted(self.findings, key=lambda one: one.reviewed):
            for fact in finding.suspects:
                self._marked.setdefault(fact.id, finding)

    def __len__(self) -> int:
        return len(self.findings)

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Returns the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    def on(self, fact: Fact) -> Finding | None:
        """Returns the finding that suspects a figure, else the question about it, else None."""
        return self._marked.get(fact.id)

    def suspecting(self, fact: Fact) -> Finding | None:
        """Returns the finding that suspects a figure of being misprinted; None if there is none. Questions of the
        review do not count: their figures may be right."""
        finding = self.on(fact)
        return None if finding is None or finding.reviewed else finding

    def accusing(self, fact: Fact) -> Finding | None:
        """Returns the finding that holds a figure to be misprinted; None if there is none."""
        finding = self.on(fact)
        return finding if finding is not None and finding.accuses else None

    def in_table(self, key: str) -> tuple[Finding, ...]:
        """Returns the findings that have a suspect, or a figure of a violated check, in a table."""
        return tuple(
            finding for finding in self.findings if any(self._is_in_table(fact, key) for fact in self._facts(finding))
        )

    def in_narrative(self) -> tuple[Finding, ...]:
        """Returns the findings whose suspects or quoted words are in the narrative."""
        return tuple(
            finding
            for finding in self.findings
            if (finding.quotes and finding.reviewed) or any(fact.part is Part.NARRATIVE for fact in finding.suspects)
        )

    def _facts(self, finding: Finding) -> list[Fact]:
        violated = {number for check in finding.checks for number in check.fact_ids}
        return [*finding.suspects, *(self.checks.facts.facts[number] for number in sorted(violated))]

    @staticmethod
    def _is_in_table(fact: Fact, key: str) -> bool:
        return fact.concept.table == key

    def to_frame(self) -> pd.DataFrame:
        """Returns a row per finding, all columns str.

        They are `id`, `severity` (error, question, note), `rule` (its id), `title`, `message` and `repair` (the
        suggested corrections in one line, "" where there are none).
        """
        return pd.DataFrame(
            {
                "id": [finding.id for finding in self.findings],
                "severity": [str(finding.severity) for finding in self.findings],
                "rule": [finding.rule for finding in self.findings],
                "title": [finding.title for finding in self.findings],
                "message": [finding.message for finding in self.findings],
                "repair": [repair_text(finding) for finding in self.findings],
            }
        )

    def to_records(self, locate: Callable[[Place], dict[str, Any]] = Place.locator) -> list[dict[str, Any]]:
        """Returns the findings as JSON objects for findings.json; `locate` turns a place into one."""
        return [_record(finding, self.checks, locate) for finding in self.findings]


def repair_text(finding: Finding) -> str:
    """Returns the suggested corrections in one line; "" if arithmetic suggests none."""
    return "；".join(f"{spoken(one.fact)}，{shown_text(one.fact)} → {one.to}" for one in distinct_repairs(finding))


def distinct_repairs(finding: Finding) -> tuple[Repair, ...]:
    """Returns the suggested corrections. A print that states two quantities, both with the same correction, appears
    once."""
    first: dict[tuple[object, ...], Repair] = {}
    for repair in finding.repairs:
        first.setdefault((repair.fact.place, repair.fact.cell, repair.to), repair)
    return tuple(first.values())


def one_a_print(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Returns the facts without those that state a second quantity with the same print (收入总计、支出总计)."""
    first: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        first.setdefault((fact.place, fact.cell), fact)
    return tuple(first.values())


def distinct_candidates(finding: Finding) -> tuple[Suspect, ...]:
    """Returns the candidates. A print that states two quantities, both with the same value, appears once."""
    first: dict[tuple[object, ...], Suspect] = {}
    for one in finding.candidates:
        first.setdefault((one.fact.place, one.fact.cell, one.implied), one)
    return tuple(first.values())


def _record(finding: Finding, checks: Checks, locate: Callable[[Place], dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "title": finding.title,
        "message": finding.message,
        "places": [
            *(_place(fact, locate) for fact in (*finding.suspects, *finding.corroborating)),
            *(_quotation(one, locate) for one in finding.quotes),
        ],
        "located": finding.located,
        "expected": None if finding.expected is None else str(finding.expected),
        "difference": None if finding.difference is None else str(finding.difference),
        "slip": finding.slip or None,
        "checks": [_check(check, checks) for check in (*finding.checks, *finding.support)],
        "vouchers": [_check(check, checks) for check in finding.vouchers],
        "candidates": [_candidate(one) for one in finding.candidates],
        "less_likely": [_candidate(one) for one in finding.less_likely],
        "joint": None if finding.joint is None else _joint(finding.joint, checks),
        "repair": [
            {"where": repair.fact.named, "from": repair.fact.figure.text.strip(), "to": repair.to}
            for repair in finding.repairs
        ],
        "basis": [{"name": basis.name, "article": basis.article, "says": basis.says} for basis in finding.basis],
    }


def _candidate(suspect: Suspect) -> dict[str, Any]:
    """Returns a candidate as JSON: its implied value, its range, and its weight with reasons."""
    unit, cost = suspect.fact.figure.unit, suspect.cost
    return {
        "where": suspect.fact.named,
        "published": suspect.fact.figure.text.strip(),
        "implied": None if suspect.implied is None else _in_unit(suspect.implied, unit),
        "range": [None if end is None else _in_unit(round(end), unit) for end in suspect.range],
        "weight": cost.weight,
        "reasons": [{"reason": reason, "weight": weight, "times": times} for reason, weight, times in cost.lines],
        "slip": suspect.slip.name if suspect.slip else None,
    }


def _in_unit(amount: ScaledAmount, unit: str) -> str:
    return f"{unscaled(amount, unit).normalize():f}"


def _joint(found: Contradiction, checks: Checks) -> dict[str, Any]:
    """Returns the multipliers of the finding's checks, in their order, with the residual of their sum and what rounding
    allows."""
    unit = checks.unit(found.checks[0])
    return {
        "multipliers": list(found.multipliers),
        "difference": _in_unit(found.residual, unit),
        "allowed": _in_unit(found.allowed, unit),
    }


def _place(fact: Fact, locate: Callable[[Place], dict[str, Any]]) -> dict[str, Any]:
    return {
        "where": fact.where,
        "published": fact.figure.text.strip(),
        "value": None if fact.figure.value is None else str(fact.figure.value),
        "unit": fact.figure.unit,
        "quote": fact.quote,
        "locator": {
            **locate(fact.place),
            **({"row": fact.cell[0], "column": fact.cell[1]} if fact.cell else {}),
            "concept": fact.concept.path,
        },
    }


def _quotation(one: Quote, locate: Callable[[Place], dict[str, Any]]) -> dict[str, Any]:
    return {
        "where": one.where,
        "published": "",
        "value": None,
        "unit": "",
        "quote": one.text,
        "locator": locate(one.place),
    }


def _check(check: Check, checks: Checks) -> dict[str, Any]:
    return {
        "rule": check.rule.id,
        "title": check.rule.title,
        "scope": check.scope,
        "identity": checks.algebra(check),
        "verdict": check.verdict.value,
        "difference": None if (difference := checks.difference(check)) is None else str(difference),
        "missing": list(check.missing),
    }
