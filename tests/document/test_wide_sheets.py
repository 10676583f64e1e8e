"""Sheets wider than the paper, printed to PDF: what stands on a later page belongs to the right of a table."""

# mypy: disable-error-code="assignment,index"

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from gouji import Audit, audit
from gouji.document.formats.pages.beside import put_beside
from gouji.document.formats.pages.grids import GridCell, PageGrid
from gouji.document.formats.pages.lines import Char, TextLine
from gouji.document.formats.pages.page import Page
from gouji.document.model import Document
from gouji.facts.figure import Figure
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_xlsx import to_xlsx
from support.office import lacking


@pytest.mark.skipif(bool(lacking("calc", chinese=True)), reason=lacking("calc", chinese=True))
@pytest.mark.parametrize("order", ["downThenOver", "overThenDown"])
def test_a_sheet_printed_on_several_pages_is_read_as_one(order: str, tmp_path: Path) -> None:
    text = tmp_path / "account.txt"
    text.write_text(to_text(make_department(5, "shanghai2024")), encoding="utf-8")
    clean = audit(text)
    printed = audit(_printed(clean.document, tmp_path / "account.xlsx", order))
    for key in ("income", "expenditure", "general_budget", "basic_expenditure"):
        assert _figures(printed, key) == _figures(clean, key), key
    assert not printed.findings.of("error")


def _figures(found: Audit, key: str) -> dict[tuple[str, str], Figure]:
    return {(fact.concept.row, fact.concept.column): fact.figure for fact in found.facts if fact.concept.table == key}


