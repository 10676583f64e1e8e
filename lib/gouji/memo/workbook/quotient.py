"""A quotient (a share, a completion, a rate, so much per head) as Excel works it out, step by step.

p = factor·N/D. Every printed figure may stand for what rounds to it, so N/D lies between its least and greatest value
at the corners of those intervals; where D may be zero there are no such bounds, and factor·N − p·D is judged instead.
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

#: Decimals of comparisons: beyond any printed figure's, short of binary noise.
_COMPARED = 9
#: What a bound is shown as where the denominator may be zero.
UNBOUNDED = "不限"

#: What numerator and denominator are off by at once.
Offsets = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Quotient:
    """A quotient's values in the units its cells have: N in `top_unit`, D in `bottom_unit`, p in `unit`.

    `apart` are, for figures that move N and D alike, what N and D are off by where those are off by their half unit.
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
        """The quotient of a check."""
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
        """factor·N/D of what is printed."""
        return self._divided((Decimal(0), Decimal(0)))

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest quotient of what the printed figures may stand for."""
        found = [self._divided(corner) for corner in self._corners()]
        return min(found), max(found)

    @property
    def allowed(self) -> Decimal:
        """How far p may be off on the side it is off on."""
        least, greatest = self.bounds
        return (greatest - self.truth if self.printed > self.truth else self.truth - least) + self.half

    @property
    def decimals(self) -> int:
        """Decimals of the difference: as many as the engine keeps, no more than a cell can hold."""
        return min(10, SCALE_DIGITS + power(self.unit))

    def value_formula(self, top: str, bottom: str) -> str:
        """`=100*F9/G9`."""
        return f"={self._times}{top}/{bottom}"

    def bound_formula(self, function: str, top: str, bottom: str) -> str:
        """`=MIN(100*(F9-0.005)/(G9+0.005),…)`, one quotient for every corner."""
        corners = (f"{self._times}{_off(top, over)}/{_off(bottom, under)}" for over, under in self._corners())
        return f"={function}({','.join(corners)})"

    def allowed_formula(self, printed: str, truth: str, bounds: tuple[str, str], half: str) -> str:
        """From the calculated value to the bound on p's side, and half of p's last digit."""
        return f"=IF({printed}>{truth},{bounds[1]}-{truth},{truth}-{bounds[0]})+{half}"

    def verdict_formula(self, printed: str, truth: str, allowed: str, half: str, sides: tuple[str, str]) -> str:
        """不符 where no values give p, 一致 where the printed ones give it, else 尾差."""
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
        """True where factor·N − p·D is zero for no values that the figures may stand for (see `ratio_gap`)."""
        least, greatest = [], []
        for end in (f"({printed}-{half})", f"({printed}+{half})"):
            middle = f"{self._times}{top}-{end}*{bottom}"
            slack = "+".join(f"ABS({self._times}{number(over)}-{end}*({number(under)}))" for over, under in self.apart)
            least.append(f"{middle}-({slack or 0})")
            greatest.append(f"{middle}+({slack or 0})")
        return f"OR(ROUND(MIN({','.join(least)}),{_COMPARED})>0,ROUND(MAX({','.join(greatest)}),{_COMPARED})<0)"


def _off(cell: str, by: Decimal) -> str:
    return f"({cell}{'-' if by < 0 else '+'}{number(abs(by))})" if by else cell
