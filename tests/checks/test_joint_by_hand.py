"""What makes a row of the joint check, how far a figure may move in it, and how what cannot be is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gouji.checks.check import Check, Checks
from gouji.checks.joint import judge_jointly
from gouji.checks.rules import rule
from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Facts
from gouji.intervals import Verdict
from support.by_hand import HALF, check_of, facts_of, with_amounts
from support.facts import make_facts, make_text_facts

CONSISTENT, ROUNDING, CONFLICT = Verdict.CONSISTENT, Verdict.ROUNDING, Verdict.CONFLICT
QUOTIENT = {"per": ((1, 2),)}


def numbered(facts: Facts, *checks: Check) -> Checks:
    return Checks(facts, tuple(replace(check, id=at) for at, check in enumerate(checks)))


@pytest.mark.parametrize(
    ("what", "rule_id", "fields", "usually", "every_rule"),
    [
        ("a sum", "expenditure.columns", {}, 1, 1),
        ("a sum that was not made", "expenditure.columns", {"verdict": Verdict.UNBOUND}, 0, 0),
        ("a sum that does not hold", "expenditure.columns", {"verdict": CONFLICT}, 0, 0),
        ("an order of amounts", "expenditure.columns", {"operator": "<="}, 1, 1),
        ("a question", "fiscal_summary.fund_balance", {}, 0, 1),
        ("a second print", "narrative.tables", {}, 1, 1),
        ("a second print that a sum explains", "narrative.tables", {"tie": True, "verdict": ROUNDING}, 0, 0),
        ("one that a sum explains, and no print", "narrative.tables", {"verdict": ROUNDING}, 1, 1),
        ("one column", "narrative.tables", {"tie": True}, 0, 0),
        ("a change", "narrative.change", {}, 1, 1),
        ("what only reports derive", "narrative.direction", {}, 0, 1),
        ("the same amount by a word", "narrative.change", {"claims": (2,)}, 0, 0),
        ("less by a word", "narrative.change", {"claims": (2,), "operator": "<"}, 0, 1),
        ("no more by a word", "narrative.change", {"claims": (2,), "operator": "<="}, 0, 1),
        ("an amount and a constant", "narrative.change", {"constant": 1}, 0, 1),
        ("a constant and a word", "narrative.change", {"constant": 1, "claims": (2,)}, 0, 0),
        ("shares of a whole", "narrative.shares_total", {}, 0, 0),
        ("a percentage as its figures give it", "narrative.share", QUOTIENT, 0, 2),
        ("a percentage that rounding allows", "narrative.share", {**QUOTIENT, "verdict": ROUNDING}, 2, 2),
    ],
)
def test_what_is_a_row(what: str, rule_id: str, fields: dict[str, Any], usually: int, every_rule: int) -> None:
    """Facts 0 = 1; of a quotient two rows, one check."""
    facts = facts_of(4 * HALF, 4 * HALF, 4 * HALF)
    check = check_of(facts, ((1, 0),), ((1, 1),), **{"verdict": CONSISTENT, "rule": rule(rule_id), **fields})
    checks = numbered(facts, check)
    assert judge_jointly(checks).checks == min(usually, 1)
    assert judge_jointly(checks, every_rule=True).checks == min(every_rule, 1)
    assert what


def test_what_is_freed_makes_a_row_of_what_does_not_hold_and_none_of_its_percentage() -> None:
    facts = facts_of(4 * HALF, 9 * HALF, 4 * HALF)
    broken = numbered(facts, check_of(facts, ((1, 0),), ((1, 1),), verdict=CONFLICT))
    assert [judge_jointly(broken, free).checks for free in ((), (0,), (1,), (2,))] == [0, 1, 1, 0]
    tie = numbered(facts, check_of(facts, ((1, 0),), ((1, 2),), tie=True, verdict=CONSISTENT))
    assert [judge_jointly(tie, free).checks for free in ((), (0,), (1,), (2,))] == [0, 1, 0, 1]
    share = numbered(facts, check_of(facts, ((1, 1),), ((1, 2),), per=((1, 0),), verdict=ROUNDING))
    assert [judge_jointly(share, free).checks for free in ((), (0,), (1,), (2,))] == [1, 1, 0, 1]


def test_prints_of_different_precision_are_no_one_column() -> None:
    """4.0 and 4.00: each may be off by what it is printed with."""
    fine = facts_of(80 * HALF, 80 * HALF)
    facts = replace(fine, facts=(replace(fine.facts[0], radius=10 * HALF), fine.facts[1]))
    tie = check_of(facts, ((1, 0),), ((1, 1),), tie=True, verdict=CONSISTENT)
    assert judge_jointly(numbered(facts, tie)).checks == 1
    both = numbered(facts, tie, moved(facts, 0, 10), moved(facts, 1, -1))
    assert len(judge_jointly(both).contradictions) == 1


def test_a_blank_beside_a_zero_is_no_second_print() -> None:
    facts = make_facts({"expenditure[208].total": "", "expenditure[213].total": "0.00"})
    tie = check_of(facts, ((1, 0),), ((1, 1),), tie=True, verdict=CONSISTENT)
    assert judge_jointly(numbered(facts, tie)).checks == 1
    assert reach(numbered(facts, tie), 1) == 0


def moved(facts: Facts, number: int, halves: int) -> Check:
    """A row that a figure satisfies only so many half-units below what it prints."""
    check = check_of(facts, ((1, number),), ())
    return check.judged(residual=halves * HALF, verdict=CONSISTENT)


def reach(checks: Checks, number: int, **options: Any) -> int:
    """By how many half-units a figure may be off, the other rows holding; 7 stands for any number."""
    for halves in range(1, 8):
        probe = moved(checks.facts, number, halves)
        if judge_jointly(numbered(checks.facts, *checks.checks, probe), **options).contradictions:
            return halves - 1
    return 7


def test_a_sum_of_rounded_parts_is_off_by_as_many_half_units() -> None:
    """Where it adds up to the digit, and so may what prints the same, unless it is freed; that may be off by any."""
    facts = facts_of(6 * HALF, 2 * HALF, 2 * HALF, 2 * HALF, 6 * HALF)
    parts = ((1, 1), (1, 2), (1, 3))
    total = check_of(facts, ((1, 0),), parts, defines=True)
    again = check_of(facts, ((1, 4),), ((1, 0),), tie=True)
    checks = numbered(facts, total, again)
    assert [reach(checks, number) for number in range(5)] == [3, 1, 1, 1, 3]
    assert [reach(checks, number, strict=True) for number in range(5)] == [1] * 5
    assert reach(numbered(facts, again, total), 4) == 3
    assert [reach(checks, number, free=(0,)) for number in (0, 1, 4)] == [1, 1, 1]
    assert reach(numbered(facts, check_of(facts, ((1, 0),), ((1, 4),))), 0, free=(0, 4)) == 7
    told = numbered(facts, check_of(facts, ((1, 0),), parts))
    assert reach(told, 0) == 1
    off = with_amounts(facts, {0: 8 * HALF, 4: 8 * HALF})
    assert reach(numbered(off, check_of(off, ((1, 0),), parts, defines=True, tolerance=4 * HALF)), 0) == 1


def spoken(change: str) -> Facts:
    """This year's amount, last year's and the change, in this order."""
    text = f"1.事业单位离退休支出决算为10.00万元，比上年9.00万元增加{change}万元。"
    return make_text_facts("五、一般公共预算财政拨款支出决算具体情况", text)


@pytest.mark.parametrize(
    ("rule_id", "change", "reaches"),
    [
        ("narrative.change", "1.00", [1, 1, 2]),
        ("narrative.change", "1.01", [0, 1, 1]),
        ("narrative.closing_total", "1.00", [1, 1, 1]),
        ("narrative.adjustment", "1.00", [1, 1, 1]),
    ],
)
def test_a_change_may_be_that_of_rounded_amounts(rule_id: str, change: str, reaches: list[int]) -> None:
    """Where it is the difference to the digit, and only where it is one. (Of 10.00, 9.00 and 1.01 the first can only be
    more.)"""
    facts = spoken(change)
    texts = [fact.figure.text for fact in facts]
    assert texts == ["10.00万元", "9.00万元", f"增加{change}万元"]
    check = check_of(facts, ((1, 0),), ((1, 1), (1, 2)), rule=rule(rule_id), tolerance=3 * HALF)
    every = {"every_rule": rule_id == "narrative.adjustment"}
    assert [reach(numbered(facts, check), number, **every) for number in range(3)] == reaches
    assert [reach(numbered(facts, check), number, strict=True, **every) for number in range(3)] == [
        min(one, 1) for one in reaches
    ]


def test_a_change_of_an_amount_in_a_table_may_be_that_of_rounded_ones() -> None:
    """A table's figure says nothing in words."""
    table = {f"general_budget[2080502].{name}": text for name, text in {"total": "10.00", "basic": "10.00"}.items()}
    text = "1.事业单位离退休支出决算为10.00万元，比上年9.00万元增加1.00万元。"
    facts = make_text_facts("五、一般公共预算财政拨款支出决算具体情况", text, table)
    by_text = {fact.figure.text: fact.id for fact in facts}
    now, before, more = by_text["10.00"], by_text["9.00万元"], by_text["增加1.00万元"]
    check = check_of(facts, ((1, now),), ((1, before), (1, more)), rule=rule("narrative.change"))
    assert [reach(numbered(facts, check), number) for number in (now, before, more)] == [1, 1, 2]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_changes_that_are_added_up_may_each_be_that_of_rounded_amounts(times: int) -> None:
    facts = facts_of(4 * HALF, 2 * HALF, 2 * HALF)
    check = check_of(facts, ((1, 0),), ((1, 1), (1, 2)), rule=rule("narrative.family_change"), times=times)
    assert [reach(numbered(facts, check), number) for number in range(3)] == [min(times, 2)] * 3


