"""Why a set of numbers repairs nothing: what objects is impossible by itself, and no more is named than that."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from scipy.optimize import linprog

from gouji.checks.check import Check, Checks
from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Facts
from gouji.repair.change import Change, Changes, Kind
from gouji.repair.corrections import Corrections
from gouji.repair.locate import blocks
from gouji.repair.search import smallest_repairs
from gouji.repair.solve import objection, ranges, touched_by
from support.by_hand import HALF, check_of, facts_of
from support.facts import make_facts, make_text_facts

COLUMNS = ("total", "basic", "project")


def state_of(facts: Facts, *checks: Check) -> tuple[Corrections, list[Check], list[Change]]:
    """The checks, numbered in their order, and a change of each figure."""
    numbered = tuple(replace(check, id=at) for at, check in enumerate(checks))
    changes = [Change(Kind.NUMBER, (fact.id,)) for fact in facts]
    return Corrections(Checks(facts, numbered)), list(numbered), changes


def random_table(seed: int) -> Checks:
    """A table of two classes with some cells changed."""
    chance = random.Random(seed)
    rows = {code: [chance.randrange(1, 5000) for _ in range(2)] for code in ("208", "213")}
    rows["total"] = [sum(rows[code][column] for code in rows) for column in range(2)]
    printed = {row: [sum(values), *values] for row, values in rows.items()}
    for row, column in chance.sample([(row, column) for row in printed for column in range(3)], 3):
        printed[row][column] += chance.choice((-1, 1)) * chance.choice((1, 3, 100, 900))
    return tie_out(
        make_facts(
            {
                f"expenditure[{row}].{name}": f"{value / 100:.2f}"
                for row, values in printed.items()
                for name, value in zip(COLUMNS, values, strict=True)
            }
        )
    )


def satisfiable(changes: Sequence[Change], state: Corrections, checks: Sequence[Check]) -> bool:
    """Whether a linear program finds amounts, none below zero, with which all the equalities hold."""
    columns = {change.first: at for at, change in enumerate(changes)}
    rows, bounds = [], []
    for check in checks:
        row = [0] * len(changes)
        rest = check.residual
        for sign, number in check.terms:
            if number in columns:
                row[columns[number]] += sign
                rest -= sign * state.amount(number)
        rows += [row, [-weight for weight in row]]
        bounds += [(check.tolerance - rest) // HALF, (check.tolerance + rest) // HALF]
    result = linprog([0.0] * len(changes), A_ub=rows, b_ub=bounds, bounds=[(0, None)] * len(changes), method="highs")
    assert result.status in (0, 2)
    return bool(result.status == 0)


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_numbers_are_objected_to_where_no_amounts_satisfy_all(seed: int, size: int) -> None:
    """What objects cannot be satisfied by itself, so one more change must stand in it."""
    checks = random_table(seed)
    state = Corrections(checks)
    violated = list(checks.conflicts())
    every = [Change(Kind.NUMBER, (fact.id,)) for fact in checks.facts]
    sets = list(itertools.combinations(every, size))
    for changes in random.Random(seed).sample(sets, min(len(sets), 30)):
        against = objection(changes, state, violated)
        assert (against is None) == satisfiable(changes, state, touched_by(changes, state, violated))
        if against is not None:
            assert not satisfiable(changes, state, against.checks)


def test_two_checks_that_leave_a_number_no_value_object_to_it_and_no_third() -> None:
    """1 is told to be 2, to be 3, and to be no more than 9."""
    facts = facts_of(1, 2, 3, 9)
    state, checks, changes = state_of(
        facts,
        check_of(facts, ((1, 0),), ((1, 3),), operator="<="),
        check_of(facts, ((1, 0),), ((1, 1),)),
        check_of(facts, ((1, 0),), ((1, 2),)),
    )
    against = objection(changes[:1], state, checks)
    assert against is not None
    assert {check.id for check in against.checks} == {1, 2}


def test_what_no_number_stands_in_objects_with_the_shortest_first() -> None:
    facts = facts_of(1, 2, 3, 9)
    state, checks, _ = state_of(
        facts,
        check_of(facts, ((1, 3),), ((1, 0), (1, 1), (1, 2))),
        check_of(facts, ((1, 0),), ((1, 1),)),
        check_of(facts, ((1, 3),), ((1, 0), (1, 1))),
    )
    against = objection([], state, checks)
    assert against is not None
    assert [check.id for check in against.checks] == [1]


def test_of_numbers_in_sums_together_those_sums_object_and_not_what_bounds_a_third() -> None:
    """Two numbers are to make up 2 and also 3; the one beside them holds by itself."""
    facts = facts_of(1, 1, 2, 3, 5, 5)
    state, checks, changes = state_of(
        facts,
        check_of(facts, ((1, 2),), ((1, 0), (1, 1))),
        check_of(facts, ((1, 3),), ((1, 0), (1, 1))),
        check_of(facts, ((1, 4),), ((1, 5),)),
    )
    against = objection([changes[0], changes[1], changes[4]], state, checks)
    assert against is not None
    assert [check.id for check in against.checks] == [0, 1]


@pytest.mark.parametrize(("off", "repaired"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_check_holds_up_to_its_tolerance_and_no_further(off: int, repaired: bool) -> None:
    """Residuals of one unit hold, those of two do not."""
    facts = facts_of(1, 1)
    check = check_of(facts, ((1, 0),), ((1, 1),), tolerance=1).judged(residual=off)
    state, checks, _ = state_of(facts, check)
    assert (objection([], state, checks) is None) == repaired


@pytest.mark.parametrize("whole", [6, 7, 0])
def test_a_number_that_counts_twice_is_half_of_its_whole(whole: int) -> None:
    """An odd number of units has no half."""
    facts = facts_of(whole, 9)
    state, checks, changes = state_of(facts, check_of(facts, ((1, 0),), ((2, 1),)))
    assert (objection(changes[1:], state, checks) is None) == (whole % 2 == 0)
    assert ranges(changes[1:], state, checks)[changes[1]] == (Fraction(whole, 2), Fraction(whole, 2))


def test_amounts_are_compared_to_the_last_unit_however_large() -> None:
    """More digits than a float keeps."""
    facts = facts_of(1, 10**17 + 1, 10**17 + 1, 10**17)
    same = [check_of(facts, ((1, 0),), ((1, 1),)), check_of(facts, ((1, 0),), ((1, 2),))]
    state, checks, changes = state_of(facts, *same)
    assert objection(changes[:1], state, checks) is None
    state, checks, changes = state_of(facts, *same, check_of(facts, ((1, 0),), ((1, 3),)))
    assert objection(changes[:1], state, checks) is not None


def test_no_repair_changes_a_figure_in_two_ways() -> None:
    """A change told with the wrong word is turned or another number, not both."""
    text = "1.事业单位离退休支出决算为10.00万元，比上年9.00万元减少1.00万元，下降30%。"
    checks = tie_out(make_text_facts("五、一般公共预算财政拨款支出决算具体情况", text))
    state, changes = Corrections(checks), Changes(checks)
    sizes = set()
    for block in blocks(checks):
        for repair in smallest_repairs(block, state, changes.of).repairs:
            facts = [number for change in repair for number in change.facts]
            assert len(facts) == len(set(facts))
            sizes.add(len(repair))
    assert max(sizes) > 1
