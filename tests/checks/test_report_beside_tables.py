"""Percentages of an annexed report whose base only the tables print."""

from __future__ import annotations

import pytest

from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.intervals import Verdict

TABLE = """明水县文化馆2023年度部门决算
第二部分 2023年度部门决算表
支出决算表
公开03表
单位：万元
| 科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 |
| | 合计 | 1250.00 | 800.00 | 450.00 |
| 207 | 文化旅游体育与传媒支出 | 1250.00 | 800.00 | 450.00 |
"""
REPORT = """第五部分 附件
2023年度部门整体支出绩效自评报告
一、预算执行情况
{sentence}"""
SENTENCES = (
    ("人员经费656.00万元，占基本支出的{}。", "82.00%", "28.00%"),
    ("人员经费656.00万元、公用经费144.00万元，分别占基本支出的{}和18.00%。", "82.00%", "28.00%"),
    ("设备购置112.50万元，占项目支出的{}。", "25.00%", "52.00%"),
    ("基本支出800.00万元，占本年支出的{}。", "64.00%", "46.00%"),
    ("全年用于展览的支出312.50万元，占支出合计的{}。", "25.00%", "52.00%"),
    ("年初安排900.00万元，实际执行855.00万元，执行率{}，占项目支出的190.00%。", "95.00%", "59.00%"),
)


def conflicts_of(sentence: str) -> int:
    text = TABLE + REPORT.format(sentence=sentence)
    checks = tie_out(recognise(Document("report.txt", "0" * 64, "utf-8", read_blocks(text))))
    return sum(one.verdict is Verdict.CONFLICT for one in checks.checks)


@pytest.mark.parametrize(("sentence", "right", "wrong"), SENTENCES)
def test_a_share_of_what_a_table_prints(sentence: str, right: str, wrong: str) -> None:
    assert conflicts_of(sentence.format(right)) == 0
    assert conflicts_of(sentence.format(wrong)) > 0
