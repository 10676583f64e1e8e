"""Known traps of error location: where a solver with a big M, or a flat tolerance, says nothing or the wrong thing."""

from __future__ import annotations

from gouji.checks.tie_out import tie_out
from gouji.findings.explain import explain
from gouji.findings.finding import Finding
from support.facts import make_facts


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
