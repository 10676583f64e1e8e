"""What is told of violated checks: blocks, causes, suspects; and the search behind it, against every single change."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.check import Check, Checks
from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Facts
from gouji.findings.explain import explain
from gouji.intervals import unscaled
from gouji.repair import search
from gouji.repair.change import Change, Changes, Kind
from gouji.repair.corrections import Corrections, may_be_negative
from gouji.repair.locate import blocks, locate
from gouji.repair.search import smallest_repairs
from gouji.repair.solve import objection, ranges, touched_by
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts, make_text_facts

CASES = load_yaml((TESTS / "cases" / "locate.yaml").read_text(encoding="utf-8"))
COLUMNS = ("total", "basic", "project")


def cells(rows: dict[str, list[str]], table: str = "expenditure") -> dict[str, str]:
    """Printed text by concept path."""
    return {
        f"{table}[{row}].{name}": text for row, texts in rows.items() for name, text in zip(COLUMNS, texts, strict=True)
    }


def facts_of(case: dict[str, Any]) -> Facts:
    printed = {**cells(case.get("table", {})), **cells(case.get("general", {}), "general_budget")}
    return make_text_facts(case["section"], case["text"], printed) if "text" in case else make_facts(printed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_causes(case: dict[str, Any]) -> None:
    checks = tie_out(facts_of(case))
    assert [len(block) for block in blocks(checks)] == case["blocks"]
    found = [
        {
            "suspects": {
                one.fact.concept.path.removeprefix("narrative."): None
                if one.implied is None
                else unscaled(one.implied, "万元").normalize()
                for one in cause.suspects
            },
            "located": cause.located,
            "conflicts": len(cause.conflicts),
            "omitted": any(one.omitted for one in cause.suspects),
            "others": [one.fact.concept.path for one in cause.others],
            "partial": cause.partial,
        }
        for cause in locate(checks)
    ]
    expected = [
        {
            "omitted": False,
            "others": [],
            "partial": False,
            **cause,
            "suspects": {path: value and Decimal(value).normalize() for path, value in cause["suspects"].items()},
        }
        for cause in case["causes"]
    ]
    assert found == expected


def table_with_errors(seed: int, most: int = 5) -> Checks:
    """A true table of three classes with one to `most` cells changed."""
    chance = random.Random(seed)
    amounts = {row: [chance.randrange(1, 50_000) for _ in range(2)] for row in ("208", "213", "221")}
    amounts["total"] = [sum(amounts[row][column] for row in amounts) for column in range(2)]
    printed = {row: [sum(values), *values] for row, values in amounts.items()}
    places = [(row, column) for row in printed for column in range(3)]
    for row, column in chance.sample(places, chance.randint(1, most)):
        printed[row][column] += chance.choice((-1, 1)) * chance.randrange(10, 9_000)
    texts = {row: [f"{value / 100:.2f}" for value in values] for row, values in printed.items()}
    return tie_out(make_facts(cells(texts)))


@pytest.mark.parametrize("seed", range(30))
def test_blocks_are_the_connected_parts_of_what_is_violated(seed: int) -> None:
    checks = table_with_errors(seed)
    found = blocks(checks)
    every = [*checks.conflicts(), *checks.omissions()]
    assert sorted(check.id for block in found for check in block) == sorted(check.id for check in every)
    for block in found:
        assert [check.id for check in block] == sorted(check.id for check in block)
        reached, waiting = set(block[0].fact_ids), list(block[1:])
        while near := [check for check in waiting if check.fact_ids & reached]:
            reached |= {fact for check in near for fact in check.fact_ids}
            waiting = [check for check in waiting if check not in near]
        assert not waiting
        assert all(reached.isdisjoint(check.fact_ids) for other in found if other is not block for check in other)


@pytest.mark.parametrize("seed", range(30))
def test_every_conflict_is_explained_and_nothing_else(seed: int) -> None:
    checks = table_with_errors(seed)
    causes = locate(checks)
    assert {check.id for cause in causes for check in cause.conflicts} == {check.id for check in checks.conflicts()}
    for cause in causes:
        numbers = {one.fact.id for one in cause.suspects}
        assert len(numbers) == len(cause.suspects) >= 1
        assert cause.located == (len({one.fact.place for one in cause.suspects}) == 1)
        assert all(numbers & check.fact_ids for check in cause.conflicts)
        assert numbers.isdisjoint(one.fact.id for one in cause.others)


def holds(change: Change, value: int, state: Corrections, violated: list[Check]) -> bool:
    """True where all checks hold with a number at a value."""
    after = state.with_values(dict.fromkeys(change.facts, value))
    facts = state.checks.facts.facts
    if value < 0 and not any(may_be_negative(facts[number]) for number in change.facts):
        return False
    return not any(after.violated(check) for check in touched_by([change], after, violated))


def ends(change: Change, state: Corrections, violated: list[Check]) -> list[int]:
    """The values at which some check begins or ceases to hold: one of them holds, or none does."""
    found = [0]
    fact = state.checks.facts.facts[change.first]
    for check in touched_by([change], state, violated):
        weight, rest = state.split(fact, check)
        if weight:
            found += [(sign * check.tolerance - rest) // weight + more for sign in (-1, 1) for more in (0, 1)]
    return found


@pytest.mark.parametrize("seed", range(40))
def test_a_change_is_objected_to_where_no_value_would_do(seed: int) -> None:
    checks = table_with_errors(seed, most=2)
    state, changes = Corrections(checks), Changes(checks)
    assert blocks(checks)
    numbers = {one for check in checks.made() for one in changes.of(check) if one.kind is Kind.NUMBER}
    assert numbers
    for block in blocks(checks):
        for change in numbers:
            against = objection([change], state, block)
            works = [value for value in ends(change, state, block) if holds(change, value, state, block)]
            assert (against is None) == bool(works)
            if against is None:
                low, high = ranges([change], state, block)[change]
                assert low is not None
                assert high is not None
                assert low <= min(works) <= max(works) <= high
            else:
                among = list(against.checks)
                alone = state.with_values(dict.fromkeys(change.facts, 0))
                free = [check for check in among if not check.fact_ids & {*change.facts}]
                assert among
                assert any(alone.violated(check) for check in free) or not free


def test_objections_name_the_shortest_check_that_fails() -> None:
    checks = table_with_errors(3)
    state, changes = Corrections(checks), Changes(checks)
    (block, *_) = blocks(checks)
    untouched = [check for check in block if len(check.fact_ids) == min(len(one.fact_ids) for one in block)]
    against = objection([], state, block)
    assert against is not None
    assert against.checks[0] in untouched
    assert len(against.checks) == 1
    assert changes.of(block[0])


def test_the_search_is_given_up_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the patience for one set fewer than it takes nothing is exhausted; with just enough it is."""
    checks = table_with_errors(6, most=2)
    state, changes = Corrections(checks), Changes(checks)
    (block, *_) = blocks(checks)
    outcomes = []
    for patience in range(400):
        monkeypatch.setattr(search, "_PATIENCE", patience)
        outcomes.append(smallest_repairs(block, state, changes.of))
        if outcomes[-1].exhausted:
            break
    assert outcomes[-1].exhausted
    assert not any(one.exhausted for one in outcomes[:-1])
    assert outcomes[0].repairs == ()
    assert len(outcomes) - 1 == tried(block, state, changes)


