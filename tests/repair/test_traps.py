"""Known traps of error location: where a solver with a big M, or a flat tolerance, says nothing or the wrong thing."""

from __future__ import annotations

import pytest

from gouji.checks.tie_out import tie_out
from gouji.findings.explain import explain
from gouji.findings.finding import Finding
from support.facts import make_facts, make_text_facts


def errors(cells: dict[str, str], unit: str = "万元") -> list[Finding]:
    """The errors of a 支出决算表 with these cells."""
    return list(explain(tie_out(make_facts(cells, unit=unit))).of("error"))


def rows(amounts: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """Cells of a 支出决算表 by row: total, basic, project."""
    names = ("total", "basic", "project")
    return {
        f"expenditure[{row}].{name}": value
        for row, values in amounts.items()
        for name, value in zip(names, values, strict=True)
    }


def test_a_small_error_beside_a_large_one_is_seen() -> None:
    """1.00 beside 900,000.00 in one block: neither hides the other."""
    cells = rows(
        {
            "total": ("1000000.00", "600000.00", "400000.00"),
            "208": ("700000.00", "1400000.00", "200000.00"),
            "213": ("300000.00", "100000.00", "200001.00"),
        }
    )
    suspects = {fact.concept.path for finding in errors(cells) for fact in finding.suspects}
    assert {"expenditure[208].basic", "expenditure[213].project"} <= suspects


def test_one_yuan_in_four_billion_is_seen() -> None:
    cells = rows(
        {
            "total": ("4600000001.00", "2600000000.00", "2000000000.00"),
            "208": ("4600000000.00", "2600000000.00", "2000000000.00"),
        }
    )
    found = errors(cells, unit="元")
    assert len(found) == 1
    assert found[0].located
    assert found[0].suspects[0].concept.path == "expenditure[total].total"
    assert str(found[0].expected) == "4600000000.00"


def test_one_violated_sum_alone_locates_nothing() -> None:
    found = errors(rows({"total": ("385.28", "270.90", "124.38")}))
    assert len(found) == 1
    assert not found[0].located
    assert {fact.concept.column for fact in found[0].suspects} == {"total", "basic", "project"}
    assert "不能判断" in found[0].message


def test_a_wrong_total_used_by_two_sums_is_located() -> None:
    cells = rows(
        {
            "total": ("395.28", "270.90", "114.38"),
            "208": ("285.28", "200.90", "84.38"),
            "213": ("100.00", "70.00", "30.00"),
        }
    )
    found = errors(cells)
    assert len(found) == 1
    assert found[0].located
    assert found[0].suspects[0].concept.path == "expenditure[total].total"
    assert str(found[0].expected) == "385.28"


def test_a_figure_printed_twice_at_one_precision_is_equal_to_the_digit() -> None:
    cells = rows({"208": ("385.28", "270.90", "114.38"), "20801": ("385.28", "270.91", "114.38")})
    found = errors(cells)
    assert len(found) == 1
    assert {fact.concept.column for fact in found[0].suspects} == {"basic"}


def test_two_rows_each_consistent_and_jointly_impossible() -> None:
    """100.00 must be at most 99.995 for its parts and at least 100.00 for its row: no row is violated."""
    cells = rows(
        {
            "total": ("200.04", "100.00", "100.03"),
            "208": ("66.68", "33.33", "33.34"),
            "213": ("66.68", "33.33", "33.34"),
            "221": ("66.67", "33.32", "33.34"),
        }
    )
    checks = tie_out(make_facts(cells))
    assert checks.conflicts() == ()
    found = explain(checks).of("error")
    assert [one.rule for one in found] == ["joint.contradiction"] * len(found)
    basic = [one for one in found if any(fact.concept.path == "expenditure[total].basic" for fact in one.suspects)]
    assert len(basic) == 1
    assert not basic[0].located
    assert basic[0].joint is not None
    assert abs(basic[0].joint.residual) > basic[0].joint.allowed


@pytest.mark.parametrize(
    ("printed", "errors_found"),
    [("1.23亿元", 0), ("1.2亿元", 0), ("1.24亿元", 1), ("1.3亿元", 1), ("12346万元", 1)],
)
def test_prints_at_different_precisions_must_meet(printed: str, errors_found: int) -> None:
    """12,345.67 in the table: a coarser print is right where the intervals meet, and wrong where they do not. Money in
    万元 has one precision in a document: 12346 beside it is 12346.00."""
    text = f"2023年度，本年支出合计{printed}，其中：基本支出12,345.67万元，占100%。"
    facts = make_text_facts(
        "三、支出决算情况说明",
        text,
        table={
            "expenditure[total].total": "12345.67",
            "expenditure[total].basic": "12345.67",
            "expenditure[total].project": "0.00",
        },
    )
    found = explain(tie_out(facts)).of("error")
    assert len(found) == errors_found
    for one in found:
        assert one.located
        assert one.suspects[0].figure.text.strip() == printed


def test_a_missing_row_is_named_and_no_figure_is_called_wrong() -> None:
    """385.28 of income, but only 162.00 of it listed: a line may be missing, and the message says which were not
    published."""
    cells = {"summary[total].income": "385.28", "summary[general_budget].income": "162.00"}
    cells |= {"summary[opening].income": "14.72", "summary[grand_total].income": "390.00"}
    found = errors(cells)
    assert found
    for one in found:
        assert not one.located
        assert one.repairs == ()
    assert any("未公布" in one.message and "使用非财政拨款结余" in one.message for one in found)
