"""Text whose tables have one space between the cells, as programs copy it from a PDF line by line."""

from gouji.document.text import read_blocks
from gouji.facts.fact import Status
from gouji.facts.recognise import recognise
from support.texts import checks_of, document_of

TABLE = """宁溪县档案馆2023年度部门决算
第二部分 2023年度部门决算表
政府性基金预算财政拨款收入支出决算表
单位：万元
项目
年初结转和 年末结转和
本年收入 本年支出
功能分类
结余 结余
科目名称
科目编码
合计 46.20 合计 基本支出 项目支出
221 住房保障支出 46.20 46.20 46.20
超长期特别国债安排的支
22198 46.20 46.20 46.20
出
2219899 其他住房保障支出 46.20 46.20 46.20
注：本表反映政府性基金预算财政拨款收支情况。
"""
SAID = """第三部分 2023年度部门决算情况说明
八、政府性基金预算财政拨款收入支出决算情况说明
政府性基金预算财政拨款收入46.20万元，支出46.20万元，具体情况如下：
住房保障支出（类）超长期特别国债安排的支出（款）其他住房保障支出（项）%s万元，主要用于住宅电梯更新。
"""


def test_nothing_of_the_table_is_stated() -> None:
    facts = recognise(document_of(TABLE + SAID % "46.20"))
    assert facts.tables["government_fund"].status is Status.UNREADABLE
    assert {one.place.line for one in facts} <= set(range(TABLE.count("\n") + 1, 30))


def test_rows_over_a_page_break_are_one_table() -> None:
    broken = TABLE.replace("\n22198", "\n\f22198")
    (table,) = (block for block in read_blocks(broken) if block.grid)
    assert table.grid is not None
    assert not table.grid.certain
    assert table.grid.rows[-1][0].text == "2219899"


def test_what_is_said_is_still_compared_with_itself() -> None:
    def conflicts(amount: str) -> list[str]:
        return [check.rule.id for check in checks_of(TABLE + SAID % amount).conflicts()]

    assert conflicts("46.20") == []
    assert conflicts("64.20") == ["narrative.account_limit"]