def _printed(document: Document, path: Path, order: str) -> Path:
    """A PDF of the document's sheets on upright paper, tables over its right edge."""
    to_xlsx(document, path)
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook:
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.pageOrder = order
        is_table = sheet.title.startswith("Z")
        for column in range(1, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 13 if is_table else 60
        for row in sheet.iter_rows(max_row=6 if is_table else None):
            for cell in row:
                cell.alignment = Alignment(wrap_text=True)
            if not is_table:
                sheet.row_dimensions[row[0].row].height = 15 * (1 + len(str(row[0].value or "")) // 28)
    workbook.save(path)
    profile = f"-env:UserInstallation=file://{path.parent}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path.with_suffix(".pdf")


def line(text: str, left: float, top: float) -> TextLine:
    return TextLine(tuple(Char(one, left + 10 * at, top, left + 10 * at + 10, top + 10) for at, one in enumerate(text)))


def grid(rows: list[list[str]], top: float = 100.0, left: float = 50.0) -> PageGrid:
    width = len(rows[0])
    cells = tuple(
        GridCell(
            row, col, 1, 1, (left + 90 * col, top + 20 * row, left + 90 * (col + 1), top + 20 * (row + 1)),
            [line(text, left + 90 * col + 2, top + 20 * row + 5)] if text else [],
        )
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )  # fmt: skip
    box = (left, top, left + 90 * width, top + 20 * len(rows))
    return PageGrid(cells, tuple(left + 90 * col for col in range(width + 1)), len(rows), box)


def page(number: int, *items: TextLine | PageGrid) -> Page:
    return Page(number, 595, 842, tuple(sorted(items, key=lambda item: item.box[1])))


def texts(found: PageGrid) -> list[list[str]]:
    return [[cell.text for cell in found.cells if cell.row == row] for row in range(found.rows)]


LEFT = [["科目编码", "科目名称"], ["205", "教育支出"], ["20502", "普通教育"], ["2050205", "高等教育"]]
RIGHT = [["基本支出", "项目支出"], ["1.00", "2.00"], ["1.00", "2.00"], ["1.00", "2.00"]]


def test_a_level_table_under_no_title_stands_to_the_right() -> None:
    first, second = put_beside([page(1, line("支出决算表", 200, 60), grid(LEFT)), page(2, grid(RIGHT))])
    wide = next(item for item in first.items if isinstance(item, PageGrid))
    assert texts(wide) == [[*left, *right] for left, right in zip(LEFT, RIGHT, strict=True)]
    assert {cell.page for cell in wide.cells if cell.col >= 2} == {2}
    assert not second.items


def test_one_column_stands_to_the_right_or_is_lines() -> None:
    strip = grid([["合计"], ["1.00"], ["2.00"], ["3.00"]])
    first, _ = put_beside([page(1, line("支出决算表", 200, 60), grid(LEFT)), page(2, strip)])
    assert [item.width for item in first.items if isinstance(item, PageGrid)] == [3]
    (alone,) = put_beside([page(1, strip)])
    assert [item.text for item in alone.items if isinstance(item, TextLine)] == ["合计", "1.00", "2.00", "3.00"]


def test_the_corner_of_the_sheet_comes_with_it() -> None:
    first, second = put_beside(
        [page(1, line("支出决算表", 200, 60), grid(LEFT)), page(2, line("单位：万元", 200, 80), grid(RIGHT))]
    )
    assert [item.text for item in first.lines] == ["支出决算表", "单位：万元"]
    assert first.lines[1].page == 2
    assert not second.items


def test_a_table_with_a_title_of_its_own_stands_alone() -> None:
    pages = [page(1, line("收入决算表", 200, 60), grid(LEFT)), page(2, line("支出决算表", 200, 60), grid(RIGHT))]
    assert [[type(item) for item in one.items] for one in put_beside(pages)] == [[TextLine, PageGrid]] * 2


def test_the_next_page_down_is_not_to_the_right() -> None:
    """Two full pages of the same columns stand level, too."""
    pages = [page(1, line("支出决算表", 200, 60), grid(LEFT)), page(2, grid(LEFT, 50)), page(3, grid(LEFT, 50))]
    assert all(any(isinstance(item, PageGrid) for item in one.items) for one in put_beside(pages))


def test_each_of_several_parts_finds_its_own() -> None:
    """Downwards first: two pages of labels, then two of figures in columns as wide."""
    below = [["2050299", "其他"], ["208", "社会保障"], ["20805", "养老支出"], ["2080505", "养老保险"]]
    more = [["3.00", "4.00"], ["5.00", "6.00"], ["5.00", "6.00"], ["5.00", "6.00"]]
    title = line("支出决算表", 200, 60)
    pages = [page(1, title, grid(LEFT)), page(2, grid(below, 50)), page(3, grid(RIGHT)), page(4, grid(more, 50))]
    found = put_beside(pages)
    grids = [[texts(item) for item in one.items if isinstance(item, PageGrid)] for one in found]
    assert [len(one) for one in grids] == [1, 1, 0, 0]
    assert grids[0][0][1] == ["205", "教育支出", "1.00", "2.00"]
    assert grids[1][0][0] == ["2050299", "其他", "3.00", "4.00"]


def test_a_label_cut_by_the_paper_is_closed() -> None:
    """收入 over four columns has no frame on either page."""
    rows = [["", "", ""], *([*left, "0"] for left in LEFT)]
    cut = grid(rows)
    cut = PageGrid(tuple(cell for cell in cut.cells if (cell.row, cell.col) != (0, 2)), cut.rules, cut.rows, cut.box)
    found = put_beside([page(1, line("决算表", 200, 60), cut, line("支出", 240, 104)), page(2, grid(RIGHT, 120))])
    wide = next(item for item in found[0].items if isinstance(item, PageGrid))
    label = next(cell for cell in wide.cells if cell.text == "支出")
    assert (label.row, label.col, label.cols) == (0, 2, 3)


def test_tables_without_rules_are_not_put_side_by_side() -> None:
    """Their rows have no heights to compare; as rows of one table they would have each number twice."""
    pages = [
        page(1, line("支出决算表", 200, 60), replace(grid(LEFT), ruled=False)),
        page(2, replace(grid(RIGHT), ruled=False)),
    ]
    assert put_beside(pages) == pages
