"""Tables in plain text whose cells bars part."""

from __future__ import annotations

import time

import pytest

from gouji.document.model import BlockKind, Document
from gouji.facts.fact import Status
from gouji.facts.recognise import recognise
from gouji.runtime.width import text_width
from support.texts import document_of

ABOVE = "某局2023年度部门决算\n\n支出决算表\n公开03表\n单位：万元\n"
ROWS = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["合计", "", "25.00", "22.00", "3.00"],
    ["205", "教育支出", "15.00", "12.00", "3.00"],
    ["208", "社会保障和就业支出", "10.00", "10.00", ""],
]
WIDTHS = [max(text_width(row[col]) for row in ROWS) for col in range(5)]


def padded(row: list[str]) -> list[str]:
    return [text + " " * (width - text_width(text)) for text, width in zip(row, WIDTHS, strict=True)]


def drawn(bar: str, line: str, crossing: str, between: bool) -> str:
    edge = crossing.join(["", *(line * width for width in WIDTHS), ""])
    rows = [bar.join(["", *padded(row), ""]) for row in ROWS]
    inside = f"\n{edge}\n".join(rows) if between else "\n".join(rows)
    return f"{edge}\n{inside}\n{edge}\n"


def joined(bar: str, ends: str = "") -> str:
    return "".join(f"{ends}{bar.join(row)}{ends}\n" for row in ROWS)


TEXTS = {
    "bars": joined("|"),
    "wide bars": joined("｜"),
    "spaced": joined(" | "),
    "boxed": joined("│", "│"),
    "indented": "".join(f"    {line}\n" for line in joined(" | ", "|").splitlines()),
    "empty lines": joined("|").replace("\n", "\n\n"),
    "markdown": joined("|", "|").replace("\n", "\n|---|:--|--:|---|---|\n", 1),
    "ascii": drawn("|", "-", "+", between=True),
    "box": drawn("│", "─", "┼", between=True),
    "box without lines": drawn("│", "─", "┼", between=False),
    "heavy": drawn("┃", "━", "╋", between=False),
    "title inside": "|支出决算表|\n|公开03表||单位：万元|\n" + joined("|", "|"),
    "note inside": joined("|", "|") + "|注：本表反映各项支出。|\n",
}


def printed(document: Document) -> dict[str, str]:
    facts = recognise(document)
    return {fact.concept.path: fact.figure.text for fact in facts if fact.figure.printed}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_table_with_bars_is_read(text: str) -> None:
    above = ABOVE.replace("支出决算表\n公开03表\n单位：万元\n", "") if text.startswith("|支出决算表") else ABOVE
    document = document_of(above + text)
    table = recognise(document).tables["expenditure"]
    assert (table.status, table.codes, table.unit) == (Status.FOUND, ("205", "208"), "万元")
    assert printed(document)["expenditure[208].total"] == "10.00"
    assert len(printed(document)) == 8
    lines = (above + text).split("\n")
    for block in document.blocks:
        for cell in (cell for row in (block.grid.rows if block.grid else ()) for cell in row):
            assert lines[cell.place.line - 1][cell.place.start : cell.place.end] == cell.text


def test_heads_merged_over_columns_are_placed_by_their_bars() -> None:
    text = (
        "┌────────┬────────────────────┐\n"
        "│项目    │本年支出            │\n"
        "├────────┼──────┬──────┬──────┤\n"
        "│科目编码│合计  │基本支│项目支│\n"
        "├────────┼──────┼──────┼──────┤\n"
        "│205     │15.00 │12.00 │3.00  │\n"
        "└────────┴──────┴──────┴──────┘\n"
    )
    table = next(block for block in document_of(ABOVE + text).blocks if block.kind is BlockKind.TABLE)
    assert table.grid is not None
    assert table.grid.certain
    assert [(cell.text, cell.col, cell.colspan) for cell in table.grid.rows[0]] == [("项目", 0, 1), ("本年支出", 1, 3)]


