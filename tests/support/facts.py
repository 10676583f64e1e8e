"""Facts built straight from concept paths and printed text, without a document around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from gouji.document.model import Document, Place
from gouji.document.text import read_blocks
from gouji.facts.fact import Concept, Fact, Facts, Part, RecognisedTable, Status
from gouji.facts.figure import Figure, State, parse_figure
from gouji.facts.headers import CODE
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.narrative.read import read_narrative
from gouji.facts.precision import Precision, document_precision
from gouji.facts.recognise import numbered_facts, numbered_listings
from gouji.intervals import MONEY_UNITS, radius, scaled
from gouji.labels import shown
from gouji.layouts import TABLE_KEYS, Layout, load_layouts
from gouji.reference import economic_names, function_names

_COLUMN_OF_ROW = re.compile(r"^(?P<table>[a-z_]+)\[(?P<row>[^\]]+)\]\.(?P<column>[a-z_.]+)$")
_COLUMN = re.compile(r"^(?P<table>three_public)\.(?P<column>[a-z_.]+)$")


class _Cell(NamedTuple):
    """A table cell of a case: its concept and the text printed in it, on the line where the case prints it."""

    concept: Concept
    text: str
    line: int


def make_facts(
    printed: Mapping[str, str],
    unit: str = "万元",
    year: int = 2023,
    notes: Mapping[str, Sequence[str]] | None = None,
    statements: Sequence[Mapping[str, str]] = (),
    status: Mapping[str, str] | None = None,
) -> Facts:
    """Facts as `gouji.facts.recognise.recognise` would make them of a document that prints just these figures.

    `printed` maps concept paths, as `Concept.path` prints them, to the text of the cell ("" is a blank cell). A table
    that neither `printed` nor `notes` mentions is missing; one without a number other than zero is empty; `status`
    overrides both. Each of `statements` gives `section`, `says` (a concept path, or several readings with "|" between
    them), `printed` and `subject`. Raises ValueError for a path or table that the layouts do not know.
    """
    notes, status = notes or {}, status or {}
    for key in (*notes, *status):
        _layout(key)
    cells = [_Cell(_concept(path), text, line) for line, (path, text) in enumerate(printed.items(), start=1)]
    cells.sort(key=lambda cell: TABLE_KEYS.index(cell.concept.table))
    facts = [_table_fact(cell, unit) for cell in cells]
    tables = {
        key: _table(key, [fact for fact in facts if fact.concept.table == key], unit, notes, status)
        for key in TABLE_KEYS
    }
    facts += [_statement(statement, len(printed) + line, unit) for line, statement in enumerate(statements, start=1)]
    precision = document_precision((fact.concept.table, fact.figure) for fact in facts)
    return Facts(
        tuple(_measured(replace(fact, id=number), precision) for number, fact in enumerate(facts)), tables, "", year
    )


def make_text_facts(
    section: str,
    text: str,
    table: Mapping[str, str] | None = None,
    note_of: str = "",
    unit: str = "万元",
    year: int = 2023,
) -> Facts:
    """Facts of a passage under its heading, and of the table cells (concept path → printed text) given with it.

    With `note_of` the passage is no sentence of the 情况说明 but the note under that table.
    """
    tables = make_facts(table or {}, unit, year, notes={note_of: [text]} if note_of else None)
    if note_of:
        return tables
    document = Document("case", "", "utf-8", read_blocks(f"{section}\n{text.rstrip()}"))
    narrative, listed = read_narrative(document, year, tables, unit)
    facts = numbered_facts([*tables, *narrative])
    return Facts(facts, tables.tables, "", year, tuple(numbered_listings(listed, facts)))


def _concept(path: str) -> Concept:
    match = _COLUMN_OF_ROW.match(path) or _COLUMN.match(path)
    if match is None:
        raise ValueError(f"{path!r} is no concept path")
    layout = _layout(match["table"])
    columns = set(layout.columns).union(*(side.columns for side in layout.sides.values()))
    if match["column"] not in columns:
        raise ValueError(f"{path!r}: table {match['table']} has no column {match['column']!r}")
    return Concept(match["table"], match.groupdict().get("row") or "", match["column"])


def _layout(key: str) -> Layout:
    if key not in TABLE_KEYS:
        raise ValueError(f"unknown table {key!r}")
    return load_layouts().tables[key]


def _table_fact(cell: _Cell, unit: str) -> Fact:
    concept, layout = cell.concept, load_layouts().tables[cell.concept.table]
    code = concept.row if CODE.match(concept.row) else ""
    name = _row_name(concept, layout)
    columns = [layout.columns, *(side.columns for side in layout.sides.values())]
    column = next(shown(paths[0][-1]) for side in columns for of, paths in side.items() if of == concept.column)
    return Fact(
        id=-1,
        concept=concept,
        figure=parse_figure(cell.text, layout.unit_of(concept.column) or unit),
        part=Part.TABLES,
        where=" · ".join(text for text in (layout.name, f"{code} {name}".strip(), column) if text),
        row_code=code,
        row_name=name,
        column_name=column,
        place=Place(cell.line),
        block=TABLE_KEYS.index(concept.table),
        cell=(cell.line, 0),
    )


def _row_name(concept: Concept, layout: Layout) -> str:
    """What a table calls a row: the name of its code, the first label a layout knows, else the row itself."""
    names = economic_names() if layout.shape == "blocks" else function_names()
    labels = dict(layout.rows)
    for side in layout.sides.values():
        if concept.column in side.columns:
            labels |= side.rows | side.after_opening
    if concept.row == "total" and layout.shape == "coded":
        return load_layouts().coded.total[0]
    return names.get(concept.row) or shown(labels.get(concept.row, (concept.row,))[0])


def _table(
    key: str,
    facts: Sequence[Fact],
    unit: str,
    notes: Mapping[str, Sequence[str]],
    status: Mapping[str, str],
) -> RecognisedTable:
    name = load_layouts().tables[key].name
    found = Status.MISSING
    if facts or key in notes:
        found = Status.FOUND if any(fact.figure.state is State.NUMBER for fact in facts) else Status.EMPTY
    return RecognisedTable(
        key,
        name,
        Status(status[key]) if key in status else found,
        label=name,
        title=name,
        unit=unit,
        block=TABLE_KEYS.index(key),
        notes=tuple(notes.get(key, ())),
        codes=tuple(dict.fromkeys(fact.concept.row for fact in facts if fact.row_code)),
    )


def _statement(statement: Mapping[str, str], line: int, unit: str) -> Fact:
    targets = tuple(concept_from_path(reading.strip()) for reading in statement["says"].split("|"))
    printed = statement["printed"]
    return Fact(
        id=-1,
        concept=Concept("narrative", "", targets[0].path),
        figure=parse_figure(printed, unit),
        part=Part.NARRATIVE,
        where=statement["section"],
        row_code="",
        row_name=statement["subject"],
        column_name="预算" if ".budget." in targets[0].path else "决算",
        place=Place(line),
        block=len(TABLE_KEYS) + line,
        quote=f"{statement['subject']}{printed}",
        target=targets,
    )


def _measured(fact: Fact, precision: Precision) -> Fact:
    """The fact with its scaled amount and radius, by the precision of the whole case; blank is an exact zero."""
    figure: Figure = fact.figure
    if fact.blank:
        return replace(fact, amount=0)
    if figure.value is not None and fact.part is Part.TABLES and figure.unit not in MONEY_UNITS:
        return replace(fact, amount=scaled(figure.value, figure.unit))
    if figure.value is None or figure.unit not in MONEY_UNITS:
        return fact
    decimals = max(figure.decimals, precision.get((fact.concept.table, figure.unit), 0))
    return replace(fact, amount=scaled(figure.value, figure.unit), radius=radius(decimals, figure.unit))
