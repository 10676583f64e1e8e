"""Digits of the printed amounts against what they usually are: first digits (Benford) and last ones (all alike)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from gouji.portfolio.load import rows

#: With fewer figures nothing is tested.
LEAST = 500
#: Mean absolute deviation of first digits up to which they are close, acceptable, marginal (Nigrini).
_CONFORMITY = ((Decimal("0.006"), "吻合"), (Decimal("0.012"), "可以接受"), (Decimal("0.015"), "勉强"))
#: χ² of ten digits that one even distribution in a hundred exceeds.
_EVEN = Decimal("21.67")

_AMOUNTS = """
with amounts as (
    select department_id, abs(value) as value, decimals from facts
    where part = 'tables' and state = 'number' and unit in ('元', '千元', '万元', '百万元', '亿元')),
precise as (select department_id, mode(decimals) as places from amounts group by all),
once as (
    select distinct department_id, value, places, cast(value as varchar) as text
    from amounts join precise using (department_id) where decimals <= places)
"""
#: Of at least two digits; every amount of an account once, however often it is printed.
_FIRST = f"""{_AMOUNTS}
select cast(left(ltrim(text, '0.'), 1) as integer) as digit, 0 as places, count(*) as number
from once where value * power(10, places) >= 10 group by all
"""
#: The last printed place; whole amounts were often rounded by hand and are counted apart.
_LAST = f"""{_AMOUNTS}
select cast(substr(text, strpos(text, '.') + places, 1) as integer) as digit, places, count(*) as number
from once where places >= 1 and value != trunc(value) group by all
"""
_ROUND = f"{_AMOUNTS} select count(*) as number from once where places >= 1 and value = trunc(value)"


@dataclass(frozen=True, slots=True)
class Digit:
    """How often a digit stands there, and how often it would."""

    digit: int
    number: int
    expected: Decimal


@dataclass(frozen=True)
class DigitTest:
    """One test; `excluded` amounts were left out. `even`: every digit is expected as often."""

    title: str
    digits: tuple[Digit, ...]
    excluded: int = 0
    even: bool = False

    @property
    def number(self) -> int:
        """How many figures."""
        return sum(one.number for one in self.digits)

    @property
    def enough(self) -> bool:
        """True where there are enough to test."""
        return self.number >= LEAST

    @property
    def deviation(self) -> Decimal:
        """Mean absolute deviation of the shares."""
        total = Decimal(self.number)
        return sum((abs(one.number - one.expected) for one in self.digits), Decimal(0)) / total / len(self.digits)

    @property
    def chi_square(self) -> Decimal:
        """Σ (number − expected)² / expected."""
        return sum(((one.number - one.expected) ** 2 / one.expected for one in self.digits), Decimal(0))

    @property
    def verdict(self) -> str:
        """First digits by the mean absolute deviation (they never follow the law exactly, and among many figures any
        difference is significant), last ones by χ²."""
        if not self.enough:
            return f"只有{self.number}个数字，不足{LEAST}个，不作判断"
        if self.even:
            return "没有明显偏离" if self.chi_square <= _EVEN else "有明显偏离"
        return next((name for limit, name in _CONFORMITY if self.deviation <= limit), "不吻合")


def first_digits(connection: duckdb.DuckDBPyConnection) -> DigitTest:
    """Of the amounts in the tables, by Benford's law."""
    counted = _counted(rows(connection, _FIRST))
    total = sum(counted.values())
    shares = {digit: (1 + 1 / Decimal(digit)).log10() for digit in range(1, 10)}
    digits = (Digit(digit, counted.get(digit, 0), total * share) for digit, share in shares.items())
    return DigitTest("首位数字（本福特分布）", tuple(digits))


def last_digits(connection: duckdb.DuckDBPyConnection) -> DigitTest:
    """Of the amounts in the tables that are not round: every digit as often, zero a little less, since round ones are
    left out."""
    found = rows(connection, _LAST)
    counted = _counted(found)
    expected = dict.fromkeys(range(10), Decimal(0))
    for row in found:
        endings = 10 ** row["places"]
        for digit in expected:
            expected[digit] += Decimal(row["number"] * (endings // 10 - (digit == 0))) / (endings - 1)
    digits = (Digit(digit, counted.get(digit, 0), share) for digit, share in expected.items())
    return DigitTest("末位数字（均匀分布）", tuple(digits), rows(connection, _ROUND)[0]["number"], even=True)


def _counted(found: Sequence[dict[str, int]]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for row in found:
        counted[row["digit"]] = counted.get(row["digit"], 0) + row["number"]
    return counted
