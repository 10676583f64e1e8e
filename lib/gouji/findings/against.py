"""Says what the other side of a check says of a figure, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gouji.checks.check import Check, Checks
from gouji.facts.claim import CHANGES
from gouji.facts.fact import Fact
from gouji.facts.shown import in_unit, told_amount
from gouji.findings.finding import Repair
from gouji.findings.naming import beside
from gouji.findings.suggested import as_grouped
from gouji.intervals import RATE_UNITS, unscaled
from gouji.runtime.immutable import immutable

#: The decimals shown of a computed amount.
_MOST_PLACES = 4


@immutable()
class Against:
    """What the other side of a check says of a figure.

    - `where`: the place of the printed figure that is the other side, or how its value is computed.
    - `value`: the value with its unit, "" where there is none: `told` then says why.
    - `amount`: the value in the figure's unit. `fact`: the printed figure, None for a computed value.
    - `relation`: 大于 or 小于 where the check is no equality.
    """

    where: str = ""
    value: str = ""
    amount: Decimal | None = None
    fact: Fact | None = None
    relation: str = ""
    words: str = ""

    @property
    def told(self) -> str:
        """Returns the words that follow the figure: `大于“预算数”栏的1万元`, `，而公开07表未填列`."""
        if self.words:
            return f"，{self.words}"
        return f"{self.relation}{self.where}{self.value}"

    def corrected(self, fact: Fact, own: Repair | None) -> str:
        """Returns what a located figure should be, and by what; without a correction, what it contradicts."""
        if self.words or self.relation:
            return self.told.removeprefix("，")
        if own is None or self.amount is None or abs(own.value) != abs(self.amount):
            should = ""
            if own is not None and self.fact is not None:
                should = f"应为{in_unit(as_grouped(own.to, own.value, fact), fact)}，"
            return f"{should}与{self.where}{self.value}不一致"
        if self.fact is not None:
            return f"应为{self.value}（见{self.where.removesuffix('的')}）"
        return f"{'' if self.where.startswith('按') else '按'}{self.where.removesuffix('的')}应为{self.value}"


def against_of(fact: Fact, check: Check, checks: Checks) -> Against:
    """Returns what the other side of a check says, if `fact` is one side."""
    if check.per:
        return _computed(checks.quotient(check), fact, "按公布数计算的")
    if check.rule.kind == "of_nothing":
        return Against(words="而所述金额为0")
    on_left = len(check.left) == 1 and check.left[0][1] == fact.id
    terms, side = (check.right, "right") if on_left else (check.left, "left")
    facts = [checks.facts.facts[number] for _, number in terms]
    relation = "" if check.operator == "=" else "大于" if on_left else "小于"
    if len(facts) == 1 and terms[0][0] == 1 and not (check.constant or check.missing):
        other = facts[0]
        where = beside(other, fact)
        if other.blank:
            return Against(words=f"而{where}未填列")
        amount = None if other.amount is None else unscaled(other.amount, fact.figure.unit)
        return Against(f"{where}的", told_amount(other), amount, other, relation)
    value = checks.side_value(check, side)
    if not value:
        return Against(words="而对应的各项没有填列")
    summed = all(sign == 1 for sign, _ in terms) and not check.constant
    return replace(_computed(value, fact, "各项之和" if summed else "按公布数计算的"), relation=relation)


def _computed(value: Decimal | None, fact: Fact, how: str) -> Against:
    """Returns a computed value, as the figure would print it."""
    if value is None:
        return Against(words="而按公布数无从计算")
    return Against(how, _value(value, fact), round(value, max(0, fact.figure.decimals)))


def _value(value: Decimal, fact: Fact) -> str:
    """Returns a computed value as the figure would print it."""
    places = max(0, fact.figure.decimals)
    if fact.figure.unit not in RATE_UNITS:
        needed = -int(value.normalize().as_tuple().exponent)
        places = min(_MOST_PLACES, max(places, needed))
    text = f"{round(value, places):{',' if ',' in fact.figure.text else ''}f}{fact.figure.unit}"
    if fact.claim is not None and fact.claim.measure in CHANGES and (value < 0) != (fact.signed < 0):
        return f"{'减少' if value < 0 else '增加'}{text.removeprefix('-')}"
    return text.removeprefix("-") if fact.claim is not None else text
