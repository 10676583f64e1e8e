"""Finds the changes of items in paragraphs of their own, where the items are all of their headline now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from gouji.checks.narrative.items import headline, listed_items
from gouji.checks.narrative.spoken import Spoken, said, same_kind, usable
from gouji.facts.claim import BUDGETS, Measure, Topic
from gouji.facts.fact import Fact
from gouji.facts.narrative.topics import heads

_FEWEST = 2


def item_changes(index: Spoken) -> Iterator[tuple[Fact, tuple[Fact, ...]]]:
    """Yields the change of a section's headline with those of its items, against the same:
    支出60万元，较上年减少8万元。 （1）教育支出40万元，较上年减少5万元。 （2）….

    Uses only items that come to the headline exactly, and of which each tells its change once; 持平 and an item of
    nothing may have none.
    """
    made_up: list[tuple[Topic, Fact, list[Fact]]] = []
    for section, head in heads().items():
        listed = list(listed_items(index, section).values())
        whole = headline(index, head.key, Measure.FINAL)
        if whole is not None and len(listed) >= _FEWEST and _come_to(listed, whole):
            made_up.append((head, whole, listed))
    for (head, whole, listed), against in product(made_up, (Measure.PRIOR, *BUDGETS)):
        changed = [one for one in index.topic_stated(head.key, Measure.CHANGE) if said(one).against is against]
        parts = _of_items(index, listed, against)
        once = len(changed) == 1 and not said(changed[0]).listed and same_kind(changed[0], whole)
        if parts and once and said(changed[0]).paragraph == said(whole).paragraph:
            yield changed[0], parts


def _come_to(listed: Sequence[Fact], whole: Fact) -> bool:
    alike = all(same_kind(one, whole) for one in listed)
    return alike and sum(one.amount or 0 for one in listed) == whole.amount != 0


def _of_items(index: Spoken, listed: Sequence[Fact], against: Measure) -> tuple[Fact, ...]:
    """Returns the change of each item, () where one is missing or told twice."""
    found: list[Fact] = []
    for item in listed:
        own = _told(index, item, Measure.CHANGE, against)
        flat = any(said(one).relation == "=" for one in _told(index, item, Measure.DIRECTION, against))
        if len(own) == 1 and usable(own[0]) and same_kind(own[0], item):
            found += own
        elif own or not (flat or item.amount == 0):
            return ()
    return tuple(found)


def _told(index: Spoken, item: Fact, measure: Measure, against: Measure) -> list[Fact]:
    """Returns what the paragraph of an item tells of it in a measure."""
    near = [one for one in index.paragraph(said(item)) if said(one).topic.key == said(item).topic.key]
    return [one for one in near if said(one).measure is measure and said(one).against is against]
