"""Forms of budgets as departments publish them: captions, and codes in a column for each level."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.document.reader import read
from gouji.facts.fact import Facts
from gouji.facts.recognise import recognise


def _cell(text: str, columns: int = 1, rows: int = 1) -> str:
    return f"<td colspan={columns} rowspan={rows}>{text}</td>"


def _row(*texts: str) -> str:
    return f"<tr>{''.join(map(_cell, texts))}</tr>"


def coded(caption: str, codes: str, names: str, columns: tuple[str, ...], levels: str, *rows: tuple[str, ...]) -> str:
    """A table whose codes stand in a column for each level (类、款、项)."""
    width = len(levels)
    head = f"<tr>{_cell('项目', width + 1)}{_cell('预算', len(columns))}</tr>"
    head += f"<tr>{_cell(codes, width)}{_cell(names, 1, 2)}{''.join(_cell(one, 1, 2) for one in columns)}</tr>"
    body = "".join(_row(*row) for row in rows)
    return f"<p>2026年部门{caption}</p><p>单位：元</p><table>{head}{_row(*levels)}{body}</table>"


def recognised(body: str, tmp_path: Path) -> Facts:
    path = tmp_path / "budget.html"
    path.write_text(f"<html><body><p>某区某局2026年部门预算</p>{body}</body></html>", encoding="utf-8")
    return recognise(read(path), None, "budget")


FUNCTIONAL = ("功能分类科目编码", "功能分类科目名称", ("合计", "基本支出", "项目支出"), "类款项")
ITEMS = (
    ("208", "", "", "社会保障和就业支出", "300.00", "200.00", "100.00"),
    ("208", "05", "", "行政事业单位养老支出", "300.00", "200.00", "100.00"),
    ("208", "05", "01", "行政单位离退休", "300.00", "200.00", "100.00"),
)


@pytest.mark.parametrize(
    ("caption", "table", "column"),
    [
        ("支出预算总表", "expenditure", "total"),
        ("一般公共预算支出功能分类预算表", "general_budget", "total"),
        ("政府性基金预算支出功能分类预算表", "government_fund", "expenditure"),
        ("国有资本经营预算支出功能分类预算表", "state_capital", "expenditure"),
    ],
)
def test_functional_tables(caption: str, table: str, column: str, tmp_path: Path) -> None:
    facts = recognised(coded(caption, *FUNCTIONAL, *ITEMS), tmp_path)
    assert {fact.concept.table for fact in facts} == {table}
    assert {fact.row_code for fact in facts} == {"208", "20805", "2080501"}
    found = facts.get(table, "2080501", column)
    assert found
    assert found.figure.text.strip() == "300.00"


def test_the_economic_table(tmp_path: Path) -> None:
    rows = (("301", "", "工资福利支出", "70.00", "70.00", "0.00"), ("301", "01", "基本工资", "70.00", "70.00", "0.00"))
    columns = ("合计", "人员经费", "公用经费")
    caption = "一般公共预算基本支出部门预算经济分类预算表"
    body = coded(caption, "部门预算经济分类科目编码", "经济分类科目名称", columns, "类款", *rows)
    facts = recognised(body, tmp_path)
    assert [fact.concept.path for fact in facts if fact.row_code == "30101"] == [
        f"basic_expenditure[30101].{column}" for column in ("amount", "personnel", "public")
    ]
