"""Draws the true accounts of a fictitious department for a seed: amounts in 分, balanced by construction."""

from __future__ import annotations

from random import Random

from gouji.fictitious.departments.codes import ECONOMIC_NAMES
from gouji.fictitious.departments.shape import Shape, chance, is_running
from gouji.fictitious.departments.templates import Template
from gouji.fictitious.departments.truth import OWN_INCOME, Flow, Item, Own, Truth, amounts_of, three_public_totals

LEAST = 100_000
"""The smallest true amount, 1,000 元: it never prints as 0.00, nor does a change by as much."""

_TIES = {"30108": ("2080505",), "30109": ("2080506",), "30113": ("2210201",), "30110": ("2101101", "2101102")}
"""Economic codes and the items of the same nature, which a consistent department prints with the same amount."""

_RETIREES = ("2080501", "2080502")
_WAGES = {"30101": 30, "30102": 24, "30103": 14, "30107": 20}
"""Wages, what contributions are a part of, by their usual weights; the first is always paid."""
_SALARIES = {**_WAGES, "30112": 2, "30199": 3, "30304": 1, "30305": 2, "30309": 1, "30399": 1}
_RATES = {"30108": 160, "30109": 80, "30110": 70, "30113": 120}
"""Contributions and housing, of a thousand of wages; 职业年金 is not paid by all."""
_SUPPORT = {"2080505": 80, "2080506": 40, "2101101": 40, "2101102": 40, "2210201": 60}
"""The same by item, and (`_SUPPORT_ELSE`) pensions and subsidies, of a thousand of the main items' basic spending."""
_SUPPORT_ELSE = 30
_OFFICE = ("30202", "30205", "30206", "30207", "30209", "30213", "30215", "30216", "30226", "30227")
_OFFICE_MORE = ("30228", "30229", "30239", "30299", "31002", "39999")
_OF_WAGES = {"30228": 20, "30229": 25}
"""工会经费, 福利费, of a thousand of wages."""
_SELDOM = ("30299", "39999")
"""What is for the rest alone, and small."""
_GUEST, _CAR_YEAR = 11_000, 3_000_000
"""What a guest costs, and a car a year."""
THREE_PUBLIC_CODES = {"abroad": "30212", "vehicle_operation": "30231", "reception": "30217"}
THREE_PUBLIC = ("abroad", "vehicle_purchase", "vehicle_operation", "reception")


def split(rng: Random, total: int, count: int) -> list[int]:
    """Returns `count` amounts, each at least LEAST, that add up to `total`."""
    return apportion(total, [rng.randint(1, 100) for _ in range(count)])


