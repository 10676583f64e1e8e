"""How conflicts are taken together, and how a block of many errors is told step by step."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gouji.checks.check import Check, Checks
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.intervals import Verdict
from gouji.repair import locate as module
from gouji.repair.greedy import Step
from gouji.repair.locate import blocks, locate
from gouji.repair.search import Search, smallest_repairs
from gouji.repair.weights import load_weights
from support.facts import make_facts

COLUMNS = ("total", "basic", "project")


def cells(table: str, rows: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    return {
        f"{table}[{row}].{name}": text for row, texts in rows.items() for name, text in zip(COLUMNS, texts, strict=True)
    }


def lone_sum() -> Checks:
    """A row whose parts do not make up its total."""
    return tie_out(make_facts(cells("expenditure", {"total": ("385.28", "270.90", "124.38")})))


def without_small_repairs(monkeypatch: pytest.MonkeyPatch, steps: list[list[Step]]) -> None:
    """Blocks that no small set of figures repairs, and what is gained step by step."""
    waiting = iter([*steps, []])
    monkeypatch.setattr(module, "smallest_repairs", lambda *_: Search((), exhausted=True))
    monkeypatch.setattr(module, "best_steps", lambda *_: next(waiting))


def messy(seed: int) -> Checks:
    """Two tables that print the same, with more wrong cells than a repair may change."""
    chance = random.Random(seed)
    true = {code: [chance.randrange(1, 5000) for _ in range(2)] for code in ("208", "213")}
    true["total"] = [sum(true[code][column] for code in true) for column in range(2)]
    printed: dict[str, str] = {}
    for table in ("expenditure", "general_budget"):
        rows = {row: [sum(values), *values] for row, values in true.items()}
        for row, column in chance.sample([(row, column) for row in rows for column in range(3)], 4):
            rows[row][column] += chance.choice((-900, -100, -4, 3, 100, 900))
        printed |= cells(table, {row: tuple(f"{value / 100:.2f}" for value in rows[row]) for row in rows})  # type: ignore[misc]
    return tie_out(make_facts(printed))


@pytest.mark.parametrize("seed", range(12))
def test_no_cause_is_told_that_explains_nothing(seed: int) -> None:
    """What was told of figures that cannot be told apart is not taken for corrected behind the reader's back."""
    checks = messy(seed)
    causes = locate(checks)
    assert all(cause.conflicts for cause in causes)
    assert {one.id for cause in causes for one in cause.conflicts} >= {one.id for one in checks.conflicts()}


@pytest.mark.parametrize("broken", [-1, 0, 1, 2])
def test_a_cause_is_partial_where_its_step_breaks_more_than_it_mends(
    monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    checks = lone_sum()
    (check,) = checks.conflicts()
    fact = checks.facts.facts[check.left[0][1]]
    implied = (fact.amount or 0) - check.residual
    without_small_repairs(monkeypatch, [[Step(fact, implied, (check,), broken)]])
    (cause,) = locate(checks)
    assert cause.partial == (broken > 0)
    assert cause.located
    assert [(one.fact.id, one.implied) for one in cause.suspects] == [(fact.id, implied)]


def test_a_conflict_that_nothing_explains_is_told_with_all_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = lone_sum()
    (check,) = checks.conflicts()
    without_small_repairs(monkeypatch, [])
    (cause,) = locate(checks)
    assert not cause.located
    assert [one.fact.figure.text for one in cause.suspects] == ["385.28", "270.90", "124.38"]
    assert [one.implied for one in cause.suspects] == [None, None, None]
    assert cause.conflicts == [check]


def test_a_form_that_is_not_kept_does_not_hide_the_sums_behind_it() -> None:
    """A check of form has no figures to correct: it belongs to no block, and those behind it do."""
    checks = lone_sum()
    form = Check(-1, checks.checks[0].rule, "", "=", (), (), verdict=Verdict.CONFLICT, concerns=(0,))
    assert blocks(Checks(checks.facts, (form, *checks.checks))) == blocks(checks) != []


def test_conflicts_on_one_word_are_one_block() -> None:
    """Two sums that share nothing but the word that states both."""
    rows = {"total": ("385.28", "270.90", "124.38")}
    checks = tie_out(make_facts(cells("expenditure", rows) | cells("general_budget", rows)))
    assert [len(block) for block in blocks(checks) if block[0].rule.id.endswith(".columns")] == [1, 1]
    word = len(checks.facts.facts)
    worded = tuple(replace(check, claims=(word,)) if len(check.right) == 2 else check for check in checks.checks)
    assert [len(block) for block in blocks(Checks(checks.facts, worded))] == [2]


def decided(monkeypatch: pytest.MonkeyPatch, decisive: int) -> list[tuple[bool, list[str], list[str]]]:
    """What is told of a column of which only the total is vouched for, with another least distance of weights."""
    weights = load_weights().model_copy(update={"decisive": decisive})
    monkeypatch.setattr(module, "load_weights", lambda: weights)
    printed = cells("expenditure", {"total": ("100.00", "60.00", "40.00")})
    printed |= {"expenditure[208].total": "95.00", "expenditure[213].total": "0"}
    return [
        (one.located, [two.fact.figure.text for two in one.suspects], [two.fact.figure.text for two in one.others])
        for one in locate(tie_out(make_facts(printed)))
    ]


def test_what_is_heavier_by_the_decisive_weight_is_much_less_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printed amount weighs 100, a zero that should be an amount 125."""
    assert decided(monkeypatch, 26) == [(False, ["95.00", "0"], [])]
    assert decided(monkeypatch, 25) == [(True, ["95.00"], ["0"])]
    assert decided(monkeypatch, 1) == [(True, ["95.00"], ["0"])]


def test_nothing_is_located_by_a_search_that_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another repair of the same size may be among those that were not tried."""
    checks = tie_out(
        make_facts(
            cells("expenditure", {"total": ("385.28", "260.90", "124.38"), "208": ("385.28", "260.90", "124.38")})
            | cells("general_budget", {"total": ("385.28", "260.90", "124.38"), "208": ("385.28", "206.90", "124.38")})
        )
    )
    (located,) = locate(checks)
    assert located.located
    search = smallest_repairs
    monkeypatch.setattr(module, "smallest_repairs", lambda *given: replace(search(*given), exhausted=False))
    (given_up,) = locate(checks)
    assert [one.fact.id for one in given_up.suspects] == [one.fact.id for one in located.suspects]
    assert not given_up.located


def test_what_may_be_as_printed_is_not_to_be_corrected() -> None:
    """Of a located figure that is only bounded, the printed value lies outside the bounds."""
    text = """2023年度部门决算
七、财政拨款“三公”经费支出决算情况说明
公务用车运行维护费支出预算为8.00万元，支出决算为5.00万元，完成预算的85.20%，比预算减少3.00万元。"""
    facts = recognise(Document("account", "", "utf-8", read_blocks(text)))
    bounded = [
        (one.fact.amount, *one.range)
        for cause in [*locate(tie_out(facts)), *(cause for seed in range(12) for cause in locate(messy(seed)))]
        if cause.located
        for one in cause.suspects
        if one.implied is None and one.range != (None, None)
    ]
    assert bounded
    for printed, low, high in bounded:
        assert printed is not None
        assert (low is not None and printed < low) or (high is not None and printed > high)
