"""Rules of PDF pages, drawn in the ways of different programs: whatever the way, the table is the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
import typst

from gouji.document.formats.pages.build import Builder
from gouji.document.formats.pages.grids import PageGrid
from gouji.document.formats.pages.page import Page
from gouji.document.formats.pdf.opened import opened
from gouji.document.formats.pdf.page import read_page
from gouji.document.pieces import Line, Row
from gouji.memo.fonts import packaged_file

#: Where the rules of the drawn tables stand, points.
ACROSS = [60.0, 120.0, 240.0, 330.0, 420.0]
TOP, ROW = 100.0, 20.0
ROWS = [
    ["科目编码", "科目名称", "基本支出", "项目支出"],
    ["205", "教育支出", "12.50", "3.00"],
    ["20502", "普通教育", "12.50", "3.00"],
    ["2050201", "学前教育", "4.50", "1.00"],
    ["2050202", "小学教育", "8.00", "2.00"],
]
#: x0, top, x1, bottom.
Rule = tuple[float, float, float, float]


def levels(rows: int = len(ROWS)) -> list[Rule]:
    return [(ACROSS[0], TOP + ROW * at, ACROSS[-1], TOP + ROW * at) for at in range(rows + 1)]


def uprights(rows: int = len(ROWS)) -> list[Rule]:
    return [(x, TOP, x, TOP + ROW * rows) for x in ACROSS]


def line(rule: Rule, stroke: str = "0.5pt") -> str:
    x0, top, x1, bottom = rule
    return f"#place(dx: {x0}pt, dy: {top}pt, line(end: ({x1 - x0}pt, {bottom - top}pt), stroke: {stroke}))\n"


def rect(box: Rule, how: str) -> str:
    x0, top, x1, bottom = box
    return f"#place(dx: {x0}pt, dy: {top}pt, rect(width: {x1 - x0}pt, height: {bottom - top}pt, {how}))\n"


def lines(rules: Iterable[Rule], stroke: str = "0.5pt") -> str:
    return "".join(line(rule, stroke) for rule in rules)


def cells(rows: int = len(ROWS), inset: float = 0.0) -> list[Rule]:
    return [
        (left + inset, TOP + ROW * at + inset, right - inset, TOP + ROW * (at + 1) - inset)
        for at in range(rows)
        for left, right in pairwise(ACROSS)
    ]


def put(text: str, x: float, top: float, fill: str = "black") -> str:
    return f"#place(dx: {x}pt, dy: {top}pt, text(fill: {fill})[{text}])\n"


def words(rows: Sequence[Sequence[str]] = ROWS, fill: str = "black") -> str:
    """The texts of a table's cells, 4 points from their left and 6 from their top."""
    return "".join(
        put(text, x + 4, TOP + ROW * at + 6, fill)
        for at, row in enumerate(rows)
        for x, text in zip(ACROSS, row, strict=False)
        if text
    )


def pages(*drawn: str) -> list[Page]:
    """Pages on which this is drawn, as the reader has them."""
    font = packaged_file()
    assert font is not None
    source = '#set page(width: 480pt, height: 320pt, margin: 0pt)\n#set text(font: "Noto Sans CJK SC", size: 8pt)\n'
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[font.parent])
    data = typst.compile((source + "#pagebreak()\n".join(drawn)).encode(), font_paths=fonts)
    assert isinstance(data, bytes)
    with opened(data) as pdf:
        return [read_page(one, number) for number, one in enumerate(pdf.pages, start=1)]


def texts(page: Page) -> list[list[str]]:
    """The rows of the one table of a page."""
    (grid,) = (item for item in page.items if isinstance(item, PageGrid))
    assert grid.ruled
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def joined(found: Sequence[Page]) -> list[list[str]]:
    """The rows of the one table that goes on over pages."""
    (table,) = (piece for piece in Builder(found).pieces if not isinstance(piece, Line))
    return [[cell.text for cell in row.cells] for row in table if isinstance(row, Row)]


