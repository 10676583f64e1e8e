"""Web pages to Document."""

from __future__ import annotations

import quopri
from pathlib import Path

import pytest

from conftest import SAMPLE
from gouji import audit
from gouji.document.content import Content
from gouji.document.formats.web import read_content
from gouji.document.kind import Kind, kind_of
from gouji.document.pieces import Line
from gouji.document.reader import read
from gouji.errors import UnusableInputError
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_html import to_html
from support.formats.said import facts, findings

PAGE = Path("account.html")


def texts(content: Content) -> list[str | list[list[str]]]:
    """Paragraphs as texts, tables as rows of texts."""
    return [
        piece.text if isinstance(piece, Line) else [[cell.text for cell in row.cells] for row in piece]
        for piece in content.pieces
    ]


def read_body(body: str) -> list[str | list[list[str]]]:
    """What is read of a page with that body."""
    return texts(read_content(f"<html><body>{body}</body></html>".encode(), PAGE))


def columns(body: str) -> list[list[tuple[int, int]] | None]:
    """First column and width of each cell, row by row, of a page that is one table."""
    (table,) = read_content(body.encode(), PAGE).pieces
    assert isinstance(table, list)
    return [row.columns for row in table]


PARAGRAPHS = {
    "blocks part, inline elements do not": (
        "<h1>某局<b>2023</b>年度<font>决算</font></h1>"
        "<div>一、收入<p>共<a href='#'>385.28</a>万元。</p>余下</div><ul><li>甲<li>乙</ul>",
        ["某局2023年度决算", "一、收入", "共385.28万元。", "余下", "甲", "乙"],
    ),
    "line breaks part": ("<p>一、收入<br>收入1万元。<br/><br/>二、支出</p>", ["一、收入", "收入1万元。", "二、支出"]),
    "the source's white space is one space": ("<p>a \n\t b</p>\n <p>   </p>", ["a b"]),
    "its line breaks beside Chinese are none": ("<p>收入决算\n  为385.28\n万元</p>", ["收入决算为385.28万元"]),
    "other spaces are print, but at the ends": ("<p>　　部&nbsp;&nbsp;门　甲&emsp;</p>", ["部\xa0\xa0门　甲"]),
    "entities": ("<p>&ldquo;三公&rdquo;&#x7ECF;&#36153; 1&lt;2</p>", ["“三公”经费 1<2"]),
    "what is not shown": (
        "<script>var a = '<p>1</p>';</script><style>p{}</style><p style='DISPLAY: none'>隐藏</p><p hidden>藏</p>"
        "<span aria-hidden='true'>图标</span><span style='mso-hide:all'>藏</span><!-- <p>注释</p> -->"
        "<input value='3'><select><option>2023</option></select><p>正文</p>",
        ["正文"],
    ),
    "what its style sheet hides": (
        "<style>.old, p.no{color:red;display:none} /* .new{display:none} */ #x{visibility : hidden}"
        "@media print{.new{display:none}} .box p{display:none}</style><p class='new old'>旧</p><p class='no'>旧</p>"
        "<div class='no'>一</div><p id='x'>旧</p><p class='new'>二</p><div class='box'><p>三</p></div>",
        ["一", "二", "三"],
    ),
    "what is struck out": ("<p>收入<del>384</del>385万元<s>。</s><strike>旧</strike></p>", ["收入385万元"]),
    "what a site puts around": (
        "<header>某县人民政府</header><nav>首页 &gt; 公开</nav><article><header><h1>标题</h1></header>正文</article>"
        "<footer>版权 2024</footer>",
        ["标题", "正文"],
    ),
    "text behind what is not shown": ("<p>收入<script>x</script>385万元</p>", ["收入385万元"]),
    "elements that are not closed": ("<p>一、收入<p>二、支出<div>三、其他", ["一、收入", "二、支出", "三、其他"]),
}


@pytest.mark.parametrize("name", list(PARAGRAPHS))
def test_paragraphs(name: str) -> None:
    body, expected = PARAGRAPHS[name]
    assert read_body(body) == expected


