"""A table of two sides of which one has no rows."""

from gouji.facts.fact import Status
from gouji.facts.recognise import recognise
from support.texts import document_of


def test_a_table_that_ends_with_the_name_of_its_other_side_is_read_without_it() -> None:
    head = "宁溪县档案馆\n2022年度部门决算\n收入支出决算总表\n单位：万元\n"
    table = "收入\t\n项目\t决算数\n其他收入\t6.20\n本年收入合计\t6.20\n总计\t6.20\n支出\t\n"
    assert recognise(document_of(head + table)).tables["summary"].status is not Status.MISSING
