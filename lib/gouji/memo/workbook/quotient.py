"""Computes a quotient (a share, a completion, a rate, an amount per head) step by step, as Excel does.

p = factor·N/D. Every printed figure stands for all values that round to it, so N/D lies between its least and
greatest value at the corners of those intervals. Where D may be zero there are no such bounds, and factor·N − p·D is
judged instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Self

from gouji.checks.check import Check, Checks
from gouji.checks.ratio import Ratio
from gouji.intervals import RATE_UNITS, SCALE_DIGITS, unscaled
from gouji.memo.workbook.formulas import number, power

#: Decimals of comparisons: more than any printed figure has, too few for binary noise.
_COMPARED = 9
#: Shown instead of a bound where the denominator may be zero.
UNBOUNDED = "不限"

#: The errors of numerator and denominator at one corner.
Offsets = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Quotient:
    """The values of a quotient in the units of its cells: N in `top_unit`, D in `bottom_unit`, p in `unit`.

    `apart` is for figures that occur in both N and D: the errors of N and D when such a figure is off by half its
    unit.
    """

    unit: str
    top_unit: str
    bottom_unit: str
    factor: int
    half: Decimal
    printed: Decimal
    top: Decimal
    bottom: Decimal
    apart: tuple[Offsets, ...]

    @classmethod
    def of(cls, check: Check, checks: Checks) -> Self:
        """Returns the quotient of a check."""
        ratio, unit = Ratio.of(check, checks.facts), checks.unit(check)
        bottom_unit = checks.facts.facts[check.per[0][1]].figure.unit
        rate = unit in RATE_UNITS
        top_unit = bottom_unit if rate else unit
        radii: dict[tuple[int, int], int] = {}
        for part in ratio.parts:
            weights = max((part.top, part.bottom), (-part.top, -part.bottom))
            radii[weights] = radii.get(weights, 0) + part.radius
        return cls(
            unit=unit,
            top_unit=top_unit,
            bottom_unit=bottom_unit,
            factor=100 * int(10 ** -power(unit)) if rate else 1,
            half=unscaled(ratio.radius, unit),
            printed=unscaled(ratio.p, unit),
            top=unscaled(sum(part.top * part.amount for part in ratio.parts), top_unit),
            bottom=unscaled(sum(part.bottom * part.amount for part in ratio.parts), bottom_unit),
            apart=tuple(
                (unscaled(top * radius, top_unit), unscaled(bottom * radius, bottom_unit))
                for (top, bottom), radius in radii.items()
                if radius
            ),
        )

    @property
    def bounded(self) -> bool:
        """True where the denominator cannot be zero."""
        return abs(self.bottom) > sum(abs(bottom) for _, bottom in self.apart)

    @property
    def truth(self) -> Decimal:
        """Returns factor·N/D of the printed figures."""
        return self._divided((Decimal(0), Decimal(0)))

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """Returns the least and the greatest quotient that the printed figures allow."""
        found = [self._divided(corner) for corner in self._corners()]
        return min(found), max(found)

    @property
    def allowed(self) -> Decimal:
        """Returns how far p may be off, on the side of its error."""
        least, greatest = self.bounds
        return (greatest - self.truth if self.printed > self.truth else self.truth - least) + self.half

    @property
    def decimals(self) -> int:
        """Returns the decimals of the difference: as many as the engine keeps, but no more than a cell can hold."""
        return min(10, SCALE_DIGITS + power(self.unit))

    def value_formula(self, top: str, bottom: str) -> str:
        """Returns `=100*F9/G9`."""
        return f"={self._times}{top}/{bottom}"

    def bound_formula(self, function: str, top: str, bottom: str) -> str:
        """Returns `=MIN(100*(F9-0.005)/(G9+0.005),…)`, with one quotient for every corner."""
        corners = (f"{self._times}{_shifted(top, over)}/{_shifted(bottom, under)}" for over, under in self._corners())
        return f"={function}({','.join(corners)})"

    def allowed_formula(self, printed: str, truth: str, bounds: tuple[str, str], half: str) -> str:
        """Returns the formula of the tolerance: from the computed value to the bound on p's side, plus half of p's last
        digit."""
        return f"=IF({printed}>{truth},{bounds[1]}-{truth},{truth}-{bounds[0]})+{half}"

    def verdict_formula(self, printed: str, truth: str, allowed: str, half: str, sides: tuple[str, str]) -> str:
        """Returns the formula of the verdict: 一致 where the printed figures give p, 尾差 where others that round to
        them do, else 不符."""
        off = f"ABS({printed}-{truth})"
        beyond = f"ROUND({off}-{allowed},{_COMPARED})>0" if self.bounded else self._nowhere(printed, half, *sides)
        remarked = f"ROUND({off}-{half},{_COMPARED})>0"
        return f'=IFERROR(IF({beyond},"不符",IF({remarked},"尾差","一致")),"未核对")'

    @property
    def _times(self) -> str:
        return "" if self.factor == 1 else f"{self.factor}*"

    def _corners(self) -> tuple[Offsets, ...]:
        found = [
            (
                sum((sign * top for sign, (top, _) in zip(signs, self.apart, strict=True)), Decimal(0)),
                sum((sign * bottom for sign, (_, bottom) in zip(signs, self.apart, strict=True)), Decimal(0)),
            )
            for signs in product((-1, 1), repeat=len(self.apart))
        ]
        return tuple(dict.fromkeys(found))

    def _divided(self, offsets: Offsets) -> Decimal:
        over, under = offsets
        exact = Fraction(self.factor) * Fraction(self.top + over) / Fraction(self.bottom + under)
        return Decimal(exact.numerator) / Decimal(exact.denominator)

    def _nowhere(self, printed: str, half: str, top: str, bottom: str) -> str:
        """Returns the formula that is true where factor·N − p·D is zero for no values that the figures may stand for
        (see `ratio_gap`)."""
        least, greatest = [], []
        for end in (f"({printed}-{half})", f"({printed}+{half})"):
            middle = f"{self._times}{top}-{end}*{bottom}"
            slack = "+".join(f"ABS({self._times}{number(over)}-{end}*({number(under)}))" for over, under in self.apart)
            least.append(f"{middle}-({slack or 0})")
            greatest.append(f"{middle}+({slack or 0})")
        return f"OR(ROUND(MIN({','.join(least)}),{_COMPARED})>0,ROUND(MAX({','.join(greatest)}),{_COMPARED})<0)"


def _shifted(cell: str, by: Decimal) -> str:
    return f"({cell}{'-' if by < 0 else '+'}{number(abs(by))})" if by else cell
