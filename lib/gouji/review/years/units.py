"""Questions on a department's totals, beside the sum of its units' accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.facts.fact import Facts
from gouji.intervals import Verdict
from gouji.labels import normalise
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.years.amounts import Amount, amounts_of, money, unit_of
from gouji.review.years.model import Quantity, YearRule
from gouji.runtime.immutable import immutable

_MOST = 6
_ITEM = 7


@immutable()
class Summed:
    """A quantity of the department beside its units' sum. `least` and `most` bound what the department's may be."""

    title: str
    path: str
    whole: Amount
    total: int
    least: int
    most: int | None
    slack: int

    @property
    def gap(self) -> int:
        """Returns the department's amount less the sum."""
        return self.whole.amount - self.total

    @property
    def agree(self) -> bool:
        """True if the sum allows the department's amount."""
        return self.least <= self.whole.amount and (self.most is None or self.whole.amount <= self.most)


def subordinates(rule: YearRule, material: Material) -> Iterator[Observation]:
    """Asks if the department's amounts are not those of its units together. If its own office is not among the units,
    they must be at least that."""
    units = material.subordinates
    if not units:
        return
    whole = any(_is_own(one, material.facts, rule) for one in units)
    broken = []
    for title, quantity, path in _expand(rule.quantities, material.facts, units):
        found = _sum_units(title, quantity, path, material.facts, units, whole)
        if isinstance(found, str):
            if found:
                yield Observation(rule, title, Outcome.UNKNOWN, "", found)
            continue
        if found.agree:
            yield Observation(rule, title, Outcome.CLEAR)
        elif found.whole.fact and any(c.verdict is Verdict.CONFLICT for c in material.checks.on(found.whole.fact)):
            yield Observation(rule, title, Outcome.UNKNOWN, "", "部门的数字本身有错误，另见")
        else:
            broken.append(found)
    if broken:
        yield _ask(rule, material, broken, whole)


def _is_own(unit: Facts, department: Facts, rule: YearRule) -> bool:
    """True for the account of a department's own office (本级)."""
    names = normalise(unit.department), normalise(department.department)
    return bool(names[0]) and (names[0] == names[1] or any(word in names[0] for word in rule.own))


def _expand(
    quantities: Sequence[Quantity], facts: Facts, units: Sequence[Facts]
) -> Iterator[tuple[str, Quantity, str]]:
    for one in quantities:
        if not one.each:
            yield one.title, one, one.path
            continue
        tables = [each.tables[one.each] for each in (facts, *units) if one.each in each.tables]
        for code in dict.fromkeys(code for table in tables for code in table.codes if len(code) == _ITEM):
            yield f"{one.title}（{code}）", one, one.path.format(code=code)


def _sum_units(
    title: str, quantity: Quantity, path: str, facts: Facts, units: Sequence[Facts], whole: bool
) -> Summed | str:
    """Returns the sum, or what is not published; "" if no account prints the quantity."""
    own = amounts_of(facts, path)
    parts = [amounts_of(one, path) for one in units]
    if not own or not all(parts):
        lacking = ["部门", *(one.department or f"第{n}个单位" for n, one in enumerate(units, 1))]
        missing = [name for name, found in zip(lacking, (own, *parts), strict=True) if not found]
        return f"{'、'.join(missing)}没有公布{title}" if len(missing) <= len(units) else ""
    total = sum(part[0].amount for part in parts)
    within = own[0].radius + sum(part[0].radius for part in parts)
    passed = sum(found[0].amount for one in units for inner in quantity.internal if (found := amounts_of(one, inner)))
    return Summed(title, path, own[0], total, total - within - passed, total + within if whole else None, 2 * within)


def _ask(rule: YearRule, material: Material, broken: Sequence[Summed], whole: bool) -> Observation:
    unit = unit_of(material.facts)
    largest = max(abs(one.gap) for one in broken)
    near = [one for one in broken if abs(one.gap) + one.slack >= largest]
    first = max(near, key=lambda one: (one.path.partition("[")[2][:_ITEM].isdigit(), one.path))
    sums = [
        f"{one.title}：部门{one.whole.where}{one.whole.printed}，各单位合计{money(one.total, unit)}，"
        f"差{money(abs(one.gap), unit)}"
        for one in broken
    ]
    more = f"（共{len(broken)}项不同）" if len(broken) > 1 else ""
    relation = "不等于" if whole else "小于"
    summed = f"{len(material.subordinates)}个单位之和{money(first.total, unit)}{more}"
    return Observation(
        rule,
        "部门决算与所属单位决算合计",
        Outcome.RAISED,
        f"部门{first.title}{first.whole.printed}{relation}{summed}，差额是怎样形成的？",
        "；".join(sums[:_MOST]) + (f"等{len(sums)}项" if len(sums) > _MOST else "") + "。"
        "请先核对所给单位是否齐全，再核对汇总范围、内部往来的抵销和汇总后的调整。",
        concerns=tuple(one.whole.fact.id for one in broken if one.whole.fact),
    )
