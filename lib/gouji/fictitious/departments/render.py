"""Renders a department as text, as a Word document's tables look when saved as text: one line for each cell."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.fictitious.departments.codes import numeral
from gouji.fictitious.departments.model import FictitiousDepartment, Grid, GridCell


def to_text(dept: FictitiousDepartment) -> str:
    """Returns the whole document as text: title, 概况, tables, narrative, 名词解释."""
    lines = _before_narrative(dept)
    for paragraph in dept.narrative:
        lines += [paragraph, ""]
    lines += ["第四部分 名词解释", ""]
    for number, (term, meaning) in enumerate(_TERMS, start=1):
        lines += [f"{numeral(number)}、{term}：{meaning}", ""]
    return "\n".join(lines) + "\n"


def line_of(dept: FictitiousDepartment, paragraph: int) -> int:
    """Returns the line of the text, counted from 1, of a paragraph of the narrative."""
    above = [*_before_narrative(dept), *(line for text in dept.narrative[:paragraph] for line in (text, ""))]
    return "\n".join(above).count("\n") + 2


def _before_narrative(dept: FictitiousDepartment) -> list[str]:
    """Returns title, 概况 and tables; a cell's text may hold line breaks."""
    name, year = dept.name, dept.year
    lines = [f"{year}年{name}部门决算", f" 第一部分 {name}概况", ""]
    for paragraph in _profile(dept):
        lines += [paragraph, ""]
    lines += [f"第二部分 {year}年度部门决算表", ""]
    for grid in dept.grids:
        lines += _caption(dept, grid) + rows_of(grid, dept.template.blank) + _notes(dept, grid)
    return [*lines, "", f"第三部分 {year}年度部门决算情况说明", ""]


def _profile(dept: FictitiousDepartment) -> Sequence[str]:
    return dept.profile or [
        "一、部门职责",
        f"{dept.name}是为测试而虚构的部门，承办示例事项，不对应任何真实机构。",
        "二、机构设置及决算单位构成",
        f"{dept.name}{dept.year}年部门决算汇总公开单位构成包括：{dept.name}本级。",
    ]


def _caption(dept: FictitiousDepartment, grid: Grid) -> list[str]:
    """Returns title, number, owner and unit above the grid, as table rows or as plain lines."""
    template = dept.template
    unit = f"{template.unit_label}：{grid.unit}"
    if grid.key in template.cell_captions:
        lines = [f"\t{grid.title}", "", "", ""]
        lines += [*["\t\u3000"] * 4, "\t", f"\t{grid.number}", ""]
        return [*lines, f"\t{template.owner_label}：", f"\t{dept.name}", "\t\u3000", "\t\u3000", f"\t{unit}", "", ""]
    lines = [grid.title, ""]
    if grid.number:
        lines.append(grid.number)
    if template.owner_label:
        lines.append(f"{template.owner_label}：{dept.name}")
    return [*lines, unit]


def _notes(dept: FictitiousDepartment, grid: Grid) -> list[str]:
    """Returns the lines below the grid; the first may be a table row."""
    if grid.key in dept.template.cell_notes:
        first, *others = grid.notes
        return [f"\t{first}", "", *others, ""]
    return ["", *grid.notes, ""]


def rows_of(grid: Grid, blank: str) -> list[str]:
    """Returns every row of the grid, with an empty line after each."""
    lines: list[str] = []
    hanging: dict[int, tuple[int, int]] = {}  # column -> (rows still covered, width) of a cell begun above
    for rows, empty in ((grid.header, ""), (grid.body, blank)):
        for row in rows:
            texts, hanging = _row(row, hanging, grid.width, empty)
            lines += [f"\t{text}" for text in texts] + [""]
    return lines


def _row(
    row: list[GridCell], hanging: dict[int, tuple[int, int]], width: int, empty: str
) -> tuple[list[str], dict[int, tuple[int, int]]]:
    """Returns the texts of one row: its own cells in the columns that no cell from above covers, '' in the others."""
    texts, below = [], {}
    own = iter(row)
    column = 0
    while column < width:
        if column in hanging:
            left, span = hanging[column]
            texts.append("")
        else:
            cell = next(own)
            left, span = cell.rowspan, cell.colspan
            texts.append(cell.text or empty)
        if left > 1:
            below[column] = (left - 1, span)
        column += span
    return texts, below


_TERMS = (
    ("财政拨款收入", "指单位本年度从本级财政部门取得的财政拨款。"),
    ("上级补助收入", "指单位从主管部门和上级单位取得的非财政补助收入。"),
    ("事业收入", "指事业单位开展专业业务活动及其辅助活动取得的收入。"),
    ("经营收入", "指事业单位在专业业务活动及其辅助活动之外开展非独立核算经营活动取得的收入。"),
    ("附属单位上缴收入", "指事业单位附属的独立核算单位按照有关规定上缴的收入。"),
    ("其他收入", "指单位取得的除上述收入以外的各项收入。"),
    ("年末结转和结余", "指单位本年度或以前年度预算安排、结转到以后年度按有关规定继续使用或上缴的资金。"),
    ("基本支出", "指为保障机构正常运转、完成日常工作任务而发生的支出。"),
    ("项目支出", "指在基本支出之外为完成特定任务而发生的支出。"),
    ("“三公”经费", "指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。"),
)