DATA = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>385.28</td></tr></table>"
ROWS = [["项目", "金额"], ["合计", "385.28"]]
TABLES = {
    "a table": (f"<p>前</p>{DATA}<p>后</p>", ["前", ROWS, "后"]),
    "with sections": (
        "<table><caption>支出决算表</caption><thead><tr><th>项目<th>金额</thead><tbody><tr><td>合计<td>385.28</tbody></table>",
        ["支出决算表", ROWS],
    ),
    "in layout tables": (
        f"<table><tr><td>导航</td><td><table><tr><td>支出决算表</td></tr><tr><td>{DATA}</td></tr></table></td></tr>"
        "<tr><td>页脚</td><td>电话</td></tr></table>",
        ["导航", "支出决算表", ROWS, "页脚", "电话"],
    ),
    "one row is layout": (
        "<table><tr><td>部门：某局</td><td>单位：万元</td></tr></table>",
        ["部门：某局", "单位：万元"],
    ),
    "one column is layout": (
        "<table><tr><td>一、收入</td></tr><tr><td>二、支出</td></tr></table>",
        ["一、收入", "二、支出"],
    ),
    "a page's text is layout": (
        "<table><tr><td>索引号</td><td>1</td></tr>"
        f"<tr><td colspan=2><p>一、收入</p><p>{'收入。' * 200}</p></td></tr></table>",
        ["索引号", "1", "一、收入", "收入。" * 200],
    ),
    "paragraphs in cells": (
        "<table><tr><td><p>公务用车</p><p>购置费</p></td>"
        "<td><p align=right><span>385</span>.28<o:p></o:p></p></td></tr>"
        "<tr><td>甲<br>乙</td><td>&nbsp;</td></tr></table>",
        [[["公务用车\n购置费", "385.28"], ["甲\n乙", ""]]],
    ),
    "a table of one cell in a cell": (
        "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td><table><tr><td>385.28</td></tr></table></td></tr></table>",
        [ROWS],
    ),
    "rows and cells that are hidden": (
        "<table><tr style='display:none'><td>甲</td><td>9</td></tr>"
        "<tr><td>项目</td><td style='display:none'>x</td><td>金额</td></tr>"
        "<tr><td>合计</td><td>385.28</td></tr><tr height=0><td width=1></td><td></td></tr></table>",
        [ROWS],
    ),
}


@pytest.mark.parametrize("name", list(TABLES))
def test_tables(name: str) -> None:
    body, expected = TABLES[name]
    assert read_body(body) == expected


SPANS = {
    "over columns and rows": (
        "<tr><td rowspan=2>项目</td><td colspan=2>支出</td></tr><tr><td>基本</td><td>项目</td></tr>"
        "<tr><td>甲</td><td>1</td><td>2</td></tr>",
        [[(0, 1), (1, 2)], [(0, 1), (1, 1), (2, 1)], [(0, 1), (1, 1), (2, 1)]],
    ),
    "a block over rows and columns": (
        "<tr><td rowspan=2 colspan=2>项目</td><td>甲</td></tr><tr><td>乙</td></tr>"
        "<tr><td>1</td><td>2</td><td>3</td></tr>",
        [[(0, 2), (2, 1)], [(0, 2), (2, 1)], [(0, 1), (1, 1), (2, 1)]],
    ),
    "rows too short are filled": (
        "<tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>1</td></tr>",
        [[(0, 1), (1, 1), (2, 1)], [(0, 1), (1, 1), (2, 1)]],
    ),
    "to the end, and nonsense": (
        "<tr><td rowspan=0>甲</td><td colspan=x>乙</td></tr><tr><td>1</td></tr><tr><td>2</td></tr>",
        [[(0, 1), (1, 1)]] * 3,
    ),
    "over rows there are none of": (
        "<tr><td rowspan=9>甲</td><td>乙</td></tr><tr><td>1</td></tr>",
        [[(0, 1), (1, 1)]] * 2,
    ),
    "a cell merged downwards on the right": (
        "<tr><td>甲</td><td>乙</td><td rowspan=2>丙</td></tr><tr><td>1</td></tr>",
        [[(0, 1), (1, 1), (2, 1)]] * 2,
    ),
}


@pytest.mark.parametrize("name", list(SPANS))
def test_spans(name: str) -> None:
    rows, expected = SPANS[name]
    assert columns(f"<table>{rows}</table>") == expected


def test_cells_below_a_merged_one_are_empty() -> None:
    body = "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"
    assert read_body(body) == [[["甲", "1"], ["", "2"]]]


def test_lines_are_numbered_through() -> None:
    content = read_content(f"<p>前</p>{DATA}<p>后</p>".encode(), PAGE)
    table = content.pieces[1]
    assert isinstance(table, list)
    assert [cell.number for row in table for cell in row.cells] == [2, 3, 4, 5]
    assert [piece.number for piece in content.pieces if isinstance(piece, Line)] == [1, 6]


