"""Judging many at once against the definition, applied to one check of one document at a time."""

# mypy: disable-error-code="arg-type"

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.checks.batch import Batch
from gouji.checks.check import Check
from gouji.checks.judge import judge
from gouji.checks.parts import count_parts, count_parts_of_each
from gouji.checks.rules import rule
from gouji.checks.system import build_system
from gouji.document.model import Place
from gouji.facts.fact import Concept, Fact, Facts, Part
from gouji.facts.figure import Figure, State
from gouji.intervals import VERDICTS, Verdict, judge_at_most, judge_equal

RULE = rule("summary.balance")
HUGE = 2**62


@dataclass(frozen=True)
class Told:
    """What is said of one check of one document."""

    verdict: Verdict
    residual: int
    tolerance: int
    agreement: int
    omitted: bool
    tie: bool


def one_by_one(check: Check, facts: Sequence[Fact], parts: dict[int, int]) -> Told:
    """The definition: an omitted side first, then one quantity printed twice, then a sum."""
    residual = sum(sign * (facts[fact].amount or 0) for sign, fact in check.terms)
    weights: dict[int, int] = {}
    for sign, fact in check.terms:
        weights[fact] = weights.get(fact, 0) + sign
    tolerance, agreement = sum(abs(weight) * facts[fact].radius for fact, weight in weights.items()), 0
    blank = any(side and all(facts[fact].blank for _, fact in side) for side in (check.left, check.right))
    omitted = bool(residual) and blank
    same = _same_quantity(check, facts, omitted) if check.operator == "=" else ()
    if same:
        one, other = same
        radii = [one.radius, other.radius]
        if omitted and one.figure.unit == other.figure.unit:
            radii = [max(radii)] * 2
        agreement = 0 if radii[0] == radii[1] else sum(radii)
        count = _parts(one, other, parts)
        tolerance = max(agreement, count * max(radii)) if count > 1 else agreement
    elif omitted:
        tolerance += max(facts[fact].radius for _, fact in check.terms)
    at_most = check.operator == "<="
    verdict = judge_at_most(residual, tolerance) if at_most else judge_equal(residual, tolerance, agreement)
    return Told(Verdict.UNBOUND if omitted else verdict, residual, tolerance, agreement, omitted, bool(same))


def _same_quantity(check: Check, facts: Sequence[Fact], omitted: bool) -> tuple[Fact, ...]:
    """The only printed figure of each side; where one was omitted, the only figure of each side."""
    both = [[facts[fact] for _, fact in side] for side in (check.left, check.right)]
    sides = both if omitted else [[fact for fact in side if not fact.blank] for side in both]
    return tuple(side[0] for side in sides) if all(len(side) == 1 for side in sides) else ()


def _parts(one: Fact, other: Fact, parts: dict[int, int]) -> int:
    if (one.concept.table, one.concept.column) == (other.concept.table, other.concept.column) and one.cell:
        return 1
    several = max(parts.get(one.id, 1), parts.get(other.id, 1))
    return min(several, 2) if Part.NARRATIVE in (one.part, other.part) else several


def make_fact(number: int, column: str, part: Part) -> Fact:
    """A cell or a statement, blank."""
    return Fact(
        id=number,
        concept=Concept("expenditure" if part is Part.TABLES else "narrative", str(number), column),
        figure=Figure("", None, "万元", 0, State.BLANK),
        part=part,
        where="",
        row_code="",
        row_name="",
        column_name=column,
        place=Place(1),
        block=0,
        cell=(number, 0) if part is Part.TABLES else None,
        amount=0,
    )


def with_figure(fact: Fact, amount: int | None, radius: int, unit: str) -> Fact:
    """The fact with an amount printed, or blank (None)."""
    if amount is None:
        return replace(fact, figure=replace(fact.figure, unit=unit))
    figure = Figure(str(amount), Decimal(amount), unit, 0, State.NUMBER if amount else State.ZERO)
    return replace(fact, figure=figure, amount=amount, radius=radius)


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[Check], list[Facts]]:
    """A few checks, and documents they are all on."""
    count = draw(st.integers(2, 6))
    columns = st.tuples(st.sampled_from(["total", "basic"]), st.sampled_from(list(Part)))
    empty = [make_fact(number, *draw(columns)) for number in range(count)]
    units = draw(st.lists(st.sampled_from(["万元", "元"]), min_size=count, max_size=count))
    amounts = st.none() | st.integers(-9, 9) | st.sampled_from([-HUGE, HUGE, 3 * HUGE])
    figures = st.tuples(amounts, st.sampled_from([0, 1, 2]))
    documents = [
        Facts(tuple(with_figure(fact, *draw(figures), unit) for fact, unit in zip(empty, units, strict=True)), {})
        for _ in range(draw(st.integers(1, 4)))
    ]
    terms = st.lists(st.tuples(st.sampled_from([1, 1, 1, -1]), st.integers(0, count - 1)), max_size=3).map(tuple)
    checks = []
    for number in range(draw(st.integers(1, 5))):
        left, operator = draw(terms), draw(st.sampled_from(["=", "=", "<="]))
        defines = operator == "=" and len(left) == 1
        checks.append(Check(number, RULE, "", operator, left, draw(terms), defines=defines))
    return checks, documents


@settings(max_examples=500, deadline=None)
@given(systems())
def test_many_at_once_are_judged_as_each_alone(system: tuple[list[Check], list[Facts]]) -> None:
    checks, documents = system
    batch = Batch.of(facts.facts for facts in documents)
    parts = count_parts_of_each(checks, np.ones((len(checks), len(documents)), bool), batch.amounts != 0)
    judged = judge(build_system(checks, documents[0].facts), batch, parts)
    arrays = (judged.residuals, judged.tolerances, judged.agreements, judged.omitted, judged.ties)
    for document, facts in enumerate(documents):
        counted = count_parts(checks, facts)
        for row, check in enumerate(checks):
            if check.terms:
                told = Told(VERDICTS[judged.codes[row, document]], *(array[row, document] for array in arrays))
                assert told == one_by_one(check, facts.facts, counted)


@settings(deadline=None)
@given(systems(), st.data())
def test_parts_of_each_are_those_of_one(system: tuple[list[Check], list[Facts]], data: st.DataObject) -> None:
    """Of documents that lack some checks too, and where figures are defined in a circle."""
    checks, documents = system
    row = st.lists(st.booleans(), min_size=len(documents), max_size=len(documents))
    bound = np.array([data.draw(row) for _ in checks])
    batch = Batch.of(facts.facts for facts in documents)
    parts = count_parts_of_each(checks, bound, batch.amounts != 0)
    for document, facts in enumerate(documents):
        counted = count_parts([check for check, one in zip(checks, bound[:, document], strict=True) if one], facts)
        assert parts[:, document].tolist() == [counted.get(fact.id, 1) for fact in facts]
