"""Draws a department's accounts year after year: the balance of one year opens the next, and its figures are
compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gouji.fictitious.departments.draw import (
    LEAST,
    THREE_PUBLIC,
    THREE_PUBLIC_CODES,
    apportion,
    budgeted,
    near,
    own_spent,
    tied,
)
from gouji.fictitious.departments.further import PUBLIC
from gouji.fictitious.departments.shape import chance
from gouji.fictitious.departments.truth import FUNDS, Flow, Item, Own, Truth, amounts_of
from gouji.fictitious.portfolio.body import YUAN, Body

_COMPARED = (
    "summary[grand_total].income",
    "fiscal_summary[grand_total].income",
    "general_budget[total].total",
    PUBLIC,
    *(f"three_public.actual.{part}" for part in (*THREE_PUBLIC, "vehicles", "total")),
)
_SUPPORT = {"2080505": 130, "2080506": 65, "2080501": 40, "2080502": 40, "2101101": 60, "2101102": 60, "2210201": 95}
"""Spending on contributions, pensions and housing, of a thousand of running costs."""
_TEN_THOUSAND = 10_000 * YUAN
_LEAST_PROJECT = 10 * LEAST
_CAR, _TRIP, _CAR_YEAR, _GUEST = 180_000 * YUAN, 120_000 * YUAN, 30_000 * YUAN, 110 * YUAN


@dataclass(frozen=True)
class Procurement:
    """政府采购 by kind, and the part that went to smaller enterprises."""

    goods: int
    works: int
    services: int
    medium: int  # 中小企业
    small: int  # of them 小微企业

    @property
    def total(self) -> int:
        """Returns 政府采购支出总额."""
        return self.goods + self.works + self.services


@dataclass(frozen=True)
class Year:
    """One year's true accounts, with facts beyond the tables."""

    year: int
    staff: int
    retired: int
    truth: Truth
    procurement: Procurement


def years_of(rng: Random, body: Body) -> Iterator[Year]:
    """Yields the years that a department publishes. The year before them is drawn too, for comparison."""
    items = _first_items(rng, body)
    staff, retired = body.habits.staff, body.habits.retired
    before = amounts_of(_truth(rng, body, items, {}))
    for year in body.years:
        staff, retired = max(2, staff + rng.randint(-2, 3)), max(1, retired + rng.randint(-1, 2))
        items = tuple(_next_item(rng, item, body.habits.carry) for item in items)
        truth = _truth(rng, body, items, {concept: before.get(concept, 0) for concept in _COMPARED})
        before = amounts_of(truth)
        yield Year(year, staff, retired, truth, _procurement(rng, before))


