"""Finds a table that was changed throughout while nothing else was: an amount with all its totals, by one difference.

Such a table holds in itself, and so do the others among themselves; only between them nothing holds any more. Figure by
figure, that is an error in every place that prints one of its totals, and the smallest repair corrects these places,
which are right. One difference taken from the whole chain of the table's cells settles all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount
from gouji.repair.candidates import candidates_in
from gouji.repair.change import Changes
from gouji.repair.corrections import Corrections, only_asks
from gouji.repair.search import smallest_repairs
from gouji.runtime.immutable import immutable

#: So many of its cells must each be contradicted from outside, and so many belong to the chain.
_CONTRADICTED, _CHAIN = 2, 3
#: So many sources against one leave no doubt which stands alone.
_WITNESSES = 2
#: So many cells are taken for one chain, and so many steps are tried for one.
_LONGEST, _PATIENCE = 60, 600
#: The source that all sentences are.
NARRATIVE = "narrative"
_Values = dict[int, ScaledAmount]


@immutable()
class Shifted:
    """A table (key) whose cells are all off by one difference from what other places say.

    - `facts`: the cells that other places contradict, and those that must be corrected with them; of the cells of
      which one or another may be meant, none. `values`: what each is without the difference, by fact, with one choice
      of such cells, so that all holds.
    - `contradicted`: the first of these, from the top. `against`: the figures elsewhere that contradict them.
    - `sources`: the tables (keys) of these, and `NARRATIVE`. `vouching`: further ones that print the same as these.
    - `conflicts`: the checks that this explains. `sure`: the table stands alone against several sources that agree.
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
        """The rest of the document is judged with its values."""
        return self.sure


def shifted_tables(checks: Checks, told: Collection[int] = ()) -> Iterator[Shifted]:
    """Yields the tables changed throughout, by conflicts other than those (ids) that are told."""
    told = set(told)
    while (found := _likeliest(checks, told)) is not None:
        told |= {check.id for check in found.conflicts}
        yield found


def _likeliest(checks: Checks, told: Collection[int]) -> Shifted | None:
    """The table for which most sources and conflicts speak; not sure where another explains as much."""
    conflicts = [one for one in checks.conflicts() if one.terms and one.id not in told and not only_asks(one)]
    facts = checks.facts.facts
    tables = {facts[number].concept.table for one in conflicts for number in one.fact_ids}
    found = [one for table in sorted(tables) for one in _in_table(table, conflicts, checks, told)]
    found.sort(key=_voices, reverse=True)
    if not found:
        return None
    first, *rest = found
    rivals = [one for one in rest if one.table != first.table and _voices(one) == _voices(first)]
    return _unsure(first) if rivals else first


def _voices(one: Shifted) -> tuple[int, int]:
    return len(one.sources) + len(one.vouching), len(one.conflicts)


def _unsure(one: Shifted) -> Shifted:
    return replace(one, sure=False)


def _in_table(table: str, conflicts: Sequence[Check], checks: Checks, told: Collection[int]) -> Iterator[Shifted]:
    """What may have been changed throughout in a table: for each difference that several of its cells have."""
    chain = _Chain(table, checks, told)
    concerned = [check for check in conflicts if chain.crosses(check)]
    for difference in sorted({abs(check.residual) for check in concerned if not check.per}):
        seeds = chain.seeds(concerned, difference)
        if len(seeds) < _CONTRADICTED:
            continue
        values = chain.closed(seeds, difference)
        if values is not None and len(values) >= _CHAIN and (found := _told_of(chain, values, seeds, difference)):
            yield found


def _told_of(chain: _Chain, values: _Values, seeds: _Values, difference: ScaledAmount) -> Shifted | None:
    """A chain as it is told; None where one figure elsewhere would explain it as well."""
    checks, table = chain.checks, chain.table
    explained = tuple(
        check for check in checks.conflicts() if check.id not in chain.told and chain.explains(check, values)
    )
    state, changes = Corrections(checks), Changes(checks)
    if smallest_repairs(explained, state, candidates_in(explained, state, changes, copied=True), most=1).repairs:
        return None
    facts = checks.facts.facts
    inside = {number for number in values if any(number in check.fact_ids for check in explained)}
    numbers = {number for check in explained for number in chain.opposite(check)}
    against = tuple(facts[one] for one in sorted(numbers) if facts[one].amount)
    sources = tuple(dict.fromkeys(_source(fact) for fact in against))
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
    """The sources, other than those known, that print what several of these figures print."""
    facts, told = checks.facts.facts, Counter[str]()
    for one in against:
        ties = (check for check in checks.on(one) if check.tie and check.residual == 0 and check.operator == "=")
        others = {_source(facts[number]) for check in ties for number in check.fact_ids if facts[number].amount}
        told.update(others - {*known})
    yield from (source for source, count in told.items() if count >= _CONTRADICTED)


