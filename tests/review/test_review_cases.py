"""Every review rule against cases as data: `cases/review/FAMILY.yaml` holds those of `rules/review/FAMILY.yaml`.

A case gives a `document` (its whole text), or `table` cells (concept path: text) with or without a passage (`section`
and `text`); what it is compared with as table cells under `prior`, `budget` and `subordinates` (a list), each with its
`department` if that matters; `year`, `unit`, and of the parameters `region`, `headcount` and `thresholds`. `outcome` is
raised, clear, unknown, or none where the rule finds nothing to look at: of the one observation that the rule makes, or,
where it makes several, of one or more of them, and `matters` has the outcome of each by its matter. A question that was
joined to another counts as raised. `says` is part of what is told, or several such parts; a case that is raised has it.
"""

# mypy: disable-error-code="arg-type"

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from conftest import TESTS
from gouji.checks.tie_out import tie_out
from gouji.companions import Companion, Companions
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.parameters import Parameters, Thresholds
from gouji.review.families import review_rule, review_rules
from gouji.review.observation import Observation, Outcome
from gouji.review.run import review
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts, make_text_facts

FOLDER = TESTS / "cases" / "review"
KEYS = {"rule", "case", "document", "table", "section", "text", "year", "unit", "notes"} | {
    *("region", "headcount", "thresholds", "outcome", "matters", "says"),
    *("department", "prior", "budget", "subordinates"),
}

Case = dict[str, Any]


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, case in enumerate(load_yaml(path.read_text(encoding="utf-8")) or [], 1):
            yield pytest.param(case, id=f"{case['rule']}-{number:02}-{case['outcome']}")


def _observed(case: Case) -> list[Observation]:
    year, unit = case.get("year", 2023), case.get("unit", "万元")
    if "document" in case:
        document = Document("case", "", "utf-8", read_blocks(case["document"]))
        facts = recognise(document)
    elif "text" in case:
        section = case.get("section", "第三部分 决算情况说明")
        document = Document("case", "", "utf-8", read_blocks(f"{section}\n{case['text'].rstrip()}"))
        facts = make_text_facts(section, case["text"], case.get("table"), unit=unit, year=year)
    else:
        document = Document("case", "", "utf-8", ())
        facts = make_facts(case["table"], unit, year, case.get("notes"))
    parameters = Parameters(
        region=case.get("region", ""),
        headcount=case.get("headcount"),
        thresholds=Thresholds(questions=case.get("thresholds", {})),
    )
    facts = replace(facts, department=case.get("department", facts.department))
    observed = review(document, tie_out(facts), parameters, _companions(case, unit, year))
    return [one for each in observed for one in (each, *each.further) if one.rule.id == case["rule"]]


def _companions(case: Case, unit: str, year: int) -> Companions:
    """What a case is compared with."""
    single = {
        role: _companion(case[role], unit, year - (role == "prior")) for role in ("prior", "budget") if role in case
    }
    return Companions(**single, subordinates=tuple(_companion(one, unit, year) for one in case.get("subordinates", ())))


def _companion(given: dict[str, str], unit: str, year: int) -> Companion:
    cells = {path: text for path, text in given.items() if path != "department"}
    facts = replace(make_facts(cells, unit, year), department=given.get("department", ""))
    return Companion(Document("companion", "", "utf-8", ()), facts)


@pytest.mark.parametrize("case", tuple(_cases()))
def test_case(case: Case) -> None:
    assert review_rule(case["rule"]).applies(case.get("year"))
    observed = _observed(case)
    if case["outcome"] == "none":
        assert not observed
        return
    wanted = Outcome[case["outcome"].upper()]
    told = [(one.matter, one.title, one.message) for one in observed]
    if "matters" in case:
        ended = {one.matter: one.outcome.name.lower() for one in observed}
        assert (ended, len(observed)) == (case["matters"], len(ended)), told
    else:
        assert [one.outcome for one in observed] == [wanted], told
    said = "\n".join(f"{one.matter}\n{one.title}\n{one.message}" for one in observed if one.outcome is wanted)
    assert [part for part in _says(case) if part not in said] == []


def _says(case: Case) -> list[str]:
    """The parts that are to be told."""
    parts = case.get("says", [])
    return [parts] if isinstance(parts, str) else parts


@pytest.mark.parametrize("case", tuple(_cases()))
def test_case_is_well_formed(case: Case) -> None:
    assert set(case) <= KEYS
    assert _says(case) if case["outcome"] == "raised" else case["outcome"] in ("clear", "unknown", "none")
    matters = case.get("matters", {})
    assert not matters or (len(matters) > 1 and case["outcome"] in matters.values())
    assert case["outcome"] == "raised" or "raised" not in matters.values()


def test_the_chapter_of_terms_is_quoted_where_it_stands_not_where_it_is_listed() -> None:
    text = """云溪县档案馆2023年部门决算
第三部分 2023年度部门决算情况说明…………1
第四部分 名词解释…………3
第三部分 2023年度部门决算情况说明
本年收入合计385.28万元，其中：财政拨款收入162万元；其他收入223.28万元。
第四部分 名词解释
一、财政拨款收入：指从本级财政取得的拨款。"""
    observed = _observed({"rule": "disclosure.terms", "document": text})
    assert [quote.text for one in observed for quote in one.quotes] == ["第四部分 名词解释"]


def test_every_rule_is_shown_raised_and_not_raised() -> None:
    shown: dict[str, set[str]] = {}
    for parameter in _cases():
        case = parameter.values[0]
        shown.setdefault(case["rule"], set()).add(case["outcome"])
    lacking = [rule.id for rule, _ in review_rules() if "raised" not in shown.get(rule.id, set())]
    assert not lacking, f"no case raises {lacking}"
    quiet = [rule.id for rule, _ in review_rules() if not shown.get(rule.id, set()) & {"clear", "none"}]
    assert not quiet, f"no case leaves {quiet} quiet"


def test_every_rule_has_a_basis_with_article_and_dates_or_says_practice() -> None:
    for rule, _ in review_rules():
        assert rule.basis, rule.id
        for basis in rule.basis:
            assert basis.checked
            assert basis.id in ("practice", "form-notes") or (basis.article and basis.in_force), (rule.id, basis.id)


def test_matters_are_unlike(sample: Any) -> None:
    told = [(one.rule.id, one.matter) for one in sample.review]
    assert len(set(told)) == len(told)
