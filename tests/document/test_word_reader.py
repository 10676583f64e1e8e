"""Word documents to Document: what is printed once changes are accepted, and where it stands in the file."""

# mypy: disable-error-code="attr-defined"

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm
from PIL import Image

from conftest import SAMPLE
from gouji import audit
from gouji.document.content import Content
from gouji.document.formats import office
from gouji.document.formats.word import read_content
from gouji.document.formats.word.columns import evened
from gouji.document.formats.word.numerals import numeral
from gouji.document.model import section_label
from gouji.document.origin import InWord
from gouji.document.pieces import Line
from gouji.document.reader import read
from gouji.errors import UnusableInputError
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_docx import cell, element, paragraph, row, run, table, text, to_docx
from support.office import lacking

ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def word(*blocks: Any, numbering: str = "", styles: str = "") -> bytes:
    """A Word file with these elements as its body."""
    made = docx.Document()
    body = made.element.body
    for block in blocks:
        body.insert(len(body) - 1, block)
    if numbering:
        root = made.part.numbering_part.element
        for one in list(root):
            root.remove(one)
        root.extend(list(parsed(f"<w:numbering>{numbering}</w:numbering>")))
    if styles:
        made.styles.element.extend(list(parsed(f"<w:styles>{styles}</w:styles>")))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def parsed(xml: str) -> Any:
    """An element of WordprocessingML text."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {nsdecls('w')}", xml, count=1))


def content(*blocks: Any, numbering: str = "", styles: str = "") -> Content:
    """What the reader makes of a file with these elements."""
    return read_content(word(*blocks, numbering=numbering, styles=styles), Path("account.docx"))


def texts(found: Content) -> list[Any]:
    """The pieces as plain text: lines as strings, tables as lists of rows."""
    return [
        piece.text if isinstance(piece, Line) else [[one.text for one in row.cells] for row in piece]
        for piece in found.pieces
    ]


def columns(found: Content) -> list[Any]:
    """The columns of the rows of the first table."""
    (rows, *_) = (piece for piece in found.pieces if isinstance(piece, list))
    return [row.columns for row in rows]


def lines(found: Content) -> list[Line]:
    """All lines, those of cells too."""
    return [
        line
        for piece in found.pieces
        for line in ([piece] if isinstance(piece, Line) else [one for row in piece for one in row.cells])
    ]


# Tables


def test_merged_cells() -> None:
    found = content(
        table(
            row(cell("项目", merge="restart"), cell("支出", span=2)),
            row(cell("", merge="continue"), "基本", "项目"),
            row("208", "1.50", "2.50"),
        )
    )
    assert texts(found) == [[["项目", "支出"], ["", "基本", "项目"], ["208", "1.50", "2.50"]]]
    assert columns(found) == [[(0, 1), (1, 2)], [(0, 1), (1, 1), (2, 1)], [(0, 1), (1, 1), (2, 1)]]


def test_what_is_left_in_a_continued_cell_is_not_shown_but_without_one_above_it_is() -> None:
    found = content(
        table(
            row(cell("甲", merge="continue"), "1"),
            row(cell("乙", merge="continue"), "2"),
        )
    )
    assert texts(found) == [[["甲", "1"], ["", "2"]]]


def test_columns_left_out_before_and_after_a_row() -> None:
    found = content(
        table(
            row("甲", "乙", "丙"), row("2", properties=(element("gridBefore", val="1"), element("gridAfter", val="1")))
        )
    )
    assert columns(found) == [[(0, 1), (1, 1), (2, 1)], [(1, 1)]]


def test_columns_merged_cell_for_cell() -> None:
    old = cell("", properties=(element("hMerge", val="continue"),))
    found = content(table(row(cell("支出", properties=(element("hMerge", val="restart"),)), old), row("1", "2")))
    assert columns(found) == [[(0, 2)], [(0, 1), (1, 1)]]


def test_a_border_drawn_a_hair_off_makes_no_column() -> None:
    found = content(
        table(row(cell("项目", span=2), "金额"), row("工资", cell("1.5", span=2)), widths=(2000, 30, 2000)),
    )
    assert columns(found) == [[(0, 1), (1, 1)], [(0, 1), (1, 1)]]


def test_a_narrow_column_with_a_cell_of_its_own_stays() -> None:
    assert evened([[(0, 1), (1, 1), (2, 1)], [(0, 2), (2, 1)]], [2000, 60, 2000]) == (
        [[(0, 1), (1, 1), (2, 1)], [(0, 2), (2, 1)]],
        3,
    )


def test_edges_that_no_cell_has_are_none() -> None:
    assert evened([[(0, 2), (2, 3)], [(0, 2), (2, 3)]], []) == ([[(0, 1), (1, 1)]] * 2, 2)


def test_the_paragraphs_of_a_cell_are_its_lines() -> None:
    found = content(table(row(cell("公务", "", "接待费"), "合计"), row("　", "5")))
    assert texts(found) == [[["公务\n接待费", "合计"], ["　", "5"]]]
    assert found.origins[1] == InWord((0, 2), 0, (0, 3))
    assert isinstance(found.origins[1], InWord)
    assert found.origins[1].spans(0, 2) == [(0, 0, 2)]
    assert found.origins[1].spans(3, 6) == [(2, 0, 3)]


def test_a_figure_on_two_lines_is_told() -> None:
    found = content(table(row("甲", cell("12", "34")), row("20801", cell("基本", "支出"))))
    assert found.anomalies == ("表格中有1个数字分写在两行（“12 / 34”），请核对其读数",)


def test_a_table_around_a_table_is_a_frame() -> None:
    inner = table(row("项目", "金额"), row("工资", "1.5"))
    found = content(
        table(row(cell("收入决算表", span=2)), row("部门：某局", "单位：元"), row(cell(inner, paragraph("注：无"))))
    )
    assert texts(found) == ["收入决算表", "部门：某局", "单位：元", [["项目", "金额"], ["工资", "1.5"]], "注：无"]


def test_a_table_in_a_table_of_figures_comes_after_it() -> None:
    found = content(table(row("工资", "1.5"), row(cell("说明", table(row("甲", "2"))), "3")))
    assert texts(found) == [[["工资", "1.5"], ["说明", "3"]], [["甲", "2"]]]


def test_a_table_of_one_column_is_paragraphs() -> None:
    assert texts(content(table(row(cell("一、收入", "收入为3万元。")), row("二、支出")))) == [
        "一、收入",
        "收入为3万元。",
        "二、支出",
    ]


HEADER = (row(cell("项目", span=2), cell("金额")), row("编码", "名称", cell("")))
BODY = (row("208", "就业", "1.5"), row("210", "卫生", "2.5"))


def test_a_second_table_that_repeats_the_header_goes_on_with_the_first() -> None:
    again = [parsed_again(one) for one in HEADER]
    found = content(table(*HEADER, BODY[0]), paragraph(""), table(*again, BODY[1]))
    assert texts(found) == [[["项目", "金额"], ["编码", "名称", ""], ["208", "就业", "1.5"], ["210", "卫生", "2.5"]]]


def test_a_second_table_without_a_header_goes_on_with_the_first() -> None:
    found = content(table(row("编码", "名称", "金额"), row("208", "就业", "1.5")), table(row("210", "卫生", "2.5")))
    assert texts(found) == [[["编码", "名称", "金额"], ["208", "就业", "1.5"], ["210", "卫生", "2.5"]]]


OTHER_TABLES = {
    "other header": table(row("编码", "名称", "决算数"), row("210", "卫生", "2.5")),
    "other columns": table(row("210", "2.5")),
    "no figures": table(row("编码", "名称", "金额"), row("无", "", "")),
}


@pytest.mark.parametrize("name", list(OTHER_TABLES))
def test_another_table_begins_anew(name: str) -> None:
    found = content(table(row("编码", "名称", "金额"), row("208", "就业", "1.5")), OTHER_TABLES[name])
    assert len(found.pieces) == 2


def test_a_line_between_parts_tables() -> None:
    first, second = table(row("编码", "名称"), row("208", "1.5")), table(row("210", "2.5"))
    assert len(content(first, paragraph("注：无"), second).pieces) == 3


def parsed_again(one: Any) -> Any:
    """A copy of an element."""
    return parse_xml(docx.oxml.xmlchemy.serialize_for_reading(one))


# Paragraphs


def test_tabs_breaks_and_signs() -> None:
    found = content(
        paragraph("部门：某局", element("r", element("tab")), "单位：万元"),
        paragraph("2022", element("r", element("noBreakHyphen")), "2023", element("r", element("softHyphen"))),
        paragraph("第一行", element("r", element("br")), "第二行", element("r", element("br", type="page")), "续"),
        paragraph(element("r", element("sym", font="Wingdings", char="F0FE")), "是"),
    )
    assert texts(found) == ["部门：某局\t单位：万元", "2022-2023", "第一行", "第二行续", "☑是"]
    later = found.origins[4]
    assert later == InWord((2,), 0, (-4,))
    assert isinstance(later, InWord)
    assert later.spans(0, 2) == [(2, 4, 6)]


def test_content_controls() -> None:
    def control(*inside: Any) -> Any:
        return element("sdt", element("sdtPr"), element("sdtContent", *inside))

    found = content(
        control(paragraph("甲", control(run("乙")))),
        table(control(row("1", control(cell("2")))), row("3", cell(control(paragraph("4"))))),
    )
    assert texts(found) == ["甲乙", [["1", "2"], ["3", "4"]]]


def test_of_a_field_the_result_is_read() -> None:
    def mark(kind: str) -> Any:
        return element("r", element("fldChar", fldCharType=kind))

    code = element("r", text(" = SUM(ABOVE) ", "instrText"))
    nested = [mark("begin"), run("PAGE"), mark("separate"), run("9"), mark("end")]
    found = content(
        paragraph("计", mark("begin"), code, *nested, mark("separate"), run("5"), mark("end"), "元"),
        paragraph(element("fldSimple", run("2023"), instr="DATE"), "年"),
        paragraph(mark("begin"), run("代码")),
        paragraph("其后"),
    )
    assert texts(found) == ["计5元", "2023年", "其后"]


def box(*blocks: Any) -> Any:
    """A text box for newer programs and again for older ones."""
    newer = element("drawing", element("txbxContent", *blocks))
    older = element("pict", element("txbxContent", *[parsed_again(one) for one in blocks]))
    both = parse_xml(f'<mc:AlternateContent xmlns:mc="{ALTERNATIVES}"><mc:Choice/><mc:Fallback/></mc:AlternateContent>')
    both[0].append(newer)
    both[1].append(older)
    return element("r", both)


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    found = content(
        paragraph(box(paragraph("单位：元"), table(row("甲", "1"))), "收入表"),
        paragraph(element("r", element("pict", element("txbxContent", paragraph("旧式"))))),
        paragraph("其后"),
    )
    assert texts(found) == ["收入表", "单位：元", [["甲", "1"]], "旧式", "其后"]
    places = [origin.paragraphs for origin in found.origins.values() if isinstance(origin, InWord)]
    # The older program's copies of the box's three paragraphs count as paragraphs of the file, too.
    assert places == [(0,), (1,), (2,), (3,), (8,), (9,)]


def test_a_box_anchored_in_a_cell_is_no_part_of_its_figure() -> None:
    assert texts(content(table(row("甲", cell(paragraph(box(paragraph("公章")), "1.5")))))) == [[["甲", "1.5"]], "公章"]


def test_tracked_changes_are_taken_as_accepted() -> None:
    deleted = element("del", element("r", text("100", "delText")))
    inserted = (element("ins", run("2")), element("ins", run("00")))
    found = content(
        paragraph("收入", deleted, *inserted, "万元"),
        paragraph(element("moveFrom", run("移走"))),
        paragraph(element("moveTo", run("移来"))),
        table(
            row("甲", "1"),
            row("乙", "2", properties=(element("del"),)),
            row("丙", "3", properties=(element("ins"),)),
        ),
    )
    assert texts(found) == ["收入200万元", "移来", [["甲", "1"], ["丙", "3"]]]
    assert found.anomalies == ("文档含修订痕迹：插入2处、删除2处、移动1处，按接受修订后的内容审核",)


def test_where_the_end_of_a_paragraph_is_deleted_the_next_goes_on() -> None:
    gone = element("rPr", element("del"))
    found = content(
        paragraph("收入", element("del", element("r", text("为", "delText"))), properties=(gone,)),
        paragraph(element("del", element("r", text("整段", "delText"))), properties=(parsed_again(gone),)),
        paragraph("3万元。"),
    )
    assert texts(found) == ["收入3万元。"]
    origin = found.origins[1]
    assert isinstance(origin, InWord)
    assert origin.spans(1, 5) == [(0, 1, 2), (2, 0, 3)]
    assert found.anomalies == ("文档含修订痕迹：删除2处，按接受修订后的内容审核",)


def test_hidden_text_is_left_out_and_told() -> None:
    vanish = element("vanish")
    style = '<w:style w:type="character" w:styleId="off"><w:rPr><w:vanish/></w:rPr></w:style>'
    style += '<w:style w:type="paragraph" w:styleId="under"><w:basedOn w:val="over"/></w:style>'
    style += '<w:style w:type="paragraph" w:styleId="over"><w:rPr><w:vanish/></w:rPr></w:style>'
    found = content(
        paragraph("收入", run("草稿", vanish), run("二", element("vanish")), "3万元"),
        paragraph(run("字符样式", element("rStyle", val="off")), run("显", element("vanish", val="0"))),
        paragraph("段落样式", properties=(element("pStyle", val="under"),)),
        table(row("甲", "1"), row("乙", "2", properties=(element("hidden"),))),
        styles=style,
    )
    assert texts(found) == ["收入3万元", "显", [["甲", "1"]]]
    assert found.anomalies == ("文档含隐藏文字4处，未列入审核",)


def test_embedded_objects_are_told() -> None:
    found = content(
        paragraph(
            parsed('<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>'),
            parsed(
                '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" '
                'xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>'
            ),
        )
    )
    assert found.anomalies == ("文档含嵌入对象（如 Excel 表）1个，其中内容未读取",)


@pytest.mark.parametrize(("centimetres", "told"), [(12, 1), (4, 0)])
def test_pictures_that_may_show_a_table_are_told(centimetres: int, told: int, tmp_path: Path) -> None:
    figure = tmp_path / "table.png"
    Image.new("RGB", (80, 40)).save(figure)
    made = docx.Document()
    made.add_picture(str(figure), width=Cm(centimetres))
    made.save(str(tmp_path / "account.docx"))
    found = read_content((tmp_path / "account.docx").read_bytes(), tmp_path / "account.docx")
    assert found.anomalies == ("文档含图片1幅，其中如有表格或文字则未读取",) * told


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("width:450pt;height:300pt", 1),
        ("position:absolute; width:16cm;height:8cm", 1),
        ("", 1),
        ("width:60pt;height:60pt", 0),
        ("width:450pt;height:20pt", 0),
    ],
)
def test_pictures_of_older_programs_are_told(style: str, told: int) -> None:
    picture = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<v:shape style="{style}"><v:imagedata/></v:shape></w:pict></w:r>'
    )
    found = content(paragraph(parsed(picture)))
    assert found.anomalies == ("文档含图片1幅，其中如有表格或文字则未读取",) * told


def test_notes_with_figures_are_told() -> None:
    data = word(paragraph(run("收入3万元"), parsed('<w:r><w:footnoteReference w:id="2"/></w:r>')))
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:footnote>'
        for number, said in enumerate(["", "没有引用的5万元", "含上年结转1.20万元。"])
    )
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>")
    found = read_content(target.getvalue(), Path("account.docx"))
    assert texts(found) == ["收入3万元"]
    assert found.anomalies == ("文档有1条脚注或尾注含数字，未读取（“含上年结转1.20万元。”）",)


def test_the_table_of_contents_is_left_out() -> None:
    style = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    gallery = parsed(
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    listed = paragraph("一、收入\t1", properties=(element("pStyle", val="11"),))
    assert texts(content(gallery, listed, paragraph("一、收入"), styles=style)) == ["一、收入"]


# Automatic numbering


def level(at: int, style: str, printed: str, more: str = "") -> str:
    """A level of a list."""
    begin = f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
    return f'{begin}{more}<w:lvlText w:val="{printed}"/></w:lvl>'


def numbered(content: str, at: int = 0, name: int = 1) -> Any:
    """A paragraph of a list."""
    own = element("numPr", element("ilvl", val=str(at)), element("numId", val=str(name)))
    return paragraph(content, properties=(own,))


LEVELS = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%3.%4", "<w:isLgl/>")
)
LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)


def test_numbers_by_level() -> None:
    asked = [
        ("概况", 0),
        ("职责", 1),
        ("就业", 2),
        ("创业", 2),
        ("机构", 1),
        ("内设", 2),
        ("细目", 3),
        ("收支", 0),
        ("收入", 1),
    ]
    found = content(*(numbered(text, at) for text, at in asked), numbering=LISTS)
    assert texts(found) == [
        "一、概况",
        "（一）职责",
        "1. 就业",
        "2. 创业",
        "（二）机构",
        "1. 内设",
        "1.1.1 细目",
        "二、收支",
        "（一）收入",
    ]


def test_lists_of_one_definition_count_on_and_an_override_starts_anew() -> None:
    names = (1, 3, 2, 2, 1)
    found = content(*(numbered("甲", 0, name) for name in names), numbering=LISTS)
    assert texts(found) == ["一、甲", "二、甲", "五、甲", "六、甲", "七、甲"]


def test_a_level_that_never_restarts() -> None:
    lasting = level(0, "decimal", "%1、") + level(1, "decimal", "%2）", '<w:lvlRestart w:val="0"/>')
    one = f'<w:abstractNum w:abstractNumId="1">{lasting}</w:abstractNum>'
    one += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    found = content(*(numbered("甲", at) for at in (0, 1, 0, 1)), numbering=one)
    assert texts(found) == ["1、甲", "1）甲", "2、甲", "2）甲"]


def test_numbers_by_style_and_none_for_bullets() -> None:
    own = level(0, "chineseCounting", "第%1部分", '<w:pStyle w:val="part"/>') + level(1, "bullet", "\uf0b7")
    one = f'<w:abstractNum w:abstractNumId="1">{own}</w:abstractNum>'
    one += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    style = (
        '<w:style w:type="paragraph" w:styleId="part"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styled = [paragraph(text, properties=(element("pStyle", val="part"),)) for text in ("概况", "决算表")]
    none = paragraph("名词", properties=(element("pStyle", val="part"), element("numPr", element("numId", val="0"))))
    found = content(*styled, numbered("点", 1), none, numbering=one, styles=style)
    assert texts(found) == ["第一部分 概况", "第二部分 决算表", "点", "名词"]


def test_deleted_paragraphs_are_not_counted_but_empty_ones_are() -> None:
    deleted = numbered("")
    deleted.pPr.append(element("rPr", element("del")))
    found = content(numbered("甲"), deleted, numbered("乙"), numbered(""), numbered("丙"), numbering=LISTS)
    assert texts(found) == ["一、甲", "二、乙", "四、丙"]


def test_numbers_in_cells_and_where_the_text_behind_one_begins(tmp_path: Path) -> None:
    data = word(numbered("收入为3万元。"), table(row(cell(numbered("", 2)), "1.5")), numbering=LISTS)
    found = read_content(data, Path("account.docx"))
    assert texts(found) == ["一、收入为3万元。", [["1.", "1.5"]]]
    origin = found.origins[1]
    assert origin == InWord((0,), 2, (2,))
    assert isinstance(origin, InWord)
    assert origin.spans(5, 8) == [(0, 3, 6)]
    assert origin.spans(0, 3) == [(0, 0, 1)]
    assert InWord((0,), 2).spans(5, 8) == origin.spans(5, 8)


def test_sections_are_known_by_automatic_numbers(tmp_path: Path) -> None:
    source = tmp_path / "account.docx"
    source.write_bytes(word(numbered("收入"), numbered("本年收入", 1), paragraph("为3万元。"), numbering=LISTS))
    assert [section_label(block.section) for block in read(source).blocks] == ["一", "一（一）", "一（一）"]


NUMERALS = {
    "chineseCounting": "一 十 十二 二十 九十九 一〇五",
    "chineseCountingThousand": "一 十 十二 二十 九十九 一百零五",
    "japaneseCounting": "一 十 十二 二十 九十九 一百零五",
    "ideographDigital": "一 一〇 一二 二〇 九九 一〇五",
    "chineseLegalSimplified": "壹 拾 拾贰 贰拾 玖拾玖 壹佰零伍",
    "decimal": "1 10 12 20 99 105",
    "decimalZero": "01 10 12 20 99 105",
    "decimalFullWidth": "１ １０ １２ ２０ ９９ １０５",
    "decimalEnclosedCircleChinese": "① ⑩ ⑫ ⑳ 99 105",
    "decimalEnclosedParen": "⑴ ⑽ ⑿ ⒇ 99 105",
    "ideographTraditional": "甲 癸 乙 癸 壬 戊",
    "upperLetter": "A J L T UUUU AAAAA",
    "lowerRoman": "i x xii xx xcix cv",
    "unheardOf": "1 10 12 20 99 105",
}


@pytest.mark.parametrize("style", list(NUMERALS))
def test_numerals(style: str) -> None:
    assert " ".join(numeral(count, style) for count in (1, 10, 12, 20, 99, 105)) == NUMERALS[style]


# Places


def test_every_line_has_its_number_and_stands_where_it_says(tmp_path: Path) -> None:
    source = tmp_path / "sample.docx"
    to_docx(read(SAMPLE), source)
    found = read_content(source.read_bytes(), source)
    numbers = [line.number for line in lines(found)]
    assert numbers == sorted(set(numbers))
    paragraphs = list(docx.Document(str(source)).element.body.iter(qn("w:p")))
    for line in lines(found):
        origin = found.origins[line.number]
        assert isinstance(origin, InWord)
        for place, start, end in origin.spans(0, len(line.text)):
            printed = "".join(one.text or "" for one in paragraphs[place].iter(qn("w:t"), qn("w:tab")))
            assert line.text[start:end] == printed[start:end]


# Bad input


def damaged(change: dict[str, bytes | None]) -> bytes:
    """A Word file with parts replaced, or left out."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(word(paragraph("甲")))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = change.get(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