def _source(fact: Fact) -> str:
    return fact.concept.table if fact.part is Part.TABLES else NARRATIVE


class _Chain:
    """The cells of a table that hang together with some that are off by a difference."""

    def __init__(self, table: str, checks: Checks, told: Collection[int]) -> None:
        self.table = table
        self.checks = checks
        self.told = told
        self._printed = Corrections(checks)

    def owns(self, number: int) -> bool:
        """True for a figure of the table."""
        fact = self.checks.facts.facts[number]
        return fact.part is Part.TABLES and fact.concept.table == self.table

    def crosses(self, check: Check) -> bool:
        """True for a check of the table's cells with figures elsewhere."""
        return len({self.owns(number) for number in check.fact_ids}) == 2

    def opposite(self, check: Check) -> set[int]:
        """The figures elsewhere that a check compares the table with: not those that it adds to the table's."""
        sides = [{number for _, number in side} for side in (check.left, (*check.right, *check.per))]
        away = [side for side in sides if not any(self.owns(number) for number in side)]
        numbers = set().union(*away) if any(away) else check.fact_ids
        return {number for number in numbers if not self.owns(number)}

    def seeds(self, conflicts: Sequence[Check], difference: ScaledAmount) -> _Values:
        """The cells whose conflicts with figures elsewhere hold without the difference, each with its value then."""
        found: _Values = {}
        for check in conflicts:
            for number, value in self._moves(check, {}, difference, (1, -1)):
                found.setdefault(number, value)
        return found

    def closed(self, seeds: _Values, difference: ScaledAmount, without: Collection[int] = ()) -> _Values | None:
        """The cells that must move with the seeds so that all holds; None where nothing makes it hold. The same way as
        the seeds first, then either way (年末结转和结余 falls as 支出 rises)."""
        facts = self.checks.facts.facts
        ways = {1 if value > (facts[number].amount or 0) else -1 for number, value in seeds.items()}
        for allowed in (tuple(sorted(ways)), (1, -1)):
            budget = [_PATIENCE]
            if (found := self._grown(dict(seeds), difference, allowed, without, budget)) is not None:
                return found
        return None

    def needs(self, number: int, seeds: _Values, difference: ScaledAmount) -> bool:
        """True for a cell without which the chain does not close."""
        return self.closed(seeds, difference, (number,)) is None

    def explains(self, check: Check, values: _Values) -> bool:
        """True for a check on the cells that holds with their values."""
        return not check.fact_ids.isdisjoint(values) and not Corrections(self.checks, values).violated(check)

    def _grown(
        self,
        values: _Values,
        difference: ScaledAmount,
        ways: Sequence[int],
        without: Collection[int],
        budget: list[int],
    ) -> _Values | None:
        budget[0] -= 1
        broken = self._broken(values)
        if not broken:
            return values
        if budget[0] < 0 or len(values) >= _LONGEST:
            return None
        options = min((self._options(check, values, difference, ways, without) for check in broken), key=len)
        for number, value in options:
            if (found := self._grown({**values, number: value}, difference, ways, without, budget)) is not None:
                return found
        return None

    def _broken(self, values: _Values) -> list[Check]:
        """The checks on these cells that do not hold with their values; nothing is said of those told already."""
        after = Corrections(self.checks, values)
        touched = {check.id: check for number in values for check in after.on(number) if check.id not in self.told}
        return [touched[number] for number in sorted(touched) if after.violated(touched[number])]

    def _options(
        self,
        check: Check,
        values: _Values,
        difference: ScaledAmount,
        ways: Sequence[int],
        without: Collection[int],
    ) -> list[tuple[int, ScaledAmount]]:
        moves = self._moves(check, values, difference, ways)
        return [(number, value) for number, value in moves if number not in values and number not in without]

    def _moves(
        self, check: Check, values: Mapping[int, ScaledAmount], difference: ScaledAmount, ways: Sequence[int]
    ) -> Iterator[tuple[int, ScaledAmount]]:
        """The cells of the table that make a check hold, moved by the difference one way or the other."""
        facts = self.checks.facts.facts
        for number in sorted(check.fact_ids):
            amount = facts[number].amount
            if not amount or not self.owns(number):
                continue
            for way in ways:
                value = amount + way * difference
                if value >= 0 and not Corrections(self.checks, {**values, number: value}).violated(check):
                    yield number, value
