"""How checks are told, counted and found again."""

from __future__ import annotations

from collections import Counter
from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.check import VERDICT_NAMES, Check, Checks, unreadable_reason
from gouji.checks.tie_out import tie_out
from gouji.facts.fact import Part
from gouji.intervals import Verdict
from gouji.memo.marked import AGAINST_BLANKS, why_unconstrained
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts, make_text_facts

CASES = load_yaml((TESTS / "cases" / "told.yaml").read_text(encoding="utf-8"))
COLUMNS = ("total", "basic", "project")


def checks_of(case: dict[str, Any]) -> Checks:
    """The checks of a 支出决算表 and of sentences."""
    table = {
        f"expenditure[{row}].{name}": text
        for row, texts in case.get("table", {}).items()
        for name, text in zip(COLUMNS, texts, strict=True)
    }
    unit = case.get("unit", "万元")
    if "text" in case:
        return tie_out(make_text_facts(case["section"], case["text"], table, unit=unit))
    return tie_out(make_facts(table, unit=unit))


def shown(value: Decimal | None) -> str:
    return "-" if value is None else str(value)


def told(checks: Checks, check: Check) -> str:
    """A check as the cases tell it."""
    verdict = check.verdict.value + (" omitted" if check.blank else "")
    sides = (checks.side_value(check, "left"), checks.side_value(check, "right"), checks.difference(check))
    return " | ".join([check.rule.id, verdict, checks.algebra(check), *map(shown, sides), checks.unit(check)]).rstrip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_checks_are_told_with_what_is_printed(case: dict[str, Any]) -> None:
    checks = checks_of(case)
    assert [told(checks, check).rstrip(" |") for check in checks.checks if check.terms] == [
        line.rstrip(" |") for line in case["told"]
    ]
    assert [fact.figure.text.strip() for fact in checks.unconstrained()] == case["unconstrained"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_columns_say_the_same_of_each_check(case: dict[str, Any]) -> None:
    checks = checks_of(case)
    columns = checks.columns()
    assert len(columns["check"]) == len(checks.checks)
    rows = zip(*(columns[name] for name in ("identity", "left", "right", "difference", "unit", "verdict")), strict=True)
    for check, row in zip(checks.checks, rows, strict=True):
        sides = (checks.side_value(check, "left"), checks.side_value(check, "right"), checks.difference(check))
        assert row == (checks.algebra(check), *sides, checks.unit(check), check.verdict.value)
    assert columns["omitted"] == [check.blank for check in checks.checks]
    assert columns["missing"] == ["、".join(check.missing) for check in checks.checks]
    frame = checks.to_frame()
    assert list(frame.columns) == list(columns)
    assert frame["left"].tolist() == columns["left"]


def test_columns_of_one_table_are_of_its_rules_and_its_figures() -> None:
    checks = checks_of(next(case for case in CASES if case.get("table") and "text" in case))
    of_table = set(checks.columns("expenditure")["check"])
    facts = checks.facts.facts
    for check in checks.checks:
        named = check.rule.id.startswith("expenditure.")
        touches = any(facts[number].concept.table == "expenditure" for number in check.fact_ids)
        assert (check.id in of_table) == (named or touches)
    assert {check.id for check in checks.checks} > of_table
    written = checks.columns(written_out=lambda check: check.id % 2 == 0)["identity"]
    assert any(not check.terms for check in checks.checks)
    assert [bool(text) for text in written] == [check.id % 2 == 0 and bool(check.terms) for check in checks.checks]


def test_columns_of_a_table_leave_out_what_only_another_table_prints() -> None:
    printed = {f"{table}[total].{name}": "1.00" for table in ("expenditure", "general_budget") for name in COLUMNS}
    checks = tie_out(make_facts(printed))
    rules = checks.columns("general_budget")["rule"]
    assert "general_budget.columns" in rules
    assert "expenditure.columns" not in rules


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_outcomes_are_counted_and_figures_lead_to_their_checks(case: dict[str, Any]) -> None:
    checks = checks_of(case)
    counted = Counter(check.verdict for check in checks.checks)
    assert checks.count() == {verdict: counted.get(verdict, 0) for verdict in Verdict}
    assert set(VERDICT_NAMES) == set(Verdict)
    made = [check for check in checks.checks if check.verdict.value in ("consistent", "rounding", "conflict")]
    assert checks.made() == tuple(made)
    assert checks.conflicts() == tuple(check for check in made if check.verdict is Verdict.CONFLICT)
    assert checks.omissions() == tuple(check for check in checks.checks if check.blank)
    for fact in checks.facts:
        on = [check for check in checks.checks if fact.id in check.fact_ids or fact.id in check.claims]
        assert checks.on(fact) == checks.on(fact.id) == tuple(on)
        assert checks.about(fact) == tuple(check for check in checks.checks if fact.id in check.concerns)


def test_a_check_knows_its_terms() -> None:
    checks = checks_of(CASES[0])
    check = replace(checks.checks[0], left=((1, 3),), right=((1, 4), (-2, 5)), per=((1, 6),))
    assert check.terms == ((1, 3), (-1, 4), (2, 5), (1, 6))
    assert check.fact_ids == {3, 4, 5, 6}
    assert check.linear == ()
    assert replace(check, per=()).linear == ((1, 3), (-1, 4), (2, 5))
    assert check.subject == check.rule.id.split(".")[0]
    judged = check.judged(verdict=Verdict.CONFLICT, residual=7)
    assert (judged.verdict, judged.residual, judged.terms) == (Verdict.CONFLICT, 7, check.terms)
    assert check.verdict is not judged.verdict or check.residual != 7
    fresh = Check(1, check.rule, "", "=", (), ())
    assert (fresh.verdict, fresh.residual, fresh.tolerance, fresh.agreement) == (Verdict.UNBOUND, 0, 0, 0)
    assert (fresh.constant, fresh.times, fresh.tie, fresh.defines, fresh.blank) == (0, 1, False, False, False)
    assert not fresh.made


def test_checks_that_read_the_same_are_told_once() -> None:
    """Of one sentence once, of two sentences twice, of tables each."""
    checks = checks_of(next(case for case in CASES if "持平" in case.get("text", "")))
    twice = (*checks.checks, *checks.checks)
    assert checks.distinct(twice) == checks.distinct(checks.checks)
    said = [
        check
        for check in checks.checks
        if any(checks.facts.facts[number].part is Part.NARRATIVE for number in check.fact_ids)
    ]
    again = [replace(check, id=check.id + 1000) for check in said]
    assert checks.distinct([*said, *again]) == checks.distinct(said)
    sums = checks_of(CASES[0])
    copies = [replace(check, id=check.id + 1000) for check in sums.checks]
    assert len(sums.distinct([*sums.checks, *copies])) == 2 * len(sums.checks)


def test_a_zero_beside_blank_cells_only_is_unconstrained() -> None:
    """A zero printed twice, or among amounts, is vouched for; one that stands against blanks holds, and is not."""
    blank = checks_of({"table": {"208": ["0.00", "", ""]}})
    (check,) = [one for one in blank.made() if blank.of_blanks(one)]
    assert check.verdict is Verdict.CONSISTENT
    (zero,) = blank.unconstrained()
    assert why_unconstrained(zero, blank) == AGAINST_BLANKS
    assert checks_of({"table": {"208": ["0.00", "0.00", ""]}}).unconstrained() == ()
    assert checks_of({"table": {"208": ["1.00", "1.00", ""]}}).unconstrained() == ()


def test_a_figure_that_no_check_touches_is_unconstrained() -> None:
    checks = checks_of({"table": {"208": ["1.00", "", "1.00"]}})
    alone = Checks(checks.facts, ())
    assert [fact.figure.text for fact in alone.unconstrained()] == ["1.00", "1.00"]
    assert checks.unconstrained() == ()


@pytest.mark.parametrize(
    ("constant", "left", "right", "told_as"),
    [
        (-500_000_000_000, (), ((1, 1),), "-50% < 270.90"),
        (0, (), ((1, 1),), "0 < 270.90"),
        (0, ((1, 1),), (), "270.90 < 0"),
        (-12_500_000, ((1, 1),), (), "270.90 < 0.00125万元"),
        (-12_500_000, ((1, 1),), ((1, 2),), "270.90 < 114.38 + 0.00125万元"),
    ],
)
def test_words_and_what_they_add(constant: int, left: Any, right: Any, told_as: str) -> None:
    """A word (`claims`) that compares one figure alone compares it with nothing, or with what it names."""
    checks = checks_of({"table": {"total": ["385.28", "270.90", "114.38"]}})
    fields = {"left": left, "right": right, "constant": constant, "claims": (0,), "operator": "<"}
    check = replace(checks.checks[0], **fields, verdict=Verdict.CONSISTENT)
    assert checks.algebra(check) == told_as


def test_checks_are_compared_by_what_they_say_and_never_changed() -> None:
    checks, again = checks_of(CASES[0]), checks_of(CASES[0])
    assert checks.checks == again.checks
    assert "fact_ids" not in repr(checks.checks[0])
    assert " terms=" not in repr(checks.checks[0])
    assert "_by_" not in repr(checks)
    with pytest.raises(FrozenInstanceError):
        checks.facts = again.facts  # type: ignore[misc]
    with pytest.raises(TypeError):
        Checks(checks.facts, checks.checks, {})  # type: ignore[call-arg]


def test_a_figure_that_counts_twice_is_told_so() -> None:
    checks = checks_of({"table": {"total": ["385.28", "270.90", "114.38"]}})
    check = replace(checks.checks[0], left=((1, 0),), right=((2, 1), (-3, 2)))
    assert checks.algebra(check) == "385.28 = 2 × 270.90 − 3 × 114.38"


def test_a_blank_figure_has_no_part_in_the_units() -> None:
    """The unit is written behind each figure only where printed figures have several."""
    checks = checks_of({"table": {"total": ["385.28", "", "114.38"]}})
    check = next(one for one in checks.checks if len(one.right) == 2)
    facts = [
        replace(fact, figure=replace(fact.figure, unit="元")) if fact.blank else fact for fact in checks.facts.facts
    ]
    other = Checks(replace(checks.facts, facts=tuple(facts)), checks.checks)
    assert other.algebra(check) == checks.algebra(check) == "385.28 ≠ 114.38"


def test_a_reason_names_what_is_unreadable_once() -> None:
    assert unreadable_reason(["公开01表", "公开05表", "公开01表"]) == "公开01表、公开05表无法识别"
