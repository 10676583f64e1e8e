"""Finds rows that print each other's amounts: a column pasted some lines too high or too low beside its codes.

Taken figure by figure, every row would be wrong. Another table that prints the same codes shows what happened: all
amounts are there, in order, but not beside their own codes. Other tables print only a few of the economic accounts.
There the sign is that several of these amounts stand equally far from their rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import ScaledAmount
from gouji.repair.corrections import Corrections
from gouji.runtime.immutable import immutable

#: Tables that print the same codes, each with its columns and the sign of its amounts.
Others = tuple[tuple[str, tuple[str, ...], int], ...]

_COLUMNS = ("total", "basic", "project")
_OF_FUNDS = ("expenditure", "basic", "project")
#: By table: its columns, and the other tables that print its codes. A row should hold the sum over the others' rows of
#: its code. Messages name the first of them.
BESIDE: Mapping[str, tuple[tuple[str, ...], Others]] = {
    "general_budget": (
        _COLUMNS,
        (("expenditure", _COLUMNS, 1), ("government_fund", _OF_FUNDS, -1), ("state_capital", _OF_FUNDS, -1)),
    ),
    "expenditure": (
        _COLUMNS,
        (("general_budget", _COLUMNS, 1), ("government_fund", _OF_FUNDS, 1), ("state_capital", _OF_FUNDS, 1)),
    ),
    "income": (("total",), (("expenditure", ("total",), 1),)),
}
#: The table of economic accounts, and its column of amounts.
_ECONOMIC, _AMOUNT = "basic_expenditure", "amount"
#: The fewest rows in a run, rows in a table, and different amounts among them that are no chance.
_RUN, _ROWS, _DIFFERENT = 2, 4, 3
#: How many percent of the conflicts on the rows concerned a displacement must explain.
EXPLAINED = 70
#: The farthest row, counted in rows, at which an amount is looked for, and the fewest amounts at one distance.
_FARTHEST, _FEW = 3, 2
#: The amounts of a row, by column.
Amounts = tuple[ScaledAmount, ...]


@immutable()
class CodedRow:
    """A row of a table with a code: its figures in the columns compared."""

    code: str
    facts: tuple[Fact, ...]

    @property
    def amounts(self) -> Amounts:
        """Returns the printed amounts; 0 for blank."""
        return tuple(fact.amount or 0 for fact in self.facts)

    @property
    def name(self) -> str:
        """Returns its code and name, for people."""
        return f"{self.code} {self.facts[0].row_name}"


@immutable()
class Displaced:
    """Rows of a table that print other rows' amounts.

    - `moved`: these rows in order, each with the row whose amounts it prints.
    - `values`: the amounts beside their own codes, by fact. `figures`: all figures of the rows in `moved`.
    - `conflicts`: the checks that this explains. `beside`: the table (key) that shows it, "" if its own sums do.
    - `whole`: the values of the whole table hold together. Else only some rows are known, and others are displaced too.
    - `sure`: False if the other table may as well be the wrong one.
    """

    table: str
    beside: str
    moved: tuple[tuple[CodedRow, CodedRow], ...]
    values: dict[int, ScaledAmount]
    figures: tuple[Fact, ...]
    conflicts: tuple[Check, ...]
    whole: bool = True
    sure: bool = True

    @property
    def exchanged(self) -> bool:
        """True if two rows print each other's amounts."""
        (printed, true), *rest = self.moved
        return rest == [(true, printed)]

    @property
    def slipped(self) -> bool:
        """True if amounts stand one row off, and the first of these rows prints nothing."""
        return not any(self.moved[0][1].amounts)


def displaced_rows(checks: Checks) -> Iterator[Displaced]:
    """Yields the tables whose rows are displaced."""
    suspected = {checks.facts.facts[number].concept.table for one in checks.conflicts() for number in one.fact_ids}
    for table, (columns, others) in BESIDE.items():
        if table in suspected and (found := _displaced_in(table, columns, others, checks)):
            yield found
    if _ECONOMIC in suspected and (found := _displaced_by_few(checks)):
        yield found


def _displaced_in(table: str, columns: Sequence[str], others: Others, checks: Checks) -> Displaced | None:
    """Returns the rows of a table that print other rows' amounts, as the other tables show; None if there are too few,
    or if they explain too few conflicts."""
    own = printed_beside(checks, others)
    rows = [row for row in coded_rows(checks, table, columns) if row.code in own]
    right = [own[row.code] for row in rows]
    moved = list(_match_runs([row.amounts for row in rows], right))
    if len(moved) < _ROWS or len({rows[at].amounts for at, _ in moved}) < _DIFFERENT:
        return None
    first = min(min(pair) for pair in moved)
    region = [row for row, own in zip(rows[first:], right[first:], strict=True) if row.amounts != own]
    region += [row for row in _total_row(checks, table, columns) if row.amounts in right]
    values = {
        fact.id: amount for at, to in moved for fact, amount in zip(rows[to].facts, rows[at].amounts, strict=True)
    }
    conflicts = _conflicts_explained(table, region, values, checks)
    if not conflicts:
        return None
    figures = tuple(fact for row in region for fact in row.facts)
    pairs = tuple((rows[at], rows[to]) for at, to in moved)
    return Displaced(table, others[0][0], pairs, values, figures, conflicts)


