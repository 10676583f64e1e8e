"""Finds a block of rows whose amounts stand one row off, the last (or first) at the other end: an amount was cut out
and put in again some rows away.

No other table is needed: the accounts add up to their superiors, and all other places agree, only if the block is
turned back. If it can be turned back in several ways, only what is the same in most of the rows of all of them counts:
the sums cannot tell an account from its sister.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount
from gouji.repair.corrections import Corrections, holds_within, only_asks
from gouji.repair.displaced import BESIDE, CodedRow, Displaced
from gouji.runtime.immutable import immutable

#: The fewest rows of a block, and the fewest conflicts that it must explain: two figures exchanged explain fewer.
_ROWS, _CONFLICTS = 3, 3
#: The most coded rows of a table that is searched.
_MOST = 150


@immutable()
class _Table:
    """The coded rows of a table, by column, and the conflicts on them. `cells`: column and row of each, by fact id."""

    key: str
    codes: tuple[str, ...]
    columns: dict[str, tuple[Fact, ...]]
    conflicts: tuple[Check, ...]
    cells: dict[int, tuple[str, int]]


@immutable()
class _Turn:
    """A block turned back: its first and last row, its direction, and the columns."""

    first: int
    last: int
    step: int
    columns: tuple[str, ...]

    def source(self, at: int) -> int:
        """Returns the row that prints the amount of a row."""
        length = self.last - self.first + 1
        return self.first + (at - self.first + self.step) % length


def rotated_rows(checks: Checks, known: Collection[int] = ()) -> Iterator[Displaced]:
    """Yields the tables with a block of rows that stands one row off. Leaves out conflicts (ids) in `known`."""
    for key in BESIDE:
        table = _table(key, checks, known)
        if table is None:
            continue
        found = list(_turns(table, checks))
        common = set.intersection(*(set(values.items()) for _, values in found)) if found else set()
        turn, values = max(found, key=lambda one: len(one[1]), default=(None, {}))
        if turn is not None and 2 * len(common) > len(values):
            yield _displaced(table, turn, values, dict(common), checks)


def _table(key: str, checks: Checks, known: Collection[int]) -> _Table | None:
    """Returns a table with enough conflicts to be searched; None for another."""
    unexplained = [one for one in checks.conflicts() if one.terms and one.id not in known and not only_asks(one)]
    if len(unexplained) < _CONFLICTS:
        return None
    cells: dict[str, dict[str, Fact]] = {}
    for fact in checks.facts:
        if fact.part is Part.TABLES and fact.concept.table == key and fact.row_code and not fact.repeated:
            cells.setdefault(fact.concept.column, {})[fact.row_code] = fact
    codes = tuple(cells.get("total", {}))
    whole = {name: tuple(one[code] for code in codes) for name, one in cells.items() if one.keys() >= {*codes}}
    inside = {fact.id: (name, row) for name, facts in whole.items() for row, fact in enumerate(facts)}
    conflicts = tuple(one for one in unexplained if not one.fact_ids.isdisjoint(inside))
    return (
        _Table(key, codes, whole, conflicts, inside) if len(conflicts) >= _CONFLICTS and len(codes) <= _MOST else None
    )


def _turns(table: _Table, checks: Checks) -> Iterator[tuple[_Turn, dict[int, ScaledAmount]]]:
    """Yields the blocks that, turned back, make all checks on them hold, with the values that change."""
    for columns in (tuple(table.columns), *((name,) for name in table.columns)):
        spans = _spans(table, columns)
        if len(spans) < _CONFLICTS:
            continue
        probe = min((one for one in table.conflicts if not one.per), key=_count_figures, default=None)
        latest_start, earliest_end = min(last for _, last in spans), max(first for first, _ in spans)
        for first in range(latest_start + 1):
            for last in range(max(earliest_end, first + _ROWS - 1), len(table.codes)):
                for step in (1, -1):
                    turn = _Turn(first, last, step, columns)
                    values = _values(table, turn) if _may_settle(turn, probe, table) else {}
                    if values and _settles(values, table, checks):
                        yield turn, values


def _spans(table: _Table, columns: Sequence[str]) -> list[tuple[int, int]]:
    """Returns the first and the last row of each conflict on the columns within the table."""
    at = {fact.id: row for name in columns for row, fact in enumerate(table.columns[name])}
    rows = ([at[number] for number in check.fact_ids if number in at] for check in table.conflicts)
    return [(min(one), max(one)) for one in rows if one]


def _count_figures(check: Check) -> int:
    return len(check.fact_ids)


def _may_settle(turn: _Turn, probe: Check | None, table: _Table) -> bool:
    """True unless one conflict (`probe`) already shows that a turn does not help. Most turns end here."""
    if probe is None:
        return True
    residual = probe.residual
    for sign, number in probe.terms:
        name, row = table.cells.get(number, ("", -1))
        if name in turn.columns and turn.first <= row <= turn.last:
            facts = table.columns[name]
            residual += sign * ((facts[turn.source(row)].amount or 0) - (facts[row].amount or 0))
    return residual == probe.residual or holds_within(probe, residual)


def _values(table: _Table, turn: _Turn) -> dict[int, ScaledAmount]:
    """Returns, by fact id, the amounts of the block in their own rows where these differ from what is printed; none if
    the first or the last row would not change."""
    values: dict[int, ScaledAmount] = {}
    changed: set[int] = set()
    for name in turn.columns:
        facts = table.columns[name]
        for row in range(turn.first, turn.last + 1):
            amount = facts[turn.source(row)].amount or 0
            if amount != (facts[row].amount or 0):
                values[facts[row].id] = amount
                changed.add(row)
    return values if {turn.first, turn.last} <= changed and len(changed) >= _ROWS else {}


def _settles(values: dict[int, ScaledAmount], table: _Table, checks: Checks) -> bool:
    """True if all checks on the changed cells hold with `values`, and these settle enough conflicts."""
    after = Corrections(checks, values)
    concerned = [check for check in table.conflicts if not check.fact_ids.isdisjoint(values)]
    if len(concerned) < _CONFLICTS or any(after.violated(check) for check in concerned):
        return False
    touched = {check.id: check for number in values for check in after.on(number)}
    return not any(after.violated(check) for check in touched.values())


def _displaced(
    table: _Table, turn: _Turn, values: dict[int, ScaledAmount], certain: dict[int, ScaledAmount], checks: Checks
) -> Displaced:
    """Returns the rows of a block with the `certain` ones of its values."""
    rows = [
        CodedRow(code, tuple(table.columns[name][at] for name in turn.columns)) for at, code in enumerate(table.codes)
    ]
    block = range(turn.first, turn.last + 1)
    pairs = sorted((turn.source(at), at) for at in block if not _is_open(rows[at], values, certain))
    moved = tuple((rows[of], rows[at]) for of, at in pairs if rows[of].amounts != rows[at].amounts)
    after = Corrections(checks, values)
    figures = tuple(fact for at in block for fact in rows[at].facts if fact.id in values)
    concerned = (check for check in table.conflicts if not check.fact_ids.isdisjoint(values))
    explained = tuple(check for check in concerned if not after.violated(check))
    return Displaced(table.key, "", moved, certain, figures, explained)


def _is_open(row: CodedRow, values: dict[int, ScaledAmount], certain: dict[int, ScaledAmount]) -> bool:
    """True for a row that changes, but not in each way to turn the block back."""
    return any(fact.id in values and fact.id not in certain for fact in row.facts)
