"""Plain text whose paragraphs are broken at the width of a page."""

from typing import Any

import pytest

from conftest import TESTS
from gouji.document.text import read_blocks
from gouji.runtime.yaml_data import load_yaml

CASES = load_yaml((TESTS / "cases" / "broken.yaml").read_text(encoding="utf-8"))
#: What makes a text known for broken: full lines that stop within a sentence; first lines are set in, seen or not.
PAGE = """%s2022年度总收入合计为1177.40万元，其中本年收入合
计为1170.15万元，较2021年度决算数减少了7.25万元，下
降0.62%，主要原因是免费开放补助资金较上年有所减少，
本年度没有新增项目。
%s2022年度总支出合计为1176.40万元，其中基本支出合
计为1070.15万元，较2021年度决算数减少了8.25万元，下
降0.76%，主要原因是在职人员退休后人员经费较上年有所
减少。
%s年末结转和结余合计为1.00万元，较2021年度决算数
减少0.20万元，主要原因是项目实施进度较上年度有所加
快。
"""

BROKEN = """宁溪县档案馆2022年度部门决算
第三部分 2022年度部门决算情况说明
一、收入支出决算总体情况说明
（一）本单位2022年度总收入77.40万元，其中本年收入合
计70.15万元，较2021年度决算数减少7.25万元，下降9.37%，
主要原因是项目减少。
1.财政拨款收入70.15万元，为县级财政当年拨付的资金。
2.其他收入7.25万元，为利息收入等，较2021年度决算数增
加0.25万元，增长3.57%，主要原因是存款利率调整，存款
余额有所增加。
"""
WHOLE = """宁溪县档案馆2022年度部门决算
一、收入支出决算总体情况说明
本单位2022年度总收入77.40万元，较2021年度决算数减少7.25万元，下降9.37%，主要原因是项目减少。
本单位2022年度总支出76.40万元，较2021年度决算数减少6.25万元，下降7.56%，主要原因是项目减少。
本单位2022年度年末结转1.00万元，较2021年度决算数减少1.00万元，下降50.00%，主要是项目完成
（一）其他
"""


def test_lines_of_a_paragraph_are_put_together() -> None:
    texts = [block.text for block in read_blocks(BROKEN)]
    assert texts[:3] == BROKEN.split("\n")[:3]
    assert texts[3:] == [
        "（一）本单位2022年度总收入77.40万元，其中本年收入合计70.15万元，较2021年度决算数减少7.25万元，下降9.37%，"
        "主要原因是项目减少。",
        "1.财政拨款收入70.15万元，为县级财政当年拨付的资金。",
        "2.其他收入7.25万元，为利息收入等，较2021年度决算数增加0.25万元，增长3.57%，主要原因是存款利率调整，存款"
        "余额有所增加。",
    ]


def test_the_first_line_of_an_item_of_accounts_may_be_shorter() -> None:
    items = """2.教育支出（类）普通教育（款）其他普通教育
支出（项），主要用于支付代课人员的补助。年初预
算为20.00万元，支出决算为18.60万元。
"""
    texts = [block.text for block in read_blocks(BROKEN + "二、支出决算具体情况\n" + items)]
    assert texts[-2:] == ["二、支出决算具体情况", items.replace("\n", "")]


def test_paragraphs_on_a_line_each_stay() -> None:
    assert [block.text for block in read_blocks(WHOLE)] == WHOLE.strip().split("\n")


def test_a_blank_line_ends_a_paragraph() -> None:
    text = BROKEN.replace("其中本年收入合\n", "其中本年收入合\n\n")
    assert "其中本年收入合" in {block.text[-7:] for block in read_blocks(text)}


def test_a_line_is_full_where_the_next_figure_found_no_room() -> None:
    text = BROKEN + "3.上年结转和结余，为以前年度未用完的资金\n13,190,890.00元，本年度继续使用。\n"
    assert read_blocks(text)[-1].text.endswith("未用完的资金13,190,890.00元，本年度继续使用。")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_where_a_paragraph_goes_on(case: dict[str, Any]) -> None:
    page = PAGE.replace("%s", "　　" if case.get("set_in") else "")
    texts = [block.text for block in read_blocks(page + case["lines"])]
    assert [text.strip() for text in texts[3:]] == [text.strip() for text in case["paragraphs"]]
