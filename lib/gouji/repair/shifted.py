"""Finds a table that was changed throughout while nothing else was: an amount, and all totals over it, by one
difference.

Such a table agrees with itself, and the other places agree with each other. Only the checks between them fail. Taken
figure by figure, the smallest repair would correct the other places, although they are right. Taking the difference
out of the whole chain (the changed cell and the totals over it) makes all checks hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount
from gouji.repair.candidates import candidates_in
from gouji.repair.change import Changes
from gouji.repair.corrections import Corrections, only_asks
from gouji.repair.search import smallest_repairs
from gouji.runtime.immutable import immutable

#: The fewest cells that other places contradict, and the fewest cells of a chain. With fewer, a misprint of one figure
#: is likelier.
_CONTRADICTED, _CHAIN = 2, 3
#: The fewest sources against a table that show that it is the wrong one.
_WITNESSES = 2
#: The most cells of a chain, and the most steps of the search for one.
_LONGEST, _PATIENCE = 60, 600
#: The key of all sentences together, as a source.
NARRATIVE = "narrative"
#: Amounts by fact id.
_Values = dict[int, ScaledAmount]


@immutable()
class Shifted:
    """A table whose cells are all off by one difference from what other places print.

    - `table`: its key.
    - `facts`: the cells that certainly are off: other places contradict them, or the chain does not hold without them.
      Where one of several cells may be meant (either of two rows below a total), none of these is among them.
    - `values`: the amounts without the difference, by fact id, with which all checks hold. Where one of several cells
      may be meant, one is chosen.
    - `contradicted`: those of the cells that other places contradict, in the table's order.
    - `against`: the figures elsewhere that contradict them.
    - `sources`: the places of these figures: keys of tables, and `NARRATIVE`.
    - `vouching`: the sources that print the same as several of these figures, other than `sources`.
    - `conflicts`: the checks that the difference explains.
    - `sure`: the table stands alone against several sources that agree, so it is the wrong one.
    """

    table: str
    facts: tuple[Fact, ...]
    values: dict[int, ScaledAmount]
    contradicted: tuple[Fact, ...]
    against: tuple[Fact, ...]
    sources: tuple[str, ...]
    vouching: tuple[str, ...]
    conflicts: tuple[Check, ...]
    sure: bool

    @property
    def whole(self) -> bool:
        """True if the rest of the document is to be judged with `values`."""
        return self.sure


def shifted_tables(checks: Checks, known: Collection[int] = ()) -> Iterator[Shifted]:
    """Yields the tables changed throughout, the best supported first.

    Leaves out conflicts (ids) in `known`, whose cause was found before. Each conflict explains one table only.
    """
    known = set(known)
    while (found := _best_supported(checks, known)) is not None:
        known |= {check.id for check in found.conflicts}
        yield found


def _best_supported(checks: Checks, known: Collection[int]) -> Shifted | None:
    """Returns the table that most sources and conflicts show to be changed; None if there is none. It is not sure if
    another table has equal support."""
    conflicts = [one for one in checks.conflicts() if one.terms and one.id not in known and not only_asks(one)]
    facts = checks.facts.facts
    tables = {facts[number].concept.table for one in conflicts for number in one.fact_ids}
    found = [one for table in sorted(tables) for one in _shifts_of(table, conflicts, checks, known)]
    found.sort(key=_support, reverse=True)
    if not found:
        return None
    first, *rest = found
    rivals = [one for one in rest if one.table != first.table and _support(one) == _support(first)]
    return replace(first, sure=False) if rivals else first


def _support(one: Shifted) -> tuple[int, int]:
    """Counts the sources, then the conflicts, that show a table to be changed."""
    return len(one.sources) + len(one.vouching), len(one.conflicts)


def _shifts_of(table: str, conflicts: Sequence[Check], checks: Checks, known: Collection[int]) -> Iterator[Shifted]:
    """Yields how a table may have been changed: one shift for each difference that several of its cells have."""
    chain = _Chain(table, checks, known)
    concerned = [check for check in conflicts if chain.crosses(check)]
    for difference in sorted({abs(check.residual) for check in concerned if not check.per}):
        seeds = chain.seeds(concerned, difference)
        if len(seeds) < _CONTRADICTED:
            continue
        values = chain.closed(seeds, difference)
        if values is not None and len(values) >= _CHAIN and (found := _shift_of(chain, values, seeds, difference)):
            yield found


def _shift_of(chain: _Chain, values: _Values, seeds: _Values, difference: ScaledAmount) -> Shifted | None:
    """Returns the shift of a chain with these values; None if one wrong figure would explain the same conflicts."""
    checks, table = chain.checks, chain.table
    explained = tuple(
        check for check in checks.conflicts() if check.id not in chain.known and chain.explains(check, values)
    )
    state, changes = Corrections(checks), Changes(checks)
    if smallest_repairs(explained, state, candidates_in(explained, state, changes, copied=True), most=1).repairs:
        return None
    facts = checks.facts.facts
    inside = {number for number in values if any(number in check.fact_ids for check in explained)}
    numbers = {number for check in explained for number in chain.opposite(check)}
    against = tuple(facts[one] for one in sorted(numbers) if facts[one].amount)
    sources = tuple(dict.fromkeys(source_of(fact) for fact in against))
    vouching = tuple(_vouching(against, {table, *sources}, checks))
    certain = [number for number in values if number in seeds or chain.needs(number, seeds, difference)]
    return Shifted(
        table,
        tuple(facts[number] for number in sorted(certain)),
        values,
        tuple(facts[number] for number in sorted(inside)),
        against,
        sources,
        vouching,
        explained,
        len(sources) + len(vouching) >= _WITNESSES,
    )


def _vouching(against: Sequence[Fact], known: Collection[str], checks: Checks) -> Iterator[str]:
    """Yields the sources, other than those `known`, that print the same as several of these figures."""
    facts, agreeing = checks.facts.facts, Counter[str]()
    for one in against:
        ties = (check for check in checks.on(one) if check.tie and check.residual == 0 and check.operator == "=")
        others = {source_of(facts[number]) for check in ties for number in check.fact_ids if facts[number].amount}
        agreeing.update(others - {*known})
    yield from (source for source, count in agreeing.items() if count >= _CONTRADICTED)


def source_of(fact: Fact) -> str:
    """Returns the place of a figure: its table's key, or `NARRATIVE`."""
    return fact.concept.table if fact.part is Part.TABLES else NARRATIVE


