"""Plans the place of everything in the workbook before a cell is written: links and formulas need it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.dispositions.layout import EARLIER, RECORDS
from gouji.dispositions.layout import FINDINGS as FINDINGS
from gouji.facts.fact import Fact, Part, RecognisedTable
from gouji.findings.finding import Finding, distinct_candidates
from gouji.intervals import Verdict

COVER, INDEX, LOCATIONS, NARRATIVE, CHECKS = "封面", "目录", "定位", "情况说明", "勾稽检查"
RATIOS, ROUNDING, REVIEW = "比率", "尾差", "审阅"

#: Rows of a list sheet (findings, locations, narrative, checks, ratios, rounding): title, a sentence, the header,
#: then the rows.
LIST_HEADER = 3
LIST_FIRST = LIST_HEADER + 1
#: Rows of a table sheet: title, department and unit, then the grid.
GRID_FIRST = 3
#: Rows between the candidates on 定位 and the first contradiction.
JOINT_HEAD = 3
#: The column of amounts on 情况说明.
STATEMENT_AMOUNT = 6

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_VERDICT_ORDER = (
    Verdict.CONFLICT,
    Verdict.ROUNDING,
    Verdict.CONSISTENT,
    Verdict.NOT_CHECKED,
    Verdict.UNBOUND,
)


@dataclass(frozen=True, slots=True)
class Address:
    """A cell of the workbook."""

    sheet: str
    row: int
    column: int

    @property
    def coordinate(self) -> str:
        """Returns `D9`."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def reference(self) -> str:
        """Returns `'公开03表'!D9`, for formulas and links."""
        return f"{quoted(self.sheet)}!{self.coordinate}"


@dataclass(frozen=True)
class Plan:
    """Sheet name by table key, address by fact id, the checks in the order of their rows, row by finding and check.

    `statements` are the narrative's figures and words in printed order; those printed at one place stand together.
    `ratio_rows` are the rows of quotients on 比率, by check. `location_rows` are the first rows of findings on 定位.
    `earlier`: the sheet 原有认定 exists.
    """

    tables: dict[str, str]
    facts: dict[int, Address]
    statements: tuple[tuple[Fact, ...], ...]
    checks: tuple[Check, ...]
    check_rows: dict[int, int]
    ratio_rows: dict[int, int]
    finding_rows: dict[str, int]
    location_rows: dict[str, int]
    earlier: bool

    @property
    def sheets(self) -> tuple[str, ...]:
        """Returns all sheet names in order, without the hidden sheet."""
        lists = (NARRATIVE, CHECKS, RATIOS, ROUNDING, REVIEW, *((EARLIER,) if self.earlier else ()))
        return (COVER, INDEX, FINDINGS, LOCATIONS, *self.tables.values(), *lists)


def quoted(sheet: str) -> str:
    """Returns a sheet name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def make_plan(audit: Audit) -> Plan:
    """Returns the plan of an audit's workbook."""
    tables = _sheet_names(audit.facts.printed_tables())
    statements = _statements(audit)
    listed = [check for check in audit.checks.checks if check.terms or check.subject != "form"]
    checks = tuple(sorted(listed, key=lambda one: (_VERDICT_ORDER.index(one.verdict), not one.blank)))
    quotients = [check for check in checks if check.per and check.made]
    return Plan(
        tables=tables,
        facts=_addresses(audit, tables, statements),
        statements=statements,
        checks=checks,
        check_rows={check.id: LIST_FIRST + index for index, check in enumerate(checks)},
        ratio_rows={check.id: LIST_FIRST + index for index, check in enumerate(quotients)},
        finding_rows={finding.id: LIST_FIRST + index for index, finding in enumerate(audit.findings.findings)},
        location_rows=_location_rows(audit.findings.findings),
        earlier=bool(audit.dispositions.changed or audit.dispositions.gone or audit.dispositions.notices),
    )


def _location_rows(findings: Sequence[Finding]) -> dict[str, int]:
    """Returns the first row of each finding on 定位. Findings with candidates come first. Below a second heading and
    header follow those whose checks cannot hold together: a row per check and one for the sum."""
    rows: dict[str, int] = {}
    row = LIST_FIRST
    for finding in findings:
        if finding.candidates:
            rows[finding.id] = row
            row += len(distinct_candidates(finding)) + len(finding.less_likely)
    row = max(row, LIST_FIRST + 1) + JOINT_HEAD
    for finding in findings:
        if finding.joint is not None:
            rows[finding.id] = row
            row += len(finding.checks) + 1
    return rows


def _statements(audit: Audit) -> tuple[tuple[Fact, ...], ...]:
    """Returns each printed figure or word once: one number may state two quantities (收、支总计)."""
    places: dict[tuple[object, ...], list[Fact]] = {}
    for fact in audit.facts.statements():
        key = (fact.place.line, fact.place.start, fact.place.end, fact.figure, fact.amount)
        places.setdefault(key, []).append(fact)
    groups = sorted(places.values(), key=lambda one: (one[0].place.line, one[0].place.start, one[0].place.end))
    return tuple(tuple(group) for group in groups)


def _sheet_names(tables: Iterable[RecognisedTable]) -> dict[str, str]:
    """Returns names that Excel accepts: printed label or table name, at most 31 characters, unique regardless of
    case."""
    own = (COVER, INDEX, FINDINGS, LOCATIONS, NARRATIVE, CHECKS, RATIOS, ROUNDING, REVIEW, EARLIER, RECORDS, "History")
    used = {name.casefold() for name in own}
    names: dict[str, str] = {}
    for table in tables:
        plain = _FORBIDDEN.sub("", table.label or table.name).strip(" '") or table.name
        name, turn = plain[:_LONGEST_NAME], 1
        while name.casefold() in used:
            turn += 1
            suffix = f"（{turn}）"
            name = plain[: _LONGEST_NAME - len(suffix)] + suffix
        used.add(name.casefold())
        names[table.key] = name
    return names


def _addresses(audit: Audit, tables: dict[str, str], statements: tuple[tuple[Fact, ...], ...]) -> dict[int, Address]:
    found: dict[int, Address] = {}
    for fact in audit.facts:
        if fact.part is Part.TABLES and fact.cell is not None and _in_grid(fact, audit):
            found[fact.id] = Address(tables[fact.concept.table], GRID_FIRST + fact.cell[0], 1 + fact.cell[1])
    for row, group in enumerate(statements, start=LIST_FIRST):
        found |= {fact.id: Address(NARRATIVE, row, STATEMENT_AMOUNT) for fact in group}
    return found


def _in_grid(fact: Fact, audit: Audit) -> bool:
    table = next((one for one in audit.facts.printed_tables() if one.key == fact.concept.table), None)
    return table is not None and table.block == fact.block
