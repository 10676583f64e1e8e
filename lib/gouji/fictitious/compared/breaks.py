"""Plants breaks between documents: a year is changed so that its own account holds but another document does not
agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from gouji.fictitious.departments.codes import FUNCTION_NAMES
from gouji.fictitious.departments.truth import FUNDS, Truth
from gouji.fictitious.portfolio.years import Year

_YUAN = 100
_LEAST, _MOST = 3_000 * _YUAN, 90_000 * _YUAN
_COMPARED = {
    "summary[grand_total].income": ("总计", 1),
    "general_budget[total].total": ("一般公共预算财政拨款支出", -1),
    "three_public.actual.reception": ("公务接待费", -1),
    "three_public.actual.vehicles": ("公务用车购置及运行维护费", -1),
}
"""What is told of last year, and whether more or less of it contradicts nothing else that is told."""
_OF_ALL = "three_public.actual.total"
_FUND_NAMES = {"general_budget": "一般公共预算", "government_fund": "政府性基金", "state_capital": "国有资本"}


@dataclass(frozen=True)
class Break:
    """A planted break: the rule that should ask about it, and words that its question must contain."""

    rule: str
    kind: str
    names: str


Broken = tuple[Year, Break]


def plant(kind: str, year: Year, rng: Random) -> Broken | None:
    """Returns the year with a break of that kind, None where it has nothing to break."""
    return KINDS[kind](year, rng)


def _amount(rng: Random) -> int:
    return rng.randint(_LEAST, _MOST)


def _with_year(year: Year, **changed: object) -> Year:
    return replace(year, truth=replace(year.truth, **changed))  # type: ignore[arg-type]


def _prior(year: Year, rng: Random) -> Broken | None:
    """Makes the sentences compare with another amount than last year's account has."""
    usual = [concept for concept in _COMPARED if year.truth.prior.get(concept, 0) > _MOST]
    if not usual:
        return None
    concept = rng.choice(usual)
    name, sign = _COMPARED[concept]
    moved = sign * _amount(rng)
    changed = {concept, _OF_ALL} if concept.startswith("three_public") else {concept}  # changes of 三公 add up
    prior = {key: cents + moved * (key in changed) for key, cents in year.truth.prior.items()}
    return _with_year(year, prior=prior), Break("years.prior", "prior", name)


def _opening(year: Year, rng: Random) -> Broken | None:
    """Makes this year begin with money that last year did not end with."""
    carried = [(at, name) for at, item in enumerate(year.truth.items) for name in FUNDS if item.flow(name).opening]
    if not carried:
        return None
    at, name = rng.choice(carried)
    item = year.truth.items[at]
    flow = item.flow(name)
    cents = min(_amount(rng), flow.income // 2)
    moved = replace(item, **{name: replace(flow, opening=flow.opening + cents, income=flow.income - cents)})  # type: ignore[arg-type]
    items = (*year.truth.items[:at], moved, *year.truth.items[at + 1 :])
    return _with_year(year, items=items), Break("years.opening", "opening", _FUND_NAMES[name])


def _item_budget(year: Year, rng: Random) -> Broken | None:
    """Makes the sentences state another 年初预算 of an item than the budget does."""
    codes = [code for code, cents in year.truth.item_budgets.items() if cents > _MOST]
    if not codes:
        return None
    code = rng.choice(codes)
    budgets = {**year.truth.item_budgets, code: year.truth.item_budgets[code] + _amount(rng)}
    return _with_year(year, item_budgets=budgets), Break("years.budget", "item_budget", FUNCTION_NAMES[code])


def _three_public_budget(year: Year, rng: Random) -> Broken | None:
    """Makes the 三公 budget differ from the budget document's."""
    budget = year.truth.three_public["budget"]
    cents = budget["reception"] + _amount(rng)
    three_public = {**year.truth.three_public, "budget": {**budget, "reception": cents}}
    return _with_year(year, three_public=three_public), Break("years.budget", "three_public_budget", "公务接待费")


def _unit(year: Year, rng: Random) -> Broken | None:
    """Gives a unit more of an item than the department's account was made from."""
    items = year.truth.items
    main = [at for at, item in enumerate(items) if item.general_budget.basic > _MOST]
    if not main or "30201" not in year.truth.economic:
        return None
    at = max(main, key=lambda one: items[one].general_budget.basic)
    cents = _amount(rng)
    flow = items[at].general_budget
    item = replace(items[at], general_budget=replace(flow, income=flow.income + cents, basic=flow.basic + cents))
    economic = {**year.truth.economic, "30201": year.truth.economic["30201"] + cents}
    truth: Truth = replace(year.truth, items=(*items[:at], item, *items[at + 1 :]), economic=economic)
    return replace(year, truth=truth), Break("years.subordinates", "unit", items[at].code)


KINDS: dict[str, Callable[[Year, Random], Broken | None]] = {
    "prior": _prior,
    "opening": _opening,
    "item_budget": _item_budget,
    "three_public_budget": _three_public_budget,
    "unit": _unit,
}
