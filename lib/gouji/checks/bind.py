"""Rules to checks: which facts of this document each rule instance joins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gouji.checks.check import Check
from gouji.checks.identity import Identity, Reference, Term
from gouji.checks.narrative import BINDERS
from gouji.checks.rules import Rule
from gouji.facts.fact import Fact, Facts, RecognisedTable, Status
from gouji.intervals import Verdict
from gouji.layouts import load_layouts

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


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of an instance: the facts it found and the concepts it did not."""

    terms: tuple[tuple[int, int], ...]
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A condition that cannot be decided, and why."""

    what: str
    why: str
    verdict: Verdict


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
    conditions = [_condition(condition, rule, facts) for condition in rule.when]
    if any(condition is False for condition in conditions):
        return
    unknown = next((one for one in conditions if isinstance(one, _Unknown)), None)
    if unknown:
        yield Check(
            -1, rule, rule.title, "=", (), (), missing=(unknown.what,), reason=unknown.why, verdict=unknown.verdict
        )
        return
    for identity in rule.instances():
        if not rule.each:
            yield _instance(rule, identity, facts, "", "")
            continue
        table = facts.tables[rule.table]
        for row in _each_rows(rule, table, facts):
            if any(_resolve(term.reference, rule.table, row, facts)[0] for term in identity.left):
                yield _instance(rule, identity, facts, rule.table, row)


def _each_rows(rule: Rule, table: RecognisedTable, facts: Facts) -> tuple[str, ...]:
    if rule.rows == "parents":
        return tuple(code for code in table.codes if table.children(code))
    if rule.rows == "codes":
        return table.codes
    if rule.rows == "classes":
        return tuple(code for code in table.codes if len(code) == 3)
    return tuple(row for row in facts.rows(table.key) if not row.startswith("?"))


def _condition(condition: str, rule: Rule, facts: Facts) -> bool | _Unknown:
    """Whether a `when` line holds: zero(path) for blank, zero and rows the form lacks; an identity to the digit.

    What stands in a table that was not published or cannot be read is unknown, not zero.
    """
    parsed = rule.condition(condition)
    sides = parsed if isinstance(parsed, Reference) else (*parsed.left, *parsed.right)
    references = [sides] if isinstance(sides, Reference) else [term.reference for term in sides]
    for reference in references:
        table = facts.tables[reference.table]
        found = facts.get(reference.table, _row(reference, ""), reference.column)
        if table.status is Status.MISSING:
            return _Unknown(table.name, "适用条件所在的表未公布", Verdict.UNBOUND)
        if table.status is Status.UNREADABLE or (found and found.amount is None):
            return _Unknown(table.name, "适用条件无法辨认", Verdict.NOT_CHECKED)
    if isinstance(parsed, Reference):
        found = facts.get(parsed.table, _row(parsed, ""), parsed.column)
        return found is None or found.amount == 0
    left, right = (
        sum(term.sign * (fact.amount or 0) for term in side for fact in _resolve(term.reference, "", "", facts)[0])
        for side in (parsed.left, parsed.right)
    )
    return left == right


def _instance(rule: Rule, identity: Identity, facts: Facts, table: str, row: str) -> Check:
    left = _side(identity.left, facts, table, row)
    right = _side(identity.right, facts, table, row)
    verdict, reason = _bindable(rule, left, right, identity, facts, row)
    return Check(
        id=-1,
        rule=rule,
        scope=_scope(identity, facts, table, row),
        operator=identity.operator,
        left=left.terms,
        right=right.terms,
        defines=identity.operator == "=" and len(identity.left) == 1,
        missing=(*left.missing, *right.missing),
        reason=reason,
        verdict=verdict,
    )


def _bindable(rule: Rule, left: _Side, right: _Side, identity: Identity, facts: Facts, row: str) -> tuple[Verdict, str]:
    unreadable = (*left.unreadable, *right.unreadable)
    if unreadable:
        return Verdict.NOT_CHECKED, f"{'、'.join(unreadable)}无法识别"
    lacking = not left.terms or (not right.terms and rule.absent != "zero")
    if lacking or (rule.complete and (left.missing or right.missing)):
        return Verdict.UNBOUND, "一方未公布"
    if rule.absent == "zero" and not all(_absence_is_zero(term.reference, rule, row, facts) for term in identity.right):
        return Verdict.UNBOUND, "一方未公布"
    left_facts = [facts.facts[fact] for _, fact in left.terms]
    right_facts = [facts.facts[fact] for _, fact in right.terms]
    if all(fact.blank for fact in (*left_facts, *right_facts)):
        return Verdict.UNBOUND, "各方均未填列"
    if identity.operator == "<=" and all(fact.blank for fact in left_facts):
        return Verdict.UNBOUND, "一方未填列"
    return Verdict.CONSISTENT, ""


def _absence_is_zero(reference: Reference, rule: Rule, row: str, facts: Facts) -> bool:
    """True where a row that a table does not print is zero there: the table was read, all its rows are known, and no
    superior of the row is printed without its details."""
    table = facts.tables[reference.table or rule.table]
    if table.status not in (Status.FOUND, Status.EMPTY):
        return False
    if any(fact.concept.row.startswith("?") for fact in facts.unknown(table.key)):
        return False
    return not any(row.startswith(code) and row != code and not table.children(code) for code in table.codes)


def _side(terms: tuple[Term, ...], facts: Facts, table: str, row: str) -> _Side:
    found: list[tuple[int, int]] = []
    missing: list[str] = []
    unreadable: list[str] = []
    for term in terms:
        resolved, absent = _resolve(term.reference, table, row, facts)
        key = term.reference.table or table
        if facts.tables[key].status is Status.UNREADABLE:
            unreadable.append(facts.tables[key].name)
        elif unknown := _unrecognised(term.reference, key, bool(absent), facts):
            unreadable.append(unknown)
        elif absent:
            missing.append(absent)
        unreadable.extend(fact.where for fact in resolved if fact.amount is None or fact.repeated)
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


def _unrecognised(reference: Reference, table: str, absent: bool, facts: Facts) -> str:
    """What of a table could belong to a reference but was not recognised: a column with figures where the reference's
    column is missing, a row with a figure where its row is missing or it stands for a set of rows. "" where none is."""
    label = facts.tables[table].label
    if absent and not facts.has_column(table, reference.column):
        names = facts.unknown_columns(table)
        return f"{label}“{'、'.join(names)}”栏" if names else ""
    if absent or reference.row in _SETS_OF_ROWS:
        names = facts.unknown_rows(table, reference.column)
        return f"{label}“{'、'.join(names)}”行" if names else ""
    return ""


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
        rows = facts.rows(table.key, column)
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


_BINDERS = {"identity": _identities, **BINDERS}
