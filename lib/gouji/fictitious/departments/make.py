"""Makes a department from a seed, and plants an error in one."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from . import style_a, style_b, style_c
from .draw import draw_truth
from .facts import Facts
from .model import Cell, Department, Grid
from .tables import Printer
from .templates import TEMPLATES, Template
from .truth import Truth, amounts_of

STYLES = (style_a.write, style_b.write, style_c.write)

_PLACES = ("示例县", "虚构市", "样例区", "假想州")
_OFFICES = ("虚构局", "示例管理局", "样本事务中心", "假定服务中心")


def make_department(seed: int, template: str) -> Department:
    """The clean department of that seed in that template: the same arguments give the same department."""
    form = TEMPLATES[template]
    rng = Random(f"{template}/{seed}")
    truth = draw_truth(rng, form)
    amounts = amounts_of(truth)
    name = rng.choice(_PLACES) + rng.choice(_OFFICES)
    printer = Printer(form, name, amounts, _zeros(rng, form))
    grids = printer.tables()
    narrative = _narrative(rng, seed, form, name, truth, amounts)
    return Department(name, form.year, form, grids, narrative, printer.printed, amounts, printer.places)


def _zeros(rng: Random, template: Template) -> dict[str, str]:
    """How each table prints a zero: one way for most, 三公 and the two fund tables may differ."""
    usual = rng.choice(template.zeros)
    zeros = {table.key: usual for table in template.tables}
    for key in ("government_fund", "state_capital"):
        zeros[key] = rng.choice((*template.zeros, "0.00"))
    zeros["three_public"] = rng.choice((*template.zeros, "0.00", "0"))
    return zeros


def _narrative(
    rng: Random, seed: int, template: Template, name: str, truth: Truth, amounts: dict[str, int]
) -> list[str]:
    """The narrative in one of the three wordings; a 元 template is told in 元 by every other seed."""
    unit = "元" if template.unit == "元" and seed % 2 else "万元"
    facts = Facts(
        name=name,
        year=template.year,
        unit=unit,
        thousands=unit == "元" and template.thousands,
        surplus_label=template.surplus_label,
        capital_carry_over=template.capital_carry_over,
        truth=truth,
        amounts=amounts,
        rng=rng,
    )
    shift = list(TEMPLATES).index(template.key)
    return STYLES[(seed + shift) % len(STYLES)](facts)


def change_cell(dept: Department, concept: str, new_text: str) -> Department:
    """The same department with the table cell of one concept printed as `new_text`; the original is left alone."""
    place = dept.places[concept]
    grids = [_changed(grid, place.row, place.cell, new_text) if grid.key == place.key else grid for grid in dept.grids]
    return replace(dept, grids=grids, printed=dept.printed | {concept: new_text})


def _changed(grid: Grid, row: int, position: int, text: str) -> Grid:
    body = [list(cells) for cells in grid.body]
    old = body[row][position]
    body[row][position] = Cell(text, old.colspan, old.rowspan)
    return replace(grid, body=body)
