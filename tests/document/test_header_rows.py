"""Header rows that say the same of all columns, and levels of codes beside the total's row."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.document.reader import read
from gouji.facts.recognise import recognise


def _row(*cells: str | tuple[str, int, int]) -> str:
    parts = [(cell, 1, 1) if isinstance(cell, str) else cell for cell in cells]
    return "<tr>" + "".join(f"<td colspan={cols} rowspan={rows}>{text}</td>" for text, cols, rows in parts) + "</tr>"


@pytest.mark.parametrize("said", ["决算数", "金额"])
def test_a_row_that_calls_every_column_the_same_names_none(said: str, tmp_path: Path) -> None:
    names = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
    table = _row(("项目", 4, 1), *((name, 1, 2) for name in names))
    table += _row(("功能分类科目编码", 3, 2), ("科目名称", 1, 2))
    table += _row(*[said] * len(names))
    table += _row("类", "款", "项", "合计", "471.44", "460.67", "10.77", "0.00", "0.00", "0.00")
    table += _row(("208", 3, 1), "社会保障和就业支出", "471.44", "460.67", "10.77", "0.00", "0.00", "0.00")
    table += _row(("20808", 3, 1), "抚恤", "471.44", "460.67", "10.77", "0.00", "0.00", "0.00")
    path = tmp_path / "account.html"
    body = f"<p>某局2023年度部门决算</p><p>支出决算表</p><p>单位：万元</p><table>{table}</table>"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    facts = recognise(read(path))
    found = {row: facts.get("expenditure", row, "project") for row in ("total", "208", "20808")}
    assert {row: fact and fact.figure.text.strip() for row, fact in found.items()} == dict.fromkeys(found, "10.77")