@dataclass(slots=True)
class _Steps:
    """How many steps of a search are left."""

    left: int = _PATIENCE

    def take(self) -> bool:
        """Takes a step. Returns False if none was left."""
        self.left -= 1
        return self.left >= 0


@immutable()
class _Moves:
    """How cells may change: by a difference, in these directions (1, -1), but not the cells (fact ids) in `without`."""

    difference: ScaledAmount
    directions: tuple[int, ...]
    without: Collection[int]


class _Chain:
    """Searches a table for the cells that must change together by one difference."""

    def __init__(self, table: str, checks: Checks, known: Collection[int]) -> None:
        self.table = table
        self.checks = checks
        self.known = known

    def owns(self, number: int) -> bool:
        """True for a figure of the table."""
        fact = self.checks.facts.facts[number]
        return fact.part is Part.TABLES and fact.concept.table == self.table

    def crosses(self, check: Check) -> bool:
        """True for a check that joins cells of the table and figures elsewhere."""
        return len({self.owns(number) for number in check.fact_ids}) == 2

    def opposite(self, check: Check) -> set[int]:
        """Returns the figures elsewhere that a check compares the table with: those of the side that has no cell of the
        table; if each side has one, all that are elsewhere."""
        sides = [{number for _, number in side} for side in (check.left, (*check.right, *check.per))]
        elsewhere = [side for side in sides if not any(self.owns(number) for number in side)]
        numbers = set().union(*elsewhere) if any(elsewhere) else check.fact_ids
        return {number for number in numbers if not self.owns(number)}

    def seeds(self, conflicts: Sequence[Check], difference: ScaledAmount) -> _Values:
        """Returns the cells that begin a chain, with their values: without the difference, a conflict with figures
        elsewhere holds."""
        found: _Values = {}
        for check in conflicts:
            for number, value in self._moves(check, {}, difference, (1, -1)):
                found.setdefault(number, value)
        return found

    def closed(self, seeds: _Values, difference: ScaledAmount, without: Collection[int] = ()) -> _Values | None:
        """Returns the values of a whole chain, with which all checks hold; None if there is none. It leaves out the
        cells (fact ids) in `without`.

        First all cells change in the direction of the seeds. If that fails, each changes in either direction
        (年末结转和结余 falls as 支出 rises).
        """
        facts = self.checks.facts.facts
        directions = {1 if value > (facts[number].amount or 0) else -1 for number, value in seeds.items()}
        for allowed in (tuple(sorted(directions)), (1, -1)):
            if (found := self._grown(dict(seeds), _Moves(difference, allowed, without), _Steps())) is not None:
                return found
        return None

    def needs(self, number: int, seeds: _Values, difference: ScaledAmount) -> bool:
        """True for a cell without which there is no chain from these seeds."""
        return self.closed(seeds, difference, (number,)) is None

    def explains(self, check: Check, values: _Values) -> bool:
        """True for a check on the cells that holds with their values."""
        return not check.fact_ids.isdisjoint(values) and not Corrections(self.checks, values).violated(check)

    def _grown(self, values: _Values, moves: _Moves, steps: _Steps) -> _Values | None:
        """Returns the values with those of further cells, so that all checks hold; None if there is no way or no step
        is left. Tries the check first that fewest cells can repair."""
        in_time = steps.take()
        broken = self._broken(values)
        if not broken:
            return values
        if not in_time or len(values) >= _LONGEST:
            return None
        options = min((self._options(check, values, moves) for check in broken), key=len)
        for number, value in options:
            if (found := self._grown({**values, number: value}, moves, steps)) is not None:
                return found
        return None

    def _broken(self, values: _Values) -> list[Check]:
        """Returns the checks on these cells that fail with their values, except those known."""
        after = Corrections(self.checks, values)
        touched = {check.id: check for number in values for check in after.on(number) if check.id not in self.known}
        return [touched[number] for number in sorted(touched) if after.violated(touched[number])]

    def _options(self, check: Check, values: _Values, moves: _Moves) -> list[tuple[int, ScaledAmount]]:
        """Returns the cells that may join the chain to make a check hold, with their values."""
        found = self._moves(check, values, moves.difference, moves.directions)
        return [(number, value) for number, value in found if number not in values and number not in moves.without]

    def _moves(
        self, check: Check, values: Mapping[int, ScaledAmount], difference: ScaledAmount, directions: Sequence[int]
    ) -> Iterator[tuple[int, ScaledAmount]]:
        """Yields the cells of the table that make a check hold if they change by the difference in one of these
        directions, with their values. No cell becomes negative."""
        facts = self.checks.facts.facts
        for number in sorted(check.fact_ids):
            amount = facts[number].amount
            if not amount or not self.owns(number):
                continue
            for direction in directions:
                value = amount + direction * difference
                if value >= 0 and not Corrections(self.checks, {**values, number: value}).violated(check):
                    yield number, value
