"""The joint check against a linear program written from its definition, on tables whose roundings rarely agree."""

from __future__ import annotations

import random
from collections.abc import Collection
from fractions import Fraction

import pytest
from scipy.optimize import linprog

from gouji.checks.check import Check, Checks
from gouji.checks.joint import judge_jointly
from gouji.checks.parts import count_parts
from gouji.checks.tie_out import tie_out
from gouji.intervals import Verdict
from support.facts import make_facts

COLUMNS = ("total", "basic", "project")


def table(seed: int) -> Checks:
    """A 支出决算表 of two to four classes, each cell off by up to two hundredths, and one that repeats some of it;
    one in three names the only account of a class, which repeats it to the digit but for some cells."""
    chance = random.Random(seed)
    rows = {
        code: [chance.randrange(100, 9000) for _ in range(2)] for code in ("208", "213", "221", "224")[: 2 + seed % 3]
    }
    rows["total"] = [sum(row[column] for row in rows.values()) for column in range(2)]
    if seed % 3 == 1:
        rows["20801"] = rows["208"]
    amounts = {
        f"{key}[{row}].{name}": value + chance.choice((0, 0, 0, 1, -1, 2))
        for key in ("expenditure", "general_budget")[: 1 + seed % 2]
        for row, values in rows.items()
        for name, value in zip(COLUMNS, (sum(values), *values), strict=True)
    }
    if seed % 3 == 1:
        repeated = {path: value for path, value in amounts.items() if "[208]" in path and (seed % 2 or "basic" in path)}
        amounts |= {path.replace("[208]", "[20801]"): value for path, value in repeated.items()}
    return tie_out(make_facts({path: f"{value / 100:.2f}" for path, value in amounts.items()}))


def takes_part(check: Check, free: Collection[int]) -> bool:
    """True for an identity that holds alone, or whose freed figure may be anything."""
    if not check.made or check.rule.kind != "identity" or check.rule.severity != "error":
        return False
    if check.tie and check.verdict is Verdict.ROUNDING:
        return False
    return check.verdict is not Verdict.CONFLICT or bool(check.fact_ids & set(free))


def feasible(checks: Checks, free: Collection[int] = (), strict: bool = True) -> bool:
    """True where some true values within the radii make every row hold. The unit is the smallest radius."""
    rows = [check for check in checks.checks if takes_part(check, free)]
    facts = checks.facts.facts
    unit = min(fact.radius for fact in facts if fact.radius)
    parts = {} if strict else count_parts(rows, checks.facts)
    summed = {check.left[0][1] for check in rows if check.defines and check.residual == 0}
    reach = [(parts.get(fact.id, 1) if fact.id in summed else 1) * fact.radius // unit for fact in facts]
    for check in rows:  # what prints the same may be off by as much
        if check.tie and check.residual == 0 and not check.fact_ids & set(free):
            most = max(reach[number] for number in check.fact_ids)
            reach = [most if number in check.fact_ids else one for number, one in enumerate(reach)]
    weights, rests = [], []
    for check in rows:
        row = [0] * len(facts)
        for sign, number in check.terms:
            row[number] += sign
        weights.append((check.operator, row))
        rests.append(-check.residual // unit)
    equal = [at for at, (operator, _) in enumerate(weights) if operator == "="]
    below = [at for at, (operator, _) in enumerate(weights) if operator != "="]
    result = linprog(
        [0.0] * len(facts),
        A_eq=[weights[at][1] for at in equal] or None,
        b_eq=[rests[at] for at in equal] or None,
        A_ub=[weights[at][1] for at in below] or None,
        b_ub=[rests[at] for at in below] or None,
        bounds=[(None, None) if number in free else (-one, one) for number, one in enumerate(reach)],
        method="highs",
    )
    assert result.status in (0, 2)
    return bool(result.status == 0)


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_rows_hold_together_where_a_program_says_so(seed: int, strict: bool) -> None:
    checks = table(seed)
    joint = judge_jointly(checks, strict=strict)
    assert (joint.witness is not None) == feasible(checks, strict=strict)
    assert (joint.witness is None) == bool(joint.contradictions)
    assert joint.checks == len([one for one in checks.checks if takes_part(one, ()) and not is_one_column(one, checks)])


def is_one_column(check: Check, checks: Checks) -> bool:
    """True for two prints of one quantity at one precision: no row, they are one unknown."""
    facts = [checks.facts.facts[number] for _, number in check.terms]
    printed = [fact for fact in facts if not fact.blank]
    return check.tie and check.residual == 0 and len(printed) == 2 and printed[0].radius == printed[1].radius


@pytest.mark.parametrize("seed", range(40))
def test_a_freed_figure_makes_rows_hold_where_a_program_says_so(seed: int) -> None:
    checks = table(seed)
    free = {seed % len(checks.facts.facts), (seed * 7) % len(checks.facts.facts)}
    assert (judge_jointly(checks, free, strict=True).witness is not None) == feasible(checks, free)


@pytest.mark.parametrize("seed", range(40))
def test_a_witness_is_exact_and_a_contradiction_is_minimal(seed: int) -> None:
    checks = table(seed)
    joint = judge_jointly(checks, strict=True)
    facts = checks.facts.facts
    if joint.witness is not None:
        for check in checks.checks:
            if takes_part(check, ()):
                moved = sum(sign * joint.witness.get(number, Fraction(0)) for sign, number in check.terms)
                total = check.residual + moved
                assert total == 0 if check.operator == "=" else total <= 0
    for found in joint.contradictions:
        total_weights: dict[int, int] = {}
        for check, times in zip(found.checks, found.multipliers, strict=True):
            for sign, number in check.terms:
                total_weights[number] = total_weights.get(number, 0) + sign * times
        assert found.residual == sum(weight * (facts[number].amount or 0) for number, weight in total_weights.items())
        assert found.allowed <= sum(abs(weight) * facts[number].radius for number, weight in total_weights.items())
        assert abs(found.residual) > found.allowed
        if all(check.operator == "=" for check in found.checks):
            assert found.multipliers[0] > 0
        for left_out in found.checks:
            rest = [check for check in found.checks if check is not left_out]
            assert judge_jointly(Checks(checks.facts, tuple(rest)), strict=True).contradictions == ()


def test_tables_of_either_kind_are_drawn() -> None:
    outcomes = [bool(judge_jointly(table(seed), strict=True).contradictions) for seed in range(40)]
    assert 5 < sum(outcomes) < 35
