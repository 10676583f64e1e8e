"""How figures are named in sentences, each conflict told once, and what must be done about a finding."""

from __future__ import annotations

from typing import Any

import pytest

from gouji.auditing import Audit
from gouji.checks.tie_out import tie_out
from gouji.findings import remedy as remedies
from gouji.findings.evidence import candidates_of
from gouji.findings.explain import explain
from gouji.findings.finding import Findings
from gouji.findings.naming import spoken_place
from gouji.findings.remedy import Change, Remedy, remedy
from gouji.findings.told import told_checks
from support.facts import make_facts, make_text_facts


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("公开03表 · 2080106 就业管理事务 · 基本支出", "公开03表2080106“就业管理事务”的基本支出"),
        ("公开01表 · 本年支出合计 · 支出决算数", "公开01表“本年支出合计”的支出决算数"),
        ("公开07表 · 决算数·“三公”经费", "公开07表“决算数·‘三公’经费”"),
        ("公开08表", "公开08表"),
    ],
)
def test_a_cell_is_named_by_its_table_row_and_column(where: str, said: str) -> None:
    assert spoken_place(where) == said


def test_totals_of_two_tables_are_told_apart_by_what_they_both_name() -> None:
    printed = {"summary[total].expenditure": "386.28", "expenditure[total].total": "385.28"}
    (finding,) = _of_cells(printed).of("error")
    assert finding.title == "收入支出决算总表与支出决算表的本年支出合计不一致（386.28万元、385.28万元），差1.00万元"
    assert remedy(finding, tie_out(make_facts(printed))) == Remedy(remedies.COMPARE)


def test_statements_that_say_the_same_against_a_figure_are_one_conflict(sample: Audit) -> None:
    finding = next(one for one in sample.findings.findings if len(one.checks) == 4)
    told = told_checks(finding.checks, finding.suspects, sample.checks)
    repeated = [one for one in told if one.check.rule.kind == "repeated"]
    assert len(told) == 3
    assert [one.places for one in repeated] == [("第三部分 七（一）", "第三部分 七（二）2")]
    assert sample.checks.algebra(repeated[0].check) == "3 ≠ 0.25"
    assert finding.message.startswith("按公布数，3项勾稽关系不成立。")
    assert "≠" not in finding.message  # a table shows them
    assert finding.details.count("0.25 ≠ 3") == 0
    assert "3 ≠ 0.25（2处）" in finding.full


def test_a_correction_has_its_thousands_apart_where_the_document_has_them_so() -> None:
    table = {"three_public.actual.total": "2,961.68", "three_public.actual.reception": "2,961.68"}
    text = "2023年度公务接待费支出决算为3.00万元。"
    checks = tie_out(make_text_facts("七、“三公”经费", text, table))
    (finding,) = (one for one in explain(checks).findings if one.checks)
    assert remedy(finding, checks).told.endswith("公务接待费决算，3.00万元 → 2,961.68万元")
    assert "此处应为2,961.68万元" in finding.message


def _of_cells(printed: dict[str, Any]) -> Findings:
    return explain(tie_out(make_facts(printed)))


NAMES = ("total", "basic")


def test_a_title_says_the_value_as_the_figure_prints_amounts() -> None:
    """A lost digit, which two sums show, and one that may be in either of two figures."""
    rows = {"total": ("17,127.97", "14,206.00"), "208": ("3,544.49", "3,544.49"), "212": ("13,583.48", "1,066.51")}
    printed = {
        f"expenditure[{row}].{name}": text
        for row, texts in rows.items()
        for name, text in zip(NAMES, texts, strict=True)
    }
    (finding,) = _of_cells(printed | {f"expenditure[{row}].project": "2,921.97" for row in ("total", "212")}).of(
        "error"
    )
    assert finding.title.endswith("印作1,066.51万元，据其余数字推算应为10,661.51万元")
    (finding,) = _of_cells({"summary[total].income": "1,066.51", "income[total].total": "10,661.51"}).of("error")
    assert finding.title.endswith("差9,595.00万元")


def test_a_title_has_no_spaces_between_a_number_and_its_unit() -> None:
    table = {"three_public.actual.reception": "12.30"}
    text = "2023年度公务接待费支出决算为 15.30 万元。"
    (finding,) = (
        one for one in explain(tie_out(make_text_facts("七、“三公”经费", text, table))).findings if one.checks
    )
    assert "公务接待费决算15.30万元与" in finding.title


def test_corrections_that_read_the_same_are_told_once_with_their_number() -> None:
    alike = tuple(Change(f"公开03表{row}的基本支出", "1,066.51万元", "10,661.51万元") for row in ("212", "21201"))
    assert Remedy("更正", alike).brief == "更正：1,066.51万元 → 10,661.51万元（2处）"
    assert Remedy("更正", alike).told.count("→") == 2
    assert Remedy(remedies.ROW_BY_ROW, alike, by_row=True).brief == remedies.ROW_BY_ROW


@pytest.mark.parametrize(
    ("change", "bounded"),
    [("减少3.59万元", "3.53至3.54万元"), ("增加3.59万元", "4.29至4.30万元")],
    ids=["fall", "rise"],
)
def test_the_range_of_a_fall_is_told_by_its_size(change: str, bounded: str) -> None:
    """A fall is printed without a sign; its range has none either."""
    rate = f"{'下降' if change.startswith('减') else '上升'}{'15.31' if change.startswith('减') else '28.13'}%"
    text = f"公务用车购置及运行维护费支出决算为19.56万元，比上年{change}，{rate}。"
    checks = tie_out(make_text_facts("七、“三公”经费", text, {"three_public.actual.vehicles": "19.56"}))
    (finding,) = explain(checks).of("error")
    told = [one.bounded for one in candidates_of(finding, checks) if one.fact.figure.unit == "万元"]
    assert told[:1] == [bounded]
