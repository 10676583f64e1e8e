"""Plain text to blocks, as the cases say: what is a table, what stands around it, which columns are certain."""

from typing import Any

import pytest
import yaml

from conftest import TESTS
from gouji.document.model import Block, Grid
from gouji.document.text import read_blocks
from gouji.facts.fact import Part
from gouji.facts.recognise import recognise
from gouji.fictitious.departments.make import make_department
from gouji.fictitious.departments.render import to_text
from gouji.fictitious.departments.templates import TEMPLATES
from support.packed import packed
from support.texts import document_of

CASES = yaml.safe_load((TESTS / "cases" / "text_tables.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_blocks(case: dict[str, Any]) -> None:
    blocks = read_blocks(case["text"].replace(">", "\t"))
    assert [_shown(block) for block in blocks] == case["blocks"]


def _shown(block: Block) -> Any:
    if block.grid is None:
        return block.text
    if not block.grid.certain:
        return "unreadable"
    return {"table": _rows(block.grid)}


def _rows(grid: Grid) -> list[str]:
    return [
        "|".join(cell.text.strip() + (f"*{cell.colspan}" if cell.colspan > 1 else "") for cell in row)
        for row in grid.rows
    ]


@pytest.mark.parametrize("template", TEMPLATES)
def test_captions_with_their_number_in_brackets_part_tables_like_others(template: str) -> None:
    department = make_department(4, template)
    text = bracketed = to_text(department)
    for number, grid in enumerate(department.grids, 1):
        bracketed = bracketed.replace(f"\n\t{grid.title}\n", f"\n\t{grid.title}（公开{number:02}表）\n")
    assert _figures(bracketed) == _figures(text)


@pytest.mark.parametrize("template", TEMPLATES)
def test_copies_of_browsers_are_read_as_the_table_is(template: str) -> None:
    for seed in range(3):
        department = make_department(seed, template)
        there, here = _figures(to_text(department)), _figures(packed(department))
        assert here == there


def _figures(text: str) -> dict[str, Any]:
    facts = recognise(document_of(text))
    return {fact.concept.path: fact.figure.value for fact in facts if fact.part is Part.TABLES}
