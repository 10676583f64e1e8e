"""Smallest repairs: all of them are found, each holds exactly, and what they weigh has its reasons."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from math import ceil, floor
from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.check import Check, Checks
from gouji.checks.tie_out import tie_out
from gouji.fictitious.departments import TEMPLATES, change_cell, make_department, to_text
from gouji.repair.change import Change, Changes, Kind
from gouji.repair.corrections import Corrections
from gouji.repair.locate import blocks, locate
from gouji.repair.search import MOST, smallest_repairs
from gouji.repair.solve import objection, ranges, touched_by
from gouji.repair.values import values_of
from gouji.repair.weighed import lightest_first
from gouji.repair.weights import load_weights
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts, make_text_facts
from support.texts import checks_of


def table(rows: dict[str, tuple[str, str, str]]) -> Checks:
    """The checks of a 支出决算表: total, basic, project by row."""
    names = ("total", "basic", "project")
    cells = {
        f"expenditure[{row}].{name}": text
        for row, texts in rows.items()
        for name, text in zip(names, texts, strict=True)
    }
    return tie_out(make_facts(cells))


def searched(checks: Checks) -> Iterator[tuple[list[Check], Corrections, Changes]]:
    """Each block of violated checks with what a search needs."""
    for block in blocks(checks):
        yield block, Corrections(checks), Changes(checks)


def random_table(seed: int) -> Checks:
    """A true table of two classes with one to three cells changed."""
    chance = random.Random(seed)
    amounts = {row: [chance.randrange(1, 50_000) for _ in range(2)] for row in ("208", "213")}
    amounts["total"] = [sum(amounts[row][column] for row in ("208", "213")) for column in range(2)]
    cells = {row: [sum(values), *values] for row, values in amounts.items()}
    for row, column in chance.sample([(row, column) for row in cells for column in range(3)], chance.randint(1, 3)):
        cells[row][column] += chance.choice((-1, 1)) * chance.randrange(10, 9_000)
    return table({row: tuple(f"{value / 100:.2f}" for value in values) for row, values in cells.items()})  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(40))
def test_the_search_finds_all_smallest_repairs(seed: int) -> None:
    """Against every set of every size, tried one by one."""
    checks = random_table(seed)
    looked = list(searched(checks))
    assert looked
    for block, state, changes in looked:
        every = {change for check in checks.made() for change in changes.of(check)}
        expected: set[frozenset[Change]] = set()
        for size in range(1, MOST + 1):
            sets = itertools.combinations(sorted(every, key=lambda one: one.facts), size)
            expected = {frozenset(one) for one in sets if objection(one, state, block) is None}
            if expected:
                break
        found = smallest_repairs(block, state, changes.of)
        assert found.exhausted
        assert set(found.repairs) == expected


def test_ranges_end_where_checks_begin_to_fail() -> None:
    """For one number: both ends hold exactly, and a scaled unit further out something does not."""
    looked = 0
    for block, state, changes in (one for seed in range(40) for one in searched(random_table(seed))):
        for repair in smallest_repairs(block, state, changes.of).repairs:
            if len(repair) > 1:
                continue
            (change,) = repair
            low, high = ranges([change], state, block)[change]
            assert high is not None
            looked += 1
            for value, holds in ((ceil(low or 0), True), (floor(high), True), (floor(high) + 1, False)):
                after = state.with_values(dict.fromkeys(change.facts, value))
                violated = [check for check in touched_by([change], after, block) if after.violated(check)]
                assert (violated == []) == holds
    assert looked >= 10


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_the_values_of_every_repair_are_verified(template: str) -> None:
    """Two misprints in a department: with a repair's values every check it touches holds, in exact arithmetic."""
    department = make_department(4, template)
    chance = random.Random(template)
    cells = [path for path, text in department.printed.items() if any(char in "123456789" for char in text)]
    for path in chance.sample(cells, 2):
        text = department.printed[path].replace(",", "")
        department = change_cell(department, path, f"{text[:-4]}{(int(text[-4]) + 3) % 10}{text[-3:]}")
    checks = checks_of(to_text(department))
    tried = 0
    for block, state, changes in searched(checks):
        for repair in smallest_repairs(block, state, changes.of).repairs:
            values = values_of(tuple(repair), state)
            if values is None or len(values) < len(repair):
                continue
            after = state.with_values(values)
            assert not any(after.violated(check) for check in touched_by(tuple(repair), after, block))
            tried += 1
    assert tried


