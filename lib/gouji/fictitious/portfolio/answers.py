"""The answer key: for each planted error its kind, its place, the printed text and the correct one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gouji.fictitious.departments.words import Words
from gouji.fictitious.misprints.digits import Shown
from gouji.fictitious.misprints.plant import Plant
from gouji.fictitious.portfolio.account import FictitiousAccount
from gouji.fictitious.portfolio.where import where_in_narrative, where_in_table

_PARTS = {"表": "决算表", "文": "情况说明"}


@dataclass(frozen=True)
class Answer:
    """One planted error.

    `concept` is the concept path of a table's cell, "" in the narrative. `exact` is the true amount behind a cell in
    元, before rounding. `within_rounding`: the printed value is off by at most one unit of its last digit, so that
    nothing in the account may contradict it.
    """

    document: str
    department: str
    year: int
    part: str
    kind: str
    where: str
    concept: str
    unit: str
    correct: str
    printed: str
    exact: str
    within_rounding: bool


def answers(account: FictitiousAccount) -> Iterator[Answer]:
    """Returns the errors of an account, in the order in which they were drawn."""
    return (_answer(account, plant) for plant in account.plants)


def _answer(account: FictitiousAccount, plant: Plant) -> Answer:
    clean, place = account.clean, plant.place
    concept = place if isinstance(place, str) else ""
    return Answer(
        document=account.key,
        department=account.body.name,
        year=account.year.year,
        part=_PARTS[plant.part],
        kind=plant.kind,
        where=where_in_table(clean, place) if isinstance(place, str) else where_in_narrative(clean, place),
        concept=concept,
        unit=clean.template.unit if isinstance(place, str) else place.unit,
        correct=plant.clean,
        printed=plant.printed,
        exact=f"{Decimal(clean.truth[concept]).scaleb(-2):.2f}" if concept in clean.truth else "",
        within_rounding=_within_rounding(plant),
    )


def _within_rounding(plant: Plant) -> bool:
    """True for a number that is off by at most one in its last digit; never for a word of direction."""
    if isinstance(plant.place, Words) and not plant.clean[0].isdigit():
        return False
    true, printed = Shown(plant.clean, ""), Shown(plant.printed, "")
    return abs(true.value - printed.value) <= Decimal(1).scaleb(-true.decimals)
