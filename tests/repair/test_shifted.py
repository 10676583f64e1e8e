"""A table changed throughout while nothing else was: one finding on that table, whose figures stand alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import TESTS
from gouji import Audit
from gouji.checks.tie_out import tie_out
from gouji.findings.finding import Finding, distinct_repairs
from gouji.repair.shifted import shifted_tables
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts

_TITLE = "桃源县林业局2023年度部门决算"
_HEAD = (
    "支出决算表",
    "公开03表",
    "部门：桃源县林业局\t单位：万元",
    "功能分类科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出",
)
_SAID = (
    "第三部分 2023年度部门决算情况说明",
    "三、支出决算情况说明",
    "2023年度支出合计900.00万元，其中：基本支出600.00万元，占66.67%；项目支出300.00万元，占33.33%。",
)


def text(more: str = "") -> str:
    """A department whose 支出决算表 has 3.00 more in one row and its totals than the sentences say."""
    rows = [
        "合计\t\t903.00\t600.00\t303.00\t\t\t",
        "213\t农林水支出\t903.00\t600.00\t303.00\t\t\t",
        "21302\t林业和草原\t903.00\t600.00\t303.00\t\t\t",
        "2130201\t行政运行\t600.00\t600.00\t\t\t\t",
        "2130205\t森林资源培育\t303.00\t\t303.00\t\t\t",
    ]
    return "\n".join([_TITLE, *([more] if more else []), *_HEAD, *rows, *_SAID])


_INCOME_AND_EXPENDITURE = "\n".join(
    [
        "收入支出决算总表",
        "公开01表",
        "部门：桃源县林业局\t单位：万元",
        "收入\t\t\t支出\t\t",
        "项目\t行次\t决算数\t项目\t行次\t决算数",
        "一、一般公共预算财政拨款收入\t1\t900.00\t一、农林水支出\t7\t900.00",
        "本年收入合计\t2\t900.00\t本年支出合计\t8\t900.00",
        "年初结转和结余\t3\t0.00\t年末结转和结余\t9\t0.00",
        "总计\t4\t900.00\t总计\t10\t900.00",
    ]
)


def arithmetic(found: Audit) -> list[Finding]:
    return [one for one in found.findings.of("error") if any(check.terms for check in one.checks)]


def test_a_table_that_stands_alone_is_the_one_to_correct(audit_text: Callable[[str], Audit]) -> None:
    (one,) = arithmetic(audit_text(text(_INCOME_AND_EXPENDITURE)))
    assert one.title == "公开03表的本年支出合计、项目支出比公开01表、情况说明均多3.00万元"
    assert one.located
    assert {fact.concept.table for fact in one.suspects} == {"expenditure"}
    assert {fact.figure.text for fact in one.suspects} == {"903.00", "303.00"}
    assert {repair.to for repair in distinct_repairs(one)} == {"900.00", "300.00"}
    assert "公开01表2处、情况说明2处" in one.message
    assert "“2130205 森林资源培育”行" in one.message


def test_of_two_that_contradict_each_other_none_is_blamed(audit_text: Callable[[str], Audit]) -> None:
    (one,) = arithmetic(audit_text(text()))
    assert one.title == "公开03表与情况说明互相矛盾：本年支出合计、项目支出均相差3.00万元，哪一处有误须核对账表"
    assert not one.located
    assert not one.repairs
    assert "不能判断" in one.message


def test_a_table_that_others_contradict_in_one_figure_is_not_changed_throughout(
    audit_text: Callable[[str], Audit],
) -> None:
    """One number of the sentences is wrong: it is told by itself."""
    wrong = (
        text().replace("903.00", "900.00").replace("303.00", "300.00").replace("项目支出300.00万", "项目支出303.00万")
    )
    (one,) = arithmetic(audit_text(wrong))
    assert [fact.figure.text for fact in one.suspects] == ["303.00万元"]


_CASES = load_yaml((TESTS / "cases" / "shifted.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", _CASES, ids=[case["case"] for case in _CASES])
def test_tables_changed_throughout(case: dict[str, Any]) -> None:
    found = [
        {
            "table": one.table,
            "rows": [fact.concept.row for fact in one.facts],
            "contradicted": [fact.concept.row for fact in one.contradicted],
            "against": [fact.concept.path for fact in one.against],
            "sources": [*one.sources],
            "vouching": [*one.vouching],
            "sure": one.sure,
        }
        for one in shifted_tables(tie_out(make_facts(case["printed"], statements=case.get("statements", ()))))
    ]
    assert found == case["found"]


def test_no_row_is_named_where_either_of_two_may_hold_the_difference() -> None:
    (one,) = shifted_tables(tie_out(make_facts(_CASES[0]["printed"])))
    assert len(one.values) == len(one.facts) + 1


def test_one_witness_is_not_enough() -> None:
    (one,) = shifted_tables(tie_out(make_facts(_CASES[0]["printed"])))
    assert one.sources == ("summary",)
    assert not one.sure


def test_conflicts_whose_cause_was_found_before_show_no_table() -> None:
    checks = tie_out(make_facts(_CASES[0]["printed"]))
    assert not list(shifted_tables(checks, {check.id for check in checks.conflicts()}))
