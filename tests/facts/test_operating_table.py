"""机构运行信息表: the table of 三公 among counts, operating expenses and assets, as some provinces print it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji import Audit

ROWS = [
    ("一、“三公”经费支出", "—", "—"),
    ("（一）支出合计", "16.00", "12.30"),
    ("1.因公出国（境）费", "0.00", "0.00"),
    ("2.公务用车购置及运行维护费", "12.00", "9.80"),
    ("（1）公务用车购置费", "0.00", "0.00"),
    ("（2）公务用车运行维护费", "12.00", "9.80"),
    ("3.公务接待费", "4.00", "{reception}"),
    ("（1）国内接待费", "—", "2.50"),
    ("其中：外事接待费", "—", "0.00"),
    ("（2）国（境）外接待费", "—", "0.00"),
    ("（二）相关统计数", "—", "—"),
    ("1.因公出国（境）团组数（个）", "—", "0"),
    ("4.公务用车保有量（辆）", "—", "3"),
    ("5.国内公务接待批次（个）", "—", "28"),
    ("二、机关运行经费", "—", "45.60"),
    ("三、国有资产占用情况", "—", "—"),
    ("四、政府采购支出信息", "—", "10.20"),
]
TITLES = ["机构运行信息表", "财政拨款“三公”经费、行政参公单位机关运行经费情况表", "“三公”经费支出决算总表"]


def account(title: str, reception: str) -> str:
    """An account with nothing but this table."""
    rows = ["".join(f"\t{cell.format(reception=reception)}\n" for cell in row) for row in ROWS]
    head = f"某县示范局2023年度部门决算公开\n{title}\n单位：万元\n\t项目\n\t预算数\n\t决算数\n\n"
    return head + "\n".join(rows) + "\n"


@pytest.mark.parametrize("title", TITLES)
def test_the_table_is_read_without_what_is_beyond(title: str, audit_text: Callable[[str], Audit]) -> None:
    result = audit_text(account(title, "2.50"))
    total = result.facts.get("three_public", "", "actual.total")
    assert total is not None
    assert total.figure.text == "12.30"
    assert [one.title for one in result.findings.findings if not one.reviewed] == []


@pytest.mark.parametrize("title", TITLES)
def test_a_wrong_figure_in_it_is_located(title: str, audit_text: Callable[[str], Audit]) -> None:
    (found,) = audit_text(account(title, "2.05")).findings.of("error")
    assert [fact.figure.text for fact in found.suspects] == ["2.05"]
