"""Finds a clause whose amounts are all those of another thing: its subject is wrong, or it was copied from elsewhere.

Taken figure by figure, each amount would be an error, and sometimes the table's own cell (0.00) would be held wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Concept, Fact
from gouji.repair.corrections import only_asks
from gouji.runtime.immutable import immutable

#: The fewest different amounts that are no chance; one is enough if a percentage beside it is another thing's too.
_DIFFERENT = 2


@immutable()
class Misnamed:
    """A clause that states the amounts of another thing.

    `facts` are its amounts, `own` the cells of what it names, `printed` the cells that print these amounts, in the same
    order. `conflicts` are the checks that this explains.
    """

    facts: tuple[Fact, ...]
    own: tuple[Fact, ...]
    printed: tuple[Fact, ...]
    conflicts: tuple[Check, ...]


def misnamed_clauses(checks: Checks, known: Collection[int] = ()) -> Iterator[Misnamed]:
    """Yields the clauses with the amounts of another thing. Leaves out conflicts (ids) in `known`."""
    conflicts = [one for one in checks.conflicts() if one.terms and one.id not in known and not only_asks(one)]
    clauses: dict[tuple[int, str], dict[int, tuple[Fact, Fact]]] = {}
    for check in conflicts:
        pair = _stated_and_printed(check, checks)
        if pair is not None and pair[0].claim is not None:
            claim = pair[0].claim
            clauses.setdefault((claim.sentence, claim.topic.key), {})[pair[0].id] = pair
    for pairs in clauses.values():
        facts, own = tuple(one for one, _ in pairs.values()), tuple(cell for _, cell in pairs.values())
        clause = _clause(facts[0], checks)
        beside = [one for one in conflicts if one.fact_ids.isdisjoint(pairs) and not one.fact_ids.isdisjoint(clause)]
        if len({one.amount for one in facts}) < _DIFFERENT and not beside:
            continue
        others = [one for one in _instead(facts, own, checks) if one]
        if len(others) == 1:
            explained = tuple(check for check in conflicts if not clause.isdisjoint(check.fact_ids))
            yield Misnamed(facts, own, others[0], explained)


def _clause(stated: Fact, checks: Checks) -> set[int]:
    """Returns the figures (fact ids) that a sentence states of one thing."""
    of = stated.claim
    said = (one for one in checks.facts if one.claim and of and one.claim.sentence == of.sentence)
    return {one.id for one in said if one.claim and of and one.claim.topic.key == of.topic.key}


def _stated_and_printed(check: Check, checks: Checks) -> tuple[Fact, Fact] | None:
    """Returns an amount that a sentence states, and the cell that contradicts it; None for a check on other figures."""
    facts = [checks.facts.facts[number] for number in sorted(check.fact_ids)]
    stated = [one for one in facts if one.claim is not None and one.amount]
    cells = [one for one in facts if one.cell is not None]
    alone = check.tie and len(stated) == len(cells) == 1 and len(facts) == len(stated) + len(cells)
    return (stated[0], cells[0]) if alone else None


def _instead(facts: Sequence[Fact], own: Sequence[Fact], checks: Checks) -> Iterator[tuple[Fact, ...]]:
    """Yields the cells of each other thing that print all these amounts: other columns, or another row."""
    first = own[0].concept
    columns = [one.concept.column for one in checks.facts if one.concept.table == first.table and one.cell]
    for last in dict.fromkeys(column.rpartition(".")[2] for column in columns):
        yield _cells([_column(one.concept, last) for one in own], facts, checks)
    for row in checks.facts.rows(first.table):
        if row != first.row:
            yield _cells([Concept(first.table, row, one.concept.column) for one in own], facts, checks)


def _column(concept: Concept, last: str) -> Concept | None:
    """Returns the concept with another last piece of its column (actual.abroad: actual.reception); None if its column
    has one piece only, or this one."""
    group, _, own = concept.column.rpartition(".")
    return Concept(concept.table, concept.row, f"{group}.{last}") if group and own != last else None


def _cells(concepts: Sequence[Concept | None], facts: Sequence[Fact], checks: Checks) -> tuple[Fact, ...]:
    """Returns the cells of these concepts if they print the amounts of `facts`; else none."""
    cells = [checks.facts.get(one.table, one.row, one.column) if one else None for one in concepts]
    found = [cell for cell, fact in zip(cells, facts, strict=True) if cell and cell.amount == fact.amount]
    return tuple(found) if len(found) == len(facts) else ()