def apportion(total: int, weights: list[int]) -> list[int]:
    """Divides `total` by these weights, each part at least LEAST."""
    free = total - len(weights) * LEAST
    if free < 0:
        raise ValueError(f"{total} is too small for {len(weights)} parts")
    parts = [LEAST + free * weight // sum(weights) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


def near(rng: Random, cents: int, same: int = 20) -> int:
    """Returns an amount to compare with: the same in `same` % of cases (always for 0), else off by 3-30 %, at least by
    LEAST."""
    if not cents or chance(rng, same):
        return cents
    gap = max(LEAST, cents * rng.randint(30, 300) // 1000)
    return cents - gap if cents - gap >= LEAST and chance(rng, 50) else cents + gap


def _flow(rng: Random, basic: int, project: int, carry: bool, only_opening: bool = False) -> Flow:
    """Returns the fiscal money of one item with the given spending. `only_opening`: nothing came in this year."""
    spent = basic + project
    closing = rng.randint(LEAST, spent // 2) if carry and chance(rng, 50) else 0
    if only_opening:
        return Flow(opening=spent + closing, basic=basic, project=project)
    opening = rng.randint(LEAST, spent // 2) if carry and chance(rng, 60) else 0
    return Flow(opening, spent + closing - opening, basic, project)


def _general(rng: Random, code: str, first: bool, scale: int, carry: bool, may_be_old: bool) -> Flow:
    """Returns the general budget money of a main item; the first one always has basic spending."""
    if is_running(code):
        return _flow(rng, rng.randint(scale, 4 * scale), 0, carry and chance(rng, 30))
    basic = rng.randint(scale, 3 * scale) if first else (rng.randint(scale // 4, scale) if chance(rng, 20) else 0)
    if first and chance(rng, 30):
        return _flow(rng, basic, 0, carry)
    project = rng.randint(scale // 4, 2 * scale)
    return _flow(rng, basic, project, carry, may_be_old and not first and chance(rng, 30))


def _kinds(rng: Random, institution: bool) -> list[str]:
    """Returns the kinds of income besides fiscal money that a department has, often none."""
    chances = dict.fromkeys(OWN_INCOME, 0) | {"other": 45, "superior": 10}
    if institution:
        chances |= {"operations": 50, "business": 30, "superior": 20, "subordinate": 12}
    return [kind for kind in OWN_INCOME if chance(rng, chances[kind])]


def _outlay(rng: Random, spend: int, business: int, running: bool) -> dict[str, int]:
    """Returns how own money of one item was spent: 经营支出 out of 经营收入, the rest mostly project. Where it pays for
    `running` costs, some is basic."""
    outlay: dict[str, int] = {}
    if business:
        operating = business * rng.randint(600, 950) // 1000
        outlay["operating"] = operating if spend - operating >= LEAST else spend
        spend -= outlay["operating"]
    for kind in ("remitted", "subsidised"):
        if spend > 20 * LEAST and chance(rng, 15):
            outlay[kind] = spend * rng.randint(60, 150) // 1000
            spend -= outlay[kind]
    if running and spend > 4 * LEAST and chance(rng, 60):
        outlay["basic"], outlay["project"] = split(rng, spend, 2)
    elif spend:
        outlay[rng.choice(("basic", "project")) if running else "project"] = spend
    return outlay


def _own(rng: Random, kinds: list[str], scale: int, carry: bool, gap: bool) -> Own:
    """Returns own money of one item. With a `gap`, 使用非财政拨款结余 fills it, and nothing is carried over or
    distributed. Other income (interest and the like) is small."""
    income = {kind: rng.randint(scale // 20 + LEAST, scale) // (12 if kind == "other" else 1) for kind in kinds}
    earned = "operations" in income or "business" in income
    opening = rng.randint(LEAST, scale // (4 if earned else 24)) if carry and chance(rng, 60) else 0
    surplus = rng.randint(LEAST, scale // 4) if gap else 0
    return own_spent(rng, income, opening, surplus, carry)


def own_spent(rng: Random, income: dict[str, int], opening: int, surplus: int, carry: bool) -> Own:
    """Returns how own money is spent, carried over and distributed. With a `surplus` used, nothing is carried over or
    distributed."""
    pool = sum(income.values()) + opening + surplus
    closing = pool * rng.randint(100, 400) // 1000 if carry and chance(rng, 70) else 0
    earned = "operations" in income or "business" in income
    # Earnings are never spent to the cent: what is not carried over is distributed.
    share = rng.randint(20, 60) if earned and not surplus and (chance(rng, 40) or not closing) else 0
    distribution = pool * share // 1000
    # What runs a department is fiscal money, unless it earns its own or a grant or savings pay for it.
    running = earned or "superior" in income or bool(surplus)
    outlay = _outlay(rng, pool - closing - distribution, income.get("business", 0), running)
    return Own(opening, surplus, income, outlay, distribution)


def _items(rng: Random, shape: Shape) -> tuple[Item, ...]:
    """Returns all items of the department with their money."""
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
    running = sum(item.general_budget.basic for item in items)
    for code in shape.support:
        cents = running * _SUPPORT.get(code, _SUPPORT_ELSE) * rng.randint(85, 115) // 100_000
        items.append(Item(code, _flow(rng, cents, 0, carry=False)))
    if shape.fund:
        items.append(Item(shape.fund, government_fund=_flow(rng, 0, rng.randint(scale // 4, 2 * scale), carry)))
    if shape.capital:
        items.append(Item(shape.capital, state_capital=_flow(rng, 0, rng.randint(scale // 20, scale // 4), carry)))
    return tuple(sorted(items, key=lambda item: item.code))


def tied(basic: dict[str, int]) -> dict[str, int]:
    """Returns the economic codes that basic spending by item already determines: contributions, housing, pensions
    paid."""
    economic = {code: cents for code, twins in _TIES.items() if (cents := sum(basic.get(twin, 0) for twin in twins))}
    if retirees := sum(basic.get(code, 0) for code in _RETIREES):
        economic["30302"] = retirees
    return economic


def _economic(rng: Random, shape: Shape, items: tuple[Item, ...], template: Template) -> dict[str, int]:
    """Returns basic spending out of the general budget by economic code."""
    basic = {item.code: item.general_budget.basic for item in items}
    economic = tied(basic)
    rest = sum(basic.values()) - sum(economic.values())
    salaries = ["30101", *rng.sample(sorted(set(_SALARIES) - {"30101"}), rng.randint(2, 6))]
    if not shape.institution:
        salaries = [code for code in salaries if code != "30107"]
    unpaid = [code for code, twins in _TIES.items() if not set(twins) & set(basic)]
    unpaid = [code for code in unpaid if chance(rng, 40) or code != "30109"]
    personnel = rest * rng.randint(700, 900) // 1000
    economic |= _personnel(rng, personnel, salaries, unpaid)
    more = [code for code in _OFFICE_MORE if template.basic_blocks != 2 or not code.startswith("399")]
    office = ["30201", "30211", *rng.sample([*_OFFICE, *THREE_PUBLIC_CODES.values()], rng.randint(3, 7))]
    office += rng.sample(more, rng.randint(0, 3))
    economic |= _office(rng, rest - personnel, office, sum(economic.get(code, 0) for code in _WAGES))
    return {code: economic[code] for code in sorted(economic) if code in ECONOMIC_NAMES}


def _personnel(rng: Random, total: int, salaries: list[str], contributions: list[str]) -> dict[str, int]:
    """Returns personnel money: salaries, and contributions in proportion to the wages among them."""
    weights = {code: 1000 * _SALARIES[code] * rng.randint(70, 130) for code in salaries}
    wages = sum(weights[code] for code in weights if code in _WAGES)
    weights |= {code: wages * _RATES[code] * rng.randint(85, 115) // 100_000 for code in contributions}
    return dict(zip(weights, apportion(total, list(weights.values())), strict=True))


def _office(rng: Random, total: int, codes: list[str], wages: int) -> dict[str, int]:
    """Returns office money: union and welfare fees in proportion to wages, the rest at random."""
    fees = {
        code: max(LEAST, wages * _OF_WAGES[code] * rng.randint(80, 120) // 100_000)
        for code in codes
        if code in _OF_WAGES
    }
    others = [code for code in codes if code not in fees]
    weights = [0 if code in _SELDOM else rng.randint(50, 100) for code in others]
    return fees | dict(zip(others, apportion(total - sum(fees.values()), weights), strict=True))


def _three_public(rng: Random, economic: dict[str, int], project: int) -> dict[str, dict[str, int]]:
    """Returns the 三公 expenses: at least the basic spending of the same kind, at most the budget."""
    actual = {part: economic.get(THREE_PUBLIC_CODES.get(part, ""), 0) for part in THREE_PUBLIC}
    for part in THREE_PUBLIC:
        if project > 60 * LEAST and chance(rng, 20):
            actual[part] += rng.randint(LEAST, project // 30)
    return {"budget": budgeted(rng, actual), "actual": actual}


def budgeted(rng: Random, actual: dict[str, int]) -> dict[str, int]:
    """Returns a budget for the 三公 expenses that is kept."""
    budget = dict(actual)
    for part in THREE_PUBLIC:
        if (actual[part] and chance(rng, 70)) or (part == "reception" and chance(rng, 40)):
            budget[part] += rng.randint(LEAST, max(actual[part] // 2, 5 * LEAST))
    return budget


def _prior(rng: Random, amounts: dict[str, int]) -> dict[str, int]:
    """Returns last year's figures for the narrative. The general budget lies within the whole there too."""
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
    """Returns the numbers of trips, guests and cars, which are zero exactly where the money is zero."""
    groups = rng.randint(1, 3) if actual["abroad"] else 0
    guests = actual["reception"] and max(1, actual["reception"] * 10 // (_GUEST * rng.randint(8, 12)))
    bought = rng.randint(1, 2) if actual["vehicle_purchase"] else 0
    kept = max(1, bought, actual["vehicle_operation"] // _CAR_YEAR) if actual["vehicle_operation"] else bought
    return {
        "groups": groups,
        "travellers": groups * rng.randint(1, 4),
        "visits": guests and max(1, guests // rng.randint(4, 9)),
        "guests": guests,
        "bought": bought,
        "cars": kept,
    }


def draw_truth(rng: Random, template: Template, shape: Shape) -> Truth:
    """Returns the accounts of a department of that shape, in 分."""
    items = _items(rng, shape)
    economic = _economic(rng, shape, items, template)
    project = sum(item.general_budget.project for item in items)
    three_public = _three_public(rng, economic, project)
    spending = {item.code: item.general_budget.expenditure for item in items if item.general_budget.expenditure}
    budgets = {code: near(rng, cents, same=35) for code, cents in spending.items()}
    plain = Truth(items, economic, three_public, {}, budgets, _counts(rng, three_public["actual"]))
    return Truth(items, economic, three_public, _prior(rng, amounts_of(plain)), budgets, plain.counts)
