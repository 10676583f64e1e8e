"""Divides a department's year among its own office and the units below it. Their accounts add up exactly to its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gouji.fictitious.departments.shape import is_running
from gouji.fictitious.departments.truth import FUNDS, Flow, Item, Truth
from gouji.fictitious.portfolio.body import Body
from gouji.fictitious.portfolio.years import Procurement, Year

UNITS = (("本级", 5), ("所属第一中心", 3), ("所属第二中心", 2))
"""Their names and the tenths of the money that goes through each."""
_WHOLE = 10


def units_of(body: Body, year: Year) -> list[tuple[Body, Year]]:
    """Returns the department's own office and its units, each with its year."""
    parts = [_truth(year.truth, weight) for _, weight in UNITS[1:]]
    parts.insert(0, _rest(year.truth, parts))
    named = zip(UNITS, parts, strict=True)
    return [(_body(body, name), _year(year, weight, truth)) for (name, weight), truth in named]


def _body(body: Body, name: str) -> Body:
    return replace(body, office=body.office.model_copy(update={"name": f"{body.office.name}{name}"}))


def _year(year: Year, weight: int, truth: Truth) -> Year:
    bought = year.procurement
    parts = (bought.goods, bought.works, bought.services, bought.medium, bought.small)
    staff, retired = max(1, year.staff * weight // _WHOLE), max(1, year.retired * weight // _WHOLE)
    return Year(year.year, staff, retired, truth, Procurement(*(part * weight // _WHOLE for part in parts)))


def _truth(truth: Truth, weight: int) -> Truth:
    """Returns a part of a year. The running costs are set so that basic spending by item agrees with that by economic
    code."""
    economic = _part(truth.economic, weight)
    items = [_item(item, weight) for item in truth.items]
    missing = sum(economic.values()) - sum(item.general_budget.basic for item in items)
    at = _running(items)
    flow = items[at].general_budget
    moved = replace(flow, income=flow.income + missing, basic=flow.basic + missing)
    items[at] = replace(items[at], general_budget=moved)
    three_public = {side: _part(parts, weight) for side, parts in truth.three_public.items()}
    budgets, prior = _part(truth.item_budgets, weight), _part(truth.prior, weight)
    return Truth(tuple(items), economic, three_public, prior, budgets, _part(truth.counts, weight))


def _running(items: list[Item]) -> int:
    """Returns the item that its running costs are spent on."""
    found = [at for at, item in enumerate(items) if is_running(item.code) and item.general_budget.basic]
    return found[0] if found else max(range(len(items)), key=lambda at: items[at].general_budget.basic)


def _item(item: Item, weight: int) -> Item:
    """Returns an item with a share of the fiscal money. Money it earns itself stays with the department's own
    office."""
    general, fund, capital = (_flow(item.flow(name), weight) for name in FUNDS)
    return Item(item.code, general, fund, capital)


def _flow(flow: Flow, weight: int) -> Flow:
    opening, basic, project, closing = (
        part * weight // _WHOLE for part in (flow.opening, flow.basic, flow.project, flow.closing)
    )
    return Flow(opening, basic + project + closing - opening, basic, project)


def _part(amounts: Mapping[str, int], weight: int) -> dict[str, int]:
    return {key: cents * weight // _WHOLE for key, cents in amounts.items()}


def _rest(truth: Truth, parts: list[Truth]) -> Truth:
    """Returns what the units leave to the department's own office."""
    items = []
    for at, item in enumerate(truth.items):
        general, fund, capital = (
            _less(item.flow(name), [part.items[at].flow(name) for part in parts]) for name in FUNDS
        )
        items.append(Item(item.code, general, fund, capital, item.own))
    economic = _without(truth.economic, [part.economic for part in parts])
    three_public = {
        side: _without(own, [part.three_public[side] for part in parts]) for side, own in truth.three_public.items()
    }
    prior, budgets, counts = (
        _without(getattr(truth, name), [getattr(part, name) for part in parts])
        for name in ("prior", "item_budgets", "counts")
    )
    return Truth(tuple(items), economic, three_public, prior, budgets, counts)


def _less(whole: Flow, parts: list[Flow]) -> Flow:
    names = ("opening", "income", "basic", "project")
    return Flow(*(getattr(whole, name) - sum(getattr(part, name) for part in parts) for name in names))


def _without(whole: Mapping[str, int], parts: list[dict[str, int]]) -> dict[str, int]:
    return {key: cents - sum(part[key] for part in parts) for key, cents in whole.items()}
