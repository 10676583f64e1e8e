"""Turns a document into facts.

Reads the nine tables, found by title, columns and content, then the tables beyond the nine, the annexed self-evaluation
forms, and the narrative.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.document.model import Document
from gouji.facts.annexed import read_annexed
from gouji.facts.cells import known_columns, meanings, names_rows_again
from gouji.facts.choose import Candidate, choose
from gouji.facts.claim import Measure
from gouji.facts.evaluation import read_evaluations
from gouji.facts.fact import Fact, Facts, Listing, Part, RecognisedTable, Status
from gouji.facts.figure import State, parse_figure
from gouji.facts.narrative.read import read_narrative
from gouji.facts.placeholders import placeholders_of
from gouji.facts.precision import Precision, document_precision
from gouji.facts.tabled import described, table_fact
from gouji.facts.titles import department_in_titles, year_of_account
from gouji.facts.unitless import places_without_unit
from gouji.facts.unread import unread_tables
from gouji.facts.whole_reports import whole_reports
from gouji.facts.word_lists import WORDS
from gouji.intervals import MONEY_UNITS, POINT_UNITS, RATE_UNITS, ScaledAmount, radius, scaled
from gouji.labels import normalise
from gouji.layouts import TABLE_KEYS, Form, Layouts, load_layouts
from gouji.runtime.immutable import immutable

_GUESSED = "表格没有框线，各栏的位置不能确定"
_UNPLACED = "各栏的位置不能确定"
_BESIDE = "几张表并排，各表的栏不能分开"
_DEFAULT_UNIT = "万元"
#: Units of what may be rounded; what else is printed without decimals was counted.
_ROUNDED_UNITS = frozenset((*MONEY_UNITS, *RATE_UNITS, *POINT_UNITS))


@immutable()
class Overrides:
    """What the user states in place of what would be detected. `fallback_year` counts only if no year is detected."""

    department: str = ""
    year: int | None = None
    unit: str = ""
    fallback_year: int | None = None


def recognise(document: Document, overrides: Overrides | None = None, form: Form = "accounts") -> Facts:
    """Returns the facts of a document of final accounts, or of a budget, whose tables have the keys of those they plan.

    `overrides` (department, year, unit) replace what is detected. Raises nothing for a table that is missing or whose
    columns cannot be known: it gets the status `missing` or `unreadable`.
    """
    overrides = overrides or Overrides()
    layouts = load_layouts(form)
    year = overrides.year or year_of_account(document, layouts.word) or overrides.fallback_year
    choice = choose(document, layouts, year)
    chosen = choice.chosen
    common = overrides.unit or _common_unit(chosen.values())
    unit = common or _DEFAULT_UNIT
    tables, of_tables = _read_tables(chosen, document, layouts, overrides.unit, common)
    taken = [index for one in chosen.values() for index in (one.block.index, *one.further)]
    annexed: dict[str, RecognisedTable] = {}
    of_annexed: list[Fact] = []
    if form == "accounts":
        annexed, of_annexed = read_annexed(document, year, unit, overrides.unit, taken)
        taken += [index for table in annexed.values() for index in (table.block, *table.further)]
    forms, of_forms = read_evaluations(document, unit, taken)
    read = [one for one in (*tables.values(), *annexed.values(), *forms.values()) if one.block >= 0]
    of_sentences, listed = read_narrative(document, year, of_tables, unit)
    further = (_with_doubts(own, document) for own in (of_annexed, of_forms, of_sentences))
    department = overrides.department or _department(document, chosen.values(), layouts)
    facts = numbered_facts([*of_tables, *(fact for own in further for fact in own)])
    return Facts(
        facts,
        tables,
        department,
        year,
        listings=tuple(numbered_listings(listed, facts)),
        placeholders=placeholders_of(document),
        forms=forms,
        annexed=annexed,
        unread=unread_tables(document, layouts, year, choice, read),
        unitless=places_without_unit(document, of_sentences),
        whole_reports=whole_reports(document, department, year),
    )


def _read_tables(
    chosen: Mapping[str, Candidate], document: Document, layouts: Layouts, forced: str, common: str
) -> tuple[dict[str, RecognisedTable], list[Fact]]:
    """Returns the nine tables by key, and the facts of their cells.

    `forced` is the unit that the user states ("" for none), `common` that of tables which state none. A table without
    rules gets the status `unreadable` if a figure stands in a column or row that is not known.
    """
    tables = {key: _table(key, chosen.get(key), layouts, forced, common) for key in TABLE_KEYS}
    printed = {key: list(_facts(chosen[key], tables[key], layouts)) for key in TABLE_KEYS if key in chosen}
    for key in [key for key, own in printed.items() if _is_guessed(tables[key], own)]:
        tables[key] = replace(tables[key], status=Status.UNREADABLE, problem=_GUESSED)
        printed[key] = []
    printed = {key: _with_doubts(own, document) for key, own in printed.items()}
    tables = {key: described(table, printed.get(key, [])) for key, table in tables.items()}
    return tables, [fact for own in printed.values() for fact in own]


def numbered_facts(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Returns facts numbered in order, and measured with the document's precision. Marks those printed twice in a
    table."""
    precision = document_precision((fact.concept.table, fact.figure) for fact in facts)
    printed = Counter([fact.concept for fact in facts if fact.part is Part.TABLES])
    twice = {concept for concept, count in printed.items() if count > 1}
    measured = (
        fact.numbered(number, bool(twice) and fact.concept in twice, *_measure(fact, precision))
        for number, fact in enumerate(facts)
    )
    return tuple(_with_words(tuple(measured)))