@pytest.mark.parametrize(
    ("head", "total"),
    [
        ("项目 |  | 本年支出 |  |  |", "合计 |  | 25.00 | 22.00 | 3.00 |"),
        ("项目 | 本年支出 |  |  |  |", "合计 |  | 25.00 | 22.00 | 3.00 |"),
        ("项目 | 本年支出 |  |  |  |", "合计 | 25.00 | 22.00 | 3.00 |  |"),
    ],
)
def test_rows_that_are_filled_up_at_their_end(head: str, total: str) -> None:
    """What merged cells cover may be filled up at the end of the row: its other cells stand too far left."""
    below = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |"
    text = f"{head}\n{below}\n{total}\n205 | 教育支出 | 25.00 | 22.00 | 3.00 |\n"
    amounts = {"total": "25.00", "basic": "22.00", "project": "3.00"}
    wanted = {f"expenditure[{row}].{column}": amount for row in ("total", "205") for column, amount in amounts.items()}
    assert printed(document_of(ABOVE + text)) == wanted


def test_a_name_on_two_lines_of_a_drawn_row_is_one() -> None:
    rows = drawn("│", "─", "┼", between=True).splitlines()
    at = next(at for at, row in enumerate(rows) if "社会保障" in row)
    rows[at : at + 1] = [
        rows[at].replace("和就业支出", " " * 10),
        "│" + "│".join(padded(["", "和就业支出", "", "", ""])) + "│",
    ]
    facts = recognise(document_of(ABOVE + "\n".join(rows)))
    assert {fact.row_name for fact in facts if fact.concept.row == "208"} == {"社会保障和就业支出"}


def test_rows_whose_bars_stand_nowhere_are_not_half_read() -> None:
    text = joined("|", "|").replace("|205|教育支出|15.00|12.00|", "|205|教育支出|15.00|")
    assert recognise(document_of(ABOVE + text)).tables["expenditure"].status is Status.UNREADABLE


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 信息公开 | 部门决算\n",
        "本年支出合计25.00万元|其中：基本支出22.00万元。\n",
        "甲|乙\n丙|丁\n戊|己\n",
        "─────────\n说明\n─────────\n",
    ],
)
def test_lines_with_bars_that_are_no_table_stay_lines(text: str) -> None:
    assert all(block.grid is None for block in document_of(text).blocks)


@pytest.mark.parametrize(
    "text", ["|" * 200_000, "|\n" * 50_000, "a|b\n" * 10_000, "-" * 200_000, "|a|b|\n|---|\n" * 5_000]
)
def test_many_bars_take_no_time(text: str) -> None:
    began = time.process_time()
    document_of(text)
    assert time.process_time() - began < 20


@pytest.mark.parametrize("drawn_below", [1, 2])
def test_a_second_row_of_the_head_that_ends_in_blanks(drawn_below: int) -> None:
    """Merged cells that leave blanks in their places, below the first row too: nothing was moved to the left."""
    rows = [
        "| 项目 |  | 本年支出合计 | 基本支出 | 项目支出 |",
        "| 科目编码 | 科目名称 |  |  |  |",
        "| 栏次 |  | 1 | 2 | 3 |",
        "| 合计 |  | 25.00 | 22.00 | 3.00 |",
        "| 205 | 教育支出 | 25.00 | 22.00 | 3.00 |",
    ]
    rows.insert(drawn_below, "|---|---|---|---|---|")
    amounts = {"total": "25.00", "basic": "22.00", "project": "3.00"}
    wanted = {f"expenditure[{row}].{column}": amount for row in ("total", "205") for column, amount in amounts.items()}
    assert printed(document_of(ABOVE + "\n".join(rows) + "\n")) == wanted


def test_blanks_behind_the_last_label_are_those_of_its_parts() -> None:
    rows = ["| 科目 | 本年支出 |  |  |", "|---|---|---|---|", "|  | 合计 | 基本支出 | 项目支出 |"]
    rows += ["| 合计 | 25.00 | 22.00 | 3.00 |", "| 205教育支出 | 25.00 | 22.00 | 3.00 |"]
    amounts = {"total": "25.00", "basic": "22.00", "project": "3.00"}
    wanted = {f"expenditure[{row}].{column}": amount for row in ("total", "205") for column, amount in amounts.items()}
    assert printed(document_of(ABOVE + "\n".join(rows) + "\n")) == wanted
