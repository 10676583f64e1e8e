"""Compares the digits of the printed amounts with their usual distribution: first digits (Benford) and last digits (all
equally frequent)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from gouji.portfolio.load import rows

#: With fewer figures no test is made.
LEAST = 500
#: Upper limits of the mean absolute deviation of first digits for close, acceptable and marginal agreement (Nigrini).
_CONFORMITY = ((Decimal("0.006"), "吻合"), (Decimal("0.012"), "可以接受"), (Decimal("0.015"), "勉强"))
#: The χ² of ten digits that an even distribution exceeds once in a hundred.
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
#: Amounts need at least two digits; every amount of an account counts once, however often it is printed.
_FIRST = f"""{_AMOUNTS}
select cast(left(ltrim(text, '0.'), 1) as integer) as digit, 0 as places, count(*) as number
from once where value * power(10, places) >= 10 group by all
"""
#: The last printed place. Whole amounts were often rounded by hand and are counted apart.
_LAST = f"""{_AMOUNTS}
select cast(substr(text, strpos(text, '.') + places, 1) as integer) as digit, places, count(*) as number
from once where places >= 1 and value != trunc(value) group by all
"""
_ROUND = f"{_AMOUNTS} select count(*) as number from once where places >= 1 and value = trunc(value)"


@dataclass(frozen=True, slots=True)
class Digit:
    """The observed and the expected number of one digit."""

    digit: int
    number: int
    expected: Decimal


@dataclass(frozen=True)
class DigitTest:
    """One test. `excluded` amounts were left out. `even`: every digit is expected equally often."""

    title: str
    digits: tuple[Digit, ...]
    excluded: int = 0
    even: bool = False

    @property
    def number(self) -> int:
        """Returns the number of figures."""
        return sum(one.number for one in self.digits)

    @property
    def enough(self) -> bool:
        """True where there are enough figures to test."""
        return self.number >= LEAST

    @property
    def deviation(self) -> Decimal:
        """Returns the mean absolute deviation of the shares."""
        total = Decimal(self.number)
        return sum((abs(one.number - one.expected) for one in self.digits), Decimal(0)) / total / len(self.digits)

    @property
    def chi_square(self) -> Decimal:
        """Returns Σ (number − expected)² / expected."""
        return sum(((one.number - one.expected) ** 2 / one.expected for one in self.digits), Decimal(0))

    @property
    def verdict(self) -> str:
        """Judges first digits by the mean absolute deviation, last digits by χ².

        First digits never follow the law exactly, and among many figures any difference is significant.
        """
        if not self.enough:
            return f"只有{self.number}个数字，不足{LEAST}个，不作判断"
        if self.even:
            return "没有明显偏离" if self.chi_square <= _EVEN else "有明显偏离"
        return next((name for limit, name in _CONFORMITY if self.deviation <= limit), "不吻合")


def first_digits(connection: duckdb.DuckDBPyConnection) -> DigitTest:
    """Tests the first digits of the amounts in the tables against Benford's law."""
    counted = _count_digits(rows(connection, _FIRST))
    total = sum(counted.values())
    shares = {digit: (1 + 1 / Decimal(digit)).log10() for digit in range(1, 10)}
    digits = (Digit(digit, counted.get(digit, 0), total * share) for digit, share in shares.items())
    return DigitTest("首位数字（本福特分布）", tuple(digits))


def last_digits(connection: duckdb.DuckDBPyConnection) -> DigitTest:
    """Tests the last digits of the amounts in the tables that are not round. Zero is expected a little less often than
    the others, because round amounts are left out."""
    found = rows(connection, _LAST)
    counted = _count_digits(found)
    expected = dict.fromkeys(range(10), Decimal(0))
    for row in found:
        endings = 10 ** row["places"]
        for digit in expected:
            expected[digit] += Decimal(row["number"] * (endings // 10 - (digit == 0))) / (endings - 1)
    digits = (Digit(digit, counted.get(digit, 0), share) for digit, share in expected.items())
    return DigitTest("末位数字（均匀分布）", tuple(digits), rows(connection, _ROUND)[0]["number"], even=True)


def _count_digits(found: Sequence[dict[str, int]]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for row in found:
        counted[row["digit"]] = counted.get(row["digit"], 0) + row["number"]
    return counted
