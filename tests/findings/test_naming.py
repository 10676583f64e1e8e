"""How figures are named in sentences, each conflict told once, and what must be done about a finding."""

from __future__ import annotations

from typing import Any

import pytest

from gouji.auditing import Audit
from gouji.checks.tie_out import tie_out
from gouji.findings import remedy as remedies
from gouji.findings.explain import explain
from gouji.findings.finding import Findings
from gouji.findings.naming import spoken_place
from gouji.findings.remedy import Remedy, remedy
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
