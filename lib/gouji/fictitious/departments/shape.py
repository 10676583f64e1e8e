"""Draws the codes of a fictitious department: its classes, 款 and 项, and the kind of money that pays for them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from gouji.fictitious.departments.codes import FUNCTION_NAMES, in_force
from gouji.fictitious.departments.templates import Template

_MAIN: dict[str, tuple[str, ...]] = {
    "201": ("2010601", "2010602", "2010607", "2010608", "2010506", "2010507", "2013202", "2013802", "2013899"),
    "204": ("2040601", "2040607", "2049999"),
    "205": ("2050203", "2050205", "2059999"),
    "206": ("2060702",),
    "207": ("2070101", "2070104", "2070105", "2070108", "2070109", "2070112", "2070199", "2070308", "2079999"),
    "208": ("2080705", "2080799", "2080801", "2089999"),
    "211": ("2110101", "2110104", "2110301", "2110302", "2110399", "2111101", "2111103"),
    "212": ("2120101", "2120102", "2120104", "2120199", "2120201", "2120399", "2120501", "2120601", "2129999"),
    "213": ("2130306",),
    "215": ("2150899",),
    "220": ("2200150", "2200199"),
    "224": ("2240299",),
}
_SUPPORT: dict[str, tuple[str, ...]] = {
    "208": ("2080505", "2080506", "2080501", "2080502", "2080599"),
    "210": ("2101101", "2101102"),
    "221": ("2210201", "2210203"),
}
_FUND_ITEMS = ("2120803", "2070904")
_CAPITAL_ITEM = "2230105"
_ADMINISTRATIVE = frozenset({"2080501", "2101101"})
_INSTITUTIONAL = frozenset({"2080502", "2101102"})
_RUNNING = ("行政运行", "事业运行")


@dataclass(frozen=True)
class Shape:
    """The codes of a department. `main` items may carry project money and own income, `support` items are basic."""

    institution: bool  # 事业单位, otherwise 行政单位
    main: tuple[str, ...]
    support: tuple[str, ...]
    fund: str | None
    capital: str | None


def chance(rng: Random, percent: int) -> bool:
    """True in `percent` of a hundred draws."""
    return rng.randrange(100) < percent


def is_running(code: str) -> bool:
    """True for 行政运行 and 事业运行, which are basic spending only."""
    return FUNCTION_NAMES[code] in _RUNNING


def _fits(code: str, institution: bool, year: int) -> bool:
    """True where a department of that kind can have the item in that year."""
    if not in_force(code, year) or code in (_ADMINISTRATIVE if institution else _INSTITUTIONAL):
        return False
    return FUNCTION_NAMES[code] != ("行政运行" if institution else "事业运行")


def _pick(rng: Random, codes: tuple[str, ...], limit: int) -> list[str]:
    """Returns one to `limit` of the codes, always with the first (running costs, pension) where there is one."""
    count = rng.randint(1, min(limit, len(codes)))
    return sorted([codes[0], *rng.sample(codes[1:], count - 1)])


def draw_shape(rng: Random, template: Template) -> Shape:
    """Returns a shape with three or more classes of one to four items.

    A department that pays wages has the items for contributions to pensions, medical care and housing.
    """
    institution = chance(rng, 50)
    fund = rng.choice(_FUND_ITEMS) if chance(rng, 40) else None
    capital = _CAPITAL_ITEM if template.has_state_capital and chance(rng, 25) else None
    size = rng.randint(1, 5)
    places = max(1, size - bool(capital))
    if fund and (places == 1 or chance(rng, 50)):
        heads = [fund[:3]]  # the fund's item stands beside items of its own class
    else:
        heads = [rng.choice([head for head in _MAIN if head != "208" or size == 1])]
        if fund and fund[:3] not in heads:
            places -= 1
    if places - 1 > 3:
        heads.append(rng.choice([head for head in _MAIN if head not in (*heads, "208", (fund or "")[:3])]))
    main, support = [], []
    for head in heads:
        fitting = tuple(code for code in _MAIN[head] if _fits(code, institution, template.year))
        main += _pick(rng, fitting, 3 if fund and fund[:3] == head else 4)
    for head in sorted(_SUPPORT):
        fitting = tuple(code for code in _SUPPORT[head] if _fits(code, institution, template.year))
        support += _pick(rng, fitting, 4)
    return Shape(institution, tuple(main), tuple(support), fund, capital)
