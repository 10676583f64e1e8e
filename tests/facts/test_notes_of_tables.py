"""Notes above and below tables: whose they are."""

import pytest

from gouji.document.model import BlockKind
from gouji.facts.captions import surroundings
from gouji.facts.fact import Status
from gouji.facts.recognise import recognise
from support.texts import document_of

TABLE = "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
TABLE += "205\t教育支出\t15.00\t12.00\t3.00\n合计\t\t15.00\t12.00\t3.00\n"
ABOVE = "支出决算表\n公开03表\n部门：宁溪县档案馆\n单位：万元\n"
NOTE = "注：本表以“万元”为金额单位（保留两位小数）。\n"


def test_a_note_between_unit_and_table_is_of_that_table() -> None:
    document = document_of(ABOVE + NOTE + TABLE)
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    found = surroundings(document, table)
    assert (found.number, found.unit, found.department) == ("公开03表", "万元", "宁溪县档案馆")
    assert "支出决算表" in found.captions
    assert recognise(document).tables["expenditure"].status is Status.FOUND


def test_a_note_may_name_a_table() -> None:
    """注：…，故公开09表为空表 is no caption of the table below."""
    document = document_of(ABOVE + TABLE + "注：我馆没有这类收支，故公开08表为空表。\n国有资本经营预算表\n")
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert surroundings(document, table).notes == ("注：我馆没有这类收支，故公开08表为空表。",)


def test_a_note_above_a_caption_is_of_the_table_before() -> None:
    """What stands above it is no caption of the table below: another table's unit may stand there."""
    document = document_of("单位：元\n注：本表反映本年支出。\n支出决算表\n" + TABLE)
    table = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert surroundings(document, table).unit == ""


PARTS = (
    "科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n合计\t\t25.00\t22.00\t3.00\n205\t教育支出\t15.00\t12.00\t3.00\n",
    "208\t社会保障和就业支出\t10.00\t10.00\t0.00\n",
)
NOTES = ["注：本表反映各项支出。", "说明：本表金额因四舍五入可能存在尾差。"]


@pytest.mark.parametrize(
    "between", ["续表\n", "注：①教育支出含人员经费，不含捐赠。\n续表\n", "注：①教育支出含人员经费，不含捐赠。\n"]
)
def test_notes_between_and_below_the_parts_of_a_table_are_its_own(between: str) -> None:
    table = recognise(document_of(ABOVE + PARTS[0] + between + PARTS[1] + "\n".join(NOTES))).tables["expenditure"]
    assert table.codes == ("205", "208")
    assert list(table.notes) == [line for line in between.splitlines() if "注" in line] + NOTES


@pytest.mark.parametrize(
    "note",
    [
        "附注：本表反映各项支出。",
        "注1 本表反映各项支出。",
        "注②、本表反映各项支出。",
        "*号表示涉密。",
        "①教育支出含人员经费。",
    ],
)
def test_a_note_in_the_last_row_is_none_of_the_grid(note: str) -> None:
    table = recognise(document_of(ABOVE + TABLE + f"{note}\t\n")).tables["expenditure"]
    assert table.notes == (note,)
    assert table.grid is not None
    assert len(table.grid.rows) == 3


def test_a_row_that_begins_with_a_footnotes_sign_is_a_row() -> None:
    text = ABOVE + TABLE.replace("教育支出", "①教育支出").replace("合计\t\t", "*合计\t\t")
    assert recognise(document_of(text)).tables["expenditure"].codes == ("205",)


def test_another_table_below_a_note_goes_on_with_nothing() -> None:
    other = "部门\t人数\t编制\t在职\t离退休\n办公室\t3.00\t3.00\t3.00\t0.00\n"
    table = recognise(document_of(ABOVE + TABLE + NOTES[0] + "\n" + other)).tables["expenditure"]
    assert table.grid is not None
    assert len(table.grid.rows) == 3
