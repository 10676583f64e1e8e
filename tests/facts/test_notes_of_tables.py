"""Notes above and below tables: whose they are."""

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
