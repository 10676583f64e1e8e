"""Rows that hold one by one: whether they hold together, with the proof for either answer recomputed here."""

# mypy: disable-error-code="operator"

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.check import Checks
from gouji.checks.joint import judge_jointly
from gouji.checks.tie_out import tie_out
from gouji.fictitious.departments import TEMPLATES, make_department, to_text
from gouji.findings.explain import explain
from gouji.intervals import Verdict, unscaled
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts
from support.texts import checks_of

CASES = load_yaml((TESTS / "cases" / "joint.yaml").read_text(encoding="utf-8"))


def checks_of_rows(case: dict[str, Any]) -> Checks:
    """The checks of a 支出决算表 with a case's rows."""
    names = ("total", "basic", "project")
    cells = {
        f"expenditure[{row}].{name}": f"{Decimal(str(value)):.2f}"
        for row, values in case["rows"].items()
        for name, value in zip(names, values, strict=True)
    }
    return tie_out(make_facts(cells, unit=case.get("unit", "万元")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_rows_hold_together_or_not(case: dict[str, Any]) -> None:
    checks = checks_of_rows(case)
    assert checks.conflicts() == ()
    joint = judge_jointly(checks)
    unit = case.get("unit", "万元")
    told = [[unscaled(one.residual, unit), unscaled(one.allowed, unit)] for one in joint.contradictions]
    assert told == [[Decimal(str(number)) for number in one] for one in case["together"]]
    assert (joint.witness is None) == bool(case["together"])


@pytest.mark.parametrize("case", [case for case in CASES if case["together"]], ids=lambda case: case["case"])
def test_a_contradiction_is_its_rows_added_up(case: dict[str, Any]) -> None:
    checks = checks_of_rows(case)
    for found in judge_jointly(checks).contradictions:
        total: dict[int, int] = {}
        for check, times in zip(found.checks, found.multipliers, strict=True):
            for sign, fact in check.terms:
                total[fact] = total.get(fact, 0) + times * sign
        facts = checks.facts.facts
        assert found.residual == sum(weight * (facts[fact].amount or 0) for fact, weight in total.items())
        assert abs(found.residual) > found.allowed


@pytest.mark.parametrize("case", [case for case in CASES if case["together"]], ids=lambda case: case["case"])
def test_a_contradiction_is_an_error_and_calls_no_cell_wrong(case: dict[str, Any]) -> None:
    found = explain(checks_of_rows(case)).findings
    assert [one.rule for one in found] == ["joint.contradiction"] * len(case["together"])
    for one in found:
        assert one.severity == "error"
        assert not one.located
        assert one.repairs == ()
        assert all(check.verdict is not Verdict.CONFLICT for check in one.checks)
        assert "不能同时成立" in one.title
        assert "不能判断是哪一个" in one.message


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("template", list(TEMPLATES))
def test_clean_departments_have_a_witness_that_satisfies_every_row(template: str, strict: bool) -> None:
    checks = checks_of(to_text(make_department(2, template)))
    joint = judge_jointly(checks, strict=strict)
    assert joint.contradictions == ()
    assert joint.witness is not None
    verified = 0
    for check in checks.made():
        if check.rule.kind != "identity" or check.rule.severity != "error" or check.operator != "=":
            continue
        if check.tie and check.residual:
            continue
        moved = sum(sign * joint.witness.get(fact, Fraction(0)) for sign, fact in check.terms)
        assert check.residual + moved == 0, check.rule.id
        verified += 1
    assert verified > 30
    if strict:
        facts = checks.facts.facts
        assert all(abs(value) <= facts[fact].radius for fact, value in joint.witness.items())


def test_a_freed_figure_takes_any_value() -> None:
    case = next(one for one in CASES if one["together"])
    checks = checks_of_rows(case)
    paths = {"expenditure[total].basic", "expenditure[total].total"}
    free = {fact.id for fact in checks.facts if fact.concept.path in paths}
    assert judge_jointly(checks, free).contradictions == ()


def test_rows_that_do_not_hold_singly_are_told_by_their_causes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A total that row and column contradict by different amounts has no value that mends both; that is no news."""
    case = next(one for one in CASES if one["together"])
    others = {"total": [300.00, 250.00, 90.00], "201": [100.00, 60.00, 40.00]}
    rows = {**{row: values for row, values in case["rows"].items() if row != "total"}, **others}
    checks = checks_of_rows({**case, "rows": rows})
    free = {fact.id for fact in checks.facts if fact.concept.path == "expenditure[total].total"}
    found = judge_jointly(checks, free)
    violated = [one for one in found.contradictions if not one.holds_singly]
    assert violated
    assert found.witness is None
    monkeypatch.setattr("gouji.findings.explain.judge_jointly", lambda *_: found)
    told = [finding.joint for finding in explain(checks).findings if finding.joint is not None]
    assert told == [one for one in found.contradictions if one.holds_singly]