def _first_items(rng: Random, body: Body) -> tuple[Item, ...]:
    """Returns the items of the year before the first."""
    shape, habits, office = body.shape, body.habits, body.office
    running = habits.staff * habits.cost
    projects = office.project * habits.staff * _TEN_THOUSAND // len(shape.main)
    items = []
    for position, code in enumerate(shape.main):
        basic = 0 if position else running
        project = 0 if basic and not shape.institution else projects * rng.randint(300, 1700) // 1000
        own = _first_own(rng, body, running) if basic else Own()
        items.append(Item(code, _flow(rng, 0, basic, project, habits.carry), own=own))
    for code in shape.support:
        items.append(Item(code, _flow(rng, 0, running * _SUPPORT[code] * rng.randint(85, 115) // 100_000, 0, False)))
    if shape.fund:
        items.append(Item(shape.fund, government_fund=_flow(rng, 0, 0, 2 * projects, habits.carry)))
    if shape.capital:
        items.append(Item(shape.capital, state_capital=_flow(rng, 0, 0, running // 10, habits.carry)))
    return tuple(sorted(items, key=lambda item: item.code))


def _first_own(rng: Random, body: Body, running: int) -> Own:
    """Returns its own income and spending beside fiscal money: 事业收入 is large, all else small."""
    shares = {kind: (400, 2000) if kind == "operations" else (20, 120) for kind in body.office.own}
    income = {kind: max(LEAST, running * rng.randint(*share) // 1000) for kind, share in shares.items()}
    surplus = rng.randint(LEAST, running // 20) if body.habits.gap else 0
    return own_spent(rng, income, 0, surplus, body.habits.carry) if income else Own()


def _next_item(rng: Random, item: Item, carry: bool) -> Item:
    """Returns the item a year later."""
    general, fund, capital = (_next_flow(rng, item.flow(name), carry) for name in FUNDS)
    return Item(item.code, general, fund, capital, _next_own(rng, item.own, carry))


def _next_flow(rng: Random, last: Flow, carry: bool) -> Flow:
    if last == Flow():
        return last
    basic = last.basic * rng.randint(960, 1070) // 1000
    project = last.project and max(_LEAST_PROJECT, last.project * rng.randint(700, 1400) // 1000)
    return _flow(rng, last.closing, basic, project, carry)


def _flow(rng: Random, opening: int, basic: int, project: int, carry: bool) -> Flow:
    """Returns money with the given spending: some may remain at the end, and some comes in every year."""
    spent = basic + project
    closing = rng.randint(LEAST, spent // 4) if carry and project and chance(rng, 60) else 0
    return Flow(opening, max(LEAST, spent + closing - opening), basic, project)


def _next_own(rng: Random, last: Own, carry: bool) -> Own:
    if not last.income:
        return last
    income = {kind: max(LEAST, cents * rng.randint(850, 1200) // 1000) for kind, cents in last.income.items()}
    surplus = max(LEAST, last.surplus_used * rng.randint(800, 1250) // 1000) if last.surplus_used else 0
    return own_spent(rng, income, last.closing, surplus, carry)


def _truth(rng: Random, body: Body, items: tuple[Item, ...], prior: dict[str, int]) -> Truth:
    """Returns the accounts of a year with the given items."""
    economic = _economic(rng, body, items)
    actual = _three_public(rng, economic, sum(item.general_budget.project for item in items))
    spending = {item.code: item.general_budget.expenditure for item in items if item.general_budget.expenditure}
    budgets = {code: near(rng, cents, same=35) for code, cents in spending.items()}
    three_public = {"budget": budgeted(rng, actual), "actual": actual}
    return Truth(items, economic, three_public, prior, budgets, _counts(rng, actual))


def _economic(rng: Random, body: Body, items: tuple[Item, ...]) -> dict[str, int]:
    """Returns basic spending by economic code, by the department's habits."""
    basic = {item.code: item.general_budget.basic for item in items}
    economic = tied(basic)
    rest = sum(basic.values()) - sum(economic.values())
    personnel = rest * (body.habits.personnel + rng.randint(-10, 10)) // 1000
    for cents, habits in ((personnel, body.habits.wages), (rest - personnel, body.habits.office)):
        weights = [weight * rng.randint(90, 110) for weight in habits.values()]
        economic |= dict(zip(habits, apportion(cents, weights), strict=True))
    return dict(sorted(economic.items()))


def _three_public(rng: Random, economic: dict[str, int], project: int) -> dict[str, int]:
    """Returns the 三公 expenses of a year: the basic spending on them, and now and then a car out of project money."""
    actual = {part: economic.get(THREE_PUBLIC_CODES.get(part, ""), 0) for part in THREE_PUBLIC}
    if project > 10 * _CAR and chance(rng, 12):
        actual["vehicle_purchase"] = rng.randint(1, 2) * _CAR * rng.randint(80, 120) // 100
    return actual


def _counts(rng: Random, actual: dict[str, int]) -> dict[str, int]:
    """Returns the numbers of trips, guests and cars in proportion to the money, zero exactly where there is none."""
    groups = -(-actual["abroad"] // _TRIP)
    guests = actual["reception"] and max(1, actual["reception"] * 10 // (_GUEST * rng.randint(8, 12)))
    bought = actual["vehicle_purchase"] and max(1, actual["vehicle_purchase"] * 2 // (3 * _CAR))
    kept = actual["vehicle_operation"] and max(1, actual["vehicle_operation"] // _CAR_YEAR)
    return {
        "groups": groups,
        "travellers": groups * rng.randint(2, 5),
        "visits": guests and max(1, guests // rng.randint(4, 9)),
        "guests": guests,
        "bought": bought,
        "cars": max(bought, kept),
    }


def _procurement(rng: Random, amounts: dict[str, int]) -> Procurement:
    """Returns 政府采购: a part of office and project money."""
    total = (amounts[PUBLIC] + amounts.get("general_budget[total].project", 0)) * rng.randint(150, 450) // 1000
    works = total // 3 if total > 100 * _TEN_THOUSAND else 0
    goods = (total - works) * rng.randint(200, 800) // 1000
    medium = total * rng.randint(500, 950) // 1000
    return Procurement(goods, works, total - works - goods, medium, medium * rng.randint(300, 900) // 1000)
