"""Decides for rows that a table prints twice which of the two prints counts, as far as its sums tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Doubled, Fact, Facts, Part
from gouji.intervals import Verdict

#: A table with more such codes lists its accounts several times, by unit or by project; one line of economic accounts
#: has as many side by side.
_FEW = 3


def settle_doubled_rows(facts: Facts) -> Facts:
    """Returns the facts with their `doubled` rows.

    Of two prints, the one with which the sums hold becomes the quantity; of two equal prints, the first. If nothing
    decides, neither does. A row both of whose prints count (a table may list an account twice) is not `doubled`.
    """
    doubled = list(_find_doubled_rows(facts))
    if not doubled:
        return facts
    found = [one for row in doubled if (one := _choose_print(row, facts)) is not None]
    kept = {number for one in found if one.kept is not None for number in one.prints[one.kept]}
    return replace(_count_only(facts, kept), doubled=tuple(found))


def _find_doubled_rows(facts: Facts) -> Iterator[tuple[tuple[Fact, ...], tuple[Fact, ...]]]:
    """Yields the rows with one code and one name that are printed exactly twice."""
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


def _choose_print(prints: tuple[tuple[Fact, ...], tuple[Fact, ...]], facts: Facts) -> Doubled | None:
    """Returns a doubled row with the print that counts, or None if both prints count."""
    ids = tuple(tuple(fact.id for fact in row) for row in prints)
    amounts = [tuple(fact.amount for fact in row) for row in prints]
    readings = [_holds_if_meant(row, other, facts) for row, other in (prints, prints[::-1])]
    if None in readings:
        return None
    if amounts[0] == amounts[1]:
        return Doubled(ids, 0, sure=False)
    held = [number for number, holds in enumerate(readings) if holds]
    return Doubled(ids, held[0], sure=True) if len(held) == 1 else Doubled(ids, None, sure=False)


def _holds_if_meant(row: tuple[Fact, ...], other: tuple[Fact, ...], facts: Facts) -> bool | None:
    """Returns whether the checks on a row hold if this print counts. Returns None if each check is off by an amount of
    the other print: then both count."""
    checks = tie_out(_count_only(facts, {fact.id for fact in row}))
    off = [check for fact in row for check in checks.on(fact) if check.verdict is Verdict.CONFLICT]
    further = {abs(fact.amount or 0) for fact in other} - {0}
    if off and all(check.defines and abs(check.residual) in further for check in off):
        return None
    return not off


def _count_only(facts: Facts, kept: Collection[int]) -> Facts:
    """Returns the facts, with those whose ids are in `kept` counted as the quantities of their rows."""
    return replace(
        facts, facts=tuple(replace(fact, repeated=False) if fact.id in kept else fact for fact in facts.facts)
    )
