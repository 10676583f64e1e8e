"""Draws the true accounts of a fictitious department for a seed: amounts in 分, balanced by construction."""

from __future__ import annotations

from random import Random

from gouji.fictitious.departments.codes import ECONOMIC_NAMES
from gouji.fictitious.departments.shape import Shape, chance, draw_shape, is_running
from gouji.fictitious.departments.templates import Template
from gouji.fictitious.departments.truth import OWN_INCOME, Flow, Item, Own, Truth, amounts_of, three_public_totals

LEAST = 100_000
"""The smallest true amount, 1,000 元: it never prints as 0.00, nor does a change by as much."""

_TIES = {"30108": ("2080505",), "30109": ("2080506",), "30113": ("2210201",), "30110": ("2101101", "2101102")}
"""Economic codes and the items of the same nature, which a consistent department prints with the same amount."""

_RETIREES = ("2080501", "2080502")
_SALARIES = ("30102", "30103", "30107", "30112", "30199", "30304", "30305", "30309", "30399")
_OFFICE = ("30202", "30205", "30206", "30207", "30209", "30211", "30213", "30215", "30216", "30226", "30227")
_OFFICE_MORE = ("30228", "30229", "30239", "30299", "31002", "39999")
THREE_PUBLIC_CODES = {"abroad": "30212", "vehicle_operation": "30231", "reception": "30217"}
THREE_PUBLIC = ("abroad", "vehicle_purchase", "vehicle_operation", "reception")


def split(rng: Random, total: int, count: int) -> list[int]:
    """`count` amounts, each at least LEAST, that add up to `total`."""
    return apportion(total, [rng.randint(1, 100) for _ in range(count)])


