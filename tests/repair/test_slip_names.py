"""What a located figure may have been meant to be: told with the finding."""

from __future__ import annotations

import pytest

from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.findings.explain import explain
from gouji.findings.finding import Finding
from support.facts import make_facts

ROWS = ("total", "208", "20801", "2080106")
TRUE = {"total": "385.28", "basic": "270.90", "project": "114.38"}


def located(row: str, column: str, printed: str) -> Finding:
    """The finding on one altered cell of an otherwise true 支出决算表."""
    cells = {f"expenditure[{one}].{name}": value for one in ROWS for name, value in TRUE.items()}
    cells[f"expenditure[{row}].{column}"] = printed
    found = explain(tie_out(make_facts(cells))).of("error")
    assert len(found) == 1
    assert found[0].located
    return found[0]


@pytest.mark.parametrize(
    ("printed", "slip"),
    [
        ("207.90", "数字颠倒"),
        ("27.09", "小数点错位"),
        ("2709.00", "小数点错位"),
        ("270.91", "末位取舍有误"),
        ("290.70", "两位数字互换"),
        ("70.90", "漏写一位"),
        ("2700.90", "多写一位"),
        ("280.90", "一位数字有误"),
        ("333.33", ""),
    ],
)
def test_a_slip_of_digits_is_named(printed: str, slip: str) -> None:
    finding = located("20801", "basic", printed)
    assert finding.slip == slip
    assert (f"疑为笔误：{slip}。" in finding.message) == bool(slip)


def test_the_figure_of_a_neighbouring_column_is_named() -> None:
    lines = ["支出决算表", "单位：万元", "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出"]
    lines += ["\t合计\t385.28\t270.90\t114.38", "208\t社会保障和就业支出\t385.28\t385.28\t114.38"]
    lines += ["20801\t人力资源和社会保障管理事务\t385.28\t270.90\t114.38"]
    facts = recognise(Document("account", "", "utf-8", read_blocks("\n".join(lines))))
    found = explain(tie_out(facts)).of("error")
    assert [one.slip for one in found] == ["与相邻列（本年支出合计）的数字相同"]


def test_a_rate_copied_from_the_line_above_is_named() -> None:
    text = """2023年度部门决算
七、财政拨款“三公”经费支出决算情况说明
公务接待费支出预算为5.00万元，支出决算为4.26万元，完成预算的85.20%。
公务用车运行维护费支出预算为8.00万元，支出决算为5.00万元，完成预算的85.20%，比预算减少3.00万元，下降37.50%。"""
    facts = recognise(Document("account", "", "utf-8", read_blocks(text)))
    found = explain(tie_out(facts)).of("error")
    assert len(found) == 1
    assert found[0].located
    assert found[0].slip.startswith("与上一处比率")


def test_of_several_suspects_the_only_slip_is_told_but_locates_nothing() -> None:
    """385.28 ≠ 207.90 + 114.38: arithmetic cannot tell which; 270.90 with two digits exchanged would explain it."""
    cells = {"expenditure[total].total": "385.28", "expenditure[total].basic": "207.90"}
    cells["expenditure[total].project"] = "114.38"
    found = explain(tie_out(make_facts(cells))).of("error")
    assert len(found) == 1
    assert not found[0].located
    assert found[0].slip == ""
    assert found[0].suspects[0].concept.column == "basic"
    assert found[0].message.endswith("若原为270.9万元，则印数可由笔误（数字颠倒）解释。")
