"""Tables beside each other under titles in one row: parted where something tells where, else certain in nothing."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from openpyxl import Workbook

from gouji import audit
from gouji.document.assemble import assemble
from gouji.document.model import Block, BlockKind
from gouji.document.pieces import Line, Row
from gouji.errors import UnusableInputError
from gouji.facts.fact import Status

LEFT = [
    "科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入",
    "201 | 一般公共服务支出 | 500.30 | 450.30 | 50.00",
    "20103 | 政府办公厅（室）及相关机构事务 | 500.30 | 450.30 | 50.00",
]
RIGHT = [
    "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出",
    "201 | 一般公共服务支出 | 490.20 | 310.20 | 180.00",
    "20103 | 政府办公厅（室）及相关机构事务 | 490.20 | 310.20 | 180.00",
]
TITLES = ["收入决算表", "支出决算表"]


def beside(left: list[str], right: list[str], between: str = " | ") -> list[str]:
    return [one + between + other for one, other in zip(left, right, strict=True)]


def rows_of(*lines: str) -> list[Row]:
    """Rows of lines; `*3` behind a text says how many columns it covers."""
    numbers = count(1)
    rows = []
    for line in lines:
        row, col = Row(columns=[]), 0
        for part in line.split("|"):
            text, _, span = part.strip().partition(" *")
            row.cells.append(Line(next(numbers), text))
            assert row.columns is not None
            row.columns.append((col, int(span or 1)))
            col += int(span or 1)
        rows.append(row)
    return rows


def tables_of(blocks: tuple[Block, ...]) -> list[tuple[str, bool, list[str]]]:
    """The line above each table, whether its columns are certain, and what stands in its first column."""
    found = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        if block.grid:
            first = [row[0].text for row in block.grid.rows]
            found.append((before.text if before else "", block.grid.certain, first))
    return found


CODES = ["科目编码", "201", "20103"]


@pytest.mark.parametrize(
    ("above", "between"),
    [
        (["收入决算表 | | | | | | 支出决算表"], " | | "),
        (["| | 收入决算表 | | | | | | 支出决算表"], " | | "),
        (["收入决算表 *5 | 支出决算表 *5"], " | "),
        (["| | 收入决算表 | | | | | 支出决算表", "部门：某局 | | | | | 部门：某局"], " | "),
        (["| | 收入决算表 | | | | | 支出决算表"], " | "),
    ],
    ids=["gap", "gap-centred", "merged", "owner", "head"],
)
def test_tables_are_parted_where_something_tells_it(above: list[str], between: str) -> None:
    found = tables_of(assemble([rows_of(*above, *beside(LEFT, RIGHT, between))]))
    assert [one[1:] for one in found] == [(True, CODES), (True, CODES)]


def test_where_nothing_tells_it_both_are_uncertain() -> None:
    right = [RIGHT[0].replace("科目编码", "功能科目"), *RIGHT[1:]]
    blocks = assemble([rows_of("| | 收入决算表 | | | | | 支出决算表", *beside(LEFT, right))])
    assert [one[:2] for one in tables_of(blocks)] == [(TITLES[0], False), (TITLES[1], False)]


def test_the_shorter_table_ends_with_its_own_rows_and_notes_stay_below_theirs() -> None:
    lines = [*beside(LEFT, RIGHT), "注：本表反映收入。 | | | | | 208 | 社会保障和就业支出 | 1.00 | 1.00 | 0.00"]
    lines.append("| | | | | 注：本表反映支出。 | | | |")
    blocks = assemble([rows_of("收入决算表 *5 | 支出决算表 *5", *lines)])
    assert [one[2] for one in tables_of(blocks)] == [CODES, [*CODES, "208"]]
    assert [block.text for block in blocks if block.kind is BlockKind.PARAGRAPH] == [
        TITLES[0], "注：本表反映收入。", TITLES[1], "注：本表反映支出。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ["收入支出决算总表 *4", "项目 | 决算数 | 项目 | 决算数", "其他收入 | 1.00 | 教育支出 | 1.00"],
        ["收入决算表 | 支出决算表", "财政拨款收入支出决算总表 | 机构运行信息表"],
        ["收入决算表 | 支出决算表", "第3页 | 第4页"],
    ],
    ids=["sided", "contents", "pages"],
)  # fmt: skip
def test_one_table_stays_one(lines: list[str]) -> None:
    assert len(tables_of(assemble([rows_of(*lines)]))) <= 1


@pytest.mark.parametrize("line", ["收入决算表\t\t支出决算表", "收入决算表　　　　支出决算表"])
def test_titles_on_a_line_above_tables(line: str) -> None:
    title, unit = Line(90, line), Line(91, "单位：万元    单位：元")
    for tables in ([rows_of(*beside(LEFT, RIGHT))], [rows_of(*LEFT), rows_of(*RIGHT)]):
        blocks = assemble([title, unit, *tables])
        texts = [block.text for block in blocks if block.grid is None]
        assert texts == [TITLES[0], "单位：万元", TITLES[1], "单位：元"]
        assert [one[1:] for one in tables_of(blocks)] == [(True, CODES), (True, CODES)]
        assert line[blocks[3].place.start : blocks[3].place.end] == TITLES[1]


def workbook(path: Path, *rows: list[str]) -> Path:
    """A workbook of one sheet of these rows; amounts are numbers."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([float(text) if "." in text else text or None for text in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.number_format = "0.00" if isinstance(cell.value, float) else "General"
    book.save(path)
    return path


def cells_of(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


@pytest.mark.parametrize("gap", [0, 1])
def test_a_sheet_with_numbers_above_and_an_empty_row_below_the_titles(gap: int, tmp_path: Path) -> None:
    titles = ["收入决算表", *[""] * (4 + gap), "支出决算表"]
    numbers = ["公开02表", *[""] * (4 + gap), "公开03表"]
    body = [cells_of(one) for one in beside(LEFT, RIGHT, " | " * (gap + 1))]
    found = audit(workbook(tmp_path / "a.xlsx", ["某局2023年度部门决算"], numbers, titles, [], *body))
    tables = [found.facts.tables[key] for key in ("income", "expenditure")]
    assert [(one.status, one.title, one.codes) for one in tables] == [
        (Status.FOUND, title, ("201", "20103")) for title in TITLES
    ]


def test_a_table_beside_another_without_a_title_is_not_half_read(tmp_path: Path) -> None:
    right = [line.replace("201", "203") for line in RIGHT]
    body = [cells_of(one) for one in beside(LEFT, right)]
    account = workbook(tmp_path / "a.xlsx", ["某局2023年度部门决算"], ["收入决算表"], *body)
    with pytest.raises(UnusableInputError, match="收入决算表：几张表并排，各表的栏不能分开"):
        audit(account)


def test_codes_again_behind_the_amounts_part_nothing(tmp_path: Path) -> None:
    body = [cells_of(f"{one} | {one.split('|')[0]}") for one in LEFT]
    found = audit(workbook(tmp_path / "a.xlsx", ["某局2023年度部门决算"], ["收入决算表"], *body))
    assert found.facts.tables["income"].status is Status.FOUND