def apportion(total: int, weights: list[int]) -> list[int]:
    """`total` by these weights, each part at least LEAST."""
    free = total - len(weights) * LEAST
    if free < 0:
        raise ValueError(f"{total} is too small for {len(weights)} parts")
    parts = [LEAST + free * weight // sum(weights) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


def near(rng: Random, cents: int, same: int = 20) -> int:
    """An amount to compare with: the same in `same` % of cases (always for 0), or off by 3-30 %, at least by LEAST."""
    if not cents or chance(rng, same):
        return cents
    gap = max(LEAST, cents * rng.randint(30, 300) // 1000)
    return cents - gap if cents - gap >= LEAST and chance(rng, 50) else cents + gap


def _flow(rng: Random, basic: int, project: int, carry: bool, only_opening: bool = False) -> Flow:
    """Fiscal money of one item whose spending is given; `only_opening`: nothing came in this year."""
    spent = basic + project
    closing = rng.randint(LEAST, spent // 2) if carry and chance(rng, 50) else 0
    if only_opening:
        return Flow(opening=spent + closing, basic=basic, project=project)
    opening = rng.randint(LEAST, spent // 2) if carry and chance(rng, 60) else 0
    return Flow(opening, spent + closing - opening, basic, project)


def _general(rng: Random, code: str, first: bool, scale: int, carry: bool, may_be_old: bool) -> Flow:
    """General budget money of a main item: the first one always has basic spending."""
    if is_running(code):
        return _flow(rng, rng.randint(scale, 4 * scale), 0, carry and chance(rng, 30))
    basic = rng.randint(scale, 3 * scale) if first else (rng.randint(scale // 4, scale) if chance(rng, 20) else 0)
    if first and chance(rng, 30):
        return _flow(rng, basic, 0, carry)
    project = rng.randint(scale // 4, 2 * scale)
    return _flow(rng, basic, project, carry, may_be_old and not first and chance(rng, 30))


def _kinds(rng: Random, institution: bool) -> list[str]:
    """The kinds of income besides fiscal money that a department has, often none."""
    chances = dict.fromkeys(OWN_INCOME, 0) | {"other": 45, "superior": 10}
    if institution:
        chances |= {"operations": 50, "business": 30, "superior": 20, "subordinate": 12}
    return [kind for kind in OWN_INCOME if chance(rng, chances[kind])]


def _outlay(rng: Random, spend: int, business: int) -> dict[str, int]:
    """How own money of one item was spent: 经营支出 out of 经营收入, the rest mostly basic and project."""
    outlay: dict[str, int] = {}
    if business:
        operating = business * rng.randint(600, 950) // 1000
        outlay["operating"] = operating if spend - operating >= LEAST else spend
        spend -= outlay["operating"]
    for kind in ("remitted", "subsidised"):
        if spend > 20 * LEAST and chance(rng, 15):
            outlay[kind] = spend * rng.randint(60, 150) // 1000
            spend -= outlay[kind]
    if spend > 4 * LEAST and chance(rng, 60):
        outlay["basic"], outlay["project"] = split(rng, spend, 2)
    elif spend:
        outlay[rng.choice(("basic", "project"))] = spend
    return outlay


def _own(rng: Random, kinds: list[str], scale: int, carry: bool, gap: bool) -> Own:
    """Own money of one item; with a `gap` 使用非财政拨款结余 fills it, then nothing is carried over or distributed."""
    income = {kind: rng.randint(scale // 20 + LEAST, scale) for kind in kinds}
    opening = rng.randint(LEAST, scale // 4) if carry and chance(rng, 60) else 0
    surplus = rng.randint(LEAST, scale // 4) if gap else 0
    return own_spent(rng, income, opening, surplus, carry)


def own_spent(rng: Random, income: dict[str, int], opening: int, surplus: int, carry: bool) -> Own:
    """How own money is spent, carried over and distributed; with a `surplus` used, neither of the last two."""
    pool = sum(income.values()) + opening + surplus
    closing = pool * rng.randint(100, 400) // 1000 if carry and chance(rng, 70) else 0
    earned = "operations" in income or "business" in income
    share = rng.randint(20, 60) if earned and not surplus and chance(rng, 40) else 0
    distribution = pool * share // 1000
    spend = pool - closing - distribution
    return Own(opening, surplus, income, _outlay(rng, spend, income.get("business", 0)), distribution)


def _items(rng: Random, shape: Shape) -> tuple[Item, ...]:
    """All items of the department with their money."""
    scale = rng.choice((20_000_000, 60_000_000, 300_000_000)) + rng.randint(0, 9_999_999)
    carry = chance(rng, 55)
    kinds = _kinds(rng, shape.institution)
    gap = bool(kinds) and shape.institution and not carry and chance(rng, 40)
    owners = shape.main[: rng.randint(1, 2)] if kinds else ()
    items = []
    for position, code in enumerate(shape.main):
        general = _general(rng, code, position == 0, scale, carry, may_be_old=carry)
        own = _own(rng, kinds, scale, carry, gap) if code in owners else Own()
        items.append(Item(code, general, own=own))
    for code in shape.support:
        items.append(Item(code, _flow(rng, rng.randint(scale // 20, scale // 3), 0, carry=False)))
    if shape.fund:
        items.append(Item(shape.fund, government_fund=_flow(rng, 0, rng.randint(scale // 4, 2 * scale), carry)))
    if shape.capital:
        items.append(Item(shape.capital, state_capital=_flow(rng, 0, rng.randint(scale // 20, scale // 4), carry)))
    return tuple(sorted(items, key=lambda item: item.code))


def tied(basic: dict[str, int]) -> dict[str, int]:
    """The economic codes that basic spending by item says already: contributions, housing, pensions paid."""
    economic = {code: cents for code, twins in _TIES.items() if (cents := sum(basic.get(twin, 0) for twin in twins))}
    if retirees := sum(basic.get(code, 0) for code in _RETIREES):
        economic["30302"] = retirees
    return economic


def _economic(rng: Random, shape: Shape, items: tuple[Item, ...], template: Template) -> dict[str, int]:
    """Basic spending out of the general budget by economic code."""
    basic = {item.code: item.general_budget.basic for item in items}
    economic = tied(basic)
    rest = sum(basic.values()) - sum(economic.values())
    salaries = ["30101", *rng.sample(_SALARIES, rng.randint(2, 6))]
    salaries += [code for code, twins in _TIES.items() if not set(twins) & set(basic) and chance(rng, 40)]
    if not shape.institution:
        salaries = [code for code in salaries if code != "30107"]
    office_codes = [*_OFFICE, *_OFFICE_MORE, *THREE_PUBLIC_CODES.values()]
    if template.basic_blocks == 2:
        office_codes = [code for code in office_codes if not code.startswith("399")]
    office = ["30201", *rng.sample(office_codes, rng.randint(3, 9))]
    personnel = rest * rng.randint(600, 900) // 1000
    economic |= dict(zip(salaries, split(rng, personnel, len(salaries)), strict=True))
    economic |= dict(zip(office, split(rng, rest - personnel, len(office)), strict=True))
    return {code: economic[code] for code in sorted(economic) if code in ECONOMIC_NAMES}


def _three_public(rng: Random, economic: dict[str, int], project: int) -> dict[str, dict[str, int]]:
    """三公: never below the basic spending of the same kind, and not above the budget."""
    actual = {part: economic.get(THREE_PUBLIC_CODES.get(part, ""), 0) for part in THREE_PUBLIC}
    for part in THREE_PUBLIC:
        if project > 60 * LEAST and chance(rng, 20):
            actual[part] += rng.randint(LEAST, project // 30)
    return {"budget": budgeted(rng, actual), "actual": actual}


def budgeted(rng: Random, actual: dict[str, int]) -> dict[str, int]:
    """A budget for 三公 that is kept."""
    budget = dict(actual)
    for part in THREE_PUBLIC:
        if (actual[part] and chance(rng, 70)) or (part == "reception" and chance(rng, 40)):
            budget[part] += rng.randint(LEAST, max(actual[part] // 2, 5 * LEAST))
    return budget


def _prior(rng: Random, amounts: dict[str, int]) -> dict[str, int]:
    """Last year's figures that the narrative compares with; there too the general budget lies within the whole."""
    total, fiscal, general = (
        "summary[grand_total].income",
        "fiscal_summary[grand_total].income",
        "general_budget[total].total",
    )
    prior = {general: near(rng, amounts[general])}
    prior[fiscal] = prior[general] + near(rng, amounts[fiscal] - amounts[general])
    prior[total] = prior[fiscal] + near(rng, amounts[total] - amounts[fiscal])
    parts = {}
    for part in THREE_PUBLIC:
        cents = amounts.get(f"three_public.actual.{part}", 0)
        if cents:
            parts[part] = 0 if chance(rng, 15) else near(rng, cents)
        else:
            parts[part] = rng.randint(LEAST, 20 * LEAST) if chance(rng, 20) else 0
    return prior | {f"three_public.actual.{part}": cents for part, cents in three_public_totals(parts).items()}


def _counts(rng: Random, actual: dict[str, int]) -> dict[str, int]:
    """Trips, guests and cars, which are zero exactly where the money is zero."""
    groups = rng.randint(1, 3) if actual["abroad"] else 0
    visits = rng.randint(5, 60) if actual["reception"] else 0
    bought = rng.randint(1, 2) if actual["vehicle_purchase"] else 0
    kept = rng.randint(max(1, bought), 8) if actual["vehicle_operation"] else bought
    return {
        "groups": groups,
        "travellers": groups * rng.randint(1, 4),
        "visits": visits,
        "guests": visits * rng.randint(3, 9),
        "bought": bought,
        "cars": kept,
    }


def draw_truth(rng: Random, template: Template) -> Truth:
    """The accounts of one department."""
    shape = draw_shape(rng, template)
    items = _items(rng, shape)
    economic = _economic(rng, shape, items, template)
    project = sum(item.general_budget.project for item in items)
    three_public = _three_public(rng, economic, project)
    spending = {item.code: item.general_budget.expenditure for item in items if item.general_budget.expenditure}
    budgets = {code: near(rng, cents, same=35) for code, cents in spending.items()}
    plain = Truth(items, economic, three_public, {}, budgets, _counts(rng, three_public["actual"]))
    return Truth(items, economic, three_public, _prior(rng, amounts_of(plain)), budgets, plain.counts)
