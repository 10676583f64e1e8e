"""Text whose tables have a single blank between the cells: they are told as tables, and never read as sentences."""

from gouji.document.model import BlockKind
from gouji.facts.fact import Part, Status
from gouji.facts.recognise import recognise
from support.texts import document_of

HEAD = "柳溪县林业站\n2023年度部门决算\n第二部分 2023年度部门决算表\n"
SUMMARY = """收入支出决算总表
编制单位：柳溪县林业站 单位：万元
收入 支出
项目 决算数 项目 决算数
一、一般公共预算财政拨款收入 318.40 一、一般公共服务支出
二、上级补助收入 二、农林水支出 301.15
三、住房保障支出 17.25
本年收入合计 318.40 本年支出合计 318.40
总计 318.40 总计 318.40
注：本表反映本年度的总收支。
"""
FUND = """政府性基金预算财政拨款收入支出决算表
单位：万元
项目 本年支出
科目编码 科目名称 小计 基本支出 项目支出
注：本单位没有政府性基金，故本表无数据。
"""
SPOKEN = """第三部分 2023年度部门决算情况说明
一、收入决算情况说明
本年收入合计318.40万元，其中：财政拨款收入318.40万元，占100%。
"""


def test_a_table_is_told_and_no_row_is_a_heading() -> None:
    document = document_of(HEAD + SUMMARY + SPOKEN)
    facts = recognise(document)
    assert facts.tables["summary"].status is Status.UNREADABLE
    assert not any(fact.part is Part.TABLES for fact in facts)
    headings = [block.text for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["第二部分 2023年度部门决算表", "第三部分 2023年度部门决算情况说明", "一、收入决算情况说明"]


def test_sentences_below_are_still_read() -> None:
    facts = recognise(document_of(HEAD + SUMMARY + SPOKEN))
    assert {fact.figure.text for fact in facts} == {"318.40万元", "100%"}


def test_a_table_without_data_is_empty() -> None:
    facts = recognise(document_of(HEAD + SUMMARY + FUND + SPOKEN))
    assert facts.tables["government_fund"].status is Status.EMPTY


def test_a_list_below_no_caption_is_text() -> None:
    document = document_of(HEAD + "人员情况\n在职人员 12.00\n退休人员 3.00\n")
    assert not any(block.kind is BlockKind.TABLE for block in document.blocks)
