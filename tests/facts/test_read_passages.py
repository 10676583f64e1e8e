"""What a passage says its figures are of, and what its words are: `cases/narrative/read.yaml`, `tokens.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import TESTS
from gouji.facts.narrative.tokens import tokens
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_text_facts

_FOLDER = TESTS / "cases" / "narrative"
CASES: list[dict[str, Any]] = load_yaml((_FOLDER / "read.yaml").read_text(encoding="utf-8"))
TOKENS: list[dict[str, Any]] = load_yaml((_FOLDER / "tokens.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_figures_are_of_what_the_words_say(case: dict[str, Any]) -> None:
    facts = make_text_facts(case["section"], case["text"])
    read = [
        [fact.figure.text, fact.claim.topic.key, fact.claim.measure.value]
        for fact in facts.statements()
        if fact.claim is not None
    ]
    assert read == case["read"]


@pytest.mark.parametrize("case", TOKENS, ids=lambda case: case["text"])
def test_words_are_what_stands_beside_them_says(case: dict[str, Any]) -> None:
    read = [[token.kind, token.text] for token in tokens(case["text"], case["section"])]
    assert [one for one in case["holds"] if one not in read] == []


def test_kinds_of_all_fiscal_expenditure_are_not_those_of_the_general_budget_alone() -> None:
    said = "2023年度财政拨款支出90.00万元，其中：基本支出50.00万元，项目支出40.00万元。"
    general = {"general_budget[total].project": "30.00", "general_budget[total].basic": "50.00"}
    heading = "四、财政拨款支出决算情况说明"
    alone = make_text_facts(heading, said, table=general)
    beside = make_text_facts(heading, said, table={**general, "government_fund[total].project": "10.00"})
    assert [len(fact.target) > 0 for fact in alone.statements()] == [True, True, True]
    assert [len(fact.target) > 0 for fact in beside.statements()] == [True, False, False]


def test_what_a_subject_consists_of_is_no_reason_any_more() -> None:
    said = "人员经费40.00万元，较上年增加1.00万元，原因是调标，人员经费主要包括：基本工资30.00万元、奖金10.00万元。"
    facts = make_text_facts("六、一般公共预算财政拨款基本支出决算情况说明", said)
    assert [fact.claim.aside for fact in facts.statements() if fact.claim] == [False] * 4
