"""Text with every cell of a table on a line of its own."""

from gouji.document.model import BlockKind
from gouji.document.text import read_blocks
from gouji.facts.fact import Status
from gouji.facts.recognise import recognise
from support.texts import document_of

CELLS = ["收入", "支出", "项    目", "行次", "金额", "项    目", "行次", "金额"]
CELLS += ["一、一般公共预算财政拨款收入", "1", "50.00", "一、一般公共服务支出", "29", "40.00", "二、外交支出", "30"]
CELLS += ["本年收入合计", "27", "50.00", "本年支出合计", "58", "40.00", "总计", "31", "50.00", "总计", "62", "50.00"]
BEFORE = "宁溪县档案馆2022年度部门决算\n\n第二部分 2022年度部门决算表\n\n收入支出决算总表\n\n公开01表\n\n编制单位：\n\n"
BEFORE += "宁溪县档案馆\n\n金额单位：万元\n\n"
AFTER = "第三部分 2022年度部门决算情况说明\n\n一、收入支出决算总体情况说明\n\n2022年度收、支总计各50.00万元。\n"
TEXT = BEFORE + "\n\n".join(CELLS) + "\n\n" + AFTER


def test_cells_are_a_table_that_is_not_certain() -> None:
    blocks = read_blocks(TEXT)
    (table,) = (block for block in blocks if block.kind is BlockKind.TABLE)
    assert table.grid is not None
    assert not table.grid.certain
    assert [row[0].text.strip() for row in table.grid.rows] == CELLS
    assert blocks[table.index + 1].text == "第三部分 2022年度部门决算情况说明"


def test_the_table_is_unreadable_and_nothing_of_it_is_stated() -> None:
    facts = recognise(document_of(TEXT))
    assert facts.tables["summary"].status is Status.UNREADABLE
    assert {one.place.line for one in facts} == {len(TEXT.split("\n")) - 1}


def test_lists_of_titles_and_short_lines_are_no_table() -> None:
    text = "目录\n\n收入支出决算总表\n\n收入决算表\n\n支出决算表\n\n1\n\n宁溪县档案馆\n\n2\n\n本单位主管档案工作。\n"
    assert all(block.kind is not BlockKind.TABLE for block in read_blocks(text))


SPACED = """宁溪县档案馆2022年度部门决算
第二部分 2022年度部门决算表
支出决算表
单位：万元
项目
本年支出合计 基本支出 项目支出 上缴上级支出 经营支出
科目编码
科目名称
合计 1,120.50 1,040.20 80.30
201 一般公共服务支出 1,084.10 1,003.80 80.30
20126 档案事务 1,084.10 1,003.80 80.30
2012601 行政运行 1,003.80 1,003.80
2012604 档案馆 80.30 80.30\f208 社会保障和就业支出 36.40 36.40
机关事业单位基本养老保险缴费
2080505 36.40 36.40
支出
注：本表反映部门本年度各项支出情况。
第三部分 2022年度部门决算情况说明
一、收入支出决算总体情况说明
2022年度收、支总计各1,120.50万元。
二、支出决算情况说明
本年支出合计1,120.50万元，其中：基本支出1,040.20万元，占92.83%。
"""


def test_rows_set_apart_by_one_blank_are_a_table_that_is_not_certain() -> None:
    """Blank cells leave nothing: whose column an amount stands in cannot be told."""
    blocks = read_blocks(SPACED)
    (table,) = (block for block in blocks if block.kind is BlockKind.TABLE)
    assert table.grid is not None
    assert not table.grid.certain
    printed = [" ".join(cell.text for cell in row) for row in table.grid.rows]
    assert printed[-1] == "2080505 36.40 36.40"
    assert "2012604 档案馆 80.30 80.30" in printed
    assert "208 社会保障和就业支出 36.40 36.40" in printed  # where a page ends within a line of the file


def test_rows_set_apart_by_one_blank_state_nothing() -> None:
    facts = recognise(document_of(SPACED))
    assert facts.tables["expenditure"].status is Status.UNREADABLE
    assert [one.figure.text for one in facts.statements()][-2:] == ["1,040.20万元", "92.83%"]
    assert all(one.section for one in facts.statements())
