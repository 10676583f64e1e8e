"""Checks how tables are filled in. These checks join no figures, so they are no rows of the linear system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check
from gouji.checks.malformed import prints
from gouji.checks.rules import Rule
from gouji.checks.structure import is_named_item
from gouji.document.model import Place
from gouji.facts.fact import Fact, Facts, Part, RecognisedTable, Status
from gouji.facts.figure import State
from gouji.intervals import Verdict
from gouji.labels import normalise

#: Tables a department may legitimately have nothing to print in.
_MAY_BE_EMPTY = ("three_public", "government_fund", "state_capital")
#: A form that was not filled in leaves at least so many places open.
_FORM = 10
#: What was checked of rows that only their names tell.
ACROSS = "行没有科目编码，只核对了各栏之间的关系"
#: So many cells of a table that cannot be read, or have more decimals than its unit, are no misprints of their own.
_SEVERAL = 3


def form_checks(rules: tuple[Rule, ...], facts: Facts, first_id: int) -> Iterator[Check]:
    """Yields one check for each form rule and each table (or unreadable figure) that it concerns."""
    found = (check for rule in rules if rule.kind in BINDERS for check in BINDERS[rule.kind](rule, facts))
    for number, check in enumerate(found, first_id):
        yield check.judged(id=number)


def _unreadable(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check for each cell that cannot be read; only one for a table with several. Cells with more decimals
    than the table's unit has get a check of their own: there the unit is wrong."""
    found: dict[tuple[str, bool], list[Fact]] = {}
    for fact in facts:
        doubtful = fact.figure.state is State.DOUBTFUL
        if fact.part is Part.TABLES and fact.amount is None and not doubtful and not _is_unknown(fact):
            found.setdefault((fact.concept.table, fact.figure.value is not None), []).append(fact)
    for (key, _), cells in found.items():
        if len(cells) >= _SEVERAL:
            yield _one_check(rule, facts.table(key).label, cells)
        else:
            yield from (_one_check(rule, fact.where, [fact]) for fact in cells)


