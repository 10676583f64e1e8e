"""Writes checks as Excel formulas over the cells that hold their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from gouji.checks.check import Check, Checks
from gouji.intervals import MONEY_UNITS, RATE_UNITS
from gouji.memo.workbook.plan import Address, Plan, quoted

#: Decimals kept beyond the printed ones: enough for values an auditor may type in, too few for binary noise.
_SPARE = 2
#: From this many neighbouring cells on, a side is written as SUM(first:last).
_RUN = 3

Term = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Cell:
    """One term of a side: its sign, its cell, and the factor to the side's unit."""

    coefficient: int
    address: Address
    exponent: int
    text: bool

    def follows(self, other: _Cell) -> bool:
        """True for the next cell down or to the right, of the same sign and unit."""
        own, last = self.address, other.address
        step = (own.row - last.row, own.column - last.column)
        alike = (self.coefficient, self.exponent, own.sheet) == (other.coefficient, other.exponent, last.sheet)
        return alike and step in ((1, 0), (0, 1))


def power(unit: str) -> int:
    """Returns the power of ten of a unit within its kind: against 元 for money, against percent for rates, 0 for
    counts."""
    return MONEY_UNITS.get(unit, RATE_UNITS.get(unit, 0))


def side_formula(terms: Iterable[Term], unit: str, checks: Checks, plan: Plan, constant: Decimal = Decimal(0)) -> str:
    """Returns `='公开03表'!D9+'公开03表'!E9`, with every term in `unit`.

    Returns `=0` for a side whose rows a recognised table does not print, `=100` for a side that is a number.
    """
    cells = [_cell(term, unit, checks, plan) for term in terms]
    written = "".join(_written(run) for run in _runs(cells))
    if constant:
        written += f"{'-' if constant < 0 else '+'}{number(abs(constant))}"
    return "=" + (written.removeprefix("+") or "0")


def number(value: Decimal) -> str:
    """Returns an exact number as formulas write it."""
    return f"{value.normalize():f}"


def needed_decimals(check: Check, checks: Checks) -> int:
    """Returns the decimals of the check's figures in its unit (for a quotient, of its figure); at least two for
    money."""
    unit = checks.unit(check)
    facts = [checks.facts.facts[fact] for _, fact in (check.left if check.per else check.terms)]
    printed = (fact.figure.decimals + power(unit) - power(fact.figure.unit) for fact in facts)
    return max((2 if unit in MONEY_UNITS else 0, *printed))


def difference_formula(left: str, right: str, decimals: int) -> str:
    """Returns the formula of left − right without binary noise."""
    return f"=ROUND({left}-{right},{decimals + _SPARE})"


def verdict_formula(check: Check, difference: str, tolerance: str, agreement: str, decimals: int) -> str:
    """Returns the formula that gives 一致, 尾差 or 不符 from the difference, as `gouji.intervals` judges it."""
    if check.operator == "<":
        rounding = f"AND({difference}>0,ROUND({difference}-{tolerance},{decimals + 2 * _SPARE})<=0)"
        return f'=IF({difference}<0,"一致",IF({rounding},"尾差","不符"))'
    off = difference if check.operator == "<=" else f"ABS({difference})"
    beyond = f"ROUND({off}-{tolerance},{decimals + 2 * _SPARE})>0"
    remarked = f"ROUND({off}-{agreement},{decimals + 2 * _SPARE})>0" if check.tie else f"{off}>0"
    return f'=IF({beyond},"不符",IF({remarked},"尾差","一致"))'


def _cell(term: Term, unit: str, checks: Checks, plan: Plan) -> _Cell:
    coefficient, fact_id = term
    fact = checks.facts.facts[fact_id]
    as_text = fact.figure.value is None and bool(fact.figure.text.strip())
    return _Cell(coefficient, plan.facts[fact_id], power(fact.figure.unit) - power(unit), as_text)


def _runs(cells: list[_Cell]) -> Iterator[list[_Cell]]:
    """Groups neighbouring cells in one line where they are enough for SUM; every other cell stands by itself."""
    start = 0
    while start < len(cells):
        end = start + 1
        while end < len(cells) and cells[end].follows(cells[end - 1]) and _straight(cells[start : end + 1]):
            end += 1
        if end - start >= _RUN:
            yield cells[start:end]
        else:
            yield from ([cell] for cell in cells[start:end])
        start = end


def _straight(cells: list[_Cell]) -> bool:
    return len({cell.address.row for cell in cells}) == 1 or len({cell.address.column for cell in cells}) == 1


def _written(run: list[_Cell]) -> str:
    """Returns `+'公开03表'!D9`, `+SUM('公开06表'!C5:C9)`, `-'情况说明'!E7/10000`. Uses N() for a cell that prints a
    dash."""
    first = run[0]
    if len(run) > 1:
        reference = f"SUM({quoted(first.address.sheet)}!{first.address.coordinate}:{run[-1].address.coordinate})"
    else:
        reference = f"N({first.address.reference})" if first.text else first.address.reference
    times = "" if abs(first.coefficient) == 1 else f"{abs(first.coefficient)}*"
    scale = f"*{10**first.exponent}" if first.exponent > 0 else f"/{10**-first.exponent}" if first.exponent else ""
    return f"{'-' if first.coefficient < 0 else '+'}{times}{reference}{scale}"
