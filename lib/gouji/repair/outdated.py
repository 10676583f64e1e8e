"""Finds a passage or a table whose figures are all those of another year or version.

Its figures agree with each other, and none agrees with what other places print. Taken figure by figure, each would be
an error of its own, and the cells that the passage contradicts would be suspected although their table adds up. A
passage is one voice, however often it repeats an amount.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount, Verdict
from gouji.repair.corrections import Corrections, is_word, only_asks
from gouji.repair.shifted import source_of
from gouji.runtime.immutable import immutable

#: The fewest different amounts that must be contradicted, as many as no chance puts wrong together.
_DIFFERENT = 3
#: The fewest if several places contradict them, and how many places are several.
_FEW, _SEVERAL = 2, 2
#: The terms of a check that compares one figure with another.
_PAIR = 2


@immutable()
class Outdated:
    """A passage or a table whose figures are those of another year or version.

    - `table`: its key; "" for a passage.
    - `facts`: its figures that other places contradict.
    - `values`: the amounts that other places print for them, by fact id, where one does.
    - `against`: the figures elsewhere that contradict them. `sources`: where these stand.
    - `conflicts`: the checks that this explains. `agreeing`: how many of its other amounts other places print too.
    - `sure`: it is the wrong one. Else the other place may as well be.
    """

    table: str
    facts: tuple[Fact, ...]
    values: dict[int, ScaledAmount]
    against: tuple[Fact, ...]
    sources: tuple[str, ...]
    conflicts: tuple[Check, ...]
    agreeing: int
    sure: bool

    @property
    def whole(self) -> bool:
        """True if the rest of the document is to be judged with `values`."""
        return self.sure


@immutable()
class _Voice:
    """A passage or a table: its key (of a table, else ""), and its figures (fact ids)."""

    table: str
    facts: frozenset[int]


def outdated_figures(checks: Checks, known: Collection[int] = ()) -> Iterator[Outdated]:
    """Yields the passages and tables with figures of another year or version, the best supported first.

    Leaves out conflicts (ids) in `known`, whose cause was found before. Each conflict explains one of them only.
    """
    if not _contradictions(checks, known):
        return
    known, voices = set(known), _voices(checks)
    while (found := _best_supported(voices, checks, known)) is not None:
        known |= {check.id for check in found.conflicts}
        yield found


def _voices(checks: Checks) -> list[_Voice]:
    """Returns the sections of the narrative, its paragraphs, and the tables, each with its figures."""
    groups: dict[tuple[str, object], set[int]] = {}
    for fact in checks.facts:
        if fact.part is Part.TABLES:
            groups.setdefault((fact.concept.table, ""), set()).add(fact.id)
        elif fact.claim is not None and not is_word(fact):
            groups.setdefault(("", fact.section), set()).add(fact.id)
            groups.setdefault(("", fact.claim.paragraph), set()).add(fact.id)
    return [_Voice(table, frozenset(facts)) for (table, _), facts in groups.items()]


def _best_supported(voices: Iterable[_Voice], checks: Checks, known: Collection[int]) -> Outdated | None:
    """Returns the voice that most sources, then most conflicts, show to be outdated; None if there is none."""
    conflicts = _contradictions(checks, known)
    found = [one for voice in voices if (one := _outdated(voice, conflicts, checks))]
    found.sort(key=_support, reverse=True)
    if not found:
        return None
    first, *rest = found
    rivals = [one for one in rest if _is_rival(first, one)]
    return replace(first, sure=False) if rivals else first


def _contradictions(checks: Checks, known: Collection[int]) -> list[Check]:
    """Returns the conflicts of figures whose cause is not known."""
    return [one for one in checks.conflicts() if one.terms and one.id not in known and not only_asks(one)]


def _support(one: Outdated) -> tuple[int, bool, int]:
    """Counts the sources and the conflicts that show a voice to be outdated. Of a passage and a table that only
    contradict each other it is the passage: people write it, and the table adds up."""
    return len(one.sources), not one.table, len(one.conflicts)


def _is_rival(first: Outdated, other: Outdated) -> bool:
    """True for another table that as many sources show to be outdated, by the same conflicts."""
    shared = {check.id for check in first.conflicts} & {check.id for check in other.conflicts}
    return bool(shared and first.table and other.table) and len(first.sources) == len(other.sources)


def _outdated(voice: _Voice, conflicts: Sequence[Check], checks: Checks) -> Outdated | None:
    """Returns a voice as outdated; None if too few of its amounts are contradicted, if other places confirm one (of a
    passage: more than a few), or if they do not agree among themselves."""
    crossing = [check for check in conflicts if not check.per and _crosses(check, voice)]
    facts = checks.facts.facts
    if not voice.table:  # of two passages either may be the wrong one
        crossing = [check for check in crossing if any(facts[one].part is Part.TABLES for one in check.fact_ids)]
    denied = {number for check in crossing for number in check.fact_ids & voice.facts if facts[number].amount}
    numbers = {number for check in crossing for number in check.fact_ids - voice.facts if facts[number].amount}
    against = tuple(facts[number] for number in sorted(numbers))
    sources = tuple(dict.fromkeys((*(source_of(one) for one in against), *_seconding(crossing, voice, checks))))
    different = len({facts[number].amount for number in denied})
    if different < _DIFFERENT and (different < _FEW or len(sources) < _SEVERAL):
        return None
    agreeing = len(_confirmed(voice, checks) - {facts[number].amount for number in denied})
    if agreeing * _FEW > (0 if voice.table else different) or _has_ally(voice, crossing, checks):
        return None
    if not _agree(voice, denied, checks):
        return None
    if not _add_up(sources, checks, conflicts):
        return None
    values = _values(crossing, voice, checks)
    explained = _explained(voice, denied, values, conflicts, checks)
    figures = tuple(facts[number] for number in sorted(denied))
    sure = not voice.table or len(sources) >= _SEVERAL
    return Outdated(voice.table, figures, values, against, sources, explained, agreeing, sure)


def _crosses(check: Check, voice: _Voice) -> bool:
    return not check.fact_ids <= voice.facts and not check.fact_ids.isdisjoint(voice.facts)


def _confirmed(voice: _Voice, checks: Checks) -> set[ScaledAmount | None]:
    """Returns the amounts of a voice that equal what another place states of the same thing."""
    facts = checks.facts.facts
    found: set[ScaledAmount | None] = set()
    for check in {check.id: check for number in voice.facts for check in checks.on(number) if _holds(check)}.values():
        inside = [number for number in check.fact_ids & voice.facts if facts[number].amount]
        outside = [number for number in check.fact_ids - voice.facts if facts[number].amount]
        if check.operator == "=" and not check.per and inside and outside:
            found.update(facts[number].amount for number in inside)
    return found


def _has_ally(voice: _Voice, crossing: Iterable[Check], checks: Checks) -> bool:
    """True if a third place sides with a voice against one that contradicts it."""
    facts = checks.facts.facts
    return any(
        facts[third].amount == facts[own].amount
        for own, other in _pairs(crossing, voice)
        for third in _beside(other, checks)
        if third not in voice.facts
    )


def _seconding(crossing: Iterable[Check], voice: _Voice, checks: Checks) -> Iterator[str]:
    """Yields the places that side with those which contradict the voice: they print the same, in a check with the
    voice's figure."""
    facts = checks.facts.facts
    for own, other in _pairs(crossing, voice):
        for third in _beside(own, checks):
            if third not in voice.facts and third != other and facts[third].amount == facts[other].amount:
                yield source_of(facts[third])