def _malformed(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check for each figure of a sentence that is no number as printed, however many quantities it states."""
    for same in prints(facts):
        concerns = tuple(fact.id for fact in same)
        scope = f"{same[0].named}“{same[0].figure.text.strip()}”"
        yield Check(UNNUMBERED, rule, scope, "=", (), (), concerns=concerns, verdict=Verdict.CONFLICT)


def _units_left_out(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check for each section with figures of sentences that lack their unit."""
    found: dict[str, dict[Place, Fact]] = {}
    for fact in facts.statements() if facts.unitless else ():
        if fact.place in facts.unitless:
            found.setdefault(fact.where, {}).setdefault(fact.place, fact)
    for where, lacking in found.items():
        yield _one_check(rule, where, list(lacking.values()))


def _unrecognised(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check for each table with amounts in rows or columns that no layout knows. Tables whose only such
    amounts stand in columns without a head (an author's notes beside the table) share one check."""
    beside: dict[str, list[Fact]] = {}
    for table in facts.tables.values():
        unknown = [fact for fact in facts.unknown(table.key) if fact.amount]
        if unknown and all(fact.concept.column == "?" and not fact.column_name for fact in unknown):
            beside[table.label] = unknown
        elif unknown:
            rows = facts.rows(table.key)
            named = all(is_named_item(fact.concept.row, table, rows) for fact in unknown)
            columns = any(fact.concept.column.startswith("?") for fact in unknown)
            check = _one_check(rule, table.label, unknown)
            yield check.judged(reason=ACROSS) if named and not columns else check
    if beside:
        yield _one_check(rule, "、".join(beside), [fact for some in beside.values() for fact in some])


def _one_check(rule: Rule, scope: str, facts: Sequence[Fact]) -> Check:
    concerns = tuple(fact.id for fact in facts)
    return Check(UNNUMBERED, rule, scope, "=", (), (), concerns=concerns, verdict=Verdict.CONFLICT)


def _unread(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check, not made, for each table of the account that was not read."""
    for one in facts.unread:
        yield Check(UNNUMBERED, rule, one.title, "=", (), (), reason="表没有读取", verdict=Verdict.NOT_CHECKED)


def _doubled(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check for each row that is printed twice. It concerns the figures of both prints, last those that
    count."""
    for one in facts.doubled:
        if one.sure is (rule.kind == "doubled"):
            prints = one.prints if one.kept != 0 or not one.sure else one.prints[::-1]
            concerns = tuple(number for row in prints for number in row if facts.facts[number].figure.printed)
            first = facts.facts[one.prints[0][0]]
            scope = f"{facts.table(first.concept.table).label}“{first.row_code} {first.row_name}”"
            yield Check(UNNUMBERED, rule, scope, "=", (), (), concerns=concerns, verdict=Verdict.CONFLICT)


def _empty_tables(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check for each table that may be empty; none for a form that nobody filled in, where all are."""
    if _is_blank_form(facts):
        return
    for key in _MAY_BE_EMPTY:
        table = facts.tables[key]
        verdict = _judge_empty_table(rule, table, facts)
        if verdict is not None:
            yield Check(UNNUMBERED, rule, table.label or table.name, "=", (), (), verdict=verdict)


def _unfilled(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check if the document is a form that nobody filled in: many places are open, more than there are
    figures."""
    if _is_blank_form(facts):
        yield Check(UNNUMBERED, rule, "全文", "=", (), (), missing=_quotes(facts), verdict=Verdict.CONFLICT)


def _placeholders(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Yields a check for each section with open places, in a document that is otherwise filled in."""
    if _is_blank_form(facts):
        return
    for where in dict.fromkeys(one.where for one in facts.placeholders):
        yield Check(UNNUMBERED, rule, where, "=", (), (), missing=_quotes(facts, where), verdict=Verdict.CONFLICT)


def _is_blank_form(facts: Facts) -> bool:
    left_open = len(facts.placeholders)
    return left_open >= _FORM and left_open >= sum(fact.figure.state is State.NUMBER for fact in facts)


def _quotes(facts: Facts, where: str = "") -> tuple[str, ...]:
    return tuple(one.quote for one in facts.placeholders if not where or one.where == where)


def _is_unknown(fact: Fact) -> bool:
    return fact.concept.column.startswith("?") or fact.concept.row.startswith("?")


def _judge_empty_table(rule: Rule, table: RecognisedTable, facts: Facts) -> Verdict | None:
    """Returns consistent or conflict if the rule concerns the table, else None."""
    if table.status not in (Status.FOUND, Status.EMPTY):
        return None
    if table.grid is not None and not table.grid.certain:
        return None  # what its cells print was not read
    wholly_blank = not any(fact.figure.printed for fact in facts if fact.concept.table == table.key)
    says = note_says(table, rule)
    if rule.kind == "zero_or_none" and says:
        return Verdict.CONFLICT if wholly_blank else Verdict.CONSISTENT
    if rule.kind == "empty_unexplained" and table.status is Status.EMPTY:
        told = says or not wholly_blank or _told_nothing(table.key, facts)
        return Verdict.CONSISTENT if told else Verdict.CONFLICT
    return None


def _told_nothing(key: str, facts: Facts) -> bool:
    """True where a sentence says that what a table is of is zero: 国有资本经营预算财政拨款支出0万元."""
    return any(
        fact.amount == 0 and any(target.table == key and target.row in ("", "total") for target in fact.target)
        for fact in facts.statements()
    )


def note_says(table: RecognisedTable, rule: Rule) -> bool:
    """True if a sentence in a table's notes says what the rule looks for."""
    return any(re.search(word, sentence) for sentence in sentences_of(table, rule) for word in rule.words)


def sentences_of(table: RecognisedTable, rule: Rule) -> list[str]:
    """Returns the sentences of a table's notes, normalised, without the form's own instructions (请…, 不得…)."""
    sentences = (one for note in table.notes for one in re.split("[。;()]", normalise(note)))
    return [one for one in sentences if one and not any(re.search(word, one) for word in rule.unless)]


#: What makes the checks of a rule of a form, by its kind.
BINDERS = {
    "unreadable": _unreadable,
    "malformed": _malformed,
    "unit_left_out": _units_left_out,
    "unrecognised": _unrecognised,
    "unread": _unread,
    "doubled": _doubled,
    "doubled_open": _doubled,
    "unfilled": _unfilled,
    "placeholder": _placeholders,
    "zero_or_none": _empty_tables,
    "empty_unexplained": _empty_tables,
}