@pytest.mark.parametrize("sign", [1, -1])
def test_a_percentage_bounds_what_it_is_of(sign: int) -> None:
    """50 % printed without decimals of 100.00: from 49.5 % of 99.995 to 50.5 % of 100.005, or both below zero."""
    facts = make_text_facts("三、支出决算情况说明", "2023年度支出合计100.00万元，其中：基本支出50.00万元，占50%。")
    by_text = {fact.figure.text.removesuffix("万元"): fact.id for fact in facts}
    whole, part, share = by_text["100.00"], by_text["50.00"], by_text["50%"]
    amounts = {number: sign * (facts.facts[number].amount or 0) for number in (whole, part)}
    facts = with_amounts(facts, amounts)
    quotient = check_of(facts, ((1, share),), ((1, part),), per=((1, whole),), verdict=CONSISTENT)

    def allows(more: int) -> bool:
        """So many scaled units further from zero."""
        probe = check_of(facts, ((1, part),), ()).judged(residual=-sign * more, verdict=CONSISTENT)
        return judge_jointly(numbered(facts, quotient, probe), (part,), every_rule=True).contradictions == ()

    assert [allows(more) for more in (0, 5_025_000_000, 5_026_000_000)] == [True, True, False]
    assert [allows(-more) for more in (5_024_000_000, 5_025_000_000)] == [True, False]