def tried(block: list[Check], state: Corrections, changes: Changes) -> int:
    """How many sets the search looks at: those of each size that stand in what objects to a smaller one."""
    layer = {frozenset[Change](): [min(block, key=lambda one: len(one.fact_ids))]}
    count = 0
    for _ in range(3):
        grown: dict[frozenset[Change], list[Check]] = {}
        found = False
        for changed, against in layer.items():
            facts = {fact for one in changed for fact in one.facts}
            for check in against:
                for change in changes.of(check):
                    if facts & {*change.facts} or changed | {change} in grown:
                        continue
                    objected = objection(tuple(changed | {change}), state, block)
                    found = found or objected is None
                    grown[changed | {change}] = list(objected.checks) if objected else []
        count += len(grown)
        if found:
            return count
        layer = grown
    return count


def test_repairs_of_four_figures_are_not_looked_for() -> None:
    """Four sums of figures that nothing else vouches for, joined by their total: no three changes mend them."""
    rows = {"total": ["400.00", "200.00", "200.00"]}
    rows |= {code: ["100.00", "50.00", "59.00"] for code in ("208", "213", "221", "224")}
    checks = tie_out(make_facts(cells(rows)))
    (block, *_) = blocks(checks)
    state, changes = Corrections(checks), Changes(checks)
    given_up = smallest_repairs(block, state, changes.of)
    assert given_up.repairs == ()
    assert given_up.exhausted
    assert smallest_repairs(block, state, changes.of, most=1) == given_up
    assert all(len(one) == 4 for one in smallest_repairs(block, state, changes.of, most=4).repairs)
    assert smallest_repairs(block, state, changes.of, most=4).repairs


