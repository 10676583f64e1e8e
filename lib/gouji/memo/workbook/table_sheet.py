"""Writes one sheet per table: the grid as printed, numbers as numbers, suspects marked."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gouji.document.model import Cell as GridCell
from gouji.document.model import Grid
from gouji.facts.fact import Fact, RecognisedTable
from gouji.facts.figure import Figure
from gouji.memo.workbook.book import Book
from gouji.memo.workbook.formats import printed_format
from gouji.memo.workbook.marks import mark
from gouji.memo.workbook.plan import COVER, FINDINGS, GRID_FIRST, Address
from gouji.memo.workbook.styles import (
    BOLD,
    BOX,
    CENTER,
    HEADER_FILL,
    INSET,
    LEFT,
    PLAIN,
    RIGHT,
    SMALL,
    TITLE,
    TOP,
    at,
    height,
    put_link,
    put_number,
    put_text,
    set_up_page,
)
from gouji.runtime.width import text_width

_NARROWEST, _WIDEST, _HEADER_WIDTH = 6, 34, 12
_AMOUNT_WIDTH = 11
#: Width of a column's unit in points.
_POINTS = 5.3


def write_table(book: Book, key: str) -> None:
    """Writes the sheet of one recognised table."""
    table = book.audit.facts.table(key)
    grid = table.grid
    assert grid is not None
    sheet = book.add(book.plan.tables[key])
    sheet.sheet_view.showGridLines = False
    facts = {
        fact.cell: fact for fact in book.audit.facts if fact.id in book.plan.facts and _is_on_sheet(fact, sheet, book)
    }
    header = _header_rows(facts, grid)
    widths = _widths(grid, facts, header)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _write_head(book, sheet, table, grid.width)
    for number, row in enumerate(grid.rows, start=GRID_FIRST):
        for cell in row:
            _write_cell(book, sheet, cell, facts.get((cell.row, cell.col)), header)
        texts = [(cell.text.strip(), sum(widths[cell.col : cell.col + cell.colspan])) for cell in row]
        sheet.row_dimensions[number].height = height(texts)
    _merge(sheet, grid, header)
    last = _write_foot(book, sheet, table, sum(widths))
    sheet.freeze_panes = f"A{GRID_FIRST + header}"
    put_link(at(sheet, 1, grid.width + 2), Address(COVER, 1, 1), "返回封面")
    upright = sum(sheet.row_dimensions[row].height or 0 for row in range(1, last + 1)) > _POINTS * sum(widths)
    repeated = f"1:{GRID_FIRST + header - 1}"
    set_up_page(sheet, last, grid.width, repeated, book.audit.facts.department, upright)


def _is_on_sheet(fact: Fact, sheet: Worksheet, book: Book) -> bool:
    return book.plan.facts[fact.id].sheet == sheet.title


def _header_rows(facts: dict[tuple[int, int] | None, Fact], grid: Grid) -> int:
    """Returns the number of rows above the first figure."""
    return min((cell[0] for cell in facts if cell), default=min(1, len(grid.rows)))


def _widths(grid: Grid, facts: dict[tuple[int, int] | None, Fact], header: int) -> list[float]:
    """Returns widths that fit every number. Labels wrap beyond a limit, headings earlier."""
    widths = [float(_NARROWEST)] * grid.width
    for row in grid.rows:
        for cell in row:
            needed = text_width(cell.text.strip()) + 3
            if (cell.row, cell.col) in facts:
                needed = max(needed, _AMOUNT_WIDTH)
            elif cell.colspan > 1 or cell.row < header:
                needed = min(needed, _HEADER_WIDTH) if cell.colspan == 1 else 0
            elif needed > _WIDEST:
                needed = _WIDEST
            widths[cell.col] = max(widths[cell.col], float(needed))
    return widths


def _write_head(book: Book, sheet: Worksheet, table: RecognisedTable, width: int) -> None:
    """Writes the title, then the department on the left, number and unit on the right."""
    put_text(at(sheet, 1, 1), table.title or table.name, TITLE, CENTER)
    sheet.row_dimensions[1].height = 28
    owner = f"部门：{book.audit.facts.department}"
    number = "" if table.label == table.name else table.label
    unit = f"{number}　单位：{table.unit}".strip()
    half = width // 2
    if half:
        put_text(at(sheet, 2, 1), owner, PLAIN, LEFT)
        put_text(at(sheet, 2, half + 1), unit, PLAIN, RIGHT)
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=half)
        sheet.merge_cells(start_row=2, end_row=2, start_column=half + 1, end_column=width)
    else:
        put_text(at(sheet, 2, 1), f"{owner}　{unit}", PLAIN, LEFT)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)


def _write_cell(book: Book, sheet: Worksheet, printed: GridCell, fact: Fact | None, header: int) -> None:
    cell = at(sheet, GRID_FIRST + printed.row, 1 + printed.col)
    text = printed.text.strip("\t\r\n").rstrip()
    if fact is not None and fact.figure.value is not None:
        put_number(cell, fact.figure.value, _format_in_words(text, fact.figure))
    elif printed.row < header:
        put_text(cell, text, BOLD, CENTER)
    else:
        centred = fact is not None or printed.colspan > 1 or (text.strip().isdigit() and len(text.strip()) < 3)
        put_text(cell, text, PLAIN, CENTER if centred else INSET)
    cell.border = BOX
    if printed.row < header:
        cell.fill = HEADER_FILL
    if fact is not None:
        mark(book, cell, fact)


def _format_in_words(text: str, figure: Figure) -> str:
    """Returns the format of a number among words in its cell: 产出指标（50分）."""
    own = figure.text.strip()
    before, number, after = text.partition(own)
    if text.strip() == own or not number:
        return printed_format(figure)
    quoted = [f'"{words}"' if (words := part.replace('"', "”")) else "" for part in (before, after)]
    return f"{quoted[0]}{printed_format(figure)}{quoted[1]}"


def _merge(sheet: Worksheet, grid: Grid, header: int) -> None:
    """Merges cells across as printed, and headings down over the blank cells that continue them."""
    for row in grid.rows:
        for cell in row:
            last = _continued(grid, cell, header) if cell.row < header and cell.text.strip() else cell.row
            if cell.colspan > 1 or last > cell.row:
                sheet.merge_cells(
                    start_row=GRID_FIRST + cell.row,
                    end_row=GRID_FIRST + last,
                    start_column=1 + cell.col,
                    end_column=cell.col + cell.colspan,
                )


def _continued(grid: Grid, cell: GridCell, header: int) -> int:
    """Returns the last header row below `cell` with only blank cells of the same extent."""
    last = cell.row
    for row in range(cell.row + 1, header):
        below = grid.cell_at(row, cell.col)
        if below is None or below.text.strip() or (below.col, below.colspan) != (cell.col, cell.colspan):
            break
        last = row
    return last


def _write_foot(book: Book, sheet: Worksheet, table: RecognisedTable, width: float) -> int:
    """Writes the notes printed below the table, then links to its findings; returns the last row."""
    assert table.grid is not None
    row = GRID_FIRST + len(table.grid.rows) - 1
    findings = [
        one
        for one in book.audit.findings.in_table(table.key)
        if any(_is_in_table(fact, table) for fact in one.suspects)
    ]
    lines: list[tuple[str, Address | None]] = [(note, None) for note in table.notes]
    lines += [
        (f"审计发现 {one.id}：{one.title}", Address(FINDINGS, book.plan.finding_rows[one.id], 1)) for one in findings
    ]
    for text, target in lines:
        row += 1
        cell = at(sheet, row, 1)
        if target is None:
            put_text(cell, text, SMALL, TOP)
        else:
            put_link(cell, target, text)
        sheet.row_dimensions[row].height = height([(text, width)])
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=table.grid.width)
    return row


def _is_in_table(fact: Fact, table: RecognisedTable) -> bool:
    return fact.concept.table == table.key