def numbered_listings(listings: Iterable[Listing], facts: Iterable[Fact]) -> Iterator[Listing]:
    """Yields listings with the numbers of the facts. They count from the first fact that is no cell."""
    first = sum(fact.part is Part.TABLES for fact in facts)
    for one in listings:
        yield replace(one, fact=one.fact + first, names=tuple(name + first for name in one.names))


def read_as(facts: Facts, numbers: Collection[int], value: Decimal) -> Facts:
    """Returns the facts with some (by id) read as if a value, in their unit, were printed there. One print may state
    several facts."""
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    precision = document_precision((fact.concept.table, fact.figure) for fact in facts)
    changed = list(facts.facts)
    for number in numbers:
        state = State.NUMBER if value else State.ZERO
        figure = replace(facts.facts[number].figure, value=value, decimals=decimals, state=state)
        fact = replace(facts.facts[number], figure=figure)
        changed[number] = fact.numbered(number, fact.repeated, *_measure(fact, precision))
    return replace(facts, facts=tuple(changed))


def _table(key: str, candidate: Candidate | None, layouts: Layouts, forced: str, common: str) -> RecognisedTable:
    layout = layouts.tables[key]
    if candidate is None:
        return RecognisedTable(key, layout.name, Status.MISSING)
    known = known_columns(candidate.grid, candidate.header, layout, layouts.coded)
    missing = [concept for concept in layout.required if concept not in known]
    status, problem = Status.FOUND, ""
    bodiless = candidate.header.body >= len(candidate.grid.rows)
    if (bodiless or not candidate.grid.certain) and _is_without_data(candidate):
        status = Status.EMPTY
    elif not candidate.grid.certain:
        status, problem = Status.UNREADABLE, _UNPLACED if candidate.grid.ruled else _GUESSED
    elif names_rows_again(candidate.grid, candidate.header, layout, layouts.coded):
        status, problem = Status.UNREADABLE, _BESIDE
    elif 2 * len(missing) > len(layout.required) or bodiless:
        status, problem = Status.UNREADABLE, f"表头无法识别（缺 {'、'.join(missing) or '表体'}）"
    elif doubled := _doubled(candidate, layouts):
        status, problem = Status.UNREADABLE, f"表头无法识别（{'、'.join(doubled)} 各有不止一栏）"
    return RecognisedTable(
        key,
        layout.name,
        status,
        candidate.around.number or layout.name,
        candidate.title,
        forced or candidate.around.unit or common or _DEFAULT_UNIT,
        candidate.block.index,
        candidate.grid,
        candidate.around.notes,
        problem=problem,
        unit_stated=bool(forced or candidate.around.unit or common),
        further=candidate.further,
        unit_line=None if forced else candidate.around.unit_line,
    )


def _is_without_data(candidate: Candidate) -> bool:
    """True for a table without amounts whose note says so; its columns need not be known. It prints no numbers except
    those of its columns."""
    if not any(word in normalise(note) for note in candidate.around.notes for word in WORDS.no_data):
        return False
    figures = (parse_figure(cell.text, "") for row in candidate.grid.rows for cell in row)
    return not any(one.decimals or (one.value or 0) > candidate.grid.width for one in figures)


