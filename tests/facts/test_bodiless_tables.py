"""Tables of which only the head is printed."""

import pytest

from gouji.facts.fact import Status
from gouji.facts.recognise import recognise
from support.texts import document_of

HEAD = "柳溪县林业站\n2023年度部门决算\n第二部分 2023年度部门决算表\n国有资本经营预算财政拨款支出决算表\n单位：万元\n"
COLUMNS = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"


def test_a_head_alone_that_says_there_is_nothing_is_empty() -> None:
    text = HEAD + COLUMNS + "注：本单位没有国有资本经营预算支出，故本表无数据。\n"
    assert recognise(document_of(text)).tables["state_capital"].status is Status.EMPTY


def test_a_head_alone_that_says_nothing_is_not_read() -> None:
    assert recognise(document_of(HEAD + COLUMNS)).tables["state_capital"].status is Status.UNREADABLE


@pytest.mark.parametrize("total", ["合计\t\t\t\t\n", "\t合计\t\t\t\n"])
def test_a_blank_total_is_a_row_wherever_it_stands(total: str) -> None:
    table = recognise(document_of(HEAD + COLUMNS + total)).tables["state_capital"]
    assert table.status is Status.EMPTY
    assert not table.problem