def test_three_figures_are_looked_for() -> None:
    rows = {"total": ["300.00", "150.00", "150.00"]}
    rows |= {code: ["100.00", "50.00", "59.00"] for code in ("208", "213", "221")}
    checks = tie_out(make_facts(cells(rows)))
    (block, *_) = blocks(checks)
    found = smallest_repairs(block, Corrections(checks), Changes(checks).of)
    assert found.exhausted
    assert {len(one) for one in found.repairs} == {3}
    assert smallest_repairs(block, Corrections(checks), Changes(checks).of, most=2).repairs == ()


BUDGET = {"total": "31.00", "vehicles": "30.00", "vehicle_operation": "30.00", "reception": "1.00"}
ACTUAL = {"total": "32.06", "vehicles": "30.00", "vehicle_operation": "30.00", "reception": "2.06"}


def three_public(text: str, actual: dict[str, str]) -> Checks:
    """A table of 三公 whose reception is above its budget, and a sentence about it."""
    table = {f"three_public.budget.{name}": value for name, value in BUDGET.items()}
    table |= {f"three_public.actual.{name}": value for name, value in actual.items()}
    return tie_out(make_text_facts("七、“三公”经费支出决算情况说明", text, table))


def test_what_only_asks_is_asked_alone_and_shifts_no_blame() -> None:
    """A rate is wrong; that the expense is above its budget may be true, and makes no budget wrong."""
    text = "公务接待费预算为1.00万元，支出决算为2.06万元，比预算数增加1.06万元，增长1.06%。"
    rate, asked = locate(three_public(text, ACTUAL))
    assert [one.fact.figure.text for one in rate.suspects] == ["增长1.06%"]
    assert rate.located
    assert not asked.located
    assert {check.rule.id for check in asked.conflicts} == {"three_public.within_budget"}
    assert all(one.implied is None for one in asked.suspects)
    (question,) = explain(three_public(text, ACTUAL)).of("question")
    assert question.title.endswith("“公务接待费”2.06万元大于另一栏的1.00万元，是何原因？")
    assert question.message.endswith("数字如无误，须说明原因。")


def test_what_only_asks_of_a_wrong_figure_is_a_consequence_of_it() -> None:
    text = "公务接待费支出决算为0.62万元，比上年增加0.02万元，增长3.33%。"
    (cause,) = locate(three_public(text, ACTUAL | {"reception": "6.20", "total": "30.62"}))
    assert [one.fact.concept.path for one in cause.suspects] == ["three_public.actual.reception"]
    assert {check.rule.id for check in cause.conflicts} >= {"three_public.within_budget", "narrative.tables"}
    (error,) = explain(three_public(text, ACTUAL | {"reception": "6.20", "total": "30.62"})).findings
    assert "大于" not in error.title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("上年商品和服务支出60.00万元，今年减少8.00万元，增长13.33%。", "称减少8.00万元，又称增长13.33%"),
        ("商品和服务支出决算为52.00万元，比上年减少8.00万元，增长9.9%。", "称减少8.00万元，又称增长9.9%"),
    ],
)
def test_words_that_contradict_each_other_are_the_title(text: str, said: str) -> None:
    """Where both ways, or neither, would make the rate right, the title does not blame the rate."""
    (error,) = explain(tie_out(make_text_facts("二、收入决算情况说明", text))).of("error")
    assert error.title.endswith(said)
    assert not error.located
