"""Tables as browsers copy them: a row is a line, its cells parted by tabs; what a merged cell covers prints nothing."""

from __future__ import annotations

from gouji.fictitious.departments.model import FictitiousDepartment


def packed(dept: FictitiousDepartment) -> str:
    """A department's tables, each with its title, number, unit and notes."""
    lines = [f"{dept.year}年{dept.name}部门决算", f"第二部分 {dept.year}年度部门决算表"]
    for grid in dept.grids:
        lines += [grid.title, *([grid.number] if grid.number else []), f"部门：{dept.name}\t单位：{grid.unit}"]
        lines += ["\t".join("".join(cell.text.split()) for cell in row) for row in [*grid.header, *grid.body]]
        lines += [*grid.notes, ""]
    return "\n".join(lines) + "\n"
