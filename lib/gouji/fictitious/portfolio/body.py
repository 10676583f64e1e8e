"""Draws one fictitious department: its place and kind, its size, its spending habits, and the years it publishes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from gouji.fictitious.departments.codes import in_force
from gouji.fictitious.departments.shape import Shape, chance
from gouji.fictitious.portfolio.offices import Office
from gouji.fictitious.portfolio.regions import Region

FIRST_YEAR, LAST_YEAR = 2020, 2025
"""The classification's names are those in force from 2020."""
MARK = "（虚构）"
YUAN = 100

_USUAL_LAST_YEAR = 2024
_WAGES = {"30101": 30, "30102": 24, "30103": 14, "30107": 20, "30112": 2, "30199": 3, "30305": 2, "30309": 1}
_OFFICE = {
    "30201": 20,
    "30202": 3,
    "30205": 2,
    "30206": 4,
    "30207": 3,
    "30209": 5,
    "30211": 8,
    "30212": 2,
    "30213": 6,
    "30215": 2,
    "30216": 3,
    "30217": 2,
    "30226": 8,
    "30227": 6,
    "30228": 3,
    "30229": 5,
    "30231": 6,
    "30239": 12,
    "30299": 10,
    "31002": 4,
}
"""What is usually spent on each, as parts of the whole."""
_SELDOM = {"30212": 8, "30217": 85, "30231": 70}
_OFTEN = 75
"""In how many of a hundred departments there is such spending."""
_OUTLIERS, _EXCESS = 5, 10
"""In how many of a hundred departments 三公 is out of the ordinary, and how many times."""


@dataclass(frozen=True)
class Habits:
    """What stays alike from year to year: the cost per head, and the division of wages and office money."""

    staff: int
    retired: int
    cost: int  # running costs a head and year, in 分
    personnel: int  # of a thousand of basic spending
    wages: dict[str, int]
    office: dict[str, int]
    carry: bool
    gap: bool


@dataclass(frozen=True)
class Body:
    """A department of a region; `years` are those it publishes, one after the other."""

    region: Region
    office: Office
    shape: Shape
    habits: Habits
    years: range
    style: int
    told_in_yuan: bool

    @property
    def name(self) -> str:
        """Returns its name, which says that there is no such department."""
        return f"{self.region.short}{self.office.name}{MARK}"

    @property
    def kind(self) -> str:
        """Returns the kind of its office."""
        return "事业单位" if self.office.institution else "行政单位"

    def key(self, year: int) -> str:
        """Returns the stem of its files' names in a year."""
        return f"{self.region.code}-{self.office.slug}-{year}"


def draw_body(rng: Random, region: Region, office: Office) -> Body:
    """Returns a department of that kind in that region."""
    years = _years(rng)
    carry = chance(rng, 55)
    habits = Habits(
        staff=rng.randint(*office.staff),
        retired=rng.randint(1, office.staff[1] // 2),
        cost=rng.randint(90_000, 130_000) * YUAN,
        personnel=rng.randint(720, 860),
        wages=_weights(rng, {code: one for code, one in _WAGES.items() if office.institution or code != "30107"}),
        office=_office_weights(rng),
        carry=carry,
        gap=bool(office.own) and office.institution and not carry and chance(rng, 40),
    )
    shape = _shape(rng, office, years.start - 1)
    return Body(region, office, shape, habits, years, rng.randrange(3), chance(rng, 50))


def _years(rng: Random) -> range:
    """Returns one to five years: most departments publish one or two of those at hand, the last of them 2024."""
    last = _USUAL_LAST_YEAR if chance(rng, 80) else rng.randint(FIRST_YEAR, LAST_YEAR)
    number = rng.choices((1, 2, 3, 4, 5), (50, 25, 14, 7, 4))[0]
    return range(max(FIRST_YEAR, last - number + 1), last + 1)


def _shape(rng: Random, office: Office, year: int) -> Shape:
    """Returns its codes: those of its office, and those of pensions, health and housing, which all departments have."""
    own = ("2080502", "2101102") if office.institution else ("2080501", "2101101")
    support = ("2080505", "2080506", *own, "2210201") if chance(rng, 70) else ("2080505", own[1], "2210201")
    main = tuple(code for code in office.items if in_force(code, year))
    kept = (main[0], *(code for code in main[1:] if chance(rng, 80)))
    capital = office.capital and chance(rng, 40)
    fund = office.fund if chance(rng, 50) else None
    return Shape(office.institution, kept, support, fund, "2230105" if capital else None)


def _office_weights(rng: Random) -> dict[str, int]:
    usual = {code: one for code, one in _OFFICE.items() if code == "30201" or chance(rng, _SELDOM.get(code, _OFTEN))}
    weights = _weights(rng, usual)
    if chance(rng, _OUTLIERS):
        weights |= {code: _EXCESS * weights[code] for code in ("30217", "30231") if code in weights}
    return weights


def _weights(rng: Random, usual: dict[str, int]) -> dict[str, int]:
    return {code: one * rng.randint(50, 150) for code, one in usual.items()}
