"""A value that only percentages imply is told as about so much wherever it is told; a sum gives it exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from conftest import TESTS
from gouji.checks.tie_out import tie_out
from gouji.findings.evidence import candidates_of
from gouji.findings.explain import explain
from gouji.findings.finding import Repair
from gouji.findings.remedy import remedy
from gouji.memo.workbook.amounts import mark_rough, put_amount
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_text_facts

CASES = load_yaml((TESTS / "cases" / "rough.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_value_is_told_as_exactly_as_it_is_known(case: dict[str, Any]) -> None:
    checks = tie_out(make_text_facts(case["section"], case["text"]))
    (finding,) = explain(checks).of("error")
    assert [one.figure.text for one in finding.suspects] == [case["figure"]]
    assert finding.title.endswith(case["title"])
    assert case["told"] in finding.message
    assert [one.to for one in finding.repairs] == [case["to"]]
    assert [one.to for one in candidates_of(finding, checks)] == [case["to"]]
    assert remedy(finding, checks).told.endswith(f"→ {case['to']}")


def test_the_workbook_keeps_a_number_and_shows_that_it_is_rough() -> None:
    text = "公务接待费支出7.20万元，比上年减少1.30万元。"
    amount, change = make_text_facts("七、“三公”经费支出决算情况说明", text).statements()
    sheet = Workbook().active
    assert sheet is not None
    put_amount(sheet["A1"], Decimal("7.10"), amount)
    put_amount(sheet["A2"], Decimal("-1.20"), change)
    plain = sheet["A1"].number_format
    for cell in ("A1", "A2"):
        mark_rough(sheet[cell])
        assert all(part.startswith('"约"') for part in sheet[cell].number_format.split(";"))
    assert sheet["A1"].number_format == f'"约"{plain}'
    assert float(sheet["A1"].value) == 7.1


def test_the_direction_of_a_change_stands_before_about() -> None:
    text = "公务接待费支出7.20万元，比上年减少1.30万元。"
    _, change = make_text_facts("七、“三公”经费支出决算情况说明", text).statements()
    assert Repair(change, Decimal("1.20"), rough=True).to == "增加约1.20万元"