def _doubled(candidate: Candidate, layouts: Layouts) -> list[str]:
    """Returns the required columns in which one row prints two figures: nobody can tell which of them is meant."""
    layout = layouts.tables[candidate.key]
    if layout.shape != "coded":
        return []
    columns = Counter(layout.column(path) for path in candidate.header.paths)
    if not any(columns[concept] > 1 for concept in layout.required):
        return []
    printed = Counter(
        (one.cell.row, one.column)
        for one in meanings(candidate.grid, candidate.header, layout, layouts.coded)
        if parse_figure(one.cell.text, "").printed
    )
    return [concept for concept in layout.required if any(printed[row, concept] > 1 for row, _ in printed)]


def _facts(candidate: Candidate, table: RecognisedTable, layouts: Layouts) -> Iterator[Fact]:
    if table.status is Status.UNREADABLE or not candidate.grid.certain:
        return
    layout = layouts.tables[candidate.key]
    for meaning in meanings(candidate.grid, candidate.header, layout, layouts.coded):
        counted = layout.unit_of(meaning.column) if layout.counted else ""
        yield table_fact(meaning, replace(table, unit=counted) if counted else table)


def _is_guessed(table: RecognisedTable, facts: Sequence[Fact]) -> bool:
    """True for a table without rules if a figure stands in an unknown column or row: then others may stand in wrong
    ones. Rows that the whole table tells by their names alone are none of these."""
    if table.grid is None or table.grid.ruled or table.status is Status.UNREADABLE:
        return False
    rows = {fact.concept.row for fact in facts} - {"total"}
    named = all(row.startswith("?") and len(row) > 1 for row in rows)
    return any(
        fact.concept.column.startswith("?") or (fact.concept.row.startswith("?") and not named) for fact in facts
    )


def _with_doubts(facts: list[Fact], document: Document) -> list[Fact]:
    if not document.doubtful:
        return facts
    return [_read_with_doubt(fact) if document.doubts(fact.place) else fact for fact in facts]


def _read_with_doubt(fact: Fact) -> Fact:
    """Returns a figure that was recognised with little confidence as unreadable: nothing may be concluded from it."""
    return replace(fact, figure=replace(fact.figure, value=None, state=State.DOUBTFUL))


def _measure(fact: Fact, precision: Precision) -> tuple[ScaledAmount | None, ScaledAmount]:
    """Returns the scaled amount and radius of a fact; blank counts as an exact zero."""
    figure, claim = fact.figure, fact.claim
    if fact.blank:
        return 0, 0
    if figure.value is None:
        return fact.amount, fact.radius
    sign = claim.sign if claim else 1
    divided = claim is not None and claim.measure is Measure.PER_HEAD
    common = 0 if divided else precision.get((fact.concept.table, figure.unit), 0)
    decimals = max(figure.decimals, common)
    exact = not divided and figure.unit not in _ROUNDED_UNITS
    try:
        within = 0 if exact and not figure.decimals else radius(decimals, figure.unit)
        return (sign or 1) * scaled(figure.value, figure.unit), within
    except ValueError:
        return fact.amount, fact.radius


def _with_words(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yields the facts. 持平 gets the radius of the amounts around it: the change that it stands for is no larger."""
    amounts = [fact for fact in facts if fact.part is Part.NARRATIVE and fact.figure.unit in MONEY_UNITS]
    within = amounts[0].radius if amounts else 0
    for fact in facts:
        within = fact.radius if fact.part is Part.NARRATIVE and fact.figure.unit in MONEY_UNITS else within
        flat = fact.claim is not None and fact.claim.measure is Measure.DIRECTION and fact.claim.relation == "="
        yield replace(fact, radius=within) if flat else fact


def _common_unit(candidates: Iterable[Candidate]) -> str:
    units = Counter(candidate.around.unit for candidate in candidates if candidate.around.unit)
    return units.most_common(1)[0][0] if units else ""


def _department(document: Document, candidates: Iterable[Candidate], layouts: Layouts) -> str:
    """Returns the department that the tables name, else the one in the title."""
    names = Counter(candidate.around.department for candidate in candidates if candidate.around.department)
    return names.most_common(1)[0][0] if names else department_in_titles(document, layouts)
