"""Finds what one term of an identity stands for in a document: a cell, a set of rows, or nothing that was published."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from gouji.checks.check import Terms
from gouji.checks.identity import SELECTORS, Reference, Term
from gouji.facts.fact import Fact, Facts, RecognisedTable, Status
from gouji.layouts import layout_of
from gouji.reference import function_names
from gouji.runtime.immutable import immutable

#: Rows of the two-sided tables that are no line of their sums.
_RESERVED = {"total", "grand_total", "opening", "closing", "distribution", "surplus_used"}
_SETS_OF_ROWS = ("children", "roots", "lines", "under")
_LABELS = {
    "total": "合计",
    "overall": "合计",
    "children": "下级科目",
    "roots": "各科目",
    "under": "各科目",
    "lines": "各项",
}


@immutable()
class Operand:
    """What one term of an identity stands for, and what may be missing from it.

    `absent` names what is missing if nothing was found, `unreadable` the table if that cannot be read. `unknown` are
    figures (fact ids) of a row or column that no layout knows (`unknown_is`: 行 or 栏). Unless they are zero, they may
    belong to the term.
    """

    table: str
    terms: Terms
    absent: str
    unreadable: str
    unknown: tuple[int, ...]
    unknown_is: str


def operands_of(terms: Sequence[Term], facts: Facts, table: str, row: str) -> list[Operand]:
    """Returns what the terms of a side stand for in the current `row` of the current `table` ("" where there is
    none)."""
    return [_operand(term, facts, table, row) for term in terms]


def plain_terms(terms: Sequence[Term], facts: Facts, table: str, row: str) -> Terms | None:
    """Returns the terms of a side if all their operands were found in tables without anything unknown or unreadable;
    else None."""
    found: list[tuple[int, int]] = []
    for term in terms:
        reference = term.reference
        key = reference.table or table
        if not facts.is_plain(key):
            return None
        if reference.row in SELECTORS:
            cells = facts_of(reference, key, row, facts)
            if not cells:
                return None
            found += [(term.sign, fact.id) for fact in cells]
        else:
            cell = facts.get(key, row_of(reference, row), reference.column)
            if cell is None:
                return None
            found.append((term.sign, cell.id))
    return tuple(found)


def _operand(term: Term, facts: Facts, table: str, row: str) -> Operand:
    reference = term.reference
    of = facts.table(reference.table or table)
    found = facts_of(reference, table, row, facts)
    unknown, unknown_is = _unrecognised_figures(reference, of, not found, facts)
    return Operand(
        of.key,
        tuple([(term.sign, fact.id) for fact in found]),
        "" if found else _name_missing(of, row_of(reference, row), reference),
        of.name if of.status is Status.UNREADABLE else "",
        unknown,
        unknown_is,
    )


def facts_of(reference: Reference, table: str, row: str, facts: Facts) -> list[Fact]:
    """Returns the facts that a reference stands for."""
    key = reference.table or table
    if reference.row not in SELECTORS:
        fact = facts.get(key, row_of(reference, row), reference.column)
        return [fact] if fact else []
    rows = _rows_of_selector(reference, facts.table(key), row, facts)
    return [fact for one in rows if (fact := facts.get(key, one, reference.column))]


def row_of(reference: Reference, row: str) -> str:
    """Returns the row that a reference names; the current row if it names none."""
    if reference.row == "current_row" or not reference.row:
        return row
    return "" if reference.row == "-" else reference.row


def _rows_of_selector(reference: Reference, table: RecognisedTable, row: str, facts: Facts) -> Sequence[str]:
    """Returns the rows that a selector stands for."""
    selector = reference.row
    if selector == "children":
        return table.children(row)
    if selector == "roots":
        return table.roots()
    if selector == "under":
        below = [code for code in table.codes if code.startswith(row)]
        return [code for code in below if not any(code != other and code.startswith(other) for other in below)]
    if selector == "overall":
        return ("total",) if facts.get(table.key, "total", reference.column) else table.roots()
    rows = facts.rows(table.key, reference.column)
    return [one for one in rows if not (one in _RESERVED or one.startswith(("opening_", "part:", "?")))]


def _unrecognised_figures(
    reference: Reference, table: RecognisedTable, absent: bool, facts: Facts
) -> tuple[tuple[int, ...], str]:
    """Returns the figures of a table that may belong to a reference but were not recognised. They stand in unknown
    columns if the reference's column is missing, and in unknown rows if its row is missing or if it stands for a set of
    rows."""
    figures = facts.unknown(table.key)
    if not figures:
        return (), ""
    if absent and not facts.has_column(table.key, reference.column):
        of_columns = (fact for fact in figures if fact.concept.column.startswith("?") and fact.column_name)
        return tuple(fact.id for fact in of_columns), "栏"
    if absent or reference.row in _SETS_OF_ROWS:
        of_rows = (fact for fact in figures if fact.concept.row.startswith("?"))
        return tuple(fact.id for fact in of_rows if fact.concept.column == reference.column), "行"
    return (), ""


def _name_missing(table: RecognisedTable, row: str, reference: Reference) -> str:
    """Returns an auditor's name for a row or column that was not published."""
    rows, columns = _printed_names(table.key)
    label = _LABELS.get(reference.row) or rows.get(row) or f"{row.lstrip('?')} {function_names().get(row, '')}".strip()
    if columns:
        label = f"{label}·{columns[reference.column]}".strip("·")
    return f"{table.label or table.name}“{label}”"


@cache
def _printed_names(key: str) -> tuple[dict[str, str], dict[str, str]]:
    """Returns what a table's layout calls its rows, and its columns where rows alone do not tell its cells apart."""
    layout = layout_of(key)
    sides = [rows for side in layout.sides.values() for rows in (side.rows, side.after_opening, side.with_part)]
    rows = {**layout.rows, **{name: labels for rows in sides for name, labels in rows.items()}}
    columns = {} if layout.rows or layout.sides else layout.columns
    return {row: labels[0] for row, labels in rows.items()}, {name: paths[0][-1] for name, paths in columns.items()}
