"""Finds tables whose unit line is wrong: all their amounts are too large or too small by one power of ten.

Taken figure by figure, every row that is printed elsewhere too would be an error. The sign is what the table shares
with other tables and the narrative: the digits are the same, and the amounts differ by one power of ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import MONEY_UNITS, ScaledAmount, Verdict, judge_relation
from gouji.repair.corrections import Corrections
from gouji.repair.displaced import EXPLAINED
from gouji.runtime.immutable import immutable

#: The fewest different amounts that must differ by the same power.
_DIFFERENT = 3
#: An equality that holds as printed outweighs this many conflicts that the power explains.
_AGAINST = 10
#: How many times its rounding an amount must be for its digits to be no chance.
_DIGITS = 1000
#: The terms of a check that compares one figure with another.
_PAIR = 2
#: The powers of ten between two units of money.
_POWERS = tuple(
    sorted({there - here for here in MONEY_UNITS.values() for there in MONEY_UNITS.values() if here != there})
)


@immutable()
class Magnified:
    """Tables whose unit line is wrong.

    - `tables`: their keys. All print the same unit.
    - `power`: the true amounts are 10**`power` times those that the unit line makes of the printed figures.
    - `figures`: the figures that other places print too.
    - `values`: the true amounts of all figures of the tables, by fact id.
    - `conflicts`: the checks that this explains.
    """

    tables: tuple[str, ...]
    power: int
    figures: tuple[Fact, ...]
    values: dict[int, ScaledAmount]
    conflicts: tuple[Check, ...]

    @property
    def whole(self) -> bool:
        """True: the rest of the document is to be judged with `values`."""
        return True

    @property
    def unit(self) -> str:
        """Returns the unit that the tables state."""
        return self.figures[0].figure.unit

    @property
    def meant(self) -> str:
        """Returns the unit that the amounts are in; "" if there is no such unit."""
        power = MONEY_UNITS[self.unit] + self.power
        return next((unit for unit, one in MONEY_UNITS.items() if one == power), "")


def magnified_tables(checks: Checks) -> Iterator[Magnified]:
    """Yields the tables whose unit is wrong. Tables that print one unit and are wrong by the same power come together.

    Of two tables that differ only from each other, yields the one whose unit fewer figures of the document have; if
    that is equal, the smaller group of tables.
    """
    violated = [check for check in (*checks.conflicts(), *checks.omissions()) if check.terms]
    units = Counter(fact.figure.unit for fact in checks.facts if fact.part is Part.TABLES)
    differing = _differing(violated, checks)
    found = [
        one
        for (table, power), facts in differing.items()
        if (one := _in_tables((table,), power, list(facts.values()), violated, checks))
    ]
    found += _together(differing, violated, checks)
    told: set[int] = set()
    for one in sorted(found, key=lambda one: (-len(one.conflicts), units[one.unit], len(one.tables))):
        left = [check for check in one.conflicts if check.id not in told]
        if 2 * len(left) > len(one.conflicts):
            told |= {check.id for check in left}
            yield one


def _together(
    differing: dict[tuple[str, int], dict[int, Fact]], violated: list[Check], checks: Checks
) -> Iterator[Magnified]:
    """Yields groups of tables that print one unit and differ by the same power from other tables or the narrative.

    A group takes in the tables that agree with it: if all unit lines are wrong, every table agrees with every other,
    and only the narrative differs. If the wider group explains too little, tries it without these.
    """
    groups: dict[tuple[str, int], dict[str, list[Fact]]] = {}
    for (table, power), facts in differing.items():
        unit = next(iter(facts.values())).figure.unit
        groups.setdefault((unit, power), {})[table] = list(facts.values())
    agreeing = _agreeing(checks) if any(len(tables) > 1 for tables in groups.values()) else {}
    for (unit, power), tables in groups.items():
        figures = [fact for facts in tables.values() for fact in facts]
        wider = [key for key in _with_agreeing(tables, agreeing) if checks.facts.tables[key].unit == unit]
        for group in (wider, list(tables)) if len(tables) > 1 else ():
            ordered = tuple(key for key in checks.facts.tables if key in group)
            if one := _in_tables(ordered, power, figures, violated, checks):
                yield one
                break


def _agreeing(checks: Checks) -> dict[str, set[str]]:
    """Returns, for each table, the tables that share an amount with it in a check that holds."""
    found: dict[str, set[str]] = {}
    for check in checks.made():
        if check.operator == "=" and not check.per and check.verdict is not Verdict.CONFLICT:
            facts = [checks.facts.facts[number] for number in check.fact_ids]
            tables = {fact.concept.table for fact in facts if fact.part is Part.TABLES and fact.amount}
            for table in tables:
                found.setdefault(table, set()).update(tables)
    return found


def _with_agreeing(tables: Collection[str], agreeing: dict[str, set[str]]) -> set[str]:
    """Returns the tables, those that agree with them, those that agree with these, and so on."""
    found, left = set(tables), list(tables)
    while left:
        further = agreeing.get(left.pop(), set()) - found
        found |= further
        left += further
    return found


def _differing(violated: list[Check], checks: Checks) -> dict[tuple[str, int], dict[int, Fact]]:
    """Returns, by table and power, the figures (by fact id) for which other places state an amount that differs by this
    power of ten. A limit that holds counts too, if the amounts have the same digits."""
    found: dict[tuple[str, int], dict[int, Fact]] = {}
    limits = [one for one in checks.made() if one.operator == "<=" and one.verdict is not Verdict.CONFLICT]
    for check in (*violated, *(one for one in limits if len(one.terms) == _PAIR)):
        for stated in _stated(check, checks):
            if power := stated.power:
                found.setdefault((stated.fact.concept.table, power), {})[stated.fact.id] = stated.fact
    return found


@immutable()
class _Stated:
    """A cell, and the amount that figures outside its table state for it, with their rounding."""

    fact: Fact
    amount: ScaledAmount
    radius: ScaledAmount

    @property
    def power(self) -> int:
        """Returns the power of ten with which the cell's amount is the stated one within the rounding of both; 0 if
        there is none. A figure that was rounded when it was put into another unit keeps few digits; with too few it
        proves nothing."""
        amount, radius = self.fact.amount or 0, self.fact.radius
        telling = abs(amount) >= _DIGITS * radius
        for power in _POWERS:
            apart = abs(_multiplied(amount, power) - self.amount) - self.radius
            if apart <= 0 or (telling and apart <= _multiplied(radius, power)):
                return power
        return 0


def _stated(check: Check, checks: Checks) -> Iterator[_Stated]:
    """Yields the cells of a check that stand in it alone for their table, with what the other figures make of them."""
    if check.per or check.constant:
        return
    facts = checks.facts.facts
    for sign, number in check.terms:
        one = facts[number]
        others = [(other, facts[at]) for other, at in check.terms if at != number]
        apart = one.part is Part.TABLES and all(one.concept.table != other.concept.table for _, other in others)
        amount = -sum(weight * (other.amount or 0) for weight, other in others) * sign
        if apart and abs(sign) == 1 and one.amount and amount and one.figure.unit in MONEY_UNITS:
            yield _Stated(one, amount, sum(other.radius for _, other in others))


def _multiplied(amount: ScaledAmount, power: int) -> ScaledAmount:
    """Returns an amount times 10**`power`, rounded half up to a scaled integer."""
    if power >= 0:
        return amount * int(10**power)
    divisor = int(10**-power)
    return (2 * amount + divisor) // (2 * divisor)


def _in_tables(
    tables: tuple[str, ...], power: int, figures: list[Fact], violated: list[Check], checks: Checks
) -> Magnified | None:
    """Returns the tables with their true amounts; None if these explain too few of the conflicts on them, or if too
    many equalities with other places hold as printed."""
    if len({fact.amount for fact in figures}) < _DIFFERENT:
        return None
    values = {
        fact.id: _multiplied(fact.amount, power)
        for fact in checks.facts
        if fact.part is Part.TABLES and fact.concept.table in tables and fact.amount and fact.figure.unit in MONEY_UNITS
    }
    state = Corrections(checks, values)
    concerned = [check for check in violated if not check.fact_ids.isdisjoint(values)]
    explained = tuple(check for check in concerned if _holds_then(check, power, state))
    values |= {
        one.fact.id: one.amount for check in explained for one in _stated(check, checks) if one.fact.id in values
    }
    held = sum(_holds_against(check, values, checks) for check in checks.made())
    if not explained or len(explained) * 100 < EXPLAINED * len(concerned) or held * _AGAINST > len(explained):
        return None
    return Magnified(tables, power, tuple(figures), values, explained)


def _holds_then(check: Check, power: int, state: Corrections) -> bool:
    """True for a check that holds with the true amounts, as roughly as these are known from rounded figures."""
    if not state.violated(check):
        return True
    facts = state.checks.facts.facts
    rough = sum(_multiplied(facts[number].radius, power) for _, number in check.terms if number in state.values)
    apart = judge_relation(check.operator, state.residual(check), check.tolerance + rough)
    return not check.per and apart is not Verdict.CONFLICT


def _holds_against(check: Check, values: dict[int, ScaledAmount], checks: Checks) -> bool:
    """True for an equality between an amount of the tables (those in `values`) and one elsewhere that holds as
    printed."""
    if check.operator != "=" or check.per or check.verdict is Verdict.CONFLICT:
        return False
    inside = check.fact_ids & values.keys()
    outside = [number for number in check.fact_ids if number not in values and checks.facts.facts[number].amount]
    return bool(inside) and bool(outside)
