"""Finds two rows of a table that print each other's amounts, or rows whose amounts slipped one row down or up.

With so few rows, chance is excluded only if every amount is confirmed to the digit: by another table that prints the
same codes, and by all checks, which must hold with the amounts beside their own codes. If only two tables state these
rows, either of them may be the wrong one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from gouji.checks.check import Check, Checks
from gouji.intervals import ScaledAmount
from gouji.repair.corrections import Corrections
from gouji.repair.displaced import BESIDE, EXPLAINED, Amounts, CodedRow, Displaced, coded_rows, printed_beside

#: Pairs of rows (positions in the table): a row, and the row whose amounts it prints.
_Moved = tuple[tuple[int, int], ...]


def exchanged_rows(checks: Checks, known: Collection[str] = ()) -> Iterator[Displaced]:
    """Yields the exchanged or slipped rows of tables. Leaves out the tables (keys) in `known`: more than this was
    already found wrong in them."""
    found: dict[frozenset[str], list[Displaced]] = {}
    suspected = {checks.facts.facts[number].concept.table for one in checks.conflicts() for number in one.fact_ids}
    for table in BESIDE:
        if table in suspected and table not in known:
            for one in _exchanged_in(table, checks):
                found.setdefault(frozenset(fact.row_code for fact in one.figures), []).append(one)
    for rivals in found.values():
        yield _likeliest(rivals, checks)


def _exchanged_in(table: str, checks: Checks) -> Iterator[Displaced]:
    columns, others = BESIDE[table]
    beside = printed_beside(checks, others)
    rows = [row for row in coded_rows(checks, table, columns) if row.code in beside]
    right = [beside[row.code] for row in rows]
    printed = [row.amounts for row in rows]
    for moved in (*_exchanges(printed, right), *_slips(printed, right)):
        concerned = sorted({at for pair in moved for at in pair})
        values = {fact.id: amount for at in concerned for fact, amount in zip(rows[at].facts, right[at], strict=True)}
        if conflicts := _conflicts_resolved(values, checks):
            figures = tuple(fact for at in concerned for fact in rows[at].facts)
            pairs = tuple((rows[at], rows[to]) for at, to in moved)
            yield Displaced(table, others[0][0], pairs, values, figures, conflicts)


def _exchanges(printed: Sequence[Amounts], right: Sequence[Amounts]) -> Iterator[_Moved]:
    """Yields pairs of rows that each print what is right for the other."""
    off = [at for at, amounts in enumerate(printed) if amounts != right[at] and amounts[0]]
    for at in off:
        for to in off:
            if at < to and printed[at] == right[to] and printed[to] == right[at]:
                yield (at, to), (to, at)


def _slips(printed: Sequence[Amounts], right: Sequence[Amounts]) -> Iterator[_Moved]:
    """Yields the rows below (or above) a blank one whose amounts all stand one row off. The amounts of the last row are
    lost."""
    for first, amounts in enumerate(printed):
        for step in (1, -1):
            moved, at = [], first
            while not any(amounts) and 0 <= at + step < len(printed) and _is_slip(at, at + step, printed, right):
                moved.append((at + step, at))
                at += step
            if moved:
                yield tuple(moved)


def _is_slip(of: int, at: int, printed: Sequence[Amounts], right: Sequence[Amounts]) -> bool:
    """True if a row prints what is right for its neighbour; neither of the two is zero, and they differ."""
    return bool(right[of][0] and right[at][0]) and printed[at] == right[of] != right[at]


def _conflicts_resolved(values: dict[int, ScaledAmount], checks: Checks) -> tuple[Check, ...]:
    """Returns the conflicts that hold with `values`. Returns none if too many still fail, or if another check fails
    then."""
    state = Corrections(checks)
    after = state.with_values(values)
    touched = {check.id: check for number in values for check in state.on(number)}.values()
    violated = [check for check in touched if state.violated(check)]
    explained = [check for check in violated if not after.violated(check)]
    broken = any(after.violated(check) for check in touched if check not in violated)
    enough = len(explained) * 100 >= EXPLAINED * len(violated)
    return () if broken or not enough else tuple(explained)


def _likeliest(rivals: Sequence[Displaced], checks: Checks) -> Displaced:
    """Returns the likeliest of several tables that may have these rows exchanged. It is not sure if another one has
    equal support."""
    first, *rest = sorted(rivals, key=lambda one: -_count_support(one, checks))
    against = max((_count_support(one, checks) for one in rest), default=len(first.conflicts) - 1)
    if _count_support(first, checks) > against:
        return first
    both = tuple({fact.id: fact for one in rivals for fact in one.figures}.values())
    return replace(first, figures=both, sure=False)


def _count_support(one: Displaced, checks: Checks) -> int:
    """Counts what supports an exchange: the conflicts explained, and the rows of third tables that print what it takes
    for right, less those that print what it takes for wrong."""
    voices = len(one.conflicts)
    printed = {fact.row_code: row.amounts[0] for row in _rows_of(one) for fact in row.facts[:1]}
    right = {row.code: one.values[row.facts[0].id] for row in _rows_of(one)}
    for table in BESIDE.keys() - {one.table, one.beside}:
        for row in coded_rows(checks, table, ("total",)):
            if row.code in right and right[row.code] != printed[row.code]:
                (amount,) = row.amounts
                voices += (amount == right[row.code]) - (amount == printed[row.code])
    return voices


def _rows_of(one: Displaced) -> list[CodedRow]:
    return list({row.code: row for pair in one.moved for row in pair}.values())
