"""Where the unit of a table's amounts is told: above it, in its head, in its last row, below it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji import Audit
from gouji.facts.fact import RecognisedTable
from gouji.facts.recognise import recognise
from support.texts import document_of

HEAD = "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
BODY = "205\t教育支出\t150000.00\t120000.00\t30000.00\n20501\t教育管理事务\t150000.00\t120000.00\t30000.00\n"
BODY += "合计\t\t150000.00\t120000.00\t30000.00\n"
OTHER = "收入决算表\n单位：万元\n科目编码\t科目名称\t本年收入合计\t财政拨款收入\t其他收入\n"
OTHER += "205\t教育支出\t15.00\t12.00\t3.00\n"
TITLE = "支出决算表\n公开03表\n"
TOLD = "第三部分 2023年度部门决算情况说明\n三、支出决算情况说明\n"
TOLD += "本年支出合计15.00万元，其中：基本支出12.00万元，项目支出3.00万元。\n"


def expenditure(text: str) -> RecognisedTable:
    return recognise(document_of(OTHER + text)).tables["expenditure"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TITLE + "金额单位：元\n" + HEAD + BODY, "金额单位：元"),
        (TITLE + "\t\t\t\t单位：元\n" + HEAD + BODY, "单位：元"),
        ("支出决算表（单位：元）\n" + HEAD + BODY, "单位：元"),
        (TITLE + HEAD.replace("合计", "合计（元）") + BODY, "（元）"),
        (TITLE + "项目\t\t决算数（元）\t\t\n" + HEAD + BODY, "（元）"),
        (TITLE + HEAD + BODY + "\t\t\t\t单位：元\n", "单位：元"),
        (TITLE + HEAD + BODY + "单位：元\n" + TOLD, "单位：元"),
        (TITLE + HEAD + BODY + "单位：元\n注：本表反映支出。\n", "单位：元"),
        (TITLE + HEAD + BODY + "注：本表金额单位为元。\n", "单位为元"),
        (TITLE + HEAD + BODY + "注：本表以“元”为金额单位。\n", "以“元”为金额单位"),
    ],
)
def test_the_unit_is_read_where_it_is_told(text: str, line: str) -> None:
    table = expenditure(text)
    assert (table.unit, table.codes) == ("元", ("205", "20501"))
    assert table.unit_line is not None
    words, place = table.unit_line
    assert words == line
    assert (OTHER + text).split("\n")[place.line - 1][place.start : place.end] == line


@pytest.mark.parametrize(
    "below",
    [
        "单位：元\n一般公共预算财政拨款支出决算表\n" + HEAD + BODY,
        "注：本表金额转换为万元时，因四舍五入可能存在尾差。\n",
        "",
    ],
)
def test_another_tables_unit_is_not_its_own(below: str) -> None:
    table = expenditure(TITLE + HEAD + BODY + below)
    assert (table.unit, table.unit_line) == ("万元", None)


def test_a_unit_above_counts_more_than_one_below() -> None:
    assert expenditure(TITLE + "单位：万元\n" + HEAD + BODY + "注：本表金额单位为元。\n").unit == "万元"


def test_amounts_of_a_table_without_a_unit_are_a_question(audit_text: Callable[[str], Audit]) -> None:
    """No line is wrong where none is: that the table prints 元 is likely, not proved."""
    found = audit_text("某局2023年度部门决算\n" + OTHER + TITLE + HEAD + BODY + TOLD).findings
    assert not found.of("error")
    (asked,) = [one for one in found.of("question") if "没有读到单位行" in one.message]
    assert "单位疑为“元”" in asked.title
    assert {fact.figure.text for fact in asked.suspects} == {"150000.00", "120000.00", "30000.00"}
    stated = audit_text("某局2023年度部门决算\n" + OTHER + TITLE + "单位：元\n" + HEAD + BODY + TOLD).findings
    assert not stated.of("error")
