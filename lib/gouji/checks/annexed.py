"""Binds tables beyond the nine, and columns that only some documents print, where no identity covers them.

The rules are about accounts in columns, projects under codes, and what sentences state about either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import UNNUMBERED, Check, term_of, unreadable_reason
from gouji.checks.identity import Operator
from gouji.checks.narrative.spoken import said, usable
from gouji.checks.rules import Rule
from gouji.facts.annexed.read import PROJECT
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.facts.figure import dimension_of
from gouji.intervals import Verdict
from gouji.labels import is_part
from gouji.layouts import layout_of

_ACCOUNT = "account_"
#: The digits of a class's code.
_CLASS = 3
#: What closes a class: 其他….
_LAST = "99"
#: The rows of a table of labels that tell what its amount was paid from, and the one that holds what no other does.
_REST = "other_funds"
_SOURCES = ("general_budget", "government_fund", "state_capital", "special_account", _REST)
_KEPT = "保有量"
#: Counts of vehicles that are not those kept at the end of the year.
_NOT_KEPT = ("购置", "更新", "上年", "减少", "增加", "报废", "编制")


def accounts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks in each row that a class is the sum of its accounts, if any of them is filled in.

    If the last account is not printed, there may be more of them on another page. Then only a class smaller than their
    sum is certain to be wrong.
    """
    table = facts.annexed[rule.table]
    columns = [column for column in layout_of(table.key).columns if facts.has_column(table.key, column)]
    for row in _known_rows(facts, table):
        for whole in (column for column in columns if len(column) == len(_ACCOUNT) + _CLASS):
            below = [column for column in columns if column.startswith(whole) and column != whole]
            total, parts = facts.get(table.key, row, whole), _cells(facts, table, [(row, one) for one in below])
            if total is None or not parts or _is_empty(total, parts):
                continue
            check = _check_sum(rule, table, total, parts)
            if check.made and not below[-1].endswith(_LAST) and sum(map(_amount, parts)) < _amount(total):
                check = check.judged(verdict=Verdict.UNBOUND, reason="各款可能未列全")
            unknown = [one for one in facts.unknown(table.key) if one.concept.row == row and one.amount]
            yield _leave_undecided(check, [one.where for one in unknown])


