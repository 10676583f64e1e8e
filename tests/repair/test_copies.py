"""A wrong number that was copied from place to place is one error, told once with all its places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.checks.tie_out import tie_out
from gouji.findings.explain import explain
from gouji.findings.finding import Findings
from support.facts import make_facts, make_text_facts

COLUMNS = ("total", "basic", "project")
TABLES = ("expenditure", "general_budget")
#: A class with one 款 of three 项, and another class.
ROWS = {
    "total": ("1700.00", "1300.00", "400.00"),
    "208": ("300.00", "200.00", "100.00"),
    "20801": ("300.00", "200.00", "100.00"),
    "2080101": ("300.00", "200.00", "100.00"),
    "212": ("1400.00", "1100.00", "300.00"),
    "21201": ("1400.00", "1100.00", "300.00"),
    "2120101": ("450.00", "450.00", "0.00"),
    "2120102": ("300.00", "0.00", "300.00"),
    "2120104": ("650.00", "650.00", "0.00"),
}


def found(wrong: dict[str, str], tables: tuple[str, ...] = TABLES) -> Findings:
    """What is found where cells, by row and column, are printed otherwise in the tables named."""
    cells = {
        f"{table}[{row}].{column}": wrong.get(f"{row}.{column}", text) if table in tables else text
        for table in TABLES
        for row, texts in ROWS.items()
        for column, text in zip(COLUMNS, texts, strict=True)
    }
    return explain(tie_out(make_facts(cells)))


def told(findings: Findings) -> dict[frozenset[str], Decimal | None]:
    """The expected value of each error, by the figures that are to be corrected."""
    errors = findings.of("error")
    assert all(one.located for one in errors)
    return {frozenset(fact.concept.path for fact in one.suspects): one.expected for one in errors}


def test_tables_that_are_right_have_no_errors() -> None:
    assert told(found({})) == {}


def test_a_subtotal_wrong_in_a_class_and_its_part_and_in_both_tables() -> None:
    """Four figures are wrong, more than any repair of single figures changes."""
    errors = told(found({"212.basic": "110.00", "21201.basic": "110.00"}))
    assert errors == {
        frozenset(f"{table}[{row}].basic" for table in TABLES for row in ("212", "21201")): Decimal("1100.00")
    }


def test_a_figure_wrong_in_one_table_alone_is_that_tables() -> None:
    errors = told(found({"2120104.basic": "560.00"}, ("general_budget",)))
    assert errors == {frozenset({"general_budget[2120104].basic"}): Decimal("650.00")}


def test_different_wrong_numbers_stay_apart() -> None:
    errors = told(found({"2120104.basic": "560.00", "208.project": "10.00"}, ("general_budget",)))
    assert errors == {
        frozenset({"general_budget[2120104].basic"}): Decimal("650.00"),
        frozenset({"general_budget[208].project"}): Decimal("100.00"),
    }


@pytest.mark.parametrize("second", ["135.00", "136.00"])
def test_a_sentence_that_says_a_wrong_number_twice(second: str) -> None:
    """One finding where it is the same number, two where each is wrong in its own way."""
    text = f"住房保障支出（类）城乡社区住宅（款）其他城乡社区住宅支出（项）135.00万元，支出决算为{second}万元。"
    cells = {
        "general_budget[total].total": "105.00",
        "general_budget[221].total": "105.00",
        "general_budget[22103].total": "105.00",
        "general_budget[2210399].total": "105.00",
    }
    facts = make_text_facts("第三部分 五、一般公共预算财政拨款支出决算情况说明", text, cells)
    errors = [one for one in explain(tie_out(facts)).of("error") if one.expected == Decimal("105.00")]
    assert [len(one.suspects) for one in errors] == ([2] if second == "135.00" else [1, 1])
    if second == "135.00":
        assert errors[0].title.endswith("（同一部分另有1处须一并更正）")
        assert "同一部分另有1处印作此数，须一并更正：“" in errors[0].message
