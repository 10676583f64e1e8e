"""Finds what a rule joins. The result is the same for all documents that print the same cells.

Which facts an instance joins, what it lacks and where it applies do not depend on any amount. `bind` then decides what
amounts, blanks and unreadable cells mean for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from gouji.checks.check import Terms
from gouji.checks.identity import Identity, Operator, Reference
from gouji.checks.operand import Operand, facts_of, operands_of, plain_terms, row_of
from gouji.checks.rules import Rule
from gouji.facts.fact import Facts, RecognisedTable, Status
from gouji.labels import normalise
from gouji.layouts import TABLE_KEYS, layout_of
from gouji.reference import function_names
from gouji.runtime.immutable import immutable

#: Rows of rates, shares and heads below amounts: their columns are no sums.
_OF_RATES = re.compile("[率比占%]|人数")


@immutable()
class Instance:
    """A rule applied to one row, or to one combination of names.

    `left` and `right` are the two sides, as (coefficient, fact id). `operands` are what the terms stand for, empty if
    all are plain cells. `published`: both sides have what the rule asks for. `defines`: the left side is one figure,
    the sum of those on the right.
    """

    scope: str
    operator: Operator
    left: Terms
    right: Terms
    operands: tuple[Operand, ...]
    published: bool
    defines: bool


@immutable()
class Need:
    """What a condition needs: the table's name and status, and the cell (a fact id), None where there is none."""

    table: str
    status: Status
    fact: int | None


@immutable()
class Condition:
    """A `when` line. It holds if `terms` add up to zero, to the digit; it is unknown if a need is not met."""

    needs: tuple[Need, ...]
    terms: Terms


def conditions_of(rule: Rule, facts: Facts) -> list[Condition]:
    """Returns the conditions under which a rule applies, in their written order."""
    return [_condition(rule.condition(text), facts) for text in rule.when]


def instances_of(rule: Rule, facts: Facts) -> Iterator[Instance]:
    """Yields the instances of a rule of kind `identity`: one for each of its rows that prints any of the left side.

    In tables beyond the nine, this holds for single cells too.
    """
    table, rows = rule.table, _each_rows(rule, facts)
    for identity in rule.instances():
        lone = rule.each or all((term.reference.table or table) in rule.beyond for term in identity.left)
        cut_off = any(_is_cut_off(term.reference, rule, facts) for term in (*identity.left, *identity.right))
        for row in rows:
            if plain := _plain_instance(rule, identity, row, cut_off, facts):
                yield plain
                continue
            left = operands_of(identity.left, facts, table, row)
            if not lone or _has_terms(left):
                right = operands_of(identity.right, facts, table, row)
                if rule.closed:
                    right[-1] = replace(right[-1], unknown=_unknown_columns(table, row, facts), unknown_is="栏")
                whole = not (cut_off or _lacks_essential(identity, rule, row, facts))
                published = whole and _is_published(rule, identity, left, right, row, facts)
                yield _instance(identity, left, right, published, facts)


def _unknown_columns(table: str, row: str, facts: Facts) -> tuple[int, ...]:
    """Returns the figures of a row in columns that no layout knows."""
    unknown = (fact for fact in facts.unknown(table) if fact.concept.row == row)
    return tuple(fact.id for fact in unknown if fact.concept.column.startswith("?") and fact.column_name)


def _plain_instance(rule: Rule, identity: Identity, row: str, cut_off: bool, facts: Facts) -> Instance | None:
    """Returns the instance of a row if everything it joins was published, in tables that were read whole; else None.
    Nearly all rows are such, and need no look at operands one by one."""
    left = plain_terms(identity.left, facts, rule.table, row)
    right = plain_terms(identity.right, facts, rule.table, row) if left else None
    if not left or not right:
        return None
    zero = rule.absent != "zero" or all(_absence_is_zero(term.reference, rule, row, facts) for term in identity.right)
    return Instance(
        scope=facts.facts[left[0][1]].where,
        operator=identity.operator,
        left=left,
        right=right,
        operands=(),
        published=zero and not cut_off,
        defines=identity.operator == "=" and len(identity.left) == 1,
    )


def _each_rows(rule: Rule, facts: Facts) -> tuple[str, ...]:
    if not rule.each:
        return ("",)
    table = facts.table(rule.table)
    if rule.rows == "parents":
        return tuple(code for code in table.codes if table.children(code))
    if rule.rows == "codes":
        return table.codes
    if rule.rows == "classes":
        return tuple(code for code in table.codes if len(code) == 3)
    rows = facts.rows(table.key)
    return tuple(row for row in rows if not row.startswith("?") or is_named_item(row, table, rows))


