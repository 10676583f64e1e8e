"""The nine tables and every figure in them, on the sample and, where GOUJI_CORPUS names them, on real documents."""

import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import SAMPLE, real_documents
from gouji import Audit, read, recognise
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.fact import Facts, Part, Status
from gouji.facts.figure import State
from gouji.facts.headers import read_header
from gouji.layouts import load_layouts

DOCUMENTS = [pytest.param(path, id=path.stem) for path in [SAMPLE, *real_documents()]]

_AMOUNT = re.compile(r"^[\d,]+(\.\d+)?$")


def amounts_in_tables(path: Path) -> Counter[str]:
    """Amounts that stand alone on a tab-led line of the table part, counted without the recogniser.

    Left out: 栏次 rows (1, 2, 3 … in order), 行次 cells (they follow a label and run through the table) and codes
    (followed by a name).
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    found: Counter[str] = Counter()
    for group in _rows(lines):
        cells = [cell.strip() for cell in group]
        numbers = [cell for cell in cells if _AMOUNT.match(cell)]
        if numbers == [str(index) for index in range(1, len(numbers) + 1)] and len(numbers) > 1:
            continue
        if cells[:1] == ["栏    次"]:
            continue
        found.update(number for index, number in enumerate(cells) if _is_amount(cells, index))
    return found


def _rows(lines: list[str]) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("\t"):
            rows[-1].append(line[1:])
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def _is_amount(cells: list[str], index: int) -> bool:
    if not _AMOUNT.match(cells[index]):
        return False
    following = cells[index + 1] if index + 1 < len(cells) else ""
    named = index % 3 == 0 and bool(re.search("[一-龥]", following))
    is_code = named and re.fullmatch(r"\d{3}(\d\d){0,2}", cells[index])
    is_line_number = (
        re.fullmatch(r"\d{1,2}", cells[index]) and len(cells) in (6, 8) and index in (1, 4) and not _coded(cells)
    )
    return not is_code and not is_line_number


def _coded(cells: list[str]) -> bool:
    return bool(re.fullmatch(r"\d{3}(\d\d){0,2}", cells[0])) or cells[0] == "合计"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_all_nine_tables_are_found(path: Path) -> None:
    tables = recognise(read(path)).tables
    assert {
        key: table.status for key, table in tables.items() if table.status in (Status.MISSING, Status.UNREADABLE)
    } == {}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_number_of_the_tables_is_a_fact_once(path: Path) -> None:
    facts = [fact for fact in recognise(read(path)) if fact.part is Part.TABLES and fact.figure.printed]
    assert Counter(fact.figure.text.strip() for fact in facts) == amounts_in_tables(path)
    assert len({fact.place.line for fact in facts}) == len(facts)
    assert len({fact.concept for fact in facts}) == len(facts)


def test_blank_zero_and_number_are_kept_apart(sample: Audit) -> None:
    facts = sample.facts
    assert _state(facts, "expenditure", "total", "basic") is State.BLANK
    assert _state(facts, "three_public", "", "actual.abroad") is State.ZERO
    assert _state(facts, "three_public", "", "actual.reception") is State.NUMBER


def _state(facts: Facts, table: str, row: str, column: str) -> State:
    fact = facts.get(table, row, column)
    assert fact is not None
    return fact.figure.state


def test_where_is_for_people(sample: Audit) -> None:
    fact = sample.facts.get("expenditure", "2080106", "basic")
    assert fact is not None
    assert fact.where == "公开03表 · 2080106 就业管理事务 · 基本支出"


def test_department_and_year_are_detected(sample: Audit) -> None:
    detected = recognise(sample.document)
    assert (detected.department, detected.year) == ("蓝山县就业服务中心", 2023)


def test_facts_frame_has_the_published_columns(sample: Audit) -> None:
    needed = ["concept", "table", "row_code", "row_name", "column", "value", "printed", "unit", "state", "where"]
    assert set(needed) <= set(sample.facts.to_frame().columns)


def test_a_row_that_names_a_total_beside_other_columns_is_a_header() -> None:
    """Shanghai prints 财政拨款“三公”经费 above 合计 | 因公出国（境）费 | …: no row of amounts begins there."""
    table = [
        ["财政拨款“三公”经费"] * 6,
        [
            "合计",
            "因公出国（境）费",
            "公务用车购置及运行费",
            "公务用车购置及运行费",
            "公务用车购置及运行费",
            "公务接待费",
        ],
        ["合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行费", "公务接待费"],
        ["4.76", "", "4.26", "", "4.26", "0.50"],
    ]
    lines = ["财政拨款“三公”经费支出决算表", "单位：万元", *("\t".join(row) for row in table)]
    document = Document("account", "", "utf-8", read_blocks("\n".join(lines)))
    grid = next(block.grid for block in document.blocks if block.grid is not None)
    assert read_header(grid, load_layouts().coded).body == 3


def test_a_total_of_no_amounts_is_a_row_all_the_same() -> None:
    lines = ["支出决算表", "单位：万元", "科目\t合计\t基本支出", "合计\t\t", "201\t10.00\t10.00"]
    document = Document("account", "", "utf-8", read_blocks("\n".join(lines)))
    grid = next(block.grid for block in document.blocks if block.grid is not None)
    assert read_header(grid, load_layouts().coded).body == 1