BAD = {
    "no document": (damaged({"word/document.xml": None}), "没有 Word 正文（word/document.xml）"),
    "no body": (damaged({"word/document.xml": b"<a/>"}), "没有 Word 正文"),
    "no relations": (damaged({"_rels/.rels": None, "word/document.xml": None}), "没有 Word 正文"),
    "broken document": (damaged({"word/document.xml": b"<w:document"}), "word/document.xml 的 XML 已损坏"),
    "broken styles": (damaged({"word/styles.xml": b"<"}), "word/styles.xml 的 XML 已损坏"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_damaged_files(name: str, tmp_path: Path) -> None:
    data, said = BAD[name]
    with pytest.raises(UnusableInputError, match=re.escape(said)) as raised:
        read_content(data, tmp_path / "account.docx")
    assert "account.docx" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_truncated_part() -> None:
    data = bytearray(word(paragraph("甲" * 500)))
    with zipfile.ZipFile(BytesIO(bytes(data))) as package:
        start = package.getinfo("word/document.xml").header_offset
    data[start + 60 : start + 160] = b"\xff" * 100
    with pytest.raises(UnusableInputError, match=r"word/document\.xml 不完整"):
        read_content(bytes(data), Path("account.docx"))


def test_the_strict_variant() -> None:
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    xml = b'<w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>3</w:t></w:r></w:p></w:body></w:document>' % strict
    assert texts(read_content(damaged({"word/document.xml": xml}), Path("account.docx"))) == ["3"]


# The same account in text and in Word


def same_audit(first: Path, second: Path) -> None:
    """Asserts that two files have the same facts and findings."""
    one, two = audit(first), audit(second)
    assert facts(one.facts) == facts(two.facts)
    assert [finding.id for finding in one.findings.findings] == [finding.id for finding in two.findings.findings]


def facts(found: Any) -> Sequence[Any]:
    """What facts say, wherever they stand."""
    return [
        (
            fact.concept.path,
            fact.figure.text.strip(),
            fact.figure.value,
            fact.figure.unit,
            fact.amount,
            fact.where,
        )
        for fact in found
    ]


def test_the_sample_rebuilt(tmp_path: Path) -> None:
    to_docx(read(SAMPLE), tmp_path / "sample.docx")
    same_audit(SAMPLE, tmp_path / "sample.docx")


@pytest.mark.parametrize(("seed", "template"), [(1, "hunan2023"), (2, "shanghai2024"), (3, "national2020yuan")])
def test_departments_rebuilt(seed: int, template: str, tmp_path: Path) -> None:
    source = tmp_path / "department.txt"
    source.write_text(to_text(make_department(seed=seed, template=template)), encoding="utf-8")
    to_docx(read(source), tmp_path / "department.docx")
    same_audit(source, tmp_path / "department.docx")


def test_the_real_document() -> None:
    folder = os.environ.get("GOUJI_CORPUS")
    if not folder:
        pytest.skip("GOUJI_CORPUS is not set: no real documents")
    source = Path(folder) / "seed" / "2023-lanshan-employment.txt"
    same_audit(source, source.with_suffix(".docx"))


# By way of LibreOffice


@pytest.mark.skipif(bool(lacking("writer")), reason=lacking("writer"))
def test_an_old_word_document(tmp_path: Path) -> None:
    to_docx(read(SAMPLE), tmp_path / "sample.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(tmp_path / "sample.docx")]
    subprocess.run(["soffice", profile, *convert], check=True, capture_output=True, timeout=120)
    same_audit(SAMPLE, tmp_path / "sample.doc")
    document = read(tmp_path / "sample.doc")
    assert document.encoding == "doc（经 LibreOffice 转换）"
    assert not document.origins


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_program", lambda: None)
    with pytest.raises(
        UnusableInputError, match=r"读取 \.doc 需要 LibreOffice；请安装，或用 Word 另存为 \.docx 后重试"
    ):
        office.read_content(OLE + "WordDocument".encode("utf-16-le"), Path("account.doc"))
    with pytest.raises(
        UnusableInputError, match=r"读取 \.xls 需要 LibreOffice；请安装，或用 Excel 另存为 \.xlsx 后重试"
    ):
        office.read_content(OLE + "Workbook\0".encode("utf-16-le"), Path("account.xls"))


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins for soffice are shell scripts")
@pytest.mark.parametrize(
    ("script", "said"), [("exit 1", "不能转换，文件可能已损坏或有密码"), ("sleep 30", "超过 1 秒仍未完成")]
)
def test_a_conversion_that_fails(script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    monkeypatch.setattr(office, "_TIMEOUT", 1)
    with pytest.raises(UnusableInputError, match=said):
        office.read_content(OLE, tmp_path / "account.doc")


def test_a_file_that_is_neither_text_nor_sheet() -> None:
    with pytest.raises(UnusableInputError, match="不是文字文档或电子表格"):
        office.read_content(OLE, Path("account.ppt"))


def test_an_encrypted_open_document() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(UnusableInputError, match="文件已加密"):
        office.read_content(stream.getvalue(), Path("account.odt"))
