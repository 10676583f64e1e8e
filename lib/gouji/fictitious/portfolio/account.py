"""Yields published accounts, one after the other in practically endless number: some clean, some with planted
errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gouji.fictitious.departments.model import FictitiousDepartment
from gouji.fictitious.departments.shape import chance
from gouji.fictitious.misprints.plant import Plant
from gouji.fictitious.misprints.planting import draw, print_all
from gouji.fictitious.portfolio.body import Body, draw_body
from gouji.fictitious.portfolio.offices import offices
from gouji.fictitious.portfolio.published import published
from gouji.fictitious.portfolio.regions import Region, number_of_regions, regions
from gouji.fictitious.portfolio.years import Year, years_of

MOST_ERRORS = 6
CLEAN_SHARE = 40
"""Of a hundred accounts, how many have no errors."""
_OFFICES = (6, 9)
"""How many departments of a region are published, at least and at most."""


@dataclass(frozen=True)
class FictitiousAccount:
    """A department's account of a year: the `clean` text, and the `printed` text with its `plants`."""

    body: Body
    year: Year
    clean: FictitiousDepartment
    printed: FictitiousDepartment
    plants: tuple[Plant, ...]

    @property
    def key(self) -> str:
        """Returns the stem of its files' names."""
        return self.body.key(self.year.year)


def most_accounts() -> int:
    """Returns how many accounts every seed has at least."""
    return number_of_regions() * _OFFICES[0]


def accounts(seed: int, errors: int = MOST_ERRORS, clean: int = CLEAN_SHARE) -> Iterator[FictitiousAccount]:
    """Yields accounts of one region after the other, each department's years together.

    `clean` of a hundred have no errors, the others one to `errors`. The text of an account depends only on the seed,
    its department and its year; its errors also depend on both numbers.
    """
    for region in regions():
        for body in bodies(seed, region):
            rng = Random(f"{seed}/{region.code}/{body.office.slug}/years")
            for year in years_of(rng, body):
                yield _account(seed, body, year, errors, clean)


def bodies(seed: int, region: Region) -> Iterator[Body]:
    """Yields some of the departments that a region may have, in the order of their kinds."""
    rng = Random(f"{seed}/{region.code}")
    chosen = rng.sample(range(len(offices())), rng.randint(*_OFFICES))
    for office in (offices()[at] for at in sorted(chosen)):
        yield draw_body(Random(f"{seed}/{region.code}/{office.slug}"), region, office)


def _account(seed: int, body: Body, year: Year, errors: int, clean: int) -> FictitiousAccount:
    key = f"{seed}/{body.key(year.year)}"
    department = published(Random(key), body, year)
    rng = Random(f"{key}/errors")
    number = 0 if not errors or chance(rng, clean) else rng.randint(1, errors)
    plants = draw(department, number, rng)
    printed, _ = print_all(department, plants)
    return FictitiousAccount(body, year, department, printed, tuple(plants))
