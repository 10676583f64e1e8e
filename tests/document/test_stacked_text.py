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
