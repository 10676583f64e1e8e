"""Plain text whose paragraphs are broken at the width of a page."""

from gouji.document.text import read_blocks

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


def test_paragraphs_on_a_line_each_stay() -> None:
    assert [block.text for block in read_blocks(WHOLE)] == WHOLE.strip().split("\n")


def test_a_blank_line_ends_a_paragraph() -> None:
    text = BROKEN.replace("其中本年收入合\n", "其中本年收入合\n\n")
    assert "其中本年收入合" in {block.text[-7:] for block in read_blocks(text)}


def test_a_line_is_full_where_the_next_figure_found_no_room() -> None:
    text = BROKEN + "3.上年结转和结余，为以前年度未用完的资金\n13,190,890.00元，本年度继续使用。\n"
    assert read_blocks(text)[-1].text.endswith("未用完的资金13,190,890.00元，本年度继续使用。")
