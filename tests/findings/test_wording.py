"""What an auditor reads of a finding: its title, differences in their unit, words of direction, one print told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from gouji.checks.gap import gap, signed_gap
from gouji.checks.tie_out import tie_out
from gouji.facts.claim import Measure
from gouji.facts.shown import nested
from gouji.findings import wording
from gouji.findings.explain import explain
from gouji.findings.finding import Finding, Findings, Repair, one_a_print, repair_text
from gouji.findings.naming import topic
from gouji.findings.titles import own_repair
from gouji.findings.wording import LISTED, UNDECIDED
from gouji.intervals import scaled
from support.facts import make_facts, make_text_facts

_RECEPTION = "2023年度公务接待费支出预算为{budget}万元，支出决算为{final}万元，决算数{word}预算数。"


def findings(**given: Any) -> Findings:
    """The findings of a passage (`section`, `text`, `table`) or, without one, of figures (`printed`)."""
    return explain(tie_out(make_text_facts(**given) if "text" in given else make_facts(**given)))


def only(**given: Any) -> Finding:
    """The only finding."""
    (finding,) = findings(**given).findings
    return finding


TITLES: dict[str, tuple[Mapping[str, Any], str]] = {
    "a total and its parts": (
        {
            "printed": {
                "income[total].total": "664.53",
                "income[201].total": "500.17",
                "income[205].total": "101.21",
                "income[208].total": "63.12",
            }
        },
        "收入决算表“合计”的本年收入合计664.53万元与各项之和664.50万元不一致，差0.03万元",
    ),
    "a row and its only child": (
        {"printed": {"income[22102].fiscal": "118.61", "income[2210201].fiscal": "118.60"}},
        "收入决算表22102“住房改革支出”的财政拨款收入118.61万元与2210201“住房公积金”的118.60万元不一致，差0.01万元",
    ),
    "more than is allowed": (
        {"printed": {"three_public.actual.reception": "3.26", "basic_expenditure[30217].amount": "3.28"}},
        "一般公共预算财政拨款基本支出决算表30217“公务接待费”的决算数3.28万元"
        "大于财政拨款“三公”经费支出决算表“公务接待费”的3.26万元",
    ),
    "a total left blank asks": (
        {
            "printed": {
                "basic_expenditure[303].amount": "",
                "basic_expenditure[30305].amount": "3.20",
                "basic_expenditure[30307].amount": "1.10",
            }
        },
        "一般公共预算财政拨款基本支出决算表303“对个人和家庭的补助”未填列，是否漏填？",
    ),
    "an amount over the budget asks": (
        {"printed": {"three_public.actual.reception": "6.52", "three_public.budget.reception": "6.50"}},
        "财政拨款“三公”经费支出决算表“公务接待费”6.52万元大于另一栏的6.50万元，是何原因？",
    ),
    "no number": (
        {"printed": {"expenditure[2120501].project": "112..43"}},
        "支出决算表2120501“城乡社区环境卫生”的项目支出印为“112..43”，应为多少？",
    ),
}


@pytest.mark.parametrize("name", TITLES)
def test_a_title_says_which_figure_and_what_is_wrong_with_it(name: str) -> None:
    given, title = TITLES[name]
    assert title in [finding.title for finding in findings(**given).findings]


@pytest.mark.parametrize(
    ("word", "final", "told", "right"),
    [
        ("小于", "6.20", "决算数6.20万元大于预算数6.00万元", "大于"),
        ("大于", "5.10", "决算数5.10万元小于预算数6.00万元", "小于"),
        ("小于", "6.00", "决算数6.00万元等于预算数6.00万元", "等于"),
    ],
)
def test_a_word_is_set_against_what_the_figures_say(word: str, final: str, told: str, right: str) -> None:
    finding = only(section="七、“三公”经费", text=_RECEPTION.format(budget="6.00", final=final, word=word))
    assert finding.title.endswith(f"称公务接待费决算数“{word}”预算数，而{told}")
    assert "相反" not in finding.message
    assert "说反" not in finding.message


def test_several_identities_are_numbered() -> None:
    printed = {"three_public.actual.reception": "0.25", "three_public.actual.total": "0.25"}
    text = "2023年度公务接待费支出预算为6.00万元，支出决算为3.00万元，完成预算的4.17%。"
    found = findings(section="七、“三公”经费", text=text, table=printed).findings
    told = [one for one in found if len(one.checks) > 1]
    assert told
    for one in told:
        assert one.message.startswith("按公布数，2项勾稽关系不成立。")
        assert "不成立的勾稽关系：（1）" in one.details
        assert "；（2）" in one.details


def test_what_tables_show_is_not_in_the_message() -> None:
    """Papers with tables print the message, others the full text."""
    printed = {"summary[total].expenditure": "386.28", "expenditure[total].total": "385.28"}
    (undecided,) = findings(printed=printed).of("error")
    assert undecided.message == UNDECIDED
    assert f"{LISTED}：" in undecided.details
    assert "≠" in undecided.details
    assert undecided.full == undecided.message + undecided.details


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        ("171.555556", "184.372093", "此处应在171.56万元至184.37万元之间"),
        ("171.55", "171.55", "此处应为171.55万元"),
        ("171.554", "171.556", "此处应在171.5540万元至171.5560万元之间"),
        (None, "184.372093", "此处应不大于184.37万元"),
    ],
)
def test_a_range_is_told_in_values_that_can_be_printed(low: str | None, high: str | None, told: str) -> None:
    facts = make_text_facts(section="三、支出决算情况说明", text="2023年度基本支出162.00万元。")
    fact = next(one for one in facts.statements() if one.figure.text == "162.00万元")
    ends = [None if end is None else Fraction(scaled(Decimal(end), "万元")) for end in (low, high)]
    assert told in wording.bounds_in_words(fact, (ends[0], ends[1]))


def test_inner_quotation_marks_are_single() -> None:
    assert nested("没有“职责”、““三公”经费”的内容") == "没有“职责”、“‘三公’经费”的内容"
    assert nested("印作“理范围内的“三公 “经费”") == "印作“理范围内的“三公 “经费”"  # as printed: they do not match
    assert nested("“甲”\n““乙”丙”") == "“甲”\n“‘乙’丙”"


def test_the_title_of_a_question_asks_and_that_of_an_error_does_not(all_findings: list[Finding]) -> None:
    assert {finding.severity for finding in all_findings} == {"error", "question", "note"}
    for finding in all_findings:
        assert finding.title.endswith("？") == (finding.severity == "question"), finding.title


@pytest.fixture(scope="module")
def all_findings() -> list[Finding]:
    """Findings of each severity."""
    cut_off = "2023年度收入合计10000.00万元，其中：财政拨款收入8734.62万元，占87.34%；其他收入1265.38万元，占12.65%。"
    told = [finding for given, _ in TITLES.values() for finding in findings(**given).findings]
    return [*told, *findings(section="二、收入决算情况说明", text=cut_off).findings]


@pytest.mark.parametrize(
    ("share", "apart"),
    [("24.78%", "-0.01个百分点"), ("25%", "不足1个百分点"), ("30%", "5个百分点"), ("24.1%", "-0.7个百分点")],
)
def test_percentages_differ_by_points_with_the_decimals_that_are_printed(share: str, apart: str) -> None:
    text = f"2023年度基本支出162.00万元，其中：公用经费40.16万元，占基本支出的{share}。"
    checks = tie_out(make_text_facts(section="六、基本支出决算情况说明", text=text))
    (check,) = [check for check in checks.made() if check.rule.id == "narrative.share"]
    assert signed_gap(check, checks) == apart
    assert gap(check, checks) == apart.removeprefix("-")


def test_one_print_of_two_quantities_is_told_once() -> None:
    table = {"fiscal_summary[grand_total].income": "1250.66", "fiscal_summary[grand_total].expenditure": "1250.66"}
    text = "2023年度财政拨款收、支总计均为1,205.66万元。"
    found = findings(section="四、财政拨款收入支出决算总体情况说明", text=text, table=table)
    (finding,) = found.findings
    assert len(finding.suspects) == 2
    assert len(one_a_print(finding.suspects)) == 1
    assert finding.details.count("差45.00万元") == 1
    assert repair_text(finding).count("→") == 1
    assert len(found.checks.distinct(finding.checks)) == 1 < len(finding.checks)


def test_last_years_amounts_are_named_and_added_up() -> None:
    text = (
        "2023年度财政拨款收、支总计2,961.68万元，与2022年度相比，财政拨款收、支总计持平。\n"
        "五、一般公共预算财政拨款支出决算情况说明\n"
        "一般公共预算财政拨款支出2,940.05万元，与2022年度相比减少63.14万元。"
    )
    found = findings(section="四、财政拨款收入支出决算总体情况说明", text=text)
    (finding,) = [one for one in found.findings if one.rule == "narrative.prior_limit"]
    assert "上年数2940.05 + 63.14 = 3003.19 > " in finding.details
    assert "上年数2961.68（持平）" in finding.details


def test_a_rate_is_not_called_a_share_and_a_verb_is_no_part_of_a_name() -> None:
    facts = make_text_facts(section="七、“三公”经费支出决算情况说明", text="公务接待费支出决算3万元，占100%。")
    share = next(one for one in facts.statements() if one.claim and one.claim.measure is Measure.SHARE)
    amount = next(one for one in facts.statements() if one.claim and one.claim.measure is Measure.FINAL)
    assert topic(share) == "公务接待费占比"
    assert topic(replace(share, row_name="就业率")) == "就业率"
    assert topic(replace(amount, row_name="再就业的失业人员有")) == "再就业的失业人员决算"


def test_a_title_tells_no_other_figure_s_value() -> None:
    first, second = make_facts({"income[201].total": "8.00", "income[205].total": "9.00"}).facts
    assert own_repair(first, [Repair(second, Decimal(7))]) is None
    assert own_repair(second, [Repair(second, Decimal(7))]) == Repair(second, Decimal(7))
