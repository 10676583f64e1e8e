"""Questions on 年初预算, beside the department's own published budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.changes import quantity
from gouji.checks.narrative.spoken import Spoken, said, spoken, usable
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.years.amounts import Amount, amounts_of, money, parts_of, same, unit_of
from gouji.review.years.model import YearRule
from gouji.review.years.tied import Tied, concerned, leading, listed, observed

_PREFIXES = ("initial.", "budget.")
_GROUPS = {"three_public": "“三公”经费预算", "general_budget": "一般公共预算财政拨款支出预算"}


def budget(rule: YearRule, material: Material) -> Iterator[Observation]:
    """Asks about every budget figure of the account that a budget's tables plan: one question for 三公, one for
    spending by item, and one for each other quantity."""
    if material.budget is None:
        return
    groups: dict[str, list[Tied]] = {}
    for path, prints in _budget_figures(material.facts, rule).items():
        group = path.partition("[")[0].partition(".")[0]
        groups.setdefault(group, []).append(_compare_prints(path, prints, material.budget))
    for group, found in groups.items():
        yield from observed(rule, material, found, "部门预算", partial(_ask, rule, material, group))
    yield from _observe_adjusted(rule, material.facts)


def _budget_figures(facts: Facts, rule: YearRule) -> dict[str, list[Amount]]:
    """Returns the account's budget figures, by the concept path under which the budget prints them. Leaves out columns
    that call theirs an adjusted budget."""
    found: dict[str, list[Amount]] = {}
    for fact in _columns(facts):
        silent = fact.blank and fact.concept.column == "budget.total"
        if fact.amount is not None and not (silent or fact.repeated or _is_adjusted(fact, facts, rule)):
            found.setdefault(fact.concept.path, []).append(Amount(fact.amount, fact.radius, fact.where, fact))
    index = spoken(facts)
    for fact in index.claims:
        for path, amount in _stated_budgets(index, fact):
            found.setdefault(path, []).append(amount)
    return found


def _stated_budgets(index: Spoken, fact: Fact) -> Iterator[tuple[str, Amount]]:
    """Yields the budget that a statement gives, or that its change against the budget implies, by concept path."""
    claim = said(fact)
    if in_report(fact) or not usable(fact) or fact.amount is None:
        return
    if claim.measure in (Measure.INITIAL, Measure.BUDGET):
        for path in _paths(claim.reading):
            yield path, Amount(fact.amount, fact.radius, fact.named, fact)
    elif claim.measure is Measure.CHANGE and claim.against is Measure.INITIAL and claim.topic.initial:
        now = quantity(index, fact)
        if now is not None and now.amount is not None:
            implied = Amount(now.amount - fact.amount, now.radius + fact.radius, f"{fact.named}推算", fact)
            for path in _paths(claim.topic.initial[0]):
                yield path, implied


def _columns(facts: Facts) -> Iterator[Fact]:
    """Returns the 预算数 of the 三公 table."""
    table = facts.tables.get("three_public")
    if table is None or not table.unit_stated:
        return
    yield from (
        one for one in facts if one.concept.table == "three_public" and one.concept.column.startswith("budget.")
    )


def _is_adjusted(fact: Fact, facts: Facts, rule: YearRule) -> bool:
    table = facts.tables[fact.concept.table]
    return any(word in text for word in rule.words for text in (fact.column_name, *table.notes))


def _paths(reading: str) -> Iterator[str]:
    """Returns the budget document's paths for a reading: `initial.general_budget[208].total` plans
    `general_budget[208].total`. For 三公 the path is the column of the budget itself."""
    for one in (part.strip() for part in reading.split("|") if part):
        for table in ("three_public.budget.", "three_public.initial."):
            if one.startswith(table):
                yield one.replace("initial", "budget")
        for prefix in _PREFIXES:
            if one.startswith(prefix):
                yield one.removeprefix(prefix)
        if one in ("narrative.operating.initial", "narrative.operating.budget"):
            yield one


def _compare_prints(path: str, prints: Sequence[Amount], other: Facts) -> Tied:
    """Returns the account's prints of a budget figure beside the budget's. All of them must agree with it."""
    others = [then for one in _paths_of_plan(path) for then in amounts_of(other, one)]
    title = _title(path, prints)
    if not others:
        return Tied(title, path, prints[0], None)
    parts = parts_of(other, path)
    for one in prints:
        derived = bool(one.fact and one.fact.claim and one.fact.claim.measure not in BUDGETS)
        agree = [then for then in others if _agrees(one, then, derived) or same(one, then, parts)]
        if not agree:
            return Tied(title, path, one, others[0])
    return Tied(title, path, prints[0], others[0], agree=True)


def _paths_of_plan(path: str) -> tuple[str, ...]:
    """Returns the paths under which a budget may print this plan: in its own words 机关运行经费 is an amount or a
    budget."""
    if not path.startswith("narrative."):
        return (path,)
    stem = path.rpartition(".")[0]
    return f"{stem}.amount", f"{stem}.budget", f"{stem}.initial"


def _agrees(one: Amount, then: Amount, derived: bool) -> bool:
    return derived and abs(one.amount - then.amount) <= one.radius + then.radius


def _title(path: str, prints: Sequence[Amount]) -> str:
    fact = prints[0].fact
    assert fact is not None
    claim = fact.claim
    named = fact.row_name or (claim.topic.phrase if claim else "")
    if path.startswith("three_public."):
        return f"“三公”经费预算·{_THREE_PUBLIC.get(path.rpartition('.')[2], named)}"
    code = path.partition("[")[2].partition("]")[0]
    return f"年初预算·{code + ' ' if code.isdigit() else ''}{named}"


_THREE_PUBLIC = {
    "total": "合计",
    "abroad": "因公出国（境）费",
    "vehicles": "公务用车购置及运行维护费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行维护费",
    "reception": "公务接待费",
}


def _ask(rule: YearRule, material: Material, group: str, broken: Sequence[Tied]) -> Observation:
    first = leading(broken)
    assert first.now
    assert first.then
    more = f"（共{len(broken)}项不同）" if len(broken) > 1 else ""
    return Observation(
        rule,
        _GROUPS.get(group, first.title),
        Outcome.RAISED,
        f"决算所列{first.title}{_describe(first.now, material)}，而部门预算公开为{first.then.printed}{more}，"
        "年初数为何不同？",
        f"{listed(broken, material.facts, '决算', '预算')}。"
        "决算所列如为调整后预算，不应与年初预算混同；请核对预算批复和调整（调剂）文件。",
        concerns=concerned(broken),
    )


def _describe(one: Amount, material: Material) -> str:
    derived = bool(one.fact and one.fact.claim and one.fact.claim.measure is Measure.CHANGE)
    return money(one.amount, unit_of(material.facts)) if derived else one.printed


def _observe_adjusted(rule: YearRule, facts: Facts) -> Iterator[Observation]:
    """Observes the 三公 table's budget figures as on another basis, if the table calls them 全年预算数."""
    if any(_is_adjusted(fact, facts, rule) for fact in _columns(facts)):
        told = "表中印明为全年（调整后）预算数，与年初预算口径不同"
        yield Observation(rule, "“三公”经费决算表的预算数", Outcome.UNKNOWN, "", told)
