"""Fictitious departments whose findings have each of the shapes that are shown: located, undecided, contradictory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import gouji
from gouji.fictitious.departments import FictitiousDepartment, change_cell, make_department, to_text
from gouji.repair.cause import Suspect

_LAST = Decimal("0.01")
_WAGES = ("30101", "30102", "30108", "30109", "30110", "30112", "30113", "30199")
_GRANTS = ("30304", "30305", "30399")


def contradictory() -> FictitiousDepartment:
    """Three sums of the basic expenditure table, each off by just what rounding allows it, all in one direction: the
    class 303 and its subjects, the class 301 and its subjects, 人员经费 and both."""
    dept = make_department(8, "national2022")
    grants = _of(dept, "personnel") - _of(dept, "301") - _LAST
    wages = _of(dept, "301") - 4 * _LAST - sum(_of(dept, code) for code in _WAGES[1:])
    first = grants - 2 * _LAST - sum(_of(dept, code) for code in _GRANTS[1:])
    for code, value in (("303", grants), (_WAGES[0], wages), (_GRANTS[0], first)):
        dept = change_cell(dept, _path(code), str(value))
    return dept


def _path(code: str) -> str:
    return f"basic_expenditure[{code}].amount"


def _of(dept: FictitiousDepartment, code: str) -> Decimal:
    return Decimal(dept.printed[_path(code)])


#: Departments by shape: one figure located by five identities; a sum of four parts that nothing else prints; one
#: figure that one identity supports; rows that cannot hold together.
SHAPES: dict[str, Callable[[], FictitiousDepartment]] = {
    "located": lambda: change_cell(
        make_department(4, "national2020yuan"), "fiscal_summary[total].general_budget", "-9,916,089.26"
    ),
    "four": lambda: change_cell(make_department(24, "hunan2023"), _path("30304"), "1.41"),
    "vouched": lambda: change_cell(make_department(10, "shanghai2024"), "expenditure[208].basic", "6.14"),
    "contradictory": contradictory,
}


def with_many(audit: gouji.Audit) -> gouji.Audit:
    """The audit with but its first finding, its widest conflict told as if any of the parts could be what is wrong."""
    finding = audit.findings.findings[0]
    check = max(finding.checks, key=lambda one: len(one.right))
    parts = [audit.facts.facts[number] for _, number in check.right]
    candidates = tuple(Suspect(one, (one.amount or 0) + abs(check.residual)) for one in parts)
    many = replace(finding, suspects=tuple(parts), candidates=candidates, less_likely=(), located=False, repairs=())
    many = replace(many, checks=(check,), support=(), vouchers=(), corroborating=())
    return replace(audit, findings=replace(audit.findings, findings=(many,)))


def audited(shape: str, folder: Path) -> gouji.Audit:
    """The audit of the department of a shape."""
    return audited_department(SHAPES[shape](), folder / f"{shape}.txt")


def audited_department(
    dept: FictitiousDepartment, source: Path, altered: Callable[[str], str] = lambda text: text
) -> gouji.Audit:
    """The audit of a department, its text written to `source`, altered."""
    source.write_text(altered(to_text(dept)), encoding="utf-8")
    return gouji.audit(source)
