"""What is told once of a table, or of all, and not once for each cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji import Audit

HEAD = "某局2023年度部门决算\n"
TABLES = (("支出决算表", "公开03表"), ("一般公共预算财政拨款支出决算表", "公开05表"))
ROWS = (
    ("合计", "", "30.00", "10.00", "20.00"),
    ("208", "社会保障和就业支出", "30.00", "10.00", "20.00"),
    ("20805", "行政事业单位养老支出", "30.00", "10.00", "20.00"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "30.00", "10.00", "20.00"),
)


def account(*beside: str, change: tuple[str, str] = ("", "")) -> str:
    """Two tables; `beside` are the heads of columns beside them."""
    heads = "\t".join(["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", *beside])
    rows = "\n".join("\t".join([*row, *("1.50" for _ in beside)]) for row in ROWS).replace(*change)
    return HEAD + "\n".join(f"{title}\n{number}\n单位：万元\n{heads}\n{rows}\n" for title, number in TABLES)


def told(found: Audit, rule: str) -> list[tuple[str, int]]:
    return [(one.title, len(one.suspects)) for one in found.findings.findings if one.rule == rule]


def test_cells_of_a_table_that_cannot_be_read_are_one_question(audit_text: Callable[[str], Audit]) -> None:
    found = audit_text(account(change=("10.00", "#REF!")))
    assert told(found, "form.unreadable") == [(f"{number}有4处不是可辨认的金额，应为多少？", 4) for _, number in TABLES]
    (first, _) = [one for one in found.findings.findings if one.rule == "form.unreadable"]
    assert "公开03表 · 2080505 机关事业单位基本养老保险缴费支出 · 基本支出“#REF!”" in first.message
    assert not found.findings.of("error")


def test_a_single_cell_that_cannot_be_read_is_named(audit_text: Callable[[str], Audit]) -> None:
    found = audit_text(account(change=("缴费支出\t30.00", "缴费支出\t#REF!")))
    assert told(found, "form.unreadable") == [
        (f"{number}2080505“机关事业单位基本养老保险缴费支出”的本年支出合计印为“#REF!”，应为多少？", 1)
        for _, number in TABLES
    ]


@pytest.mark.parametrize("heads", [("校验",), ("核对", ""), ("差额", "", "")])
def test_columns_in_which_a_form_was_checked_are_none_of_it(
    heads: tuple[str, ...], audit_text: Callable[[str], Audit]
) -> None:
    assert told(audit_text(account(*heads)), "form.unrecognised") == []


def test_columns_without_a_head_beside_several_tables_are_one_note(audit_text: Callable[[str], Audit]) -> None:
    ((title, cells),) = told(audit_text(account("")), "form.unrecognised")
    assert title.startswith("公开03表、公开05表中的“无名”有金额")
    assert cells == 8


def test_unknown_heads_are_told_for_each_table(audit_text: Callable[[str], Audit]) -> None:
    assert len(told(audit_text(account("未见过的名称")), "form.unrecognised")) == 2


def test_levels_of_a_code_that_are_numbers_have_two_digits(audit_text: Callable[[str], Audit]) -> None:
    heads = "类\t款\t项\t科目名称\t本年支出合计\t基本支出\t项目支出"
    parts = [("208", "", "", "甲类支出"), ("208", "5", "", "甲款支出"), ("208", "5", "5", "甲项支出")]
    rows = "".join("\t".join([*part, "30.00", "10.00", "20.00\n"]) for part in parts)
    rows += "208\t11\t\t乙款支出\t0.00\t0.00\t0.00\n"
    found = audit_text(f"{HEAD}支出决算表\n公开03表\n单位：万元\n{heads}\n合计\t\t\t\t30.00\t10.00\t20.00\n{rows}")
    codes = {fact.row_code for fact in found.facts if fact.concept.table == "expenditure"}
    assert {"208", "20805", "2080505", "20811"} <= codes
    assert told(found, "form.unrecognised") == []


def test_of_rows_without_codes_it_is_said_what_was_checked(audit_text: Callable[[str], Audit]) -> None:
    """One of them is called like no item that is known: it is compared across as the others are."""
    rows = [f"{name}\t30.00\t10.00\t20.00" for name in ("社会保障和就业支出", "　见习岗位补助")]
    table = "\n".join(["项目\t本年支出合计\t基本支出\t项目支出", "合计\t30.00\t10.00\t20.00", *rows])
    text = f"{HEAD}支出决算表\n公开03表\n单位：万元\n{table}\n"
    (found,) = [one for one in audit_text(text).findings.findings if one.rule == "form.unrecognised"]
    assert found.title == "公开03表中的“社会保障和就业支出、见习岗位补助”没有科目编码"
    assert "各栏之间的关系已经核对" in found.message
    (wrong,) = audit_text(text.replace("补助\t30.00", "补助\t31.00")).findings.of("error")
    assert wrong.rule == "expenditure.columns"
