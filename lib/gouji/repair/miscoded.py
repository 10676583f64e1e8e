"""Finds rows whose code is wrong: other tables print the name under another code of the same class, which this table
lacks.

This needs no list of codes: the document contradicts itself. A wrong code may put the row under another superior. Then
sums do not hold although every amount is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from gouji.checks.check import Check, Checks
from gouji.labels import normalise
from gouji.repair.displaced import BESIDE, CodedRow, coded_rows
from gouji.runtime.immutable import immutable

#: The digits of a code's class, and of a code without subordinate accounts.
_CLASS, _ITEM = 3, 7
#: The fewest tables that together outvote one.
_WITNESSES = 2


@immutable()
class Miscoded:
    """A row with a wrong code.

    - `table`: the key of its table. `row`: the row as printed.
    - `code`: the code under which other tables print its account. `beside`: the keys of these tables.
    - `conflicts`: the sums over its superiors, by either code, that are off by its amount.
    """

    table: str
    row: CodedRow
    code: str
    beside: tuple[str, ...]
    conflicts: tuple[Check, ...]

    @property
    def sure(self) -> bool:
        """True if several tables contradict the code, or sums do. Otherwise one table stands against one."""
        return len(self.beside) >= _WITNESSES or bool(self.conflicts)


def miscoded_rows(checks: Checks) -> Iterator[Miscoded]:
    """Yields the rows whose code is wrong. If two tables contradict each other, yields the row of the one whose sums
    fail."""
    named = {table: _accounts_by_name(table, checks) for table in BESIDE if checks.facts.table(table).codes}
    found = [one for table in named for one in _miscoded_in(table, named, checks)]
    surer = {one.row.facts[0].row_name for one in found if one.sure}
    seen = set()
    for one in found:
        name = one.row.facts[0].row_name
        if (one.sure or name not in surer) and name not in seen:
            seen.add(name)
            yield one


def _accounts_by_name(table: str, checks: Checks) -> dict[str, CodedRow]:
    """Returns the accounts of a table that have no subordinates, by name. Leaves out names that are printed twice."""
    rows = [row for row in coded_rows(checks, table, ("total",)) if len(row.code) == _ITEM and row.facts[0].row_name]
    names = Counter(_name(row) for row in rows)
    return {_name(row): row for row in rows if names[_name(row)] == 1}


def _name(row: CodedRow) -> str:
    return normalise(row.facts[0].row_name)


def _miscoded_in(table: str, named: Mapping[str, Mapping[str, CodedRow]], checks: Checks) -> Iterator[Miscoded]:
    codes = {key: frozenset(checks.facts.table(key).codes) for key in named}
    for name, row in named[table].items():
        others = {key: rows[name] for key, rows in named.items() if key != table and name in rows}
        right = {other.code for other in others.values()}
        if len(right) != 1 or row.code in right or any(row.code in codes[key] for key in others):
            continue
        (code,) = right
        if code in codes[table] or code[:_CLASS] != row.code[:_CLASS]:
            continue
        found = Miscoded(table, row, code, tuple(others), tuple(_sums_off(table, row, code, checks)))
        same = any(other.amounts == row.amounts for other in others.values())
        if found.sure or same:
            yield found


def _sums_off(table: str, row: CodedRow, code: str, checks: Checks) -> Iterator[Check]:
    """Yields the sums over a row's superiors, by either code, that are off by the row's amount."""
    facts = checks.facts
    for check in checks.conflicts():
        if check.defines and check.rule.kind == "identity" and len(check.left) == 1:
            total = facts.facts[check.left[0][1]].concept
            cell = facts.get(table, row.code, total.column)
            above = total.table == table and (row.code.startswith(total.row) or code.startswith(total.row))
            if above and cell is not None and cell.amount and abs(check.residual) == abs(cell.amount):
                yield check
