"""Sentences to facts, on cases in the wordings of many provinces."""

import re
from decimal import Decimal
from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.narrative.grammar import Paragraph, read_claims
from gouji.facts.narrative.topics import Accounts
from gouji.facts.recognise import recognise
from gouji.findings.explain import explain
from gouji.labels import normalise
from gouji.layouts.phrases import load_phrases
from gouji.runtime.yaml_data import load_yaml

CASES = load_yaml((TESTS / "cases" / "narrative" / "headline.yaml").read_text(encoding="utf-8"))


def stated(case: dict[str, Any]) -> list[tuple[str, Decimal, str]]:
    """What is read from a case: (concept, value, unit), the account year being the latest the text names."""
    phrases = load_phrases()
    section = phrases.section_of(normalise(re.sub(r"^[一二三四五六七八九十]+、", "", case["section"])))
    if section not in phrases.subjects:
        return []
    years = [int(year) for year in re.findall(r"(20\d\d)年", case["text"])]
    read = read_claims(Paragraph(case["text"], section), max(years, default=None), Accounts.of([])).stated
    return sorted(
        (concept, one.figure.value or Decimal(0), one.figure.unit)
        for one in read
        if one.claim.reading
        and any(char.isdigit() for char in one.figure.text)
        and _is_headline(concept := _budget(one.claim.reading.split("|")[0].strip()))
    )


def _is_headline(concept: str) -> bool:
    """The cases list what is said of headlines, not of single accounts or of what no table prints."""
    return not re.search(r"\[\d+\]", concept) and not concept.startswith("narrative.")


def _budget(concept: str) -> str:
    """A concept of the 年初预算 as one of the budget: the cases do not tell them apart."""
    return re.sub(r"\binitial\b", "budget", concept)


def said(case: dict[str, Any], unread: bool) -> list[tuple[str, Decimal, str]]:
    """What a case states, without what it marks as left unread (or only that)."""
    facts = [fact for fact in case["facts"] if bool(fact.get("unread")) == unread]
    return sorted((fact["concept"], Decimal(fact["value"].replace(",", "")), fact["unit"]) for fact in facts)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_exactly_the_stated_amounts_are_read(case: dict[str, Any]) -> None:
    assert stated(case) == said(case, unread=False)


def test_cases_cover_many_provinces_and_few_are_left_unread() -> None:
    assert len({case["province"] for case in CASES}) >= 15
    left = sum(len(said(case, unread=True)) for case in CASES)
    assert left * 50 <= sum(len(case["facts"]) for case in CASES)


def test_a_word_of_no_change_is_suspected_where_its_part_fell() -> None:
    """总计持平 beside 一般公共预算支出减少63.14万元: the word cannot be right, the amounts may be."""
    text = """2024年度部门决算
四、财政拨款收入支出决算总体情况说明
2024年度财政拨款收、支总计2,961.68万元，与2023年度相比，财政拨款收、支总计持平。
五、一般公共预算财政拨款支出决算情况说明
一般公共预算财政拨款支出2,940.05万元，与2023年度相比减少63.14万元，下降2.10%。"""
    facts = recognise(Document("account", "", "utf-8", read_blocks(text)))
    found = [one for one in explain(tie_out(facts)).of("error") if one.rule == "narrative.prior_limit"]
    assert len(found) == 1
    assert "持平" in {fact.figure.text for fact in found[0].suspects}


def test_two_annexed_reports_are_of_different_projects() -> None:
    """A total of the one is no whole of the other's parts, and what both call the same is not the same."""
    text = """2023年度部门决算
附件1
第一个项目支出绩效自评报告
项目综合得分93.7分。硬化田间道路32.8公里。
附件2
第二个项目支出绩效自评报告
得分情况如下：决策指标得19分，过程指标得18.6分，产出指标得28.9分，效益指标得29分。
硬化田间道路38.2公里。"""
    facts = recognise(Document("account", "", "utf-8", read_blocks(text)))
    assert explain(tie_out(facts)).findings == ()
