"""Defines facts: printed figures with their meaning. A quantity printed in five places is five facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import pandas as pd

from gouji.document.model import Grid, Place
from gouji.facts.claim import Claim
from gouji.facts.figure import Figure, State
from gouji.facts.placeholders import Placeholder
from gouji.intervals import ScaledAmount
from gouji.runtime.immutable import immutable
from gouji.runtime.tabular import Tabular

_BLANK = frozenset({State.BLANK, State.DASH})


@immutable(order=True)
class Concept:
    """The meaning of a figure, as a concept path `table[row].column` in the terms of `layouts/tables.yaml`."""

    table: str
    row: str
    column: str

    @property
    def path(self) -> str:
        """`expenditure[2080106].basic`; `three_public.actual.reception` where a table has no rows."""
        return f"{self.table}[{self.row}].{self.column}" if self.row else f"{self.table}.{self.column}"


class Part(StrEnum):
    """The part of the document that a fact is in."""

    TABLES = "tables"
    NARRATIVE = "narrative"


@immutable()
class Fact:
    """One printed (or blank) figure with its concept and place.

    `amount` is a scaled integer (see `gouji.intervals`): 0 for a blank, negative for a fall, None where unreadable.
    `radius` is half a unit of the last printed digit, scaled the same way; 0 for a blank.
    `repeated`: the row is printed more than once, so that none of its figures can be taken as the quantity, or only
    another print's.
    `cell` is (row, column) in the block's grid, None outside tables.

    For a figure in a sentence: `claim` is what the sentence says with it; `target` are the concepts of the table cells
    that state the same quantity (all possible readings); `section` is the part of the narrative (a key of
    `phrases.yaml`); `quote` is the sentence.
    """

    id: int
    concept: Concept
    figure: Figure
    part: Part
    where: str
    row_code: str
    row_name: str
    column_name: str
    place: Place
    block: int
    cell: tuple[int, int] | None = None
    quote: str = ""
    target: tuple[Concept, ...] = ()
    claim: Claim | None = None
    section: str = ""
    amount: ScaledAmount | None = None
    radius: ScaledAmount = 0
    repeated: bool = False

    def numbered(self, number: int, repeated: bool, amount: ScaledAmount | None, radius: ScaledAmount) -> Fact:
        """Returns the fact with its id and what is known only once all facts are. Faster than `replace`, because every
        fact passes here."""
        return Fact(
            number,
            self.concept,
            self.figure,
            self.part,
            self.where,
            self.row_code,
            self.row_name,
            self.column_name,
            self.place,
            self.block,
            self.cell,
            self.quote,
            self.target,
            self.claim,
            self.section,
            amount,
            radius,
            repeated,
        )

    @property
    def named(self) -> str:
        """Names the place for people; for a sentence with its topic: `第三部分 七（二） · 公务接待费决算`."""
        return f"{self.where} · {self.row_name}{self.column_name}" if self.part is Part.NARRATIVE else self.where

    @property
    def signed(self) -> int:
        """Returns −1 for a figure that words or print make negative, else 1."""
        return -1 if (self.amount or 0) < 0 or (self.claim is not None and self.claim.sign < 0) else 1

    @property
    def blank(self) -> bool:
        """True where nothing is printed, or only a dash."""
        return self.figure.state in _BLANK


@immutable()
class Listing:
    """Accounts that a sentence lists without amounts (主要包括…).

    `names` are the facts that name them, `codes` the codes that each may mean. `total` is the row of the basic
    expenditure table that they belong to, `classes` the classes below it. `fact` is the amount that they explain.
    `resolved`: every name was found in the classification. `goes_on`: the list ends in 等.
    Facts are given by id (by their order among the narrative's facts until ids are given).
    """

    total: str
    classes: tuple[str, ...]
    names: tuple[int, ...]
    codes: tuple[tuple[str, ...], ...]
    fact: int
    resolved: bool
    goes_on: bool = False


class Status(StrEnum):
    """Whether a table was found and could be read."""

    FOUND = "found"
    MISSING = "missing"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


@immutable()
class RecognisedTable:
    """One of the nine tables in this document, a table beyond them, or an annexed form.

    `codes` are the classification codes of its rows, in printed order. `unit` is the money unit; where no table states
    one it is assumed, and `unit_stated` is False; `unit_line` are the words that state it, with their place. `problem`
    says why the table is unreadable. `further` are the blocks of its further pages. For a form: `subject` is what it
    evaluates, by its full name, and `mentioned_in` are the blocks of the paragraphs about that.
    """

    key: str
    name: str
    status: Status
    label: str = ""
    title: str = ""
    unit: str = ""
    block: int = -1
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    problem: str = ""
    unit_stated: bool = True
    unit_line: tuple[str, Place] | None = None
    subject: str = ""
    mentioned_in: tuple[int, ...] = ()
    further: tuple[int, ...] = ()
    _below: dict[str | None, tuple[str, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for code in self.codes:
            superior = self.parent(code)
            self._below[superior] = (*self._below.get(superior, ()), code)

    def parent(self, code: str) -> str | None:
        """Returns the nearest printed superior code (项 → 款 → 类), None at the top."""
        for length in (5, 3):
            if length < len(code) and code[:length] in self.codes:
                return code[:length]
        return None

    def children(self, code: str) -> tuple[str, ...]:
        """Returns the printed codes directly below `code`."""
        return self._below.get(code, ())

    def roots(self) -> tuple[str, ...]:
        """Returns the printed codes without a printed superior: the parts of a total."""
        return self._below.get(None, ())


@immutable()
class Unread:
    """A table that was not read, by its caption.

    `key` is the table that it could be if another table (`read`) was taken for it; "" if it is no known table.
    """

    title: str
    read: str = ""
    key: str = ""


@immutable()
class Doubled:
    """A row that a table prints twice, with the facts (ids) of each print.

    `kept` is the print that counts; None if nothing decides. `sure`: the sums hold with this print only.
    """

    prints: tuple[tuple[int, ...], ...]
    kept: int | None
    sure: bool


class _Cells:
    """One table's cells, in printed order: its rows, the rows of each column, the facts in unknown rows or columns."""

    def __init__(self) -> None:
        self.rows: dict[str, None] = {}
        self.columns: dict[str, dict[str, None]] = {}
        self.unknown: list[Fact] = []

    def add(self, fact: Fact) -> None:
        """Adds a fact behind the others."""
        concept = fact.concept
        self.rows[concept.row] = None
        self.columns.setdefault(concept.column, {})[concept.row] = None
        if concept.row[:1] == "?" or concept.column[:1] == "?":
            self.unknown.append(fact)


_NO_CELLS = _Cells()


@dataclass(frozen=True, eq=False, repr=False)
class Facts(Tabular):
    """All facts of one document, with an index by concept and by table.

    `tables` are the nine tables with their status. `annexed` are the tables beyond the nine that are there and certain.
    `forms` are the annexed self-evaluation forms. `unread` are the captions of tables that were not read. `doubled`
    are the rows printed twice, once they are settled.
    """

    facts: tuple[Fact, ...]
    tables: dict[str, RecognisedTable]
    department: str = ""
    year: int | None = None
    listings: tuple[Listing, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    forms: dict[str, RecognisedTable] = field(default_factory=dict)
    annexed: dict[str, RecognisedTable] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    doubled: tuple[Doubled, ...] = ()
    _index: dict[tuple[str, str, str], Fact] = field(init=False, repr=False, compare=False, default_factory=dict)
    _tables: dict[str, _Cells] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for fact in self.facts:
            if fact.part is Part.TABLES:
                concept = fact.concept
                held = self._index.setdefault((concept.table, concept.row, concept.column), fact)
                if held.repeated and not fact.repeated:
                    self._index[concept.table, concept.row, concept.column] = fact
                cells = self._tables.get(concept.table)
                if cells is None:
                    cells = self._tables[concept.table] = _Cells()
                cells.add(fact)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def get(self, table: str, row: str, column: str) -> Fact | None:
        """Returns the table fact of a concept, None where the document has no such cell."""
        return self._index.get((table, row, column))

    def table(self, key: str) -> RecognisedTable:
        """Returns a table or form by its key. Raises KeyError."""
        found = self.tables.get(key) or self.annexed.get(key)
        return self.forms[key] if found is None else found

    def printed_tables(self) -> tuple[RecognisedTable, ...]:
        """Returns the tables and forms that the document prints, readable or not."""
        return tuple(one for one in (*self.tables.values(), *self.beyond()) if one.grid is not None)

    def beyond(self) -> tuple[RecognisedTable, ...]:
        """Returns the tables beyond the nine, then the forms."""
        return (*self.annexed.values(), *self.forms.values())

    def rows(self, table: str, column: str = "") -> tuple[str, ...]:
        """Returns the rows of a table in printed order; with `column`, those that have a cell in it."""
        cells = self._tables.get(table, _NO_CELLS)
        return tuple(cells.columns.get(column, ()) if column else cells.rows)

    def has_column(self, table: str, column: str) -> bool:
        """True if the table has cells in that column."""
        return column in self._tables.get(table, _NO_CELLS).columns

    def unknown(self, table: str) -> Sequence[Fact]:
        """Returns the figures of a table whose row or column is in no layout or code list."""
        return self._tables.get(table, _NO_CELLS).unknown

    def is_plain(self, table: str) -> bool:
        """True if the table can be read and has no figure in an unknown row or column."""
        return table in self._plain

    @cached_property
    def _plain(self) -> frozenset[str]:
        tables = {**self.tables, **self.annexed}
        readable = (key for key, table in tables.items() if table.status is not Status.UNREADABLE)
        return frozenset(key for key in readable if not self.unknown(key))

    @cached_property
    def illegible(self) -> frozenset[int]:
        """Returns the facts (ids) that cannot be used as an amount: unreadable, or printed more than once."""
        return frozenset([fact.id for fact in self.facts if fact.amount is None or fact.repeated])

    @cached_property
    def nonzero(self) -> frozenset[int]:
        """Returns the facts (ids) whose amount is not zero."""
        return frozenset([fact.id for fact in self.facts if fact.amount])

    @cached_property
    def blanks(self) -> frozenset[int]:
        """Returns the facts (ids) that are blank."""
        return frozenset([fact.id for fact in self.facts if fact.blank])

    def unknown_rows(self, table: str, column: str) -> tuple[str, ...]:
        """Returns the labels of unknown rows that have an amount in `column`."""
        found = (fact for fact in self.unknown(table) if fact.amount and fact.concept.row.startswith("?"))
        return tuple(dict.fromkeys(fact.row_name or "无名" for fact in found if fact.concept.column == column))

    def statements(self) -> tuple[Fact, ...]:
        """Returns the facts that sentences state."""
        return self._statements

    @cached_property
    def _statements(self) -> tuple[Fact, ...]:
        return tuple([fact for fact in self.facts if fact.part is Part.NARRATIVE])

    def stating(self, concept: Concept) -> Sequence[Fact]:
        """Returns the facts that sentences state of this concept and of no other."""
        return self._facts_stating.get(concept, ())

    @cached_property
    def _facts_stating(self) -> dict[Concept, list[Fact]]:
        found: dict[Concept, list[Fact]] = {}
        for fact in self._statements:
            if len(fact.target) == 1:
                found.setdefault(fact.target[0], []).append(fact)
        return found

    def to_frame(self, printed_only: bool = False) -> pd.DataFrame:
        """Returns a row per fact, with the columns of facts.parquet.

        `value` is object (Decimal, None where nothing is printed), `decimals`, `line`, `start` and `end` are int64, the
        others str.
        """
        columns = self.columns(printed_only)
        frame = pd.DataFrame({**columns, "value": pd.Series(columns["value"], dtype=object)})
        return frame.astype(dict.fromkeys(("decimals", "line", "start", "end"), "int64"))

    def columns(self, printed_only: bool = False) -> dict[str, list[Any]]:
        """Returns what `to_frame` shows, column by column."""
        chosen = [fact for fact in self.facts if fact.figure.printed or not printed_only]
        return {
            "concept": [fact.concept.path for fact in chosen],
            "table": [fact.concept.table for fact in chosen],
            "row_code": [fact.row_code for fact in chosen],
            "row_name": [fact.row_name for fact in chosen],
            "column": [fact.concept.column for fact in chosen],
            "value": [fact.figure.value for fact in chosen],
            "printed": [fact.figure.text.strip() for fact in chosen],
            "unit": [fact.figure.unit for fact in chosen],
            "state": [fact.figure.state.value for fact in chosen],
            "decimals": [fact.figure.decimals for fact in chosen],
            "where": [fact.where for fact in chosen],
            "part": [fact.part.value for fact in chosen],
            "line": [fact.place.line for fact in chosen],
            "start": [fact.place.start for fact in chosen],
            "end": [fact.place.end for fact in chosen],
            "quote": [fact.quote for fact in chosen],
        }