def test_two_errors_in_one_block_are_both_located() -> None:
    """A cell of either class is wrong in the same column, and so is the total of one row."""
    checks = table(
        {
            "total": ("385.28", "270.90", "114.38"),
            "208": ("285.28", "209.00", "84.38"),
            "213": ("100.00", "70.00", "33.00"),
        }
    )
    causes = locate(checks)
    assert all(cause.located for cause in causes)
    assert {cause.suspects[0].fact.concept.path: cause.suspects[0].implied for cause in causes} == {
        "expenditure[208].basic": 2_009_000_000_000,
        "expenditure[213].project": 300_000_000_000,
    }


def test_a_word_is_wrong_rather_than_two_figures() -> None:
    """28.65 of 31 is 92.42 %: no single figure makes 大于 true, the word alone can be turned."""
    text = "1.事业单位离退休年初预算31万元，支出决算为28.65万元，完成年初预算的92.42%，决算数大于年初预算数。"
    causes = locate(tie_out(make_text_facts("五、一般公共预算财政拨款支出决算具体情况", text)))
    assert [(cause.located, cause.suspects[0].fact.figure.text) for cause in causes] == [(True, "大于")]
    assert causes[0].suspects[0].implied is None


def test_repairs_come_lightest_first_and_say_why() -> None:
    """A lone sum whose parts are 0 and 124.38: to hold the zero wrong is dearer, with the reason."""
    checks = table({"total": ("385.28", "0", "124.38")})
    ((block, state, changes),) = searched(checks)
    weighed = lightest_first(smallest_repairs(block, state, changes.of).repairs, block, state)
    assert [one.cost.weight for one in weighed] == sorted(one.cost.weight for one in weighed)
    heaviest = weighed[-1]
    assert checks.facts.facts[heaviest.changes[0].first].figure.text == "0"
    assert load_weights().line("empty").reason in [reason for reason, _, _ in heaviest.cost.lines]


def test_the_table_of_weights_keeps_size_before_weight() -> None:
    """However weighty one figure and however light two, fewer figures are the lighter repair."""
    weights = load_weights()
    kinds = [line.weight for line in weights.kinds if line.id != "omitted"]
    singular = ("words", "unlikely_rate")  # what one figure alone shows
    gains = [line for line in weights.evidence if line.weight < 0 and line.id not in singular]
    gain = -sum(line.weight * line.most for line in gains)
    assert 2 * min(kinds) - gain > max(kinds)
    assert all(line.reason for line in (*weights.kinds, *weights.evidence))


def test_a_number_that_states_two_quantities_is_one_change() -> None:
    text = "2023年度收、支总计385.28万元。"
    cells = {"summary[grand_total].income": "385.28", "summary[grand_total].expenditure": "385.28"}
    checks = tie_out(make_text_facts("一、收入支出决算总体情况说明", text, table=cells))
    changes = Changes(checks)
    stated = [fact for fact in checks.facts.statements() if fact.amount]
    assert len(stated) == 2
    assert len({changes.number(fact) for fact in stated}) == 1
    assert changes.number(stated[0]).kind is Kind.NUMBER


WEIGHED = load_yaml((TESTS / "cases" / "weights.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", WEIGHED, ids=lambda case: case["case"])
def test_a_repair_is_weighed_by_the_lines_that_apply(case: dict[str, Any]) -> None:
    table = case.get("table", {})
    facts = make_text_facts(case["section"], case["text"], table) if "text" in case else make_facts(table)
    reasons = {
        tuple(reason for reason, _, _ in one.cost.lines)
        for block, state, changes in searched(tie_out(facts))
        for one in lightest_first(smallest_repairs(block, state, changes.of).repairs, block, state)
        for change in one.changes
        if facts.facts[change.first].figure.text.strip() == case["figure"]
    }
    assert reasons == {tuple(load_weights().line(name).reason for name in case["lines"])}


def test_every_line_of_the_table_of_weights_has_a_case() -> None:
    shown = {name for case in WEIGHED for name in case["lines"]}
    assert shown == {line.id for line in (*load_weights().kinds, *load_weights().evidence)}
