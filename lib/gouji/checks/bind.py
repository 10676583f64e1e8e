"""Rules to checks: which facts of this document each rule instance joins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from gouji.checks.check import Check
from gouji.checks.identity import Identity, Reference, Term, parse_reference
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts, RecognisedTable, Status
from gouji.intervals import Verdict
from gouji.layouts import load_layouts

#: Rows of the two-sided tables that are no line of their sums.
_RESERVED = {"total", "grand_total", "opening", "closing", "distribution", "surplus_used"}
_LABELS = {"overall": "合计", "children": "下级科目", "roots": "各科目", "under": "各科目", "lines": "各项"}


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of an instance: the facts it found and the concepts it did not."""

    terms: tuple[tuple[int, int], ...]
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]


def bind(rules: tuple[Rule, ...], facts: Facts) -> list[Check]:
    """Every instance of every rule on these facts, not yet evaluated (verdict `unbound` or `not_checked` where a side
    was not published or cannot be read, else `consistent` as a placeholder until the system is solved)."""
    checks: list[Check] = []
    for rule in rules:
        if rule.years and facts.year and not rule.years[0] <= facts.year <= rule.years[1]:
            continue
        for check in _BINDERS.get(rule.kind, _nothing)(rule, facts):
            checks.append(_numbered(check, len(checks)))
    return checks


def _numbered(check: Check, number: int) -> Check:
    return replace(check, id=number)


def _nothing(rule: Rule, facts: Facts) -> Iterator[Check]:
    yield from ()


def _identities(rule: Rule, facts: Facts) -> Iterator[Check]:
    if not all(_holds(condition, rule, facts) for condition in rule.when):
        return
    for _, identity in rule.instances():
        if not rule.each:
            yield _instance(rule, identity, facts, "", "")
            continue
        table = facts.tables[rule.table]
        for row in _each_rows(rule, table, facts):
            if any(_resolve(term.reference, rule.table, row, facts)[0] for term in identity.left):
                yield _instance(rule, identity, facts, rule.table, row)


def _each_rows(rule: Rule, table: RecognisedTable, facts: Facts) -> tuple[str, ...]:
    rows = tuple(dict.fromkeys(fact.concept.row for fact in facts if fact.concept.table == table.key))
    if rule.rows == "parents":
        return tuple(code for code in table.codes if table.children(code))
    if rule.rows == "codes":
        return table.codes
    if rule.rows == "classes":
        return tuple(code for code in table.codes if len(code) == 3)
    return tuple(row for row in rows if not row.startswith("?"))


def _holds(condition: str, rule: Rule, facts: Facts) -> bool:
    """A `when` line: zero(path) holds for blank, zero and unpublished; an identity must hold to the digit."""
    parsed = rule.condition(condition)
    if isinstance(parsed, str):
        reference = parse_reference(parsed)
        found = facts.get(reference.table, _row(reference, ""), reference.column)
        return found is None or found.amount == 0
    amounts = [
        sum(term.sign * (fact.amount or 0) for term in side for fact in _resolve(term.reference, "", "", facts)[0])
        for side in (parsed.left, parsed.right)
    ]
    return amounts[0] == amounts[1]


def _instance(rule: Rule, identity: Identity, facts: Facts, table: str, row: str) -> Check:
    left = _side(identity.left, facts, table, row)
    right = _side(identity.right, facts, table, row)
    verdict, reason = _bindable(rule, left, right, identity, facts)
    return Check(
        id=-1,
        rule=rule,
        scope=_scope(identity, facts, table, row),
        operator=identity.operator,
        left=left.terms,
        right=right.terms,
        missing=(*left.missing, *right.missing),
        reason=reason,
        verdict=verdict,
    )


def _bindable(rule: Rule, left: _Side, right: _Side, identity: Identity, facts: Facts) -> tuple[Verdict, str]:
    unreadable = (*left.unreadable, *right.unreadable)
    if unreadable:
        return Verdict.NOT_CHECKED, f"{'、'.join(unreadable)}无法识别"
    if not left.terms or (not right.terms and rule.absent != "zero"):
        return Verdict.UNBOUND, "一方未公布"
    if not right.terms and not all(
        facts.tables[term.reference.table].status in (Status.FOUND, Status.EMPTY) for term in identity.right
    ):
        return Verdict.UNBOUND, "一方未公布"
    left_facts = [facts.facts[fact] for _, fact in left.terms]
    right_facts = [facts.facts[fact] for _, fact in right.terms]
    if all(fact.blank for fact in (*left_facts, *right_facts)):
        return Verdict.UNBOUND, "各方均未填列"
    if identity.operator == "<=" and all(fact.blank for fact in left_facts):
        return Verdict.UNBOUND, "一方未填列"
    return Verdict.CONSISTENT, ""


def _side(terms: tuple[Term, ...], facts: Facts, table: str, row: str) -> _Side:
    found: list[tuple[int, int]] = []
    missing: list[str] = []
    unreadable: list[str] = []
    for term in terms:
        resolved, absent = _resolve(term.reference, table, row, facts)
        key = term.reference.table or table
        if facts.tables[key].status is Status.UNREADABLE:
            unreadable.append(facts.tables[key].name)
        elif absent:
            missing.append(absent)
        unreadable.extend(fact.where for fact in resolved if fact.amount is None)
        found.extend((term.sign, fact.id) for fact in resolved)
    return _Side(tuple(found), tuple(missing), tuple(unreadable))