def pieces(rules: Iterable[Rule], length: float, step: float) -> list[Rule]:
    """Rules cut into dashes."""
    cut = []
    for x0, top, x1, bottom in rules:
        whole = x1 - x0 + bottom - top
        for at in range(int(whole // step) + 1):
            begin, end = at * step, min(at * step + length, whole)
            cut.append(
                (x0 + begin, top, x0 + end, bottom) if top == bottom else (x0, top + begin, x1, top + end)
            )  # fmt: skip
    return cut


def dots(rules: Iterable[Rule], step: float) -> str:
    return "".join(
        rect((x0 - 0.25, top - 0.25, x0 + 0.25, top + 0.25), "fill: black") for x0, top, _, _ in pieces(rules, 0, step)
    )


def short(by: float) -> list[Rule]:
    """The rules of the table, each so much shorter at both ends."""
    level = [(x0 + by, top, x1 - by, bottom) for x0, top, x1, bottom in levels()]
    return level + [(x0, top + by, x1, bottom - by) for x0, top, x1, bottom in uprights()]


FULL = lines([*levels(), *uprights()])
WAYS = {
    "full": FULL,
    "dots": dots([*levels(), *uprights()], 1.5),
    "long dashes": lines(pieces([*levels(), *uprights()], 6, 10)),
    "short of the corners": lines(short(4)),
    "frames apart": "".join(rect(cell, "stroke: 0.5pt") for cell in cells(inset=2.5)),
    "a white rectangle behind each character": FULL
    + "".join(
        rect((x + 4 + 8 * at, TOP + ROW * row + 4, x + 12 + 8 * at, TOP + ROW * row + 16), "fill: white")
        for row in range(len(ROWS))
        for x in ACROSS[:-1]
        for at in range(4)
    ),
    "no level rules between the rows": lines([levels()[0], levels()[1], levels()[-1], *uprights()]),
    "white lines between": FULL
    + lines([(x0 + 30, top, x1 + 30, bottom) for x0, top, x1, bottom in uprights()[:-1]], "0.5pt + white")
    + lines([(x0, top + 8, x1, bottom + 8) for x0, top, x1, bottom in levels()[:-1]], "0.5pt + white"),
    "white cells on a black ground": rect((ACROSS[0] - 1, TOP - 1, ACROSS[-1] + 1, TOP + 5 * ROW + 1), "fill: black")
    + "".join(rect(cell, "fill: white") for cell in cells(inset=0.4)),
    "white lines on a grey ground": rect((ACROSS[0] - 1, TOP - 1, ACROSS[-1] + 1, TOP + 5 * ROW + 1), "fill: silver")
    + lines([*levels(), *uprights()], "0.5pt + white"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_table_is_the_same_however_its_rules_are_drawn(way: str) -> None:
    (page,) = pages(WAYS[way] + words())
    assert texts(page) == ROWS


@pytest.mark.parametrize("repeated", [False, True])
def test_a_table_open_where_its_page_ends_loses_no_row(repeated: bool) -> None:
    """No level rule below the last row of a page, and none above the first of the next."""
    more = [["206", "科学技术支出", "1.00", "0.50"], ["20601", "科技管理", "1.00", "0.50"], ["207", "文化", "", "0.20"]]
    below = [ROWS[0], *more] if repeated else more
    first = lines([*levels()[:-1], *uprights()]) + words()
    second = lines([*levels(len(below))[1:], *uprights(len(below))]) + words(below)
    assert joined(pages(first, second)) == [*ROWS, *more]


def test_rules_that_end_apart_close_nothing() -> None:
    """A stroke or two below a table are no row of it."""
    stray = [(ACROSS[1], TOP + 5 * ROW, ACROSS[1], TOP + 6 * ROW), (ACROSS[2], TOP + 5 * ROW, ACROSS[2], TOP + 7 * ROW)]
    (page,) = pages(FULL + lines(stray) + words() + put("说明", ACROSS[1] + 4, TOP + 5 * ROW + 6))
    assert texts(page) == ROWS
    assert [one.text for one in page.lines] == ["说明"]


def test_radicals_are_the_characters_that_they_stand_for() -> None:
    (page,) = pages(put("⻝品、⻘年、⺠政，⼈⼒和⽀出", 60, 60))
    assert [one.text for one in page.lines] == ["食品、青年、民政，人力和支出"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["六、经营收入", "1.00", "八、卫生健康支出", "8.03"], ["", "", "九、城乡社区支出", "347.01"]),
        (["六、经营收入", "", "", "8.03"], ["", "", "", "347.01"]),
        (["六、经营收入", "", "八、卫生健康支出", ""], ["", "", "九、城乡社区支出", ""]),
    ],
)
def test_two_rows_at_the_break_of_pages_are_not_one(above: list[str], below: list[str]) -> None:
    """The left half of a table of two sides is blank below its last source of income."""
    first = lines([*levels(6), *uprights(6)]) + words([*ROWS, above])
    second = lines([*levels(2), *uprights(2)]) + words([below, ROWS[-1]])
    assert joined(pages(first, second)) == [*ROWS, above, below, ROWS[-1]]


def test_the_rest_of_a_row_cut_by_a_page_joins_it() -> None:
    first = lines([*levels(6), *uprights(6)]) + words([*ROWS, ["206", "科学技术管理", "1,234.", "0.50"]])
    second = lines([*levels(2), *uprights(2)]) + words([["", "事务", "56", ""], ROWS[-1]])
    assert joined(pages(first, second)) == [*ROWS, ["206", "科学技术管理事务", "1,234.56", "0.50"], ROWS[-1]]


@pytest.mark.parametrize("apart", [0.3, 0.8])
def test_characters_drawn_twice_for_bold_are_one(apart: float) -> None:
    (page,) = pages("".join(put("公用经费 22.00", 60 + shift, 60) for shift in (0.0, apart)))
    assert [one.text.replace(" ", "") for one in page.lines] == ["公用经费22.00"]


@pytest.mark.parametrize("width", [100, 60, 40])
def test_the_same_character_twice_is_two(width: int) -> None:
    """At the usual width, and set narrower."""
    drawn = "人人有责 2200.11 1,111.00 ii,,"
    (page,) = pages(f"#place(dx: 60pt, dy: 60pt, scale(x: {width}%, origin: left, text(tracking: -0.05em)[{drawn}]))")
    assert [one.text.replace(" ", "") for one in page.lines] == [drawn.replace(" ", "")]


def test_columns_that_run_together_below_their_rules_are_not_certain() -> None:
    """No level rules between the rows, and upright ones that end above a row of totals."""
    rows = [ROWS[0], ["30239", "其他 6.52 399 赠与", "", ""], ["30299", "其他支出", "1.00", "2.00"]]
    drawn = lines([levels()[0], levels()[1], levels()[3], *uprights(3)])
    certain = [
        all(
            row.certain
            for piece in Builder(pages(drawn + words(one))).pieces
            if not isinstance(piece, Line)
            for row in piece
        )
        for one in (rows, [ROWS[0], *ROWS[1:3]])
    ]
    assert certain == [False, True]


def test_columns_without_rules_that_touch_are_not_certain() -> None:
    """An amount ends where the name in the next column begins: 12.50一般公共服务."""
    head = ["收入项目", "决算数", "支出项目", "决算数"]
    below = [["财政拨款", "12.50", "教育支出", "3.00"], ["其他收入", "1.50", "卫生支出", "2.00"]]
    glued = [["财政拨款", "12.50教育支出", "", "3.00"], ["其他收入", "1.50卫生支出", "", "2.00"]]
    certain = [
        [
            row.certain
            for piece in Builder(pages(words([head, *rows]))).pieces
            if not isinstance(piece, Line)
            for row in piece
        ]
        for rows in (below, glued)
    ]
    assert certain == [[True] * 3, [False] * 3]
