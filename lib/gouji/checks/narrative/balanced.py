"""Compares 收入总计 and 支出总计, two sides of one balance. Many departments use these words for the income and
expenditure of the year alone."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.rules import counterparts
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path


def other_side(key: str) -> str:
    """Returns the total that balances another in the same table; "" for anything else."""
    table = key.partition("[")[0]
    return next((path for path in counterparts().get(key, ()) if path.partition("[")[0] == table), "")


def balances(index: Spoken, key: str) -> bool:
    """True for a total whose other side is stated too (by the table, else in words) and is equal."""
    sides = [_stated_total(index, one) for one in (key, other_side(key)) if one]
    return len(sides) > 1 and None not in sides and len({one.amount for one in sides if one}) == 1


def apart(facts: Facts, key: str) -> tuple[Fact, Fact] | None:
    """Returns both totals as sentences state them, where a table does not print both and each has a figure of its
    own."""
    index = spoken(facts)
    keys = (key, other_side(key))
    one, other = (_total_in_words(index, each) for each in keys)
    printed = all(_printed_total(index, each) for each in keys)
    return (one, other) if one and other and not printed and one.place != other.place else None


def is_the_years(facts: Facts, key: str, whole: Fact, members: Sequence[Fact]) -> bool:
    """True for a total that does not balance and equals a member, 支出合计: the word is used for the year's alone. That
    is asked about; its members then do not add up to it."""
    sides = apart(facts, key)
    differ = sides is not None and sides[0].amount != sides[1].amount
    return differ and any(one.amount == whole.amount for one in members)


def _stated_total(index: Spoken, key: str) -> Fact | None:
    return _printed_total(index, key) or _total_in_words(index, key)


def _printed_total(index: Spoken, key: str) -> Fact | None:
    concept = concept_from_path(key)
    cell = index.facts.get(concept.table, concept.row, concept.column)
    return cell if cell and not cell.blank and cell.amount is not None else None


def _total_in_words(index: Spoken, key: str) -> Fact | None:
    """Returns the first amount that sentences state for a total. 收、支总计 counts for the one it names first."""
    found = [one for each in (key, other_side(key)) for one in index.topic_stated(each, Measure.FINAL)]
    return next((one for one in found if said(one).reading.partition("|")[0].strip() == key), None)
