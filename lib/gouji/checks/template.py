"""Documents of one template: their tables are bound once and checked together, however many they are.

    for places in by_template(documents).values():
        system = TemplateSystem.of(documents[places[0]])
        verdicts = system.check(system.batch(documents[place] for place in places))

Only the identities of the tables (rules of kind `identity`) are checked so: they are the same for all documents that
print the same cells. What sentences state differs from one document to the next; `tie_out` checks it one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gouji.checks.batch import Batch
from gouji.checks.bind import check_of
from gouji.checks.check import Check
from gouji.checks.judge import judge
from gouji.checks.parts import count_parts_of_each
from gouji.checks.published import ABSENT, Gate, Published
from gouji.checks.rules import Rule, load_rules
from gouji.checks.structure import Instance, conditions_of, instances_of
from gouji.checks.system import System, build_system
from gouji.facts.fact import Fact, Facts, Part, Status
from gouji.intervals import CONSISTENT, VERDICTS, Amounts, Codes

#: The number of documents that are judged at a time: their arrays then stay in the processor's cache.
_AT_A_TIME = 512


@dataclass(frozen=True, slots=True)
class Template:
    """All of a document's tables that decides which checks it has: the year, each table's status (an empty one is as
    good as a full one) and codes, each cell's concept and unit, and whether its row is repeated, its column named."""

    year: int | None
    tables: tuple[tuple[str, str, tuple[str, ...]], ...]
    cells: tuple[tuple[str, str, str, str, bool, bool], ...]


def template_of(facts: Facts) -> Template:
    """Returns the template of a document."""
    tables = tuple(
        (key, Status.FOUND if table.status is Status.EMPTY else table.status, table.codes)
        for key, table in {**facts.tables, **facts.annexed}.items()
    )
    return Template(facts.year, tables, tuple(_cell(fact) for fact in _table_facts(facts)))


def by_template(documents: Sequence[Facts]) -> dict[Template, list[int]]:
    """Returns, by template, the positions (from 0) of its documents in `documents`."""
    places: dict[Template, list[int]] = {}
    for place, facts in enumerate(documents):
        places.setdefault(template_of(facts), []).append(place)
    return places


@dataclass(frozen=True)
class BatchVerdicts:
    """What became of a template's checks, arrays of the shape (checks, documents).

    `codes` are places in `intervals.VERDICTS`, or `ABSENT` where a document does not have the check. `residuals` are
    scaled integers (dtype object where 64 bits would not do), zero where nothing was compared. `omitted`: unbound
    because one side is not filled in although the other is not zero.
    """

    checks: tuple[Check, ...]
    codes: Codes
    residuals: Amounts
    omitted: NDArray[np.bool_]

    def of(self, document: int) -> Iterator[Check]:
        """Yields the checks of one document with their verdicts and residuals. Everything else is the template's."""
        columns = (array[:, document].tolist() for array in (self.codes, self.residuals, self.omitted))
        for check, code, residual, omitted in zip(self.checks, *columns, strict=True):
            if code != ABSENT:
                yield check.judged(verdict=VERDICTS[code], residual=residual, blank=omitted)


@dataclass(frozen=True)
class TemplateSystem:
    """The identities of a template's tables: one system for all of its documents. `checks` are its rows, not judged."""

    template: Template
    checks: tuple[Check, ...]
    system: System
    published: Published

    @classmethod
    def of(cls, facts: Facts, rules: Sequence[Rule] | None = None) -> Self:
        """Returns the system for the template of `facts`, by those of `rules` (default: all packaged ones) that are
        identities. Any document of the template gives the same system: its amounts, blanks and unreadable cells decide
        nothing. Raises ValueError if facts of sentences stand before those of tables."""
        cells = _table_facts(facts)
        if cells != facts.facts[: len(cells)]:
            raise ValueError("the facts of the tables must come first")
        rows: list[tuple[Rule, Instance]] = []
        gates: list[Gate] = []
        for rule in load_rules() if rules is None else rules:
            if rule.kind == "identity" and rule.speaks_of(facts):
                _bind(rule, facts, len(cells), rows, gates)
        checks = tuple(check_of(number, *row) for number, row in enumerate(rows))
        published = Published.of([instance for _, instance in rows], gates, facts, len(cells))
        return cls(template_of(facts), checks, build_system(checks, cells), published)

    def batch(self, documents: Iterable[Facts]) -> Batch:
        """Returns the figures of documents of this template. Raises ValueError for a document of another, or for
        none."""
        return Batch.of(self._cells(facts, number) for number, facts in enumerate(documents))

    def _cells(self, facts: Facts, number: int) -> Sequence[Fact]:
        if template_of(facts) != self.template:
            raise ValueError(f"document {number} is of another template")
        return _table_facts(facts)

    def check(self, batch: Batch) -> BatchVerdicts:
        """Judges every check of every document, with the verdicts and residuals that `tie_out` gives one by one."""
        parts = [self._check(batch.part(at, at + _AT_A_TIME)) for at in range(0, len(batch), _AT_A_TIME)]
        codes, residuals, omitted = (np.concatenate(arrays, axis=1) for arrays in zip(*parts, strict=True))
        return BatchVerdicts(self.checks, codes, residuals, omitted)

    def _check(self, batch: Batch) -> tuple[Codes, Amounts, NDArray[np.bool_]]:
        outcomes = self.published.outcomes(self.system, batch)
        parts = count_parts_of_each(self.checks, outcomes != ABSENT, batch.amounts != 0)
        judged = judge(self.system, batch, parts)
        compared = outcomes == CONSISTENT
        codes = np.where(compared, judged.codes, outcomes)
        return codes, np.where(compared, judged.residuals, 0), judged.omitted & compared


def _table_facts(facts: Facts) -> tuple[Fact, ...]:
    tables = facts.tables.keys() | facts.annexed.keys()
    return tuple(fact for fact in facts if fact.part is Part.TABLES and fact.concept.table in tables)


def _cell(fact: Fact) -> tuple[str, str, str, str, bool, bool]:
    concept = fact.concept
    return concept.table, concept.row, concept.column, fact.figure.unit, fact.repeated, bool(fact.column_name)


def _bind(rule: Rule, facts: Facts, width: int, rows: list[tuple[Rule, Instance]], gates: list[Gate]) -> None:
    """Adds the rows of a rule. If it has conditions, adds a row before them that stands for the rule, and their
    gate."""
    first = len(rows)
    conditions = conditions_of(rule, facts)
    if conditions:
        rows.append((rule, Instance(rule.title, "=", (), (), (), published=False, defines=False)))
    rows.extend((rule, instance) for instance in instances_of(rule, facts))
    if conditions:
        gates.append(Gate.of(first, len(rows), conditions, width))
