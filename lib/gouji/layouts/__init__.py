"""Loads the layouts of tables, which are data.

`tables.yaml` says how each of the nine tables is recognised and what its columns and rows are called, `budget.yaml` the
same for the tables of a budget, `annexed.yaml` for tables that provinces publish beyond the nine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise, product
from typing import Literal

from pydantic import Field, field_validator, model_validator

from gouji.labels import normalise
from gouji.reference import economic_codes, function_classes
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml

Path = tuple[str, ...]
#: What a document is, final accounts or a budget; or the tables that accounts may have beyond the nine.
Form = Literal["accounts", "budget", "annexed"]
_FILES: dict[str, str] = {"accounts": "tables.yaml", "budget": "budget.yaml", "annexed": "annexed.yaml"}
#: What heads the column of a whole class of the economic classification, under the class's name.
_OF_CLASS = ((), ("小计",), ("合计",))
#: The word for the sum of a group that may be printed behind the group's label in one.
#: On how many lines a label may stand.
_LINES = (2, 3)
_SUBTOTAL = "小计"
_BRACKETED = re.compile(r"\([^()]*\)")
_JOINED = re.compile("收入?[、和与及]支出?")
_TOTAL = re.compile("总决算表|决算总表|总表")

#: The nine tables of final accounts, in the order of the form.
TABLE_KEYS = (
    "summary",
    "income",
    "expenditure",
    "fiscal_summary",
    "general_budget",
    "basic_expenditure",
    "three_public",
    "government_fund",
    "state_capital",
)


class Title(StrictModel):
    """Words that a normalised caption must and must not have.

    `prefer` decides between two captions that match. `within`: titles of tables that hold this one among other things.
    """

    prefer: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def matches(self, caption: str) -> bool:
        """True where `caption` (normalised) is a title of this table."""
        return self.holds(caption) or (
            all(word in caption for word in self.all)
            and (not self.any or any(word in caption for word in self.any))
            and not any(word in caption for word in self.none)
        )

    def holds(self, caption: str) -> bool:
        """True where `caption` (normalised) is a title of a table that holds this one; 决算 may stand in it or not."""
        return any(title in one for title in self.within for one in (caption, caption.replace("决算", "")))

    def matches_loosely(self, caption: str, form_words: tuple[str, ...]) -> bool:
        """True where `caption` is such a title but for words that say how it is published (收入支出决算公开表): whether
        it is this table, its columns must confirm."""
        if any(word in caption for word in self.none):
            return False
        return any(self.matches(one) for one in _readings(caption, form_words))


class _Columns(StrictModel):
    """Base of what has columns: concepts with the header paths by which they are recognised."""

    columns: dict[str, tuple[Path, ...]]

    def column(self, header: Path) -> str | None:
        """Returns the concept whose longest path matches a column's header (labels from the top down); None if none
        does. A label on two or three lines (附属单位上缴, 收入) may have been read as so many."""
        if concept := self._known(header):
            return concept
        joined = ((*header[:-count], "".join(header[-count:])) for count in _LINES if count <= len(header))
        return next(filter(None, map(self._known, joined)), None) or self._of_subtotal(header)

    def _of_subtotal(self, header: Path) -> str | None:
        """Returns the concept of a group and its sum that are printed as one label (公务用车购置及运行维护费小计)."""
        for at, label in enumerate(header):
            pair = (label.removesuffix(_SUBTOTAL), _SUBTOTAL)
            if pair[0] in ("", label):
                continue
            apart = (*header[:at], *pair, *header[at + 1 :])
            for path, concept in self._by_last_label.get(apart[-1], ()):
                if pair in pairwise(path) and _matches(path, apart):
                    return concept
        return None

    @cached_property
    def _known(self) -> Callable[[Path], str | None]:
        """Returns `_find`, with the headers remembered: they recur, within a document and from one to the next."""
        return lru_cache(maxsize=1024)(self._find)

    def _find(self, header: Path) -> str | None:
        ending = self._by_last_label.get(header[-1], ()) if header else ()
        return next((concept for path, concept in ending if _matches(path, header)), None)

    @cached_property
    def _by_last_label(self) -> dict[str, list[tuple[Path, str]]]:
        """Returns the paths that end in a label, the longest first."""
        found: dict[str, list[tuple[Path, str]]] = {}
        for concept, paths in self.columns.items():
            for path in paths:
                found.setdefault(path[-1], []).append((path, concept))
        for ending in found.values():
            ending.sort(key=lambda one: -len(one[0]))
        return found


class Side(_Columns):
    """One half of a two-sided table.

    - `header`: the label over its columns. `rows`: labels of each row concept. `classes`: its rows are also the classes
      of the function classification.
    - `after_opening`: rows whose label occurs again below the opening balance.
    - `after_total`: labels of rows below the year's total that are this concept if no other row is.
    - `with_part`: labels of rows that are this concept if the row below is a part of them (其中：).
    """

    header: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]
    after_opening: dict[str, tuple[str, ...]] = Field(default={})
    after_total: dict[str, tuple[str, ...]] = Field(default={})
    with_part: dict[str, tuple[str, ...]] = Field(default={})
    classes: bool = False

    @cached_property
    def labels(self) -> dict[str, str]:
        """Returns the row concept of each label."""
        own = {label: concept for concept, labels in self.rows.items() for label in labels}
        return function_classes() | own if self.classes else own

    @cached_property
    def labels_after_opening(self) -> dict[str, str]:
        """Returns the row concept of each label below the opening balance."""
        return self.labels | {label: concept for concept, labels in self.after_opening.items() for label in labels}


class Layout(_Columns):
    """One table: its name, titles, shape, columns (concept to header paths) and rows (concept to labels).

    - `required`: the columns by which it is recognised. Those in `optional` may be missing if nothing stands in them;
      without any other, the table was not published whole (a page printed without its right half).
    - `closing`: columns without which the table may continue elsewhere.
    - `beyond`, `since`: from a row with a label of `beyond` to one with a label of `since`, the rows are about other
      things.
    - `across`: cells (`row.column`) that other layouts print in a row of their own, with that cell.
    - `alone`: groups of columns (`group.item`) that count as another group's if the table has none of that group.

    Only in `annexed.yaml`:

    - `rows_of`: the classification of its rows' codes. `accounts`: every class and account of the economic
      classification is a column too (`account_301`).
    - `measures`: the labels of the rows of a `labelled` table, which has the labels of its columns at the head or down
      its side.
    - `wholes`: the columns that rows called 其中 may divide, if any are named. Such rows below other columns are parts
      of a part, and are not read.
    - `counted`: columns that are no money, by unit. `stated`: what sentences call a column.
    - `since`, `beyond`: if the title is one of `within`, the table is the rows from one with a label of `since` to one
      with a label of `beyond`.
    """

    name: str
    title: Title
    shape: Literal["coded", "sided", "blocks", "single", "labelled"]
    columns: dict[str, tuple[Path, ...]] = Field(default={})
    rows: dict[str, tuple[str, ...]] = Field(default={})
    sides: dict[str, Side] = Field(default={})
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    across: dict[str, str] = Field(default={})
    alone: dict[str, str] = Field(default={})
    rows_of: Literal["", "functions", "accounts"] = ""
    accounts: bool = False
    measures: dict[str, tuple[str, ...]] = Field(default={})
    wholes: tuple[str, ...] = ()
    counted: dict[str, tuple[str, ...]] = Field(default={})
    stated: dict[str, tuple[str, ...]] = Field(default={})

    @cached_property
    def essential(self) -> tuple[str, ...]:
        """Returns the columns that no complete table lacks."""
        return (*(column for column in self.required if column not in self.optional), *self.closing)

    def cell(self, row: str, column: str) -> tuple[str, str]:
        """Returns the row and column under which a cell counts: its own, or those that it has in other layouts."""
        if (moved := self.across.get(f"{row}.{column}")) is None:
            return row, column
        row, _, column = moved.partition(".")
        return row, column

    def unit_of(self, column: str) -> str:
        """Returns the unit in which a column counts; "" for a column of money."""
        return next((unit for unit, columns in self.counted.items() if column in columns), "")

    @field_validator("required")
    @classmethod
    def _not_empty(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("a table must name the columns it is known by")
        return value

    @model_validator(mode="after")
    def _names_columns(self) -> Layout:
        named = {
            *self.closing,
            *self.wholes,
            *self.stated,
            *(column for columns in self.counted.values() for column in columns),
        }
        if unknown := named - set(self.columns):
            raise ValueError(f"{sorted(unknown)} are no columns")
        groups = {column.partition(".")[0] for column in self.columns}
        if unknown := {*self.alone, *self.alone.values()} - groups:
            raise ValueError(f"alone: {sorted(unknown)} are no groups of columns")
        for cell in (*self.across, *self.across.values()):
            row, _, column = cell.partition(".")
            if row not in {"total", *self.rows} or column not in self.columns:
                raise ValueError(f"across: {cell!r} is no row.column")
        return self


class Coded(StrictModel):
    """Labels of tables with codes.

    `code`, `name`: headers of the columns of codes and names. `levels`: headers of the columns into which a code is
    split. `total`: labels of a total row. `measures`: what a row of the header may say of all columns alike (决算数),
    so that it does not distinguish them.
    """

    code: tuple[str, ...]
    levels: tuple[str, ...]
    name: tuple[str, ...]
    total: tuple[str, ...]
    measures: tuple[str, ...] = ()


class Layouts(StrictModel):
    """The layouts of one form, with aliases expanded and labels normalised.

    `word` is what its titles call the form. Columns headed by one of `other_years` are another year's. No department's
    name contains `form_words`. `title_words` may stand in a title and say nothing about the table's content.
    """

    form: Form
    word: str
    form_words: tuple[str, ...]
    title_words: tuple[str, ...] = ()
    other_years: tuple[str, ...] = ()
    tables: dict[str, Layout]
    coded: Coded


@cache
def load_layouts(form: Form = "accounts") -> Layouts:
    """Returns the packaged layouts. Raises pydantic.ValidationError, naming the key, if the file is malformed."""
    raw = load_yaml(files(__name__).joinpath(_FILES[form]).read_text(encoding="utf-8")) | {"form": form}
    aliases = {name: [normalise(label) for label in labels] for name, labels in raw.pop("aliases").items()}
    for table in raw["tables"].values():
        _prepare(table, aliases)
        if table.get("accounts"):
            table["columns"] |= _account_columns()
        for side in table.get("sides", {}).values():
            _prepare(side, aliases)
    raw["coded"] = {key: [normalise(label) for label in labels] for key, labels in raw["coded"].items()}
    layouts = Layouts.model_validate(raw)
    if form == "annexed":
        if twice := set(layouts.tables) & set(TABLE_KEYS):
            raise ValueError(f"{_FILES[form]} defines {sorted(twice)}, which are of the nine")
    elif tuple(layouts.tables) != TABLE_KEYS:
        raise ValueError(f"{_FILES[form]} must define {TABLE_KEYS} in this order")
    return layouts


def layout_of(key: str) -> Layout:
    """Returns the layout of one of the nine tables of accounts, or of a table beyond them. Raises KeyError."""
    nine = load_layouts().tables
    return nine[key] if key in nine else load_layouts("annexed").tables[key]


@lru_cache(maxsize=2048)
def _readings(caption: str, form_words: tuple[str, ...]) -> tuple[str, ...]:
    """Returns a caption without brackets and without one or all of the words of the form, with 总 before or behind
    决算, or without 总."""
    bare = _JOINED.sub("收入支出", _BRACKETED.sub("", caption))
    plain = bare
    for word in form_words:
        plain = plain.replace(word, "")
    found = (bare, *(bare.replace(word, "") for word in form_words), plain)
    totals = (_TOTAL.sub(other, one) for one in found for other in ("决算总表", "决算表"))
    return tuple(dict.fromkeys((*found, *totals)))


def _account_columns() -> dict[str, list[Path]]:
    """Returns a column for each class and account of the economic classification, known by the class's name and its
    own."""
    classes: dict[str, list[str]] = {}
    for code, name in economic_codes():
        if len(code) == 3:
            classes.setdefault(code, []).append(normalise(name))
    columns: dict[str, list[Path]] = {
        f"account_{code}": [(name, *below) for name in names for below in _OF_CLASS] for code, names in classes.items()
    }
    for code, name in economic_codes():
        if len(code) > 3 and code[:3] in classes:
            paths = [(above, normalise(name)) for above in classes[code[:3]]]
            columns.setdefault(f"account_{code}", []).extend(paths)
    return columns


def _prepare(part: dict[str, dict[str, list[str]]], aliases: dict[str, list[str]]) -> None:
    for key in ("rows", "after_opening", "after_total", "with_part", "measures"):
        if key in part:
            part[key] = {concept: [normalise(label) for label in labels] for concept, labels in part[key].items()}
    if "columns" in part:
        part["columns"] = {
            concept: [path for pattern in patterns for path in _paths(pattern, aliases)]  # type: ignore[misc]
            for concept, patterns in part["columns"].items()
        }


def _paths(pattern: str, aliases: dict[str, list[str]]) -> list[Path]:
    """Returns every path that the aliases allow for `"{budget}/{sum}"`."""
    steps = []
    for step in pattern.split("/"):
        named = re.fullmatch(r"\{(\w+)\}", step.strip())
        steps.append(aliases[named.group(1)] if named else [normalise(step)])
    return list(product(*steps))


def _matches(path: Path, header: Path) -> bool:
    """True where a path's labels are among a header's, in order."""
    rest = iter(header)
    return all(label in rest for label in path)
