"""Compares pairs of one quantity in two documents, and asks one question about all that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gouji.facts.fact import Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.intervals import Verdict
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.years.amounts import Amount, agreeing, amounts_of, money, parts_of, unit_of
from gouji.review.years.model import Pair, YearRule
from gouji.runtime.immutable import immutable

_MOST = 6


@immutable()
class Tied:
    """A pair of prints that were compared; None for a document that has none."""

    title: str
    path: str
    now: Amount | None
    then: Amount | None
    agree: bool = False

    @property
    def gap(self) -> int:
        """Returns this document's amount less the other's."""
        return self.now.amount - self.then.amount if self.now and self.then else 0


def expanded(pairs: Sequence[Pair], facts: Facts, other: Facts) -> Iterator[tuple[str, str, str]]:
    """Yields title and both paths of each pair. Pairs with `each` are repeated for every code that either table
    prints."""
    for pair in pairs:
        if not pair.each:
            yield pair.title, pair.now, pair.then
            continue
        tables = [one.tables[pair.each] for one in (facts, other) if pair.each in one.tables]
        codes = dict.fromkeys(code for table in tables for code in table.codes if len(code) == _ITEM)
        for code in codes:
            name = _name_of(code, pair.each, facts) or _name_of(code, pair.each, other)
            yield (
                f"{pair.title}（{code} {name}）".replace(" ）", "）"),
                pair.now.format(code=code),
                pair.then.format(code=code),
            )


_ITEM = 7


def _name_of(code: str, table: str, facts: Facts) -> str:
    named = (facts.get(table, code, column) for column in ("total", "expenditure", "amount"))
    return next((one.row_name for one in named if one), "")


def tie(title: str, now: str, then: str, facts: Facts, other: Facts) -> Tied:
    """Compares one quantity of two documents. They agree if any print here equals one there."""
    ones, others = amounts_of(facts, now), amounts_of(other, then)
    parts = max(parts_of(facts, now), parts_of(other, then))
    if both := agreeing(ones, others, parts):
        return Tied(title, now, *both, agree=True)
    return Tied(title, now, ones[0] if ones else None, others[0] if others else None)


def observed(
    rule: YearRule,
    material: Material,
    found: Sequence[Tied],
    other: str,
    raised: Callable[[Sequence[Tied]], Observation],
) -> Iterator[Observation]:
    """Yields an observation for each pair that agrees or cannot be compared, and one for all pairs that differ. Skips
    what neither document prints."""
    broken = []
    for one in found:
        if one.now is None and one.then is None:
            continue
        if one.now and one.then and not one.agree:
            if _is_doubted(one, material):
                yield Observation(rule, one.title, Outcome.UNKNOWN, "", "本年的数字本身有错误，另见")
            else:
                broken.append(one)
            continue
        lacking = "本文件" if one.now is None else other
        message = "" if one.agree else f"{lacking}没有公布{one.title}"
        yield Observation(rule, one.title, Outcome.CLEAR if one.agree else Outcome.UNKNOWN, "", message)
    if broken:
        yield raised(broken)


def _is_doubted(one: Tied, material: Material) -> bool:
    fact = one.now.fact if one.now else None
    return fact is not None and any(check.verdict is Verdict.CONFLICT for check in material.checks.on(fact))


def leading(broken: Sequence[Tied]) -> Tied:
    """Returns the pair that a title names: among the largest differences, as near as they are printed, the most
    detailed, so that no total is blamed for one of its parts. Of equals, the last: rules list totals first."""
    largest = max(abs(one.gap) for one in broken)
    near = [one for one in reversed(broken) if abs(one.gap) + _printed_precision(one) >= largest]
    return max(near, key=lambda one: _level_of_detail(one.path))


def _printed_precision(one: Tied) -> int:
    return 2 * (one.now.radius + one.then.radius) if one.now and one.then else 0


def _level_of_detail(path: str) -> int:
    """Returns how far down a quantity stands in its table."""
    concept = concept_from_path(path)
    return (
        len(concept.row) if concept.row.isdigit() else int(concept.row != "total" and concept.column != "budget.total")
    )


def listed(broken: Sequence[Tied], facts: Facts, here: str, there: str) -> str:
    """Returns every pair with both prints and the difference, up to a number."""
    unit = unit_of(facts)
    lines = [
        f"{one.title}：{here}{one.now.where}{one.now.printed}，"
        f"{there}{one.then.where}{one.then.printed}，差{money(abs(one.gap), unit)}"
        for one in broken
        if one.now and one.then
    ]
    return "；".join(lines[:_MOST]) + (f"等{len(lines)}项" if len(lines) > _MOST else "")


def concerned(broken: Sequence[Tied]) -> tuple[int, ...]:
    """Returns the figures of this document that differ."""
    return tuple(dict.fromkeys(one.now.fact.id for one in broken if one.now and one.now.fact))