def printed_beside(checks: Checks, others: Others) -> dict[str, Amounts]:
    """Returns, by code, the amounts that a row should hold by the other tables."""
    found: dict[str, Amounts] = {}
    for table, columns, sign in others:
        for row in coded_rows(checks, table, columns):
            before = found.get(row.code, (0,) * len(columns))
            found[row.code] = tuple(one + sign * amount for one, amount in zip(before, row.amounts, strict=True))
    return found


def _displaced_by_few(checks: Checks) -> Displaced | None:
    """Returns rows of economic accounts whose amounts, as another table prints them, all stand equally far above or
    below; None if there are none."""
    rows = {row.facts[0].id: row for row in coded_rows(checks, _ECONOMIC, (_AMOUNT,))}
    violated = {check.id for check in (*checks.conflicts(), *checks.omissions())}
    found: dict[int, list[tuple[CodedRow, CodedRow, Check]]] = {}
    for check in (*checks.made(), *checks.omissions()):
        own = [rows[number] for number in check.fact_ids if number in rows]
        others = [checks.facts.facts[number].amount or 0 for number in check.fact_ids if number not in rows]
        if len(own) == len(others) == 1 and not check.per and own[0].amounts[0] != others[0]:
            for far, there in _rows_nearby(own[0], rows):
                if there.amounts[0] == others[0]:
                    found.setdefault(far, []).append((there, own[0], check))
    matches = max(found.values(), key=_count_amounts, default=[])
    if _count_amounts(matches) < _FEW:
        return None
    by_code = {true.code: (there, true) for there, true, _ in matches}
    pairs = tuple(sorted(by_code.values(), key=lambda pair: pair[0].facts[0].place.line))
    values = {true.facts[0].id: there.amounts[0] for there, true in pairs}
    beside = next(checks.facts.facts[number].concept.table for number in matches[0][2].fact_ids if number not in rows)
    figures = tuple(true.facts[0] for _, true in pairs)
    conflicts = tuple({check.id: check for _, _, check in matches if check.id in violated}.values())
    if not conflicts:
        return None
    return Displaced(_ECONOMIC, beside, pairs, values, figures, conflicts, whole=False)


def _count_amounts(matches: Sequence[tuple[CodedRow, CodedRow, Check]]) -> int:
    """Counts the different non-zero amounts found at one distance."""
    return len({there.amounts for there, _, _ in matches if any(there.amounts)})


def _rows_nearby(row: CodedRow, rows: Mapping[int, CodedRow]) -> Iterator[tuple[int, CodedRow]]:
    """Yields the rows above and below one in its column of the grid, each with its distance in rows."""
    column = [one for one in rows.values() if _column(one) == _column(row)]
    at = next((order for order, one in enumerate(column) if one is row), 0)
    for far in range(-_FARTHEST, _FARTHEST + 1):
        if far and 0 <= at + far < len(column):
            yield far, column[at + far]


def _column(row: CodedRow) -> int:
    """Returns the column of the grid in which a row's amount stands."""
    cell = row.facts[0].cell
    return cell[1] if cell else 0


def coded_rows(checks: Checks, table: str, columns: Sequence[str]) -> list[CodedRow]:
    """Returns the rows with codes of a table that print all these columns, from top to bottom."""
    cells: dict[str, dict[str, Fact]] = {}
    for fact in checks.facts:
        if (
            fact.part is Part.TABLES
            and fact.concept.table == table
            and fact.row_code
            and fact.concept.column in columns
            and (not fact.repeated or checks.facts.get(table, fact.concept.row, fact.concept.column) is fact)
        ):
            cells.setdefault(fact.row_code, {})[fact.concept.column] = fact
    whole = [
        CodedRow(code, tuple(one[name] for name in columns)) for code, one in cells.items() if len(one) == len(columns)
    ]
    return sorted(whole, key=lambda row: row.facts[0].place.line)


def _total_row(checks: Checks, table: str, columns: Sequence[str]) -> list[CodedRow]:
    facts = [checks.facts.get(table, "total", column) for column in columns]
    return [CodedRow("合计", tuple(fact for fact in facts if fact))] if all(facts) else []


def _match_runs(printed: Sequence[Amounts], right: Sequence[Amounts]) -> Iterator[tuple[int, int]]:
    """Yields the rows (positions) in runs that print what is right for other rows, each with that other row."""
    for at, to, length in SequenceMatcher(None, printed, right, autojunk=False).get_matching_blocks():
        if at != to and length >= _RUN:
            for step in range(length):
                if any(printed[at + step]) and printed[at + step] != right[at + step]:
                    yield at + step, to + step


def _conflicts_explained(
    table: str, region: Sequence[CodedRow], values: dict[int, ScaledAmount], checks: Checks
) -> tuple[Check, ...]:
    """Returns the conflicts on displaced rows that hold with the amounts beside their codes, or that involve a row
    whose own amount is lost. Returns none if most conflicts are not explained, or if the table does not contradict
    itself."""
    inside = {fact.id for row in region for fact in row.facts}
    state = Corrections(checks).with_values(values)
    concerned = [
        check for check in (*checks.conflicts(), *checks.omissions()) if check.terms and inside & set(check.fact_ids)
    ]
    lost = inside - set(values)
    explained = [check for check in concerned if lost & set(check.fact_ids) or not state.violated(check)]
    facts = checks.facts.facts
    own = any({facts[number].concept.table for number in check.fact_ids} == {table} for check in explained)
    enough = len(explained) * 100 >= EXPLAINED * len(concerned)
    return tuple(explained) if own and enough else ()