def test_no_more_than_five_contradictions_are_told() -> None:
    facts = facts_of(*range(0, 70 * HALF, 10 * HALF))
    rows = [check_of(facts, ((1, at),), ((1, at + 1),), verdict=CONSISTENT) for at in range(6)]
    for told in range(7):
        joint = judge_jointly(numbered(facts, *rows[:told]))
        assert len(joint.contradictions) == min(told, 5)
        assert (joint.witness is None) == bool(told)


def test_an_order_that_rounding_cannot_mend_is_a_contradiction() -> None:
    """One of rows that are all slack, or off by what rounding allows, is none."""
    for more, holds in ((-9, True), (0, True), (1, True), (2, True), (3, False)):
        facts = facts_of(4 * HALF + more * HALF, 4 * HALF)
        check = check_of(facts, ((1, 0),), ((1, 1),), operator="<=", verdict=ROUNDING)
        assert (judge_jointly(numbered(facts, check)).contradictions == ()) == holds


@pytest.mark.parametrize(
    ("turned", "order", "operator", "multipliers"),
    [
        ((1, 1), (0, 1), "=", (1, 2)),
        ((1, 1), (1, 0), "=", (2, 1)),
        ((-1, 1), (0, 1), "=", (1, -2)),
        ((1, -1), (0, 1), "=", (1, -2)),
        ((-1, -1), (1, 0), "=", (2, 1)),
        ((1, -1), (1, 0), "=", (2, -1)),
        ((1, -1), (1, 0), "<=", (-2, 1)),
        ((1, 1), (0, 1), "<=", (1, 2)),
    ],
)
def test_a_contradiction_is_told_by_what_its_rows_are_multiplied_with(
    turned: tuple[int, int], order: tuple[int, int], operator: str, multipliers: tuple[int, ...]
) -> None:
    """a = 2b and b = c, each off by what rounding allows: a is off 2c by five half-units, of which three may be.

    Equalities may be added either way, and the first counts plus; an order has one direction.
    """
    facts = facts_of(25 * HALF, 12 * HALF, 10 * HALF)
    first = check_of(facts, ((turned[0], 0),), ((2 * turned[0], 1),), operator=operator, verdict=ROUNDING)
    second = check_of(facts, ((turned[1], 1),), ((turned[1], 2),), verdict=ROUNDING)
    checks = numbered(facts, *((first, second)[at] for at in order))
    (found,) = judge_jointly(checks).contradictions
    assert found.checks == checks.checks
    assert found.multipliers == multipliers
    assert (abs(found.residual), found.allowed) == (5 * HALF, 3 * HALF)
    assert found.residual == sum(
        times * check.residual for times, check in zip(found.multipliers, found.checks, strict=True)
    )


def test_a_department_is_judged_on_its_sums_alone_unless_every_rule_is_asked_for() -> None:
    text = "2023年度支出合计100.00万元，其中：基本支出50.00万元，占50%。"
    checks = tie_out(make_text_facts("三、支出决算情况说明", text))
    assert judge_jointly(checks).checks == judge_jointly(checks, every_rule=False).checks
    assert judge_jointly(checks).checks < judge_jointly(checks, every_rule=True).checks
