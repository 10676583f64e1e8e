"""Tables that go on: over a page, under a mark (续表), on another sheet, under their head again."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from test_annexed import ROWS as FLEET
from test_annexed import grids, held
from test_table_forms import BY_NAME

from gouji import recognise, tie_out
from gouji.document.assemble import assemble
from gouji.document.formats.sheet import read_content
from gouji.document.marks import is_continuation
from gouji.document.model import Document
from gouji.facts.fact import Facts
from support.texts import document_of

HEAD = ["科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出", "栏次 *2 | 1 | 2 | 3"]
ROWS = [
    "合计 *2 | 30.00 | 10.00 | 20.00",
    "208 | 社会保障和就业支出 | 20.00 | 10.00 | 10.00",
    "20805 | 行政事业单位养老支出 | 20.00 | 10.00 | 10.00",
    "221 | 住房保障支出 | 10.00 | 0.00 | 10.00",
    "22102 | 住房改革支出 | 10.00 | 0.00 | 10.00",
]
CODES = ("208", "20805", "221", "22102")
SIDES = ["收入 *2 | 支出 *2", "项目 | 决算数 | 项目 | 决算数"]
SIDED = [
    "一、一般公共预算财政拨款收入 | 30.00 | 一、一般公共服务支出 | 10.00",
    "八、其他收入 | 5.00 | 八、社会保障和就业支出 | 20.00",
    "本年收入合计 | 35.00 | 本年支出合计 | 30.00",
    "总计 | 35.00 | 总计 | 35.00",
]
ABOVE = ("公开03表", "部门：宁溪县应急管理局", "单位：万元")

MARKS = (
    *(
        "续表",
        "续 表",
        "（续表）",
        "（续）",
        "续表1",
        "续表二",
        "续上表",
        "接上表",
        "（续上页）",
        "附表（续）",
        "附表2（续）",
    ),
    *("续公开03表", "续表 公开03表", "公开03表（续）", "续表　　单位：万元", "续表（金额单位：万元）"),
)


@pytest.mark.parametrize("text", MARKS)
def test_line_is_only_a_mark(text: str) -> None:
    assert is_continuation(text)


@pytest.mark.parametrize(
    "text", ["支出决算表（续）", "公开03表", "单位：万元", "手续费", "连续", "附表2", "续聘人员表", ""]
)
def test_line_is_no_mark(text: str) -> None:
    assert not is_continuation(text)


@pytest.mark.parametrize("again", [HEAD, []], ids=["head again", "no head"])
@pytest.mark.parametrize("mark", [*MARKS, "公开03表"])
def test_table_goes_on_under_a_mark(mark: str, again: list[str]) -> None:
    facts = recognise(grids("支出决算表", *ABOVE, [*HEAD, *ROWS[:3]], mark, [*again, *ROWS[3:]]))
    assert facts.tables["expenditure"].codes == CODES


@pytest.mark.parametrize("again", [SIDES, []], ids=["head again", "no head"])
@pytest.mark.parametrize("mark", ["续表", "（续表）", "公开01表（续）", "公开01表"])
def test_table_of_two_sides_goes_on_under_a_mark(mark: str, again: list[str]) -> None:
    facts = recognise(grids("收入支出决算总表", "公开01表", [*SIDES, *SIDED[:2]], mark, [*again, *SIDED[2:]]))
    printed = [fact.figure.text for fact in facts if fact.concept.table == "summary"]
    assert sorted(printed) == ["10.00", "20.00", "30.00", "30.00", "35.00", "35.00", "35.00", "5.00"]


def test_what_names_a_table_may_stand_beside_the_mark() -> None:
    facts = recognise(grids("支出决算表", *ABOVE, [*HEAD, *ROWS[:3]], "续表", *ABOVE, [*HEAD, *ROWS[3:]]))
    assert facts.tables["expenditure"].codes == CODES


def test_table_under_the_columns_of_another_goes_on_under_a_mark() -> None:
    """Without a caption its columns are those of 支出决算表 too."""
    facts = recognise(grids("一般公共预算财政拨款支出决算表", [*HEAD, *ROWS[:3]], "续表", [*HEAD, *ROWS[3:]]))
    assert facts.tables["general_budget"].codes == CODES
    assert facts.unread == ()


def test_another_number_is_another_table() -> None:
    facts = recognise(grids("支出决算表", *ABOVE, [*HEAD, *ROWS[:3]], "公开04表", ROWS[3:]))
    assert facts.tables["expenditure"].codes == CODES[:2]


def test_table_beyond_the_nine_goes_on_under_a_mark() -> None:
    facts = recognise(grids("国有资产占用情况表", FLEET[:6], "续表", [FLEET[0], *FLEET[6:]]))
    assert held(tie_out(facts)) == {"fleet.total": 1}


def test_mark_in_a_run_of_rows() -> None:
    """A tabbed text prints the mark between the rows."""
    lines = ["\t".join(_cells(row)) for row in [*HEAD, *ROWS]]
    text = "\n".join(["支出决算表", *ABOVE, *lines[:5], "续表", *lines[:2], *lines[5:], ""])
    assert recognise(document_of(text)).tables["expenditure"].codes == CODES


@pytest.mark.parametrize(
    ("title", "above"),
    [("支出决算表(续)", "支出决算表（续）"), ("Sheet2", "支出决算表（续）"), ("Sheet2", "续表")],
)
def test_table_goes_on_on_another_sheet_that_says_so(title: str, above: str) -> None:
    assert on_sheets([*HEAD, *ROWS[:3]], title, above, [*HEAD, *ROWS[3:]]).tables["expenditure"].codes == CODES


@pytest.mark.parametrize("above", ["", "单位：万元"])
def test_another_sheet_that_does_not_say_so_is_another_table(above: str) -> None:
    assert on_sheets([*HEAD, *ROWS[:3]], "Sheet2", above, ROWS[3:]).tables["expenditure"].codes == CODES[:2]


def on_sheets(first: list[str], title: str, above: str, second: list[str]) -> Facts:
    """The facts of a table whose rows stand on two sheets."""
    book = Workbook()
    book.worksheets[0].title = "支出决算表"
    for sheet, caption, rows in ((book.worksheets[0], "支出决算表", first), (book.create_sheet(title), above, second)):
        sheet.append([caption])
        for row in rows:
            sheet.append([_printed(text) for text in _cells(row)])
    target = BytesIO()
    book.save(target)
    content = read_content(target.getvalue(), Path("account.xlsx"))
    document = Document("account.xlsx", "0" * 64, "xlsx", assemble(content.pieces), origins=content.origins)
    return recognise(document)


def _cells(row: str) -> list[str]:
    return [text.strip() for text in row.replace(" *2 |", " | |").split("|")]


def _printed(text: str) -> str | float:
    return float(text) if "." in text else text


def test_further_page_of_a_table_is_no_table_of_its_own() -> None:
    """Its caption names a table beyond the nine too, and is not the one that the first page has."""
    caption, _, unit, rows = BY_NAME["年初结转、本年收入、年末结转并列的一般公共预算表"]["parts"]
    facts = recognise(grids(caption, unit, rows[:5], f"{caption}（续）", unit, [*rows[:2], *rows[5:]]))
    assert "208" in facts.tables["general_budget"].codes
    assert facts.annexed == {}
    assert facts.unread == ()


@pytest.mark.parametrize("again", [HEAD, HEAD[:1], HEAD[1:]], ids=["all", "labels", "numbers"])
def test_head_again_in_a_table_is_no_row(again: list[str]) -> None:
    facts = recognise(grids("支出决算表", *ABOVE, [*HEAD, *ROWS[:3], *again, *ROWS[3:]]))
    whole = recognise(grids("支出决算表", *ABOVE, [*HEAD, *ROWS]))
    assert [(fact.concept, fact.figure.text, fact.cell) for fact in facts] == [
        (fact.concept, fact.figure.text, fact.cell) for fact in whole
    ]


def test_head_again_in_a_table_beyond_the_nine_is_no_row() -> None:
    facts = recognise(grids("国有资产占用情况表", [*FLEET[:6], FLEET[0], *FLEET[6:]]))
    assert held(tie_out(facts)) == {"fleet.total": 1}


def test_head_again_in_tabbed_text_is_no_row() -> None:
    lines = ["\t".join(_cells(row)) for row in [*HEAD, *ROWS]]
    text = "\n".join(["支出决算表", *ABOVE, *lines[:5], *lines[:2], *lines[5:], ""])
    facts = recognise(document_of(text))
    assert facts.tables["expenditure"].codes == CODES
    assert not [fact for fact in facts if fact.concept.row.startswith("?")]


@pytest.mark.parametrize("label", ["栏次", ""])
def test_zero_beside_the_numbers_of_columns_is_a_check(label: str) -> None:
    head = "项目 | 合计 | 因公出国（境）费 | 公务用车购置费 | 公务用车运行维护费 | 公务接待费 | |"
    rows = [head, f"{label} | 1 | 2 | 3 | 4 | 5 | | 0.00", "决算数 | 9.00 | 0.00 | 0.00 | 6.00 | 3.00 | |"]
    facts = recognise(grids("“三公”经费支出决算表", rows))
    assert [fact.figure.text for fact in facts] == ["9.00", "0.00", "0.00", "6.00", "3.00"]
