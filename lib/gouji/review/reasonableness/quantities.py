"""Evaluates a rule's quantity in a document: its value, what it may be off by, and the figures it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from gouji.checks.identity import Reference, parse_sum
from gouji.facts.claim import Measure
from gouji.facts.fact import Concept, Fact, Facts, Status
from gouji.facts.shown import shown_amount
from gouji.intervals import MONEY_UNITS, SCALE, ScaledAmount, Verdict, unscaled
from gouji.review.material import Material
from gouji.review.reasonableness.rules import Quantity, Said
from gouji.runtime.immutable import immutable

#: A figure with its sign.
Figures = tuple[tuple[int, Fact], ...]


@immutable()
class Amount:
    """A quantity: its figures with their signs, and their sum."""

    name: str
    figures: Figures
    amount: ScaledAmount
    unit: str

    @property
    def shown(self) -> str:
        """Returns `11.82万元` or `32人次`: one figure as it is printed, a sum with as many decimals as its figures."""
        printed = [fact for _, fact in self.figures if not fact.blank]
        if len(self.figures) == 1 and printed:
            return shown_amount(printed[0])
        places = max((fact.figure.decimals for fact in printed), default=0)
        return f"{unscaled(self.amount, self.unit).quantize(Decimal(1).scaleb(-places)):f}{self.unit}"

    @property
    def parts(self) -> str:
        """Returns the printed figures by name: `基本工资56.38万元、奖金13.51万元`."""
        printed = [(sign, fact) for sign, fact in self.figures if fact.amount]
        told = (f"{'−' if sign < 0 else ''}{_name(fact)}{shown_amount(fact)}" for sign, fact in printed)
        return "、".join(told)

    @property
    def where(self) -> str:
        """Returns the table, or the place in the narrative, of its first figure: `公开06表`."""
        first = next((fact for _, fact in self.figures if fact.amount), self.figures[0][1] if self.figures else None)
        return "" if first is None else first.where.partition(" · ")[0]


@immutable()
class Lacking:
    """A quantity that cannot be evaluated, and why (for people)."""

    why: str


def amount_of(
    quantity: Quantity, name: str, material: Material, optional: frozenset[str] = frozenset()
) -> Amount | Lacking:
    """Returns a quantity in a document; `Lacking` if it was not published or cannot be read."""
    if isinstance(quantity, Said):
        return _largest_stated(quantity, name, material)
    if quantity == "headcount":
        if material.headcount is None:
            return Lacking("未给出年末在职人数")
        return Amount(name, (), material.headcount * SCALE, "人")
    readings = [_sum(reading, name, material, optional) for reading in quantity.split("|")]
    amounts = [one for one in readings if isinstance(one, Amount)]
    return next((one for one in amounts if any(not fact.blank for _, fact in one.figures)), (amounts or readings)[0])


def figures_of(reference: Reference, material: Material) -> list[Fact] | Lacking:
    """Returns the figures of one cell.

    A total that is not filled in has those of the rows below it. A row that a table does not print has none: it counts
    as zero. If the table was not published, returns what sentences state.
    """
    facts = material.facts
    table = facts.tables[reference.table]
    if table.status is Status.MISSING:
        stated = material.once(_stated_by_cell).get(Concept(reference.table, _row(reference), reference.column), [])
        alike = len({fact.amount for fact in stated}) == 1
        return stated[:1] if alike else Lacking(f"未公布{table.name}")
    if table.status is Status.UNREADABLE:
        return Lacking(f"{table.name}无法辨认")
    row = _row(reference)
    fact = facts.get(reference.table, row, reference.column)
    if row == "total" and (fact is None or fact.blank):
        below = [facts.get(reference.table, code, reference.column) for code in table.roots()]
        found = [one for one in below if one is not None and not one.blank]
        if found:
            return found if all(map(_legible, found)) else Lacking(f"{table.label or table.name}有无法辨认的数字")
    if fact is None:
        return [] if _is_complete(reference, facts) else Lacking(f"{table.label or table.name}有未能识别的行或栏")
    return [fact] if _legible(fact) else Lacking(f"{fact.where}无法辨认")


def _row(reference: Reference) -> str:
    return "" if reference.row == "-" else reference.row


def _stated_by_cell(material: Material) -> dict[Concept, list[Fact]]:
    """Returns, by cell, the final amounts that sentences state for it."""
    found: dict[Concept, list[Fact]] = {}
    for fact in material.facts.statements():
        if len(fact.target) == 1 and fact.claim and fact.claim.measure is Measure.FINAL and fact.amount is not None:
            found.setdefault(fact.target[0], []).append(fact)
    return found


def _legible(fact: Fact) -> bool:
    return fact.amount is not None and not fact.repeated


def _is_complete(reference: Reference, facts: Facts) -> bool:
    """True if no unrecognised figure of the table could be the one looked for."""
    if not facts.has_column(reference.table, reference.column):
        return False
    return not any(fact.amount for fact in facts.unknown(reference.table))


def _sum(text: str, name: str, material: Material, optional: frozenset[str]) -> Amount | Lacking:
    figures: list[tuple[int, Fact]] = []
    for term in parse_sum(text):
        if term.reference.table in optional and not _published(term.reference.table, material.facts):
            continue
        found = figures_of(term.reference, material)
        if isinstance(found, Lacking):
            return found
        figures += [(term.sign, fact) for fact in found]
    return _amount(name, tuple(figures))


def _published(table: str, facts: Facts) -> bool:
    return facts.tables[table].status not in (Status.MISSING, Status.UNREADABLE)


def _amount(name: str, figures: Figures) -> Amount:
    unit = next((fact.figure.unit for _, fact in figures if not fact.blank), "万元")
    return Amount(name, figures, sum([sign * (fact.amount or 0) for sign, fact in figures]), unit)


def off_by(fact: Fact, material: Material) -> ScaledAmount:
    """Returns what a figure may be off by: half its unit. If checks of amounts contradict it, returns their difference,
    because it may be the wrong one."""
    against = [one for one in material.checks.on(fact) if one.verdict is Verdict.CONFLICT and not one.per]
    return fact.radius + max((abs(one.residual) for one in against), default=0)


def _largest_stated(said: Said, name: str, material: Material) -> Amount | Lacking:
    """Returns the largest figure that sentences state. Beside one for all, one for 国内 does not count."""
    stated = material.once(_stated)
    found = [fact for unit in said.units for words, fact in stated.get(unit, ()) if _matches(words, said)]
    if not found:
        return Lacking(f"未说明{said.name}")
    return _amount(name, ((1, max(found, key=lambda fact: fact.amount or 0)),))


def _stated(material: Material) -> dict[str, list[tuple[str, Fact]]]:
    """Returns, by unit, what sentences say was spent or counted, each with its words."""
    found: dict[str, list[tuple[str, Fact]]] = {}
    for fact in material.facts.statements():
        claim, unit = fact.claim, fact.figure.unit
        if claim is None or claim.aside or fact.amount is None:
            continue
        if claim.measure is (Measure.FINAL if unit in MONEY_UNITS else Measure.COUNT):
            found.setdefault(unit, []).append((f"{claim.topic.phrase}{claim.words}", fact))
    return found


def _matches(words: str, said: Said) -> bool:
    return any(word in words for word in said.words) and not any(word in words for word in said.unless)


def _name(fact: Fact) -> str:
    """Returns the name of a figure, for people."""
    name = fact.row_name.strip()
    return name or fact.column_name


def concerns(amounts: Sequence[Amount]) -> tuple[int, ...]:
    """Returns the ids of the figures that quantities are made of, each once."""
    return tuple(dict.fromkeys(fact.id for one in amounts for _, fact in one.figures if not fact.blank))


#: Which side of its range a ratio is on.
Side = Literal["below", "above", ""]
