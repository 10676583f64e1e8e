"""Holds the workbook while it is made: the audit, the plan, the sheets, and the results of formulas."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from gouji.auditing import Audit
from gouji.checks.check import VERDICT_NAMES, Check
from gouji.facts.fact import Fact
from gouji.findings.finding import Finding
from gouji.intervals import Verdict
from gouji.memo.workbook.plan import COVER, Plan, make_plan

#: The outcome of a check that has nothing to check.
INAPPLICABLE = "不适用"


@dataclass(frozen=True)
class Book:
    """A workbook while it is made.

    `values` are the formulas' results by sheet and cell: programs that only show a file do not calculate. `concerned`
    are, for each fact, the checks about it that join no figures in an identity. `inapplicable` are the ids of the
    checks that have nothing to check.
    """

    audit: Audit
    plan: Plan
    workbook: Workbook
    values: dict[tuple[str, str], Decimal | str] = field(default_factory=dict)
    concerned: dict[int, list[Check]] = field(default_factory=dict)
    inapplicable: frozenset[int] = frozenset()

    @classmethod
    def of(cls, audit: Audit) -> Self:
        """Returns an empty workbook for `audit`, with the cover as its only sheet."""
        workbook = Workbook()
        workbook.worksheets[0].title = COVER
        concerned: dict[int, list[Check]] = {}
        for check in audit.checks.checks:
            for fact in check.concerns:
                concerned.setdefault(fact, []).append(check)
        without = frozenset(check.id for check in audit.checks.inapplicable())
        return cls(audit, make_plan(audit), workbook, concerned=concerned, inapplicable=without)

    def add(self, name: str) -> Worksheet:
        """Adds a last sheet and returns it."""
        sheet: Worksheet = self.workbook.create_sheet(name)
        return sheet

    def put_formula(self, cell: Cell, formula: str, value: Decimal | str) -> None:
        """Writes a formula and remembers its result on the printed figures."""
        cell.value = formula
        self.values[cell.parent.title, cell.coordinate] = value

    def outcome(self, check: Check) -> str:
        """Returns how a check ended: the name of its verdict, or 不适用."""
        return INAPPLICABLE if check.id in self.inapplicable else VERDICT_NAMES[check.verdict]

    def suspecting(self, fact: Fact) -> tuple[Finding, ...]:
        """Returns the findings that suspect a figure, gravest first."""
        return tuple(
            finding
            for finding in self.audit.findings.findings
            if any(suspect.id == fact.id for suspect in finding.suspects)
        )

    def violated(self, fact: Fact) -> bool:
        """True where a figure takes part in a check that does not hold."""
        return any(check.verdict is Verdict.CONFLICT for check in self.checking(fact))

    def checking(self, fact: Fact) -> tuple[Check, ...]:
        """Returns all checks on a figure or word, whether they join it in an identity or are only about it."""
        return (*self.audit.checks.on(fact), *self.concerned.get(fact.id, ()))

    def explaining(self, check: Check) -> tuple[Finding, ...]:
        """Returns the findings that explain a violated check."""
        return tuple(
            finding for finding in self.audit.findings.findings if any(one.id == check.id for one in finding.checks)
        )
