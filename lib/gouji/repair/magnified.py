"""Tables whose amounts are all a power of ten too large or too small: the line that tells their unit is wrong.

Figure by figure that is an error in every row that is printed elsewhere too. It shows by what the table shares with
other tables and the narrative: the digits are the same, the amounts differ by one power of ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact, Part
from gouji.intervals import MONEY_UNITS, ScaledAmount, Verdict
from gouji.repair.corrections import Corrections
from gouji.repair.displaced import EXPLAINED
from gouji.runtime.immutable import immutable

#: So many different amounts, none of them nothing, differ by the same power; one that holds speaks against so many.
_DIFFERENT, _AGAINST = 3, 10
#: From one unit of money to another.
_POWERS = tuple(
    sorted({there - here for here in MONEY_UNITS.values() for there in MONEY_UNITS.values() if here != there})
)


@immutable()
class Magnified:
    """Tables (keys) of one unit whose amounts are 10**`power` of what they are taken for: `figures` those that other
    places print too, `values` what each amount of the tables then is, by fact; `conflicts` what is explained so."""

    tables: tuple[str, ...]
    power: int
    figures: tuple[Fact, ...]
    values: dict[int, ScaledAmount]
    conflicts: tuple[Check, ...]

    @property
    def whole(self) -> bool:
        """The amounts hold together."""
        return True

    @property
    def unit(self) -> str:
        """The unit as the table states it."""
        return self.figures[0].figure.unit

    @property
    def meant(self) -> str:
        """The unit that its amounts are in; "" where none is so large or so small."""
        power = MONEY_UNITS[self.unit] + self.power
        return next((unit for unit, one in MONEY_UNITS.items() if one == power), "")


def magnified_tables(checks: Checks) -> Iterator[Magnified]:
    """The tables whose unit is wrong, those of one unit that are wrong by the same power together. Of two that differ
    from each other only, the one whose unit is not that of most tables, and of several the fewer."""
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
    """The tables of one unit that differ by the same power from others or the narrative, with those that agree with
    them: where all unit lines are wrong, each table holds against each other."""
    groups: dict[tuple[str, int], dict[str, list[Fact]]] = {}
    for (table, power), facts in differing.items():
        unit = next(iter(facts.values())).figure.unit
        groups.setdefault((unit, power), {})[table] = list(facts.values())
    agreeing = _agreeing(checks) if any(len(tables) > 1 for tables in groups.values()) else {}
    for (unit, power), tables in groups.items():
        figures = [fact for facts in tables.values() for fact in facts]
        wider = [key for key in _closed(tables, agreeing) if checks.facts.tables[key].unit == unit]
        for group in (wider, list(tables)) if len(tables) > 1 else ():
            ordered = tuple(key for key in checks.facts.tables if key in group)
            if one := _in_tables(ordered, power, figures, violated, checks):
                yield one
                break


def _agreeing(checks: Checks) -> dict[str, set[str]]:
    """For each table the others with which it shares amounts that hold."""
    found: dict[str, set[str]] = {}
    for check in checks.made():
        if check.operator == "=" and not check.per and check.verdict is not Verdict.CONFLICT:
            facts = [checks.facts.facts[number] for number in check.fact_ids]
            tables = {fact.concept.table for fact in facts if fact.part is Part.TABLES and fact.amount}
            for table in tables:
                found.setdefault(table, set()).update(tables)
    return found


def _closed(tables: Collection[str], agreeing: dict[str, set[str]]) -> set[str]:
    """The tables, and all that agree with them or with those that do."""
    closed, left = set(tables), list(tables)
    while left:
        further = agreeing.get(left.pop(), set()) - closed
        closed |= further
        left += further
    return closed


def _differing(violated: list[Check], checks: Checks) -> dict[tuple[str, int], dict[int, Fact]]:
    """Figures of tables whose second print elsewhere differs by a power of ten, by table and power."""
    found: dict[tuple[str, int], dict[int, Fact]] = {}
    for check in violated:
        if check.operator != "=" or check.per or len(check.terms) != 2:
            continue
        pair = [checks.facts.facts[number] for _, number in check.terms]
        for one, other in (pair, reversed(pair)):
            if one.part is Part.TABLES and one.concept.table != other.concept.table and one.figure.unit in MONEY_UNITS:
                power = _power(one, other)
                if power:
                    found.setdefault((one.concept.table, power), {})[one.id] = one
    return found


def _power(one: Fact, other: Fact) -> int:
    """By which power of ten a figure must be multiplied to be the other; 0 where by none."""
    if not one.amount or not other.amount:
        return 0
    near = (power for power in _POWERS if abs(_times(one.amount, power) - other.amount) <= other.radius)
    return next(near, 0)


def _times(amount: ScaledAmount, power: int) -> ScaledAmount:
    """The amount times a power of ten, to the last digit that amounts are kept with."""
    if power >= 0:
        return amount * int(10**power)
    divisor = int(10**-power)
    return (2 * amount + divisor) // (2 * divisor)


def _in_tables(
    tables: tuple[str, ...], power: int, figures: list[Fact], violated: list[Check], checks: Checks
) -> Magnified | None:
    if len({fact.amount for fact in figures}) < _DIFFERENT:
        return None
    values = {
        fact.id: _times(fact.amount, power)
        for fact in checks.facts
        if fact.part is Part.TABLES and fact.concept.table in tables and fact.amount and fact.figure.unit in MONEY_UNITS
    }
    state = Corrections(checks).with_values(values)
    concerned = [check for check in violated if not check.fact_ids.isdisjoint(values)]
    explained = tuple(check for check in concerned if not state.violated(check))
    held = sum(_holds_against(check, values, checks) for check in checks.made())
    if len(explained) * 100 < EXPLAINED * len(concerned) or held * _AGAINST > len(explained):
        return None
    return Magnified(tables, power, tuple(figures), values, explained)


def _holds_against(check: Check, values: dict[int, ScaledAmount], checks: Checks) -> bool:
    """True for an equality of amounts of the table and others that holds as printed."""
    if check.operator != "=" or check.per or check.verdict is Verdict.CONFLICT:
        return False
    inside = check.fact_ids & values.keys()
    outside = [number for number in check.fact_ids if number not in values and checks.facts.facts[number].amount]
    return bool(inside) and bool(outside)