def _row(reference: Reference, row: str) -> str:
    if reference.row == "current_row" or not reference.row:
        return row
    return "" if reference.row == "-" else reference.row


def _resolve(reference: Reference, table: str, row: str, facts: Facts) -> tuple[list[Fact], str]:
    """The facts a reference stands for, and a label of what is missing where there are none."""
    key = reference.table or table
    rows = _selected(reference.row, facts.tables[key], row, reference.column, facts)
    if rows is None:
        rows = [_row(reference, row)]
    found = [fact for one in rows if (fact := facts.get(key, one, reference.column))]
    return found, "" if found else _missing(facts.tables[key], _row(reference, row), reference)


def _missing(table: RecognisedTable, row: str, reference: Reference) -> str:
    """What an auditor calls a row or column that was not published."""
    layout = load_layouts().tables[table.key]
    rows = {**layout.rows, **{name: labels for side in layout.sides.values() for name, labels in side.rows.items()}}
    columns = {
        **layout.columns,
        **{name: paths for side in layout.sides.values() for name, paths in side.columns.items()},
    }
    label = _LABELS.get(reference.row) or (rows[row][0] if row in rows else row)
    if not layout.rows and not layout.sides:
        label = f"{label}·{columns[reference.column][0][-1]}".strip("·")
    return f"{table.label or table.name}“{label}”"


def _selected(selector: str, table: RecognisedTable, row: str, column: str, facts: Facts) -> list[str] | None:
    """The rows a selector stands for, None where it is no selector."""
    if selector == "children":
        return list(table.children(row))
    if selector == "roots":
        return list(table.roots())
    if selector == "under":
        below = [code for code in table.codes if code.startswith(row)]
        return [code for code in below if not any(code != other and code.startswith(other) for other in below)]
    if selector == "overall":
        return ["total"] if facts.get(table.key, "total", column) else list(table.roots())
    if selector == "lines":
        rows = dict.fromkeys(
            fact.concept.row for fact in facts if fact.concept.table == table.key and fact.concept.column == column
        )
        return [one for one in rows if not (one in _RESERVED or one.startswith(("opening_", "part:", "?")))]
    return None


def _scope(identity: Identity, facts: Facts, table: str, row: str) -> str:
    """Where an instance stands, for people: that of its first fact on the left."""
    for term in identity.left:
        resolved, absent = _resolve(term.reference, table, row, facts)
        if resolved:
            return resolved[0].where
        if absent:
            return absent
    return ""


def _statement(rule: Rule, facts: Facts) -> Iterator[Check]:
    for fact in facts.statements():
        present = [found for target in fact.target if (found := facts.get(target.table, target.row, target.column))]
        if present:
            agreeing = [found for found in present if found.amount == fact.amount and not found.blank]
            yield _tie(rule, fact, [*agreeing, *present][0])
        elif any(target.table in facts.tables for target in fact.target):
            yield _unpublished(rule, fact)


def _statement_detail(rule: Rule, facts: Facts) -> Iterator[Check]:
    """A statement against the details of a total that is not filled in."""
    for fact in facts.statements():
        for target in fact.target[:1]:
            total = facts.get(target.table, target.row, target.column)
            if target.row == "total" and total and total.blank:
                roots = facts.tables[target.table].roots()
                details = [found for code in roots if (found := facts.get(target.table, code, target.column))]
                if any(one.figure.printed for one in details) and all(one.amount is not None for one in details):
                    yield Check(
                        id=-1,
                        rule=rule,
                        scope=fact.where,
                        operator="=",
                        left=((1, fact.id),),
                        right=tuple((1, detail.id) for detail in details),
                        verdict=Verdict.CONSISTENT,
                    )


def _repeated(rule: Rule, facts: Facts) -> Iterator[Check]:
    by_concept: dict[str, list[Fact]] = {}
    for fact in facts.statements():
        by_concept.setdefault(fact.concept.column, []).append(fact)
    for group in by_concept.values():
        for one, other in combinations(group, 2):
            yield _tie(rule, one, other)


def _tie(rule: Rule, one: Fact, other: Fact) -> Check:
    unreadable = [fact.where for fact in (one, other) if fact.amount is None]
    return Check(
        id=-1,
        rule=rule,
        scope=one.where,
        operator="=",
        left=((1, one.id),),
        right=((1, other.id),),
        reason=f"{'、'.join(unreadable)}无法识别" if unreadable else "",
        verdict=Verdict.NOT_CHECKED if unreadable else Verdict.CONSISTENT,
    )


def _unpublished(rule: Rule, fact: Fact) -> Check:
    return Check(
        id=-1,
        rule=rule,
        scope=fact.where,
        operator="=",
        left=((1, fact.id),),
        right=(),
        missing=tuple(target.path for target in fact.target),
        reason="决算表中无对应数字",
        verdict=Verdict.UNBOUND,
    )


_BINDERS = {
    "identity": _identities,
    "statement": _statement,
    "statement_detail": _statement_detail,
    "repeated": _repeated,
}
