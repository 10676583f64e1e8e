"""Makes a department from a seed, and plants an error in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from gouji.fictitious.departments import style_a, style_b, style_c
from gouji.fictitious.departments.draw import draw_truth
from gouji.fictitious.departments.facts import NarrativeFacts
from gouji.fictitious.departments.further import further, no_running_costs, running_costs
from gouji.fictitious.departments.model import FictitiousDepartment, Grid, GridCell
from gouji.fictitious.departments.shape import draw_shape
from gouji.fictitious.departments.style import paragraphs
from gouji.fictitious.departments.tables import Printer
from gouji.fictitious.departments.templates import TEMPLATES, Template
from gouji.fictitious.departments.truth import Truth, amounts_of

STYLES = (style_a.NARRATIVE, style_b.NARRATIVE, style_c.NARRATIVE)

_PLACES = ("示例县", "虚构市", "样例区", "假想州")
_OFFICES = ("虚构局", "示例管理局", "样本事务中心", "假定服务中心")


def make_department(seed: int, template: str) -> FictitiousDepartment:
    """Returns the clean department of that seed in that template: the same arguments give the same department."""
    return department_in(seed, TEMPLATES[template])


def department_in(seed: int, form: Template) -> FictitiousDepartment:
    """Returns the clean department of that seed in a form: one of TEMPLATES or an altered one."""
    rng = Random(f"{form.key}/{seed}")
    shape = draw_shape(rng, form)
    truth = draw_truth(rng, form, shape)
    name = rng.choice(_PLACES) + rng.choice(_OFFICES)
    style = STYLES[(seed + list(TEMPLATES).index(form.key)) % len(STYLES)]

    def write(facts: NarrativeFacts) -> list[str]:
        running = no_running_costs(facts) if shape.institution else running_costs(facts)
        return [*paragraphs(style, facts), *further(facts, running, f"{facts.year}年度无政府采购支出。")]

    return publish(rng, form, name, truth, write, told_in_yuan=bool(seed % 2))


def publish(
    rng: Random,
    form: Template,
    name: str,
    truth: Truth,
    write: Callable[[NarrativeFacts], list[str]],
    told_in_yuan: bool,
) -> FictitiousDepartment:
    """Returns what a department publishes of its accounts in that form, with the narrative that `write` writes.

    Only a 元 form may be `told_in_yuan`; the narrative of the others is in 万元.
    """
    amounts = amounts_of(truth)
    printer = Printer(form, name, amounts, _zeros(rng, form))
    grids = printer.tables()
    unit = "元" if form.unit == "元" and told_in_yuan else "万元"
    facts = NarrativeFacts(
        name=name,
        year=form.year,
        unit=unit,
        thousands=unit == "元" and form.thousands,
        surplus_label=form.surplus_label,
        capital_carry_over=form.capital_carry_over,
        truth=truth,
        amounts=amounts,
        rng=rng,
    )
    return FictitiousDepartment(name, form.year, form, grids, write(facts), printer.printed, amounts, printer.places)


def _zeros(rng: Random, template: Template) -> dict[str, str]:
    """Returns how each table prints a zero: mostly in one way, but 三公 and the two fund tables may differ."""
    usual = rng.choice(template.zeros)
    zeros = {table.key: usual for table in template.tables}
    for key in ("government_fund", "state_capital"):
        zeros[key] = rng.choice((*template.zeros, "0.00"))
    zeros["three_public"] = rng.choice((*template.zeros, "0.00", "0"))
    return zeros


def change_cell(dept: FictitiousDepartment, concept: str, new_text: str) -> FictitiousDepartment:
    """Returns the department with the table cell of one concept printed as `new_text`; the original stays unchanged."""
    place = dept.places[concept]
    grids = [_changed(grid, place.row, place.cell, new_text) if grid.key == place.key else grid for grid in dept.grids]
    return replace(dept, grids=grids, printed=dept.printed | {concept: new_text})


def _changed(grid: Grid, row: int, position: int, text: str) -> Grid:
    body = [list(cells) for cells in grid.body]
    old = body[row][position]
    body[row][position] = GridCell(text, old.colspan, old.rowspan)
    return replace(grid, body=body)