def _pairs(crossing: Iterable[Check], voice: _Voice) -> Iterator[tuple[int, int]]:
    """Yields each figure of the voice with the print elsewhere that contradicts it."""
    for check in crossing:
        if check.tie and len(check.terms) == _PAIR:
            (own,), (other,) = check.fact_ids & voice.facts, check.fact_ids - voice.facts
            yield own, other


def _beside(number: int, checks: Checks) -> Iterator[int]:
    """Yields the figures that a check compares with this one alone, and that are not zero."""
    for check in checks.on(number):
        if check.made and not check.per and len(check.terms) == _PAIR:
            yield from (one for one in check.fact_ids - {number} if checks.facts.facts[one].amount)


def _agree(voice: _Voice, denied: Collection[int], checks: Checks) -> bool:
    """True if the amounts that are contradicted, or several of many, take part in sums or quotients of the voice's own
    figures that hold, and in no sum that fails. An amount that the voice repeats is one amount."""
    facts = checks.facts.facts
    held: set[ScaledAmount | None] = set()
    for check in {one.id: one for number in denied for one in checks.on(number)}.values():
        if not check.made or not check.fact_ids <= voice.facts:
            continue
        if check.verdict is Verdict.CONFLICT and not check.per and not only_asks(check):
            return False
        inside = [one for one in check.fact_ids if facts[one].amount]
        if _holds(check) and not check.tie and len(inside) > 1:
            held.update(facts[one].amount for one in inside)
    amounts = {facts[number].amount for number in denied}
    return len(held & amounts) >= min(_DIFFERENT, len(amounts))


def _holds(check: Check) -> bool:
    return check.made and check.verdict is not Verdict.CONFLICT


def _add_up(sources: Collection[str], checks: Checks, conflicts: Iterable[Check]) -> bool:
    """True if no sum of one of these tables fails."""
    facts = checks.facts.facts
    own = ({source_of(facts[number]) for number in check.fact_ids} for check in conflicts)
    return not any(
        len(one) == 1 and one <= {*sources} and not checks.facts.tables.keys().isdisjoint(one) for one in own
    )


def _values(crossing: Iterable[Check], voice: _Voice, checks: Checks) -> dict[int, ScaledAmount]:
    """Returns, by fact id, the amount that other places print for a figure. A figure for which they print two has
    none."""
    found: dict[int, set[ScaledAmount]] = {}
    for own, other in _pairs(crossing, voice):
        found.setdefault(own, set()).add(checks.facts.facts[other].amount or 0)
    return {number: amounts.pop() for number, amounts in found.items() if len(amounts) == 1}


def _explained(
    voice: _Voice,
    denied: Collection[int],
    values: dict[int, ScaledAmount],
    conflicts: Iterable[Check],
    checks: Checks,
) -> tuple[Check, ...]:
    """Returns the conflicts on the voice's figures that hold with the amounts of other places, and those that say
    nothing while its figures are another year's."""
    after = Corrections(checks, values)
    on = (check for check in conflicts if not check.fact_ids.isdisjoint(voice.facts))
    return tuple(check for check in on if not check.fact_ids.isdisjoint(denied) or not after.violated(check))