def is_named_item(row: str, table: RecognisedTable, rows: Iterable[str]) -> bool:
    """True for a row that only its name tells, in a table of items which prints no codes: its columns need none to be
    compared. Which other rows it is part of is not known. `rows` are those of the table; one of them at least is called
    like an item."""
    coded = table.key in TABLE_KEYS and layout_of(table.key).shape == "coded"
    if not coded or table.codes or not any(one[1:] in _item_names() for one in rows):
        return False
    return row.startswith("?") and bool(row[1:]) and not _OF_RATES.search(row)


@cache
def _item_names() -> frozenset[str]:
    return frozenset(map(normalise, function_names().values()))


def _condition(parsed: Identity | Reference, facts: Facts) -> Condition:
    """Returns a condition with its needs. zero(path) holds for blank, for zero and for rows that the form lacks."""
    if isinstance(parsed, Reference):
        need = _need(parsed, facts)
        return Condition((need,), () if need.fact is None else ((1, need.fact),))
    sides = ((1, parsed.left), (-1, parsed.right))
    terms = tuple(
        (direction * term.sign, fact.id)
        for direction, side in sides
        for term in side
        for fact in facts_of(term.reference, "", "", facts)
    )
    return Condition(tuple(_need(term.reference, facts) for _, side in sides for term in side), terms)


def _need(reference: Reference, facts: Facts) -> Need:
    table = facts.table(reference.table)
    fact = facts.get(reference.table, row_of(reference, ""), reference.column)
    return Need(table.name, table.status, fact.id if fact else None)


def _instance(
    identity: Identity, left: Sequence[Operand], right: Sequence[Operand], published: bool, facts: Facts
) -> Instance:
    return Instance(
        scope=_scope(left, facts),
        operator=identity.operator,
        left=_terms(left),
        right=_terms(right),
        operands=(*left, *right),
        published=published,
        defines=identity.operator == "=" and len(identity.left) == 1,
    )


def _terms(operands: Sequence[Operand]) -> Terms:
    if len(operands) == 1:
        return operands[0].terms
    return tuple([term for operand in operands for term in operand.terms])


def _has_terms(operands: Sequence[Operand]) -> bool:
    return any(operand.terms for operand in operands)


def _scope(left: Sequence[Operand], facts: Facts) -> str:
    """Returns the place of an instance, for people: that of its first fact on the left."""
    first = next((operand for operand in left if operand.terms or operand.absent), None)
    if first is None:
        return ""
    return facts.facts[first.terms[0][1]].where if first.terms else first.absent


def _is_published(
    rule: Rule, identity: Identity, left: Sequence[Operand], right: Sequence[Operand], row: str, facts: Facts
) -> bool:
    """True if both sides have what the rule asks for, in a table that is whole."""
    zero = rule.absent == "zero"
    if not _has_terms(left) or (not zero and not _has_terms(right)):
        return False
    if rule.complete and any(operand.absent for operand in (*left, *right)):
        return False
    return not zero or all(_absence_is_zero(term.reference, rule, row, facts) for term in identity.right)


def _is_cut_off(reference: Reference, rule: Rule, facts: Facts) -> bool:
    """True for a column that a table of its kind cannot lack, but this one does: it was not published whole."""
    key = reference.table or rule.table
    return reference.column in layout_of(key).essential and not facts.has_column(key, reference.column)


def _lacks_essential(identity: Identity, rule: Rule, row: str, facts: Facts) -> bool:
    """True for a row of a table beyond the nine that lacks a column which every sum over it needs. That amount may be
    printed in the row of another measure."""
    if rule.table not in rule.beyond:
        return False
    essential = layout_of(rule.table).essential
    own = [term.reference.column for term in identity.right if not (term.reference.table or term.reference.row)]
    return any(column in essential and facts.get(rule.table, row, column) is None for column in own)


def _absence_is_zero(reference: Reference, rule: Rule, row: str, facts: Facts) -> bool:
    """True if a row that a table does not print is zero there: the table was read to its end, its rows are known, and
    no superior of the row is printed without its details."""
    table = facts.table(reference.table or rule.table)
    if table.status not in (Status.FOUND, Status.EMPTY) or (table.grid and table.grid.cut):
        return False
    if any(fact.concept.row.startswith("?") for fact in facts.unknown(table.key)):
        return False
    return not any(row.startswith(code) and row != code and not table.children(code) for code in table.codes)
