"""The nine tables by their titles, as departments word them; cases are `cases/table_titles.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import TESTS
from gouji.facts.fact import Status
from gouji.facts.recognise import recognise
from gouji.runtime.yaml_data import load_yaml
from support.texts import document_of

CASES: dict[str, Any] = load_yaml((TESTS / "cases" / "table_titles.yaml").read_text(encoding="utf-8"))


def _read(title: str, grid: str) -> list[str]:
    """The keys of the tables that are read from one grid under a title."""
    rows = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in CASES["grids"][grid])
    facts = recognise(document_of(f"明水县交通局2023年度部门决算\n\n{title}\n\n单位：万元\n{rows}\n"))
    return [key for key, table in facts.tables.items() if table.status is Status.FOUND]


@pytest.mark.parametrize(("title", "key"), CASES["titles"].items())
def test_a_title_with_words_of_publication_is_that_of_its_table(title: str, key: str) -> None:
    assert _read(title, key) == [key]


@pytest.mark.parametrize(("grid", "title"), CASES["others"])
def test_a_title_of_another_table_is_not(grid: str, title: str) -> None:
    assert _read(title, grid) == []


def test_a_title_of_the_form_itself_goes_first() -> None:
    """Of 支出决算表 and 支出决算明细表, whose columns are the same, it is the former that is read."""
    rows = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in CASES["grids"]["expenditure"])
    text = "".join(f"{title}\n\n单位：万元\n{rows}\n\n" for title in ("支出决算明细表", "支出决算表"))
    facts = recognise(document_of(f"明水县交通局2023年度部门决算\n\n{text}"))
    assert facts.tables["expenditure"].title == "支出决算表"
