"""Last year's amount that is this year's to the digit: the year is the finding, and the amount stays as it is."""

from __future__ import annotations

import pytest

from gouji.checks.tie_out import tie_out
from gouji.findings.explain import explain
from gouji.findings.finding import Finding
from gouji.findings.slip_of_year import SLIP
from support.facts import make_text_facts

TABLE = {
    "expenditure[total].total": "627.40",
    "expenditure[total].basic": "400.00",
    "expenditure[total].project": "227.40",
}


def errors(text: str) -> tuple[Finding, ...]:
    facts = make_text_facts("三、支出决算情况说明", text, TABLE)
    return explain(tie_out(facts)).of("error")


@pytest.mark.parametrize(
    "text",
    [
        "2022年度支出合计627.40万元，与2022年度相比，支出合计增加27.40万元，增长4.57%。",
        "2022年度支出合计627.40万元，与上年相比，支出合计增加27.40万元。",
    ],
)
def test_the_year_is_the_finding(text: str) -> None:
    (told,) = errors(text)
    assert told.title.endswith("称2022年支出合计627.40万元，与2023年的数字相同，年份应为2023年")
    assert told.slip == SLIP
    assert told.located
    assert told.repairs == ()
    assert told.expected is None
    assert "“2022”疑为“2023”之误" in told.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2022年度支出合计607.40万元，与2022年度相比，支出合计增加27.40万元。", id="another amount"),
        pytest.param(
            "2023年度支出合计627.40万元，比2022年度支出合计627.40万元增加27.40万元，增长4.57%。",
            id="both years in one sentence",
        ),
        pytest.param(
            "2023年度支出合计627.40万元，比上年增加127.40万元，增长20.31%。2022年度支出合计127.40万元。",
            id="the amount of the change",
        ),
    ],
)
def test_other_amounts_of_last_year_are_no_slip_of_the_year(text: str) -> None:
    found = errors(text)
    assert found
    assert not [one for one in found if one.slip == SLIP]


def test_the_same_amount_two_years_running_is_none() -> None:
    assert errors("2022年度支出合计627.40万元，2023年度支出合计627.40万元，与上年持平。") == ()


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("支出合计增加27.40万元，增长9.57%。", id="a rate of neither year"),
        pytest.param("支出合计减少27.40万元，增长4.57%。", id="two directions"),
        pytest.param("支出合计增加27.40万元，其中基本支出410.00万元。", id="a part that is none of this year's"),
    ],
)
def test_the_year_is_not_all_where_figures_still_differ(rest: str) -> None:
    told, *_ = errors(f"2022年度支出合计627.40万元，与2022年度相比，{rest}")
    assert told.slip == SLIP
    assert not told.located
    assert told.title.endswith("年份疑为2023年")
    assert "改正年份后仍有数字不符" in told.message


@pytest.mark.parametrize("rest", ["增长4.57%", "其中基本支出400.00万元", "上年基本支出390.00万元"])
def test_the_year_is_all_where_the_rest_is_this_years(rest: str) -> None:
    told, *_ = errors(f"2022年度支出合计627.40万元，与2022年度相比，支出合计增加27.40万元，{rest}。")
    assert told.slip == SLIP
    assert told.located


def test_a_year_parted_from_its_amount_by_a_comma_of_its_subject() -> None:
    text = "2022年度收、支总计均为627.40万元。与2022年度相比，收、支总计各减少27.40万元，下降4.18%。"
    table = {"summary[grand_total].income": "627.40", "summary[grand_total].expenditure": "627.40"}
    (told,) = explain(tie_out(make_text_facts("一、收入支出决算总体情况说明", text, table))).of("error")
    assert told.slip == SLIP
    assert told.expected is None