def sums(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks in each column that a superior code is the sum of the codes below it, and the total that of the top codes.

    Makes a check only if any of these cells is filled in: such tables have a hundred columns, most of them blank.
    """
    table = facts.annexed[rule.table]
    unknown = [one.where for one in facts.unknown(table.key) if one.concept.row.startswith("?") and one.amount]
    for column in (one for one in layout_of(table.key).columns if facts.has_column(table.key, one)):
        for row in ("total", *table.codes):
            below = table.roots() if row == "total" else table.children(row)
            total, parts = facts.get(table.key, row, column), _cells(facts, table, [(one, column) for one in below])
            if total is not None and parts and not _is_empty(total, parts):
                yield _leave_undecided(_check_sum(rule, table, total, parts), unknown)


def projects(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that a code is the sum of the projects named below it, if none of these is only a part of another
    (其中：上年结转)."""
    table = facts.annexed[rule.table]
    for code in table.codes:
        own = [row for row in facts.rows(table.key, "amount") if row.startswith(f"{PROJECT}_{code}_")]
        total = facts.get(table.key, code, "amount")
        parts = _cells(facts, table, [(row, "amount") for row in own])
        if total is None or not parts or table.children(code) or _is_empty(total, parts):
            continue
        if not any(is_part(one.row_name) for one in parts):
            yield _check_sum(rule, table, total, parts)


def sources(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks in each column that the amount is the sum of the funds that it was paid from, if several are printed.

    If other funds are not among them, only an amount smaller than their sum is certain to be wrong.
    """
    table = facts.annexed[rule.table]
    rows = [row for row in _SOURCES if row in facts.rows(table.key)]
    for column in layout_of(table.key).columns if len(rows) > 1 else ():
        total, parts = facts.get(table.key, "amount", column), _cells(facts, table, [(row, column) for row in rows])
        if total is None or not parts or total.blank or all(one.blank for one in parts):
            continue
        check = _check_sum(rule, table, total, parts)
        if check.made and _REST not in rows and sum(map(_amount, parts)) < _amount(total):
            check = check.judged(verdict=Verdict.UNBOUND, reason="资金来源可能未列全")
        unknown = [one for one in facts.unknown(table.key) if one.concept.column == column and one.amount]
        yield _leave_undecided(check, [one.where for one in unknown])


def stated(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that the table prints what sentences state about a column. Where one sentence agrees with the table, those
    that differ get no check: they may be about a part (召开…会议，会议费0.50万元), and another rule reports that two
    sentences differ."""
    table = facts.table(rule.table)
    found: dict[int, list[Fact]] = {}
    for fact, cell in _pair_statements_with_spending(facts, table):
        found.setdefault(cell.id, []).append(fact)
    for number, facts_told in found.items():
        cell = facts.facts[number]
        agreeing = [fact for fact in facts_told if fact.amount == cell.amount]
        for fact in agreeing or facts_told:
            check = Check(
                UNNUMBERED, rule, fact.named, "=", term_of(fact), term_of(cell), verdict=Verdict.CONSISTENT, tie=True
            )
            doubts = [cell.where] if cell.amount is None or cell.repeated else []
            yield _leave_undecided(check, doubts + ([] if table.unit_stated else [f"{table.label}的金额单位"]))


def _pair_statements_with_spending(facts: Facts, table: RecognisedTable) -> Iterator[tuple[Fact, Fact]]:
    """Yields each statement about a column, with the cell of the amount spent."""
    columns = {topic: column for column, topics in layout_of(table.key).stated.items() for topic in topics}
    for fact in facts.statements():
        if fact.claim is None or fact.claim.measure not in (Measure.FINAL, Measure.BUDGET) or not usable(fact):
            continue
        column = next((columns[path] for path in _stated_paths(fact) if path in columns), None)
        cell = None if column is None else _spending_cell(facts, table, column)
        if cell and not cell.blank and dimension_of(cell.figure.unit) == fact.figure.dimension:
            yield fact, cell


def vehicles(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that 公务用车保有量, as sentences state it, is not more than all vehicles of the table."""
    table = facts.annexed[rule.table]
    total = facts.get(table.key, "amount", "total")
    if total is None or total.amount is None or total.blank:
        return
    for fact in facts.statements():
        if fact.claim is None or said(fact).measure is not Measure.COUNT or not usable(fact):
            continue
        words = f"{said(fact).topic.phrase}{said(fact).words}"
        if fact.figure.unit in ("辆", "台") and _KEPT in words and not any(word in words for word in _NOT_KEPT):
            yield _check(rule, fact.named, "<=", [fact], [total])


def _stated_paths(fact: Fact) -> list[str]:
    """Returns the concept paths that a sentence states a figure for. For a final amount, its topic is one of them."""
    paths = [target.path for target in fact.target]
    return [*paths, fact.claim.topic.key] if fact.claim and fact.claim.measure is Measure.FINAL else paths


def _spending_cell(facts: Facts, table: RecognisedTable, column: str) -> Fact | None:
    """Returns the cell of a column in the row of the amounts spent: the total row of a table with codes, else the only
    row."""
    layout = layout_of(table.key)
    only = "" if layout.shape == "single" else "amount"
    return facts.get(table.key, "total" if layout.rows_of else only, column)


def _known_rows(facts: Facts, table: RecognisedTable) -> Sequence[str]:
    return [row for row in facts.rows(table.key) if not row.startswith("?")]


def _cells(facts: Facts, table: RecognisedTable, places: Sequence[tuple[str, str]]) -> list[Fact]:
    return [fact for row, column in places if (fact := facts.get(table.key, row, column))]


def _check_sum(rule: Rule, table: RecognisedTable, total: Fact, parts: Sequence[Fact]) -> Check:
    """Checks a total against its parts. Leaves it undecided if one of them cannot be read or the table is cut off."""
    check = _check(rule, total.where, "=", [total], parts)
    doubts = [one.where for one in (total, *parts) if one.amount is None or one.repeated]
    cut = table.grid is not None and table.grid.cut
    return _leave_undecided(check, [*doubts, *([f"{table.label}的后续部分"] if cut else [])])


def _is_empty(total: Fact, parts: Sequence[Fact]) -> bool:
    return total.blank and all(one.blank for one in parts)


def _check(rule: Rule, scope: str, operator: Operator, left: Sequence[Fact], right: Sequence[Fact]) -> Check:
    terms, others = (tuple((1, one.id) for one in side) for side in (left, right))
    return Check(UNNUMBERED, rule, scope, operator, terms, others, defines=operator == "=", verdict=Verdict.CONSISTENT)


def _leave_undecided(check: Check, doubts: Sequence[str]) -> Check:
    """Returns the check, with the verdict `not_checked` if there are doubts: the places or things that cannot be
    read."""
    if not doubts or not check.made:
        return check
    return check.judged(verdict=Verdict.NOT_CHECKED, reason=unreadable_reason(doubts))


def _amount(fact: Fact) -> int:
    return fact.amount or 0


#: Rule kind → binder; each takes a rule whose table the document has, and yields checks without ids.
BINDERS = {
    "annexed_accounts": accounts,
    "annexed_sums": sums,
    "annexed_projects": projects,
    "annexed_sources": sources,
    "annexed_stated": stated,
    "annexed_vehicles": vehicles,
}
