"""Headings on income and expenditure in words of the department's own open the section that they are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji import UnusableInputError, audit
from gouji.labels import normalise
from gouji.layouts.phrases import load_phrases

COMPOSED = [
    ("2023年度部门决算收支增减情况说明", "overall"),
    ("决算收支增减变化情况说明", "overall"),
    ("收入支出预决算对比分析", "overall"),
    ("关于收支情况总体说明", "overall"),
    ("2023年部门决算收支完成情况", "overall"),
    ("2023年度收入支出决算总体情况。", "overall"),
    ("收入情况说明", "income"),
    ("总支出情况", "expenditure"),
    ("经费支出情况", "expenditure"),
    ("项目支出情况", ""),
    ("公用经费支出情况", ""),
    ("2023年度部门决算情况说明", ""),
    ("部门整体支出概况", ""),
    ("预算执行情况", ""),
    ("财政拨款支出情况", ""),
    ("收入", ""),
]


@pytest.mark.parametrize(("heading", "section"), COMPOSED)
def test_a_heading_opens_the_section_it_is_made_of(heading: str, section: str) -> None:
    assert load_phrases().composed.section_of(normalise(heading)) == section


def _errors(text: str, folder: Path) -> list[str]:
    file = folder / "account.txt"
    file.write_text(f"某县某局2023年度部门决算\n{text}\n", encoding="utf-8")
    return [finding.rule for finding in audit(file).findings.of("error")]


TOLD = [
    # Below such a heading, closed by a full stop or not.
    (
        "一、2023年度收入支出决算总体情况。\n2023年度总支出80.00万元，其中：基本支出50.00万元，项目支出{}万元。",
        "30.00",
        "40.00",
    ),
    ("一、收支变动情况\n2023年度总收入90.00万元，比2022年度总收入75.00万元增加{}万元。", "15.00", "25.00"),
    # The subject before a colon.
    ("一、部门收支完成情况\n1、收入：90.00万元。同比增加15.00万元，增长{}%。", "20.00", "26.00"),
    ("一、部门收支完成情况\n2、支出：80.00万元。其中：人员经费{}万元，项目支出30.00万元。", "50.00", "60.00"),
    # Below any other heading the arithmetic of a total is its own.
    ("一、基本情况\n2023年度总支出80.00万元，比上年增加5.00万元，增长{}%。", "6.67", "9.67"),
    ("一、基本情况\n2023年度总支出80.00万元，其中：基本支出50.00万元，项目支出{}万元。", "30.00", "40.00"),
]


@pytest.mark.parametrize(("text", "true", "wrong"), TOLD)
def test_what_such_sections_tell_is_checked(text: str, true: str, wrong: str, tmp_path: Path) -> None:
    assert _errors(text.format(true), tmp_path) == []
    assert _errors(text.format(wrong), tmp_path)


def test_a_side_named_behind_the_year_before_is_its_own(tmp_path: Path) -> None:
    text = "2023年收入90.00万元，支出80.00万元，比上年收入增加20.00%，支出比上年增加50.00%。"
    assert _errors(f"一、收支变动情况\n{text}", tmp_path) == []


def test_the_total_of_one_fund_is_not_the_departments(tmp_path: Path) -> None:
    text = (
        "一、收入支出增减情况说明\n2023年度总支出80.00万元，年末结转和结余20.00万元。\n"
        "二、2023年度一般公共预算收入支出决算情况\n2023年度收入总计75.00万元，本年支出70.00万元，年末结转和结余5.00万元。"
    )
    assert _errors(text, tmp_path) == []


def test_a_text_without_accounts_is_still_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError):
        _errors("一、基本情况\n2023年举办活动3次，参加60人。", tmp_path)
