"""Finds figures printed in each other's places.

They are two figures of a sentence, with or without their shares, two cells of one row or column, or an amount that
stands beside its own empty cell. Taken one by one, they would be two unrelated errors. But both figures are there to
the digit, all their checks hold once they are exchanged, and no single correction achieves that. So it is one slip.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import combinations

from gouji.checks.check import Check, Checks
from gouji.facts.claim import CHANGES, Measure
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount
from gouji.repair.change import Change, Changes, Kind
from gouji.repair.corrections import Corrections, is_word, only_asks
from gouji.repair.search import smallest_repairs
from gouji.runtime.immutable import immutable

#: The most pairs that are tried. With more figures in conflict, a document has other faults than exchanged figures.
_MOST = 4000

_Pairs = tuple[tuple[Fact, Fact], ...]


@immutable()
class Swapped:
    """`pairs` of figures that print each other's amounts: one, or an amount and its share of each of two items.

    `values` are the amounts in their own places, by fact; `conflicts` what holds with them.
    """

    pairs: _Pairs
    values: dict[int, ScaledAmount]
    conflicts: tuple[Check, ...]

    @property
    def figures(self) -> tuple[Fact, ...]:
        """Returns all figures, as printed."""
        return tuple(fact for pair in self.pairs for fact in pair)

    @property
    def explained(self) -> frozenset[int]:
        """Returns the ids of the conflicts."""
        return frozenset(check.id for check in self.conflicts)

    @property
    def in_sentence(self) -> bool:
        """True for figures of a sentence."""
        return self.pairs[0][0].part is Part.NARRATIVE

    @property
    def across(self) -> bool:
        """True for two cells of one row."""
        one, other = (fact.cell for fact in self.pairs[0])
        return one is not None and other is not None and one[0] == other[0]

    @property
    def slipped(self) -> bool:
        """True for an amount beside its own cell, which is empty."""
        return any(fact.blank for fact in self.pairs[0])


def swapped_figures(checks: Checks, known: Container[int] = ()) -> Iterator[Swapped]:
    """Yields the exchanged figures. Leaves out conflicts (ids) in `known`, whose cause was found before.

    Of two exchanges, one may explain everything the other does and more: then only that one counts. If two exchanges
    explain the same conflict otherwise, neither does.
    """
    off = (*checks.conflicts(), *checks.omissions())
    conflicts = [one for one in off if one.terms and one.id not in known and not only_asks(one)]
    facts = [checks.facts.facts[number] for number in sorted({n for one in conflicts for n in one.fact_ids})]
    changes = Changes(checks)
    found = [
        one for pairs in _possible_exchanges(facts, checks) if (one := _try_exchange(pairs, checks, changes, known))
    ]
    most = [one for one in found if not any(one.explained < other.explained for other in found)]
    explained = Counter(number for one in most for number in one.explained)
    yield from (one for one in most if all(explained[number] == 1 for number in one.explained))


def _try_exchange(pairs: _Pairs, checks: Checks, changes: Changes, known: Container[int]) -> Swapped | None:
    """Returns the exchange of some figures; None if it does not explain all that is wrong with them."""
    values = {}
    for one, other in pairs:
        values.update(dict.fromkeys(changes.number(one).facts, other.amount or 0))
        values.update(dict.fromkeys(changes.number(other).facts, one.amount or 0))
    state = Corrections(checks)
    after = state.with_values(values)
    touched = {check.id: check for number in values for check in state.on(number)}.values()
    # A check that lacks a side as printed may still lack it.
    violated = [check for check in touched if state.violated(check) and not (check.blank and after.violated(check))]
    wrong = [check for check in touched if after.violated(check) and not (check.blank and state.violated(check))]
    if wrong or any(check.id in known for check in violated):
        return None
    each = [any(not check.fact_ids.isdisjoint(changes.number(one).facts) for check in violated) for one in pairs[0]]
    if not all(each) or _has_single_correction(violated, state, changes):
        return None
    return Swapped(pairs, values, tuple(violated))


def _has_single_correction(violated: Sequence[Check], state: Corrections, changes: Changes) -> bool:
    """True if one correction makes all conflicts hold. A number copied from place to place counts as one.

    Unlike the search for repairs (`candidates_in`), this also tries any blank cell.
    """
    facts = state.checks.facts.facts

    def candidates(check: Check) -> Iterator[Change]:
        for change in changes.of(check):
            if change.kind is Kind.WORD or facts[change.first].amount is not None:
                yield change
                if change.kind is Kind.NUMBER:
                    yield changes.copied(facts[change.first])

    return bool(smallest_repairs(violated, state, candidates, most=1).repairs)


def _possible_exchanges(facts: Sequence[Fact], checks: Checks) -> Iterator[_Pairs]:
    """Yields the exchanges that may explain the conflicts of some figures."""
    pairs = [*_pairs_of_cells(facts), *_pairs_of_sentences(facts)]
    if len(pairs) > _MOST:
        return
    for one, other in pairs:
        yield ((one, other),)
        if one.part is Part.NARRATIVE and (shares := _shares(one, other, checks)):
            yield (one, other), shares


def _pairs_of_cells(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yields pairs of cells of one row or column of a table. An empty cell is paired only with its neighbours."""
    lines: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if fact.cell is not None and fact.amount is not None and not fact.repeated:
            row, column = fact.cell
            lines.setdefault((fact.block, "row", row), []).append(fact)
            lines.setdefault((fact.block, "column", column), []).append(fact)
    for line in lines.values():
        for one, other in combinations(line, 2):
            if one.amount != other.amount and (not (one.blank or other.blank) or _are_neighbours(one, other)):
                yield one, other


def _are_neighbours(one: Fact, other: Fact) -> bool:
    assert one.cell is not None
    assert other.cell is not None
    return abs(one.cell[0] - other.cell[0]) + abs(one.cell[1] - other.cell[1]) == 1


def _pairs_of_sentences(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yields pairs of figures of one sentence in one unit. Changes must have the same direction."""
    said: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if fact.claim is not None and not is_word(fact) and fact.amount is not None:
            change = (fact.claim.measure, fact.signed) if fact.claim.measure in CHANGES else ()
            said.setdefault((fact.claim.sentence, fact.figure.unit, change), []).append(fact)
    for group in said.values():
        for one, other in combinations(group, 2):
            if one.amount != other.amount and one.place != other.place:
                yield one, other


def _shares(one: Fact, other: Fact, checks: Checks) -> tuple[Fact, Fact] | None:
    """Returns the shares stated with two amounts, if they differ; else None."""
    first, second = _share_behind(one, checks), _share_behind(other, checks)
    return None if first is None or second is None or first.amount == second.amount else (first, second)


def _share_behind(fact: Fact, checks: Checks) -> Fact | None:
    """Returns the share stated behind an amount; None if there is none."""
    said = fact.claim
    if said is None or said.measure is Measure.SHARE:
        return None
    for behind in checks.facts.facts[fact.id + 1 : fact.id + 3]:
        of = behind.claim
        if of and of.measure is Measure.SHARE and (of.sentence, of.topic) == (said.sentence, said.topic):
            return behind
    return None
