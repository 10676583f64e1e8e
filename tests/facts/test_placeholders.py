"""Places a form leaves to be filled in: a form nobody filled in is one finding, a place forgotten another."""

from __future__ import annotations

import pytest

from conftest import SAMPLE
from gouji import explain
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.placeholders import placeholders_of
from gouji.facts.recognise import recognise
from gouji.findings.finding import Findings

SECTION = "第三部分 2023年度部门决算情况说明\n一、收入支出决算总体情况说明\n"


def document(text: str) -> Document:
    return Document("account", "", "utf-8", read_blocks(text))


def findings(text: str) -> Findings:
    return explain(tie_out(recognise(document(text))))


@pytest.mark.parametrize(
    "text",
    [
        "收入总计XXX万元",
        "占××%",
        "公务用车保有量为XX辆",
        "收入总计＿＿＿万元",
        "收入总计增加（减少）12.30万元",
        "支出下降/增长3.2%",
        "比上年增加 万元，增长 %",
        "比上年增加（减少）0.30万元",
        "决算数大于（小于）预算数的主要原因是工作量变化",
        "截至20XX年12月31日",
        "支出减少3.20万元，主要原因是XXX。",
        "支出减少3.20万元，主要原因：××。",
        "收入增加，原因是XX项目增加",
        "收入增加，主要原因是……。",
        "收入增加，主要原因为（说明具体原因）。",
    ],
)
def test_what_is_left_open_is_found(text: str) -> None:
    assert placeholders_of(document(SECTION + text))


@pytest.mark.parametrize(
    "text",
    [
        "收入总计12.30万元，增加1.20万元，增长10.81%",
        "3×2万元的设备两台",
        "购置X光机1台",
        "A_B系统维护费2万元",
        "比上年增加（含追加）1.20万元",
        "XX项目已经验收",
        "主要原因是X光机购置推迟……",
        "主要原因是（一）人员减少；（二）厉行节约",
        "收入增加，主要原因是人员增加（具体原因说明见附件）",
        "比上年增加（减少）0.00万元，增长（下降）0%",
    ],
)
def test_what_is_filled_in_is_not(text: str) -> None:
    assert placeholders_of(document(SECTION + text)) == ()


def test_a_form_nobody_filled_in_is_one_finding() -> None:
    sentence = "收入总计XXX万元，支出总计XXX万元，比上年增加（减少）XX万元，增长（下降）XX%。\n"
    (finding,) = findings(SECTION + 4 * sentence).findings
    assert (finding.rule, finding.severity) == ("form.unfilled", "error")
    assert "待填内容" in finding.message


def test_a_place_forgotten_is_a_finding_of_its_section() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    changed = text.replace("本年收入合计为385.28万元", "本年收入合计为385.28万元，比上年增加XX万元", 1)
    assert changed != text
    before, after = findings(text), findings(changed)
    new = [one for one in after.findings if one.id not in {old.id for old in before.findings}]
    assert [one.rule for one in new] == ["form.placeholder"]
    assert "增加XX" in new[0].message
