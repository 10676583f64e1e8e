"""Checks the change of a whole against those of the parts that a list names, where these are all of it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from gouji.checks.check import Check, Terms
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.item_changes import item_changes
from gouji.checks.narrative.parts import groups
from gouji.checks.narrative.spoken import Spoken, said, same_kind, spoken, usable
from gouji.checks.narrative.told_changes import told_changes
from gouji.checks.narrative.wholes import whole_of
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases
from gouji.runtime.immutable import immutable

#: Each may be the difference of rounded amounts.
_TIMES = 2
_FEWEST = 2


@immutable()
class _Changes:
    """The changes of a whole and of its parts, from the same amounts. `open`: parts that end are common, as items of
    the classification of functions do."""

    whole: Fact
    parts: tuple[Fact, ...]
    open: bool = False

    @property
    def terms(self) -> tuple[Terms, Terms]:
        return ((1, self.whole.id),), tuple((1, one.id) for one in self.parts)

    @property
    def excess(self) -> int:
        """How much more the whole changed than its parts."""
        return (self.whole.amount or 0) - sum(one.amount or 0 for one in self.parts)

    @property
    def radius(self) -> int:
        """How much of that may be rounding."""
        return _TIMES * sum(one.radius for one in (self.whole, *self.parts))


def changes_at_most(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 支出60万元，减少1万元，其中：甲40万元，减少5万元；乙20万元，减少3万元. What the list leaves out is nothing
    now, so that it can only have fallen: the whole changed by no more than its parts."""
    for one in _all_changes(spoken(facts)):
        left, right = one.terms
        yield Check(-1, rule, one.whole.named, "<=", left, right, times=_TIMES, verdict=Verdict.CONSISTENT)


def usual_changes(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the same changes as a sum: only what ended this year is left out, and in a short list of kinds that is
    seldom anything. Then the changes of other lists (`told_changes.py`)."""
    summed: set[int] = set()
    for one in _all_changes(spoken(facts)):
        summed.update(part.id for part in one.parts)
        if one.excess <= one.radius and not one.open:
            left, right = one.terms
            yield Check(-1, rule, one.whole.named, "=", left, right, times=_TIMES, verdict=Verdict.CONSISTENT)
    yield from told_changes(rule, facts, summed)


@lru_cache(maxsize=1)
def _all_changes(index: Spoken) -> tuple[_Changes, ...]:
    """Returns the changes that both rules judge. The index is kept, as `spoken` keeps it."""
    return tuple(_find_changes(index))


def _find_changes(index: Spoken) -> Iterator[_Changes]:
    yield from (_Changes(*one, open=True) for one in item_changes(index))
    for group, against in product(groups(index).values(), (Measure.PRIOR, *BUDGETS)):
        members = [one for one in group if said(one).measure is Measure.FINAL]
        if len(members) < _FEWEST or any(in_report(one) or not usable(one) or said(one).closes for one in members):
            continue
        whole = whole_of(index, members)
        if whole is None or whole.claim is None or not whole.amount or not _make_up(members, whole):
            continue
        if _is_family(members, whole):
            continue
        parts = _changes_of(group, members, against)
        changed = _change_of(index, whole, members[0], against)
        if not parts and changed is None:
            changed, parts = _told_behind(index, members, whole, against)
        if parts and changed is not None and same_kind(changed, whole):
            yield _Changes(changed, parts)


def _told_behind(
    index: Spoken, members: Sequence[Fact], whole: Fact, against: Measure
) -> tuple[Fact | None, tuple[Fact, ...]]:
    """Returns the changes of the whole and of its parts that a list of their own states behind that of the amounts:
    支出60万元，其中：甲40万元；乙20万元。比上年减少8万元。其中：甲减少5万元；乙减少3万元."""
    behind = [one for one in index.paragraph(said(whole)) if said(one).order > said(members[-1]).order]
    own = [one for one in behind if said(one).topic.key == said(whole).topic.key]
    changed = [one for one in own if said(one).measure is Measure.CHANGE and said(one).against is against]
    parts = _changes_of(behind, members, against)
    first = min((said(one).order for one in parts), default=0)
    told = len(changed) == 1 and said(changed[0]).order < first and usable(changed[0]) and not said(changed[0]).listed
    return (changed[0], parts) if told else (None, ())


def _make_up(members: Sequence[Fact], whole: Fact) -> bool:
    """True for parts, each named once, that add up to the whole exactly."""
    keys = {said(one).topic.key for one in members}
    alike = all(same_kind(one, whole) for one in members)
    return alike and len(keys) == len(members) and sum(one.amount or 0 for one in members) == whole.amount


def _is_family(members: Sequence[Fact], whole: Fact) -> bool:
    """True for all parts of a sum by definition, which `family_changes` checks."""
    keys = {said(one).topic.key for one in members}
    return any(one.whole == said(whole).topic.key and keys == set(one.parts) for one in load_phrases().families)


def _changes_of(group: Sequence[Fact], members: Sequence[Fact], against: Measure) -> tuple[Fact, ...]:
    """Returns the change of each part, () where one is missing or told twice."""
    found: list[Fact] = []
    for member in members:
        own = [
            one
            for one in group
            if said(one).topic.key == said(member).topic.key
            and said(one).measure is Measure.CHANGE
            and said(one).against is against
        ]
        if len(own) == 1 and usable(own[0]):
            found += own
        elif own or member.amount:
            return ()
    return tuple(found)


def _change_of(index: Spoken, whole: Fact, first: Fact, against: Measure) -> Fact | None:
    """Returns the only change of the whole told between its amount and its parts."""
    between = [
        one
        for one in index.paragraph(said(whole))
        if said(one).topic.key == said(whole).topic.key
        and said(one).measure is Measure.CHANGE
        and said(one).against is against
        and said(whole).order < said(one).order < said(first).order
    ]
    return between[0] if len(between) == 1 and usable(between[0]) and not said(between[0]).listed else None
