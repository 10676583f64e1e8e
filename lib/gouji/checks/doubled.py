"""Rows that a table prints twice: which of the two is meant, as far as its sums say so."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Doubled, Fact, Facts, Part
from gouji.intervals import Verdict

#: A table with more such codes lists its accounts several times, by unit or by project; one line of economic accounts
#: has as many side by side.
_FEW = 3


def settled(facts: Facts) -> Facts:
    """The facts with their `doubled` rows: of two prints the one that the sums hold with is the quantity, or the first
    of two that are the same. Where nothing says which is meant, neither is. Rows that count twice are none."""
    doubled = list(_doubled(facts))
    if not doubled:
        return facts
    found = [one for row in doubled if (one := _told(row, facts)) is not None]
    kept = {number for one in found if one.kept is not None for number in one.prints[one.kept]}
    return replace(_meaning(facts, kept), doubled=tuple(found))


def _doubled(facts: Facts) -> Iterator[tuple[tuple[Fact, ...], tuple[Fact, ...]]]:
    """The rows with one code and one name that are printed twice and no more."""
    tables: dict[str, dict[str, dict[str, list[Fact]]]] = {}
    for fact in facts:
        if fact.part is Part.TABLES and fact.repeated and fact.row_code and fact.concept.column[:1] != "?":
            rows = tables.setdefault(fact.concept.table, {})
            rows.setdefault(fact.row_code, {}).setdefault(fact.concept.column, []).append(fact)
    for rows in tables.values():
        for cells in rows.values() if len(rows) <= _FEW else ():
            twice = {len(prints) for prints in cells.values()} == {2}
            if twice and len({fact.row_name for prints in cells.values() for fact in prints}) == 1:
                yield tuple(one for one, _ in cells.values()), tuple(other for _, other in cells.values())


def _told(prints: tuple[tuple[Fact, ...], tuple[Fact, ...]], facts: Facts) -> Doubled | None:
    """A doubled row, None where both of its prints count."""
    ids = tuple(tuple(fact.id for fact in row) for row in prints)
    amounts = [tuple(fact.amount for fact in row) for row in prints]
    readings = [_reading(row, other, facts) for row, other in (prints, prints[::-1])]
    if None in readings:
        return None
    if amounts[0] == amounts[1]:
        return Doubled(ids, 0, sure=False)
    held = [number for number, holds in enumerate(readings) if holds]
    return Doubled(ids, held[0], sure=True) if len(held) == 1 else Doubled(ids, None, sure=False)


def _reading(row: tuple[Fact, ...], other: tuple[Fact, ...], facts: Facts) -> bool | None:
    """Whether the checks on a row hold if it is the one that is meant; None where they are off by what the other
    prints, as both count."""
    checks = tie_out(_meaning(facts, {fact.id for fact in row}))
    off = [check for fact in row for check in checks.on(fact) if check.verdict is Verdict.CONFLICT]
    further = {abs(fact.amount or 0) for fact in other} - {0}
    if off and all(check.defines and abs(check.residual) in further for check in off):
        return None
    return not off


def _meaning(facts: Facts, kept: Collection[int]) -> Facts:
    """The facts with those of `kept` as the quantities that their rows are."""
    return replace(
        facts, facts=tuple(replace(fact, repeated=False) if fact.id in kept else fact for fact in facts.facts)
    )
