"""Checks what the report on all that a department spent states about the account: its total, its basic and project
expenditure, its 三公经费.

Such reports often count other money (with transfers, without other funds), and seldom say so. So a figure that the
account prints anywhere is taken as meant. One that it does not print is wrong only where a slip of the pen makes it of
the amount of that name; else it raises a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check, Terms, term_of
from gouji.checks.narrative.spoken import doubt, said, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Claim, Measure
from gouji.facts.fact import Fact, Facts, Part
from gouji.facts.narrative.concepts import concept_from_path
from gouji.intervals import Verdict
from gouji.labels import normalise
from gouji.layouts.phrases import FREE
from gouji.runtime.immutable import immutable
from gouji.slips import ALL, SlipKind, slip_between

_BESIDE = re.compile("|".join(WORDS.beside_told))
_WHOLE = "整体支出"
_BUDGET = "预算"
#: A slip is told from another amount only in as many digits: more where one of them may have become any other.
_TELLING, _TELLING_OF_ANY = 4, 5
_ANY = frozenset({SlipKind.DIGIT, SlipKind.DROPPED, SlipKind.DOUBLED})
_SLIPS = ALL - {SlipKind.SIGN}


@immutable()
class Told:
    """A statement, and the cells that print the amount of its name: one, or the classes below a total left blank."""

    fact: Fact
    cells: tuple[tuple[Fact, ...], ...]


def whole_reports(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the statements that a slip of the pen makes of an amount of the same name."""
    for told in _told_otherwise(facts):
        if cells := _meant_by_slip(told):
            terms: Terms = tuple((1, cell.id) for cell in cells)
            yield Check(
                UNNUMBERED,
                rule,
                told.fact.named,
                "=",
                term_of(told.fact),
                terms,
                verdict=Verdict.CONSISTENT,
                tie=len(cells) == 1,
            )


def whole_reports_open(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Asks about all other statements that the account prints nowhere, once for each report."""
    found: dict[str, list[Fact]] = {}
    for told in _told_otherwise(facts):
        if not _meant_by_slip(told):
            own = found.setdefault(told.fact.where.partition(" ")[0], [])
            own += [told.fact, *told.cells[0]]
    for where, concerned in found.items():
        yield doubt(rule, where, dict.fromkeys(concerned), True)


def _told_otherwise(facts: Facts) -> Iterator[Told]:
    """Yields the statements about the account whose amount it prints nowhere; of each name the first."""
    if not facts.whole_reports and not any(_WHOLE in said(one).topic.phrase for one in _claims(facts)):
        return
    seen: set[tuple[str, str]] = set()
    for fact in _claims(facts):
        names = _names(fact, facts)
        cells = tuple(found for path in names if (found := _cells(path, facts)))
        key = fact.where.partition(" ")[0], names[0] if names else ""
        if not cells or key in seen:
            continue
        seen.add(key)
        if not _is_printed(fact, facts):
            yield Told(fact, cells)


def _claims(facts: Facts) -> list[Fact]:
    return [one for one in facts.statements() if one.claim and one.figure.dimension == "money" and usable(one)]


def _names(fact: Fact, facts: Facts) -> Sequence[str]:
    """Returns the paths of the amounts that a statement may name; none for what is no statement about the account."""
    claim = said(fact)
    in_report = fact.block in facts.whole_reports and fact.section == FREE
    budget = claim.measure in BUDGETS
    if not (budget or claim.measure is Measure.FINAL) or not (in_report or _is_of_whole(claim, fact)):
        return ()
    if in_report and claim.whole is not None and _plain_name(claim.whole.phrase) not in WORDS.told_of_whole:
        return ()
    name, alone = _plain_name(claim.topic.phrase), False
    for word in WORDS.of_general_budget:
        if name.startswith(word):
            name, alone = name.removeprefix(word), True
    if normalise(claim.words).endswith(WORDS.executed_of_whole) and in_report and not budget:
        name = _WHOLE
    elif not budget and "三公" not in name and _BUDGET in normalise(fact.quote).replace("预算财政拨款", ""):
        return ()  # what was planned may be meant
    paths = (WORDS.budgets_told_of_whole if budget else WORDS.told_of_whole).get(name, ())
    return paths[-1:] if alone else paths


def _is_of_whole(claim: Claim, fact: Fact) -> bool:
    """True in the account's own section for 本部门整体支出5万元，其中：项目支出3万元."""
    if fact.section == FREE:
        return False
    whole = claim.whole.phrase if claim.whole else claim.topic.phrase
    return _plain_name(whole) == _WHOLE


def _plain_name(phrase: str) -> str:
    name = normalise(phrase)
    return name if name in WORDS.told_of_whole else _BESIDE.sub("", name)


def _cells(path: str, facts: Facts) -> tuple[Fact, ...]:
    """Returns the cell of a path; of a total left blank the cells of the classes, () where any is missing."""
    concept = concept_from_path(path)
    table = facts.tables.get(concept.table)
    if table is None or not table.unit_stated:
        return ()
    cell = facts.get(concept.table, concept.row, concept.column)
    if cell and cell.amount is not None and not cell.blank and not cell.repeated:
        return (cell,)
    roots = [facts.get(concept.table, code, concept.column) for code in table.roots()] if cell else []
    whole = roots and all(one and one.amount is not None and not one.repeated for one in roots)
    return tuple(one for one in roots if one) if whole else ()


def _is_printed(fact: Fact, facts: Facts) -> bool:
    """True where the account prints the amount, whatever it calls it, in a table or in its own sections."""
    amount = fact.amount or 0
    return any(
        one.amount is not None and abs(one.amount - amount) <= max(one.radius, fact.radius)
        for one in facts
        if one.id != fact.id and one.figure.dimension == "money" and (one.part is Part.TABLES or one.section != FREE)
    )


def _meant_by_slip(told: Told) -> tuple[Fact, ...]:
    """Returns the cells of the amount that a slip of the pen would explain; none where there is no such slip."""
    fact = told.fact
    digits = len("".join(one for one in fact.figure.text if one.isdigit()).strip("0"))
    if digits < _TELLING or not fact.radius:
        return ()
    kinds = _SLIPS if digits >= _TELLING_OF_ANY else _SLIPS - _ANY
    for cells in told.cells:
        value = sum(one.amount or 0 for one in cells)
        if slip_between(fact.amount or 0, 2 * fact.radius, value, value, kinds):
            return cells
    return ()
