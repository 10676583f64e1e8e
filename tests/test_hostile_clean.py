"""Clean documents in awkward shapes: nothing in them is wrong, so nothing may be called an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouji import Audit
from gouji.fictitious.departments import TEMPLATES, change_cell, make_department, to_text
from gouji.runtime.yaml_data import load_yaml

ELSEWHERE = load_yaml((Path(__file__).parent / "cases" / "narrative" / "elsewhere.yaml").read_text(encoding="utf-8"))
Auditor = Callable[[str], Audit]


def errors(result: Audit) -> list[str]:
    """Titles of the findings at severity error."""
    return [finding.title for finding in result.findings.of("error")]


@pytest.mark.parametrize("case", ELSEWHERE, ids=[str(number) for number, _ in enumerate(ELSEWHERE)])
@pytest.mark.parametrize("template", ["national2022", "hunan2023"])
def test_sentences_about_another_quantity(case: dict[str, Any], template: str, audit_text: Auditor) -> None:
    tables, narrative = to_text(make_department(4, template)).split("第三部分", 1)
    lines = narrative.split("\n")
    heading = next(index for index, line in enumerate(lines) if line.startswith(case["section"]))
    lines.insert(heading + 1, case["text"])
    assert errors(audit_text(tables + "第三部分" + "\n".join(lines))) == []


@pytest.mark.parametrize("template", list(TEMPLATES))
@pytest.mark.parametrize("table", ["income", "expenditure", "general_budget"])
@pytest.mark.parametrize("seed", range(3))
def test_a_total_row_left_blank_is_one_question(template: str, table: str, seed: int, audit_text: Auditor) -> None:
    department = make_department(seed, template)
    for path, text in department.printed.items():
        if path.startswith(f"{table}[total]") and text.strip():
            department = change_cell(department, path, "")
    result = audit_text(to_text(department))
    assert errors(result) == []
    asked = [finding.rule for finding in result.findings.of("question") if not finding.reviewed]
    assert asked == ["form.blank_total"]


@pytest.mark.parametrize("furniture", ["— 3 —\n\n", "第 3 页 共 20 页\n\n", "\t注：本页续。\n\n"])
def test_a_page_break_inside_a_table_loses_no_figure(furniture: str, audit_text: Auditor) -> None:
    text = to_text(make_department(4, "national2022"))
    whole = audit_text(text)
    middle = text.index("支出决算表", text.index("收入决算表") + 10)
    row = re.compile(r"\n\n(?=\t\d{7}\n)").search(text, middle)
    assert row is not None
    broken = audit_text(text[: row.end()] + furniture + text[row.end() :])
    assert errors(broken) == []
    assert broken.coverage()["figures"] == whole.coverage()["figures"]


def test_another_years_table_is_not_this_years(audit_text: Auditor) -> None:
    text = to_text(make_department(4, "national2022"))
    old = "2021年度支出决算表\n\n\t单位：万元\n\n"
    old += "\t编码\n\t名称\n\t本年支出合计\n\t基本支出\n\t项目支出\n\t上缴上级支出\n\n"
    old += "\t合计\n\t\n\t1.00\n\t1.00\n\t\n\t\n\n"
    start = text.index("\n", text.index("第二部分")) + 1
    assert errors(audit_text(text[:start] + old + text[start:])) == []


def test_a_table_printed_finer_than_the_rest(audit_text: Auditor) -> None:
    department = make_department(4, "national2022")
    for path, true in department.truth.items():
        if path.startswith("basic_expenditure") and true and department.printed.get(path, "").strip():
            department = change_cell(department, path, f"{true // 1_000_000}.{true % 1_000_000:06d}")
    assert errors(audit_text(to_text(department))) == []


def test_no_unit_anywhere_leaves_sentences_unchecked(audit_text: Auditor) -> None:
    text = re.sub(r"(?:金额)?单位[:：]\S*元", "", to_text(make_department(4, "national2020yuan")))
    result = audit_text(text)
    assert errors(result) == []
    assert result.coverage()["not_checked"] > 0


def test_an_absurdly_large_number_is_an_error_not_a_crash(audit_text: Auditor) -> None:
    department = make_department(4, "national2022")
    path = next(path for path, text in department.printed.items() if path.startswith("expenditure[2") and text.strip())
    assert len(errors(audit_text(to_text(change_cell(department, path, "99999999999999"))))) == 1


def test_a_row_printed_twice_is_not_judged(audit_text: Auditor) -> None:
    text = to_text(make_department(4, "national2022"))
    start = text.index("支出决算表", text.index("收入决算表") + 10)
    row = re.compile(r"\t\d{7}\n(?:\t.*\n)+\n").search(text, start)
    assert row is not None
    assert errors(audit_text(text[: row.end()] + row.group() + text[row.end() :])) == []


def test_one_wrong_sentence_about_both_totals_is_one_finding(audit_text: Auditor) -> None:
    tables, narrative = to_text(make_department(4, "hunan2023")).split("第三部分", 1)
    lines = narrative.split("\n")
    heading = next(index for index, line in enumerate(lines) if line.startswith("一、"))
    lines.insert(heading + 1, "2023年度收、支总计88888.88万元。")
    assert len(errors(audit_text(tables + "第三部分" + "\n".join(lines)))) == 1
