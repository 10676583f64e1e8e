"""Finds rows that a table lacks: a sum is off by exactly what another table prints for an account of that sum.

Otherwise some figure of the sum would be held wrong, although all of them are right.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, RecognisedTable, Status
from gouji.repair.displaced import BESIDE, Amounts, coded_rows, printed_beside
from gouji.runtime.immutable import immutable

#: The digits by which a code is longer than its superior's.
_DEEPER = 2


@immutable()
class Lacking:
    """An account (`code`) that `table` (key) lacks and the table `beside` prints as `printed`.

    `sums` are the figures of its superior that are off by it. `conflicts` are the checks that this explains.
    """

    table: str
    beside: str
    code: str
    printed: tuple[Fact, ...]
    sums: tuple[Fact, ...]
    conflicts: tuple[Check, ...]


def lacking_rows(checks: Checks, known: Container[int] = ()) -> Iterator[Lacking]:
    """Yields the rows that tables lack. Each is the only account below its superior that explains the gaps of its sums.
    Leaves out conflicts (ids) in `known`, whose cause was found before."""
    for (key, parent), off in _sums_off(checks, known).items():
        columns, others = BESIDE[key]
        beside = printed_beside(checks, others)
        lacking = [code for code in beside if _may_lack(code, parent, checks.facts.tables[key])]
        found = [code for code in lacking if _explains(beside[code], columns, off)]
        if len(found) == 1:
            (code,) = found
            sums = tuple(checks.facts.facts[check.left[0][1]] for check in off.values())
            table, printed = _print_elsewhere(code, key, checks)
            yield Lacking(key, table, code, printed, sums, tuple(off.values()))


def _sums_off(checks: Checks, known: Container[int]) -> dict[tuple[str, str], dict[str, Check]]:
    """Returns the sums over subordinate accounts that do not hold, by table and superior, then by column."""
    found: dict[tuple[str, str], dict[str, Check]] = {}
    for check in checks.conflicts():
        if check.id in known:
            continue
        if check.defines and not check.constant and check.rule.kind == "identity" and len(check.left) == 1:
            total, *parts = (checks.facts.facts[number].concept for _, number in (*check.left, *check.right))
            inside = [part.row.startswith(total.row) and part.column == total.column for part in parts]
            if total.table in BESIDE and total.row.isdigit() and all(inside):
                found.setdefault((total.table, total.row), {})[total.column] = check
    return found


def _may_lack(code: str, parent: str, table: RecognisedTable) -> bool:
    """True for an account directly below a superior that a table does not print, although it was read to its end."""
    whole = table.status is Status.FOUND and not (table.grid and table.grid.cut)
    below = code.startswith(parent) and len(code) == len(parent) + _DEEPER
    return whole and below and code not in table.codes


def _explains(amounts: Amounts, columns: tuple[str, ...], off: Mapping[str, Check]) -> bool:
    """True if each sum is off by exactly what is printed for the account in its column, and by nothing where it holds.
    The total must be off."""
    printed = dict(zip(columns, amounts, strict=True))
    same = all(printed[name] == (off[name].residual if name in off else 0) for name in columns)
    return same and "total" in off and bool(printed["total"])


def _print_elsewhere(code: str, key: str, checks: Checks) -> tuple[str, tuple[Fact, ...]]:
    """Returns the other table (key) that prints an account, and the account's figures there. Raises KeyError if none
    does."""
    for table, columns, _ in BESIDE[key][1]:
        for row in coded_rows(checks, table, columns):
            if row.code == code:
                return table, row.facts
    raise KeyError(code)