TEXT = "蓝山县就业服务中心收入385.28万元"
ENCODINGS = [
    pytest.param("utf-8", "utf-8", "utf-8", id="utf-8"),
    pytest.param("gb18030", "gb2312", "gb18030", id="gbk declared gb2312"),
    pytest.param("gb18030", "utf-8", "gb18030", id="gbk declared utf-8"),
    pytest.param("utf-8", "gb2312", "utf-8", id="utf-8 declared gb2312"),
    pytest.param("gb18030", "", "gb18030", id="gbk undeclared"),
    pytest.param("gb18030", "iso-8859-1", "gb18030", id="gbk declared latin"),
    pytest.param("utf-8-sig", "gb2312", "utf-8-sig", id="utf-8 with mark"),
    pytest.param("utf-16", "", "utf-16", id="utf-16 with mark"),
    pytest.param("utf-16-le", "", "utf-16-le", id="utf-16 without mark"),
]


@pytest.mark.parametrize(("encoding", "declared", "found"), ENCODINGS)
def test_encodings(encoding: str, declared: str, found: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    content = read_content(f"<html><head>{meta}</head><body><p>{TEXT}</p></body></html>".encode(encoding), PAGE)
    assert texts(content) == [TEXT]
    assert content.format == f"html（{found}）"


def test_big5() -> None:
    page = '<html><meta charset="big5"><body>收入決算總表</body></html>'.encode("big5")
    assert texts(read_content(page, PAGE)) == ["收入決算總表"]


def test_a_damaged_page_is_read_as_far_as_it_can_be() -> None:
    page = f"<p>{TEXT}</p>".encode("gb18030") + b"<p>\xb2\x00\xff\xff</p>".replace(b"\x00", b"")
    content = read_content(page, PAGE)
    assert texts(content)[0] == TEXT
    assert "处字符编码损坏" in content.anomalies[0]


def test_a_page_saved_from_word() -> None:
    page = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml>
    <w:WordDocument></w:WordDocument></xml><![endif]--></head><body lang=ZH-CN><div class=WordSection1>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US><span
    style='mso-list:Ignore'>一、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>
    <span style='font-family:仿宋'>部门职责<span lang=EN-US><o:p></o:p></span></span></p>
    <p class=MsoNormal><span style='font-family:
    仿宋'>本年支出</span><span lang=EN-US>385.28</span><span>万元，其中基本支
    出</span><span lang=EN-US>270.91</span><span>万元。</span><?xml:namespace prefix = o /><o:p></o:p></p>
    <p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></div></body></html>"""
    assert texts(read_content(page.encode("gb18030"), PAGE)) == [
        "一、\xa0\xa0部门职责",
        "本年支出385.28万元，其中基本支出270.91万元。",
    ]


def test_a_web_archive() -> None:
    inner = f"<html><body><p>{TEXT}</p>{DATA}</body></html>".encode("gb18030")
    head = b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\n"
    part = b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    page = head + part + quopri.encodestring(inner) + b"\n--B--\n"
    assert kind_of(page, PAGE) is Kind.WEB
    content = read_content(page, PAGE)
    assert texts(content) == [TEXT, ROWS]
    assert content.format == "html（mht，gb18030）"


@pytest.mark.parametrize(
    "beginning",
    [
        "<p>一、收入</p>",
        "\ufeff\n<!-- 正文 > --><p align=center>一、收入</p>",
        "<section><span>一</span></section>",
        "<h1>决算</h1>",
        "<title>决算</title>",
        "<style>p{}</style>",
        "2023年度部门决算</p>",
    ],
)
def test_a_part_of_a_page(beginning: str) -> None:
    assert kind_of((beginning + "正文。" * 2000 + DATA).encode(), PAGE) is Kind.WEB


def test_text_with_brackets_is_no_page() -> None:
    assert kind_of("收入<支出，a<b 且 p>1，<公开01表>，<p".encode(), PAGE) is Kind.TEXT


PICTURES = {
    "a large one": ("<p>正文</p><img src=a width=800 height='1100px'>", "网页含图片1幅，其中如有表格或文字则未读取"),
    "a large one by its style": (
        "<img style='width: 800px; height:400.5px'>",
        "网页含图片1幅，其中如有表格或文字则未读取",
    ),
    "a logo, an icon, a banner": ("<img width=120 height=120><img width=16><img width=1200 height=180>", None),
    "one whose size is not told": ("<p>正文</p><img src=a>", None),
    "one in the place of a table": (
        "<p>支出决算表</p><p>公开03表</p><p>单位：万元</p><p><img src=a></p>",
        "网页含图片1幅，其中如有表格或文字则未读取（“支出决算表”之下是图片）",
    ),
    "one below a table that is there": (f"<p>支出决算表</p>{DATA}<p><img src=a></p>", None),
    "one below a sentence": ("<p>支出决算表</p><p>本年支出385.28万元。</p><p><img src=a></p>", None),
    "one that is not shown": ("<p>支出决算表</p><div style='display:none'><img width=800 height=800></div>", None),
}


@pytest.mark.parametrize("name", list(PICTURES))
def test_pictures_that_may_show_tables_are_told(name: str) -> None:
    body, told = PICTURES[name]
    found = read_content(f"<html><body>{body}</body></html>".encode(), PAGE)
    assert found.anomalies == ((told,) if told else ())


def test_what_a_site_prints_below_its_pages_is_left_out() -> None:
    footer = "版权所有：某县人民政府 网站标识码：3301000023 浙公网安备33010602000001号"
    inside = f"<div class='page footer'><p>{footer}</p><p>联系电话：0571-88888888</p></div>"
    assert read_body(f"<p>{TEXT}</p>{inside}结束") == [TEXT, "结束"]
    assert read_body(f"<p>{TEXT}</p><p>{footer}</p><div>主办：某局 浙ICP备05000001号</div>") == [TEXT]
    kept = "<div class=footer><p>收入385.28万元</p></div><p>取得著作权3项，版权所有权不变。</p>"
    assert read_body(kept) == ["收入385.28万元", "取得著作权3项，版权所有权不变。"]


def test_attachments_are_told() -> None:
    links = "<a href='/f/a.pdf?v=1'>2023年决算公开.pdf</a><a href='b.htm'>首页</a>"
    links += "<iframe src='/v.html?file=表.xlsx'></iframe>"
    content = read_content(f"<p>2023年决算公开</p>{links}".encode(), PAGE)
    assert content.anomalies == ("网页另有 2 个附件，未读入：“2023年决算公开.pdf”、“v.html?file=表.xlsx”",)


ERRORS = {
    "404": "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><hr>nginx/1.18</body></html>",
    "403": "<html><head><title>403 - 禁止访问</title></head><body>2024-01-01</body></html>",
    "heading": "<html><body><h2>页面不存在</h2><p>5秒后跳转</p></body></html>",
    "first line": "<title>某县人民政府</title><body><div>您访问的页面不存在或已删除！</div>1</body>",
    "blocked": "<html><head><title>访问被拦截</title></head><body>事件编号 123</body></html>",
}


@pytest.mark.parametrize("name", list(ERRORS))
def test_error_pages_are_refused(name: str, tmp_path: Path) -> None:
    source = tmp_path / "account.doc"
    source.write_text(ERRORS[name], encoding="utf-8")
    with pytest.raises(UnusableInputError, match=r"文件内容是网页“.*”，没有决算表；.*请重新下载原文件"):
        read(source)


@pytest.mark.parametrize(
    "page",
    [
        f"<title>错误更正公告</title><p>会计差错</p>{DATA}",
        f"<title>404</title><p>{TEXT * 100}</p>",
        f"<title>某局2023年度部门决算</title><p>{TEXT}</p>",
    ],
)
def test_accounts_are_no_error_pages(page: str) -> None:
    assert read_content(f"<html><head></head><body>{page}</body></html>".encode(), PAGE).pieces


def test_a_page_of_frames_is_refused() -> None:
    page = (
        "<html><frameset cols='20%,*'><frame src='account.files/tabstrip.htm'><frame src='account.files/sheet001.htm'>"
    )
    with pytest.raises(UnusableInputError, match=r"由框架组成.*account\.files/sheet001\.htm"):
        read_content(page.encode(), PAGE)


def test_deep_nesting() -> None:
    assert read_body("<div>" * 1000 + DATA) == [ROWS]
    layout = "<table><tr><td>甲</td></tr><tr><td>"
    assert read_body(layout * 40 + DATA + "</td></tr></table>" * 40) == ["甲"] * 40 + [ROWS]


@pytest.mark.parametrize("template", ["sample", "hunan2023", "shanghai2024", "national2022"])
def test_a_text_rebuilt_as_a_page_says_the_same(template: str, tmp_path: Path) -> None:
    source = SAMPLE
    if template != "sample":
        source = tmp_path / "account.txt"
        source.write_text(to_text(make_department(2, template)), encoding="utf-8")
    to_html(read(source), tmp_path / "account.html")
    as_text, as_page = audit(source), audit(tmp_path / "account.html")
    assert facts(as_page) == facts(as_text)
    assert findings(as_page) == findings(as_text)
    assert as_page.document.anomalies == ()
    assert as_page.document.encoding == "html（gb18030）"
