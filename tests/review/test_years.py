"""An account beside last year's, its budget and its units: every planted break is asked about, none is invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from gouji import Audit, Parameters, UnusableInputError, audit, notebook, recognise
from gouji.batch.current import made_of
from gouji.batch.job import Settings
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.fact import Status
from gouji.fictitious.compared.breaks import KINDS
from gouji.fictitious.compared.sets import Documents, document_sets
from gouji.memo.manifest import manifest, parameters_hash
from gouji.review.observation import Observation, Outcome
from gouji.runs.audit_cache import _key
from gouji.trends import given, series

#: Departments with breaks, in groups that workers share, and departments without.
GROUPS, SIZE, CLEAN = 2, 10, 12
SEED = 3


def chosen(start: int, number: int, with_breaks: bool) -> list[Documents]:
    """Some of the sets, in order."""
    return list(islice(document_sets(SEED, with_breaks), start, start + number))


def asked(one: Documents, folder: Path) -> tuple[Audit, list[Observation]]:
    """The audit of a set, and what the family asked."""
    found = audit(parameters=Parameters.load(one.write(folder)))
    return found, [each for each in found.review.raised() if each.rule.subject == "years"]


@pytest.mark.parametrize("group", range(GROUPS))
def test_each_planted_break_is_asked_about_and_none_is_invented(group: int, tmp_path: Path) -> None:
    sets = chosen(group * SIZE, SIZE, with_breaks=True)
    assert all(one.breaks for one in sets)
    assert {planted.kind for one in sets for planted in one.breaks} == {*KINDS}
    for number, one in enumerate(sets):
        _, observed = asked(one, tmp_path / str(number))
        for planted in one.breaks:
            told = [each for each in observed if each.rule.id == planted.rule]
            assert any(planted.names in each.title + each.message for each in told), (one.key, planted)
        assert {each.rule.id for each in observed} <= {planted.rule for planted in one.breaks}, one.key


def test_documents_that_agree_are_asked_nothing(tmp_path: Path) -> None:
    for number, one in enumerate(chosen(0, CLEAN, with_breaks=False)):
        found, observed = asked(one, tmp_path / str(number))
        assert [each.title for each in observed] == [], one.key
        assert not found.findings.of("error")
        compared = found.review.of(["years"]).count()
        assert compared[Outcome.CLEAR] > 30 * compared[Outcome.UNKNOWN]


def test_sets_are_the_same_for_one_seed_and_say_that_they_are_fictitious() -> None:
    first, again = chosen(0, 2, with_breaks=True), chosen(0, 2, with_breaks=True)
    assert first == again
    assert all("虚构" in text for one in first for text in (one.source, one.prior, one.budget, *one.subordinates))


def test_every_amount_of_a_budget_is_read_and_none_of_the_year_before() -> None:
    for one in chosen(0, CLEAN, with_breaks=False):
        facts = recognise(Document("budget", "", "utf-8", read_blocks(one.budget)), None, "budget")
        known = {key for key, table in facts.tables.items() if table.status is Status.FOUND}
        assert known >= {"summary", "general_budget", "basic_expenditure"}, one.key
        assert facts.tables["three_public"].status is not Status.MISSING
        assert not [
            fact.where for fact in facts if fact.concept.column.startswith("?") or fact.concept.row.startswith("?")
        ]
        total, grand = facts.get("general_budget", "total", "total"), facts.get("summary", "general_budget", "income")
        assert total
        assert grand
        assert total.amount == grand.amount


def test_years_are_beside_each_other_and_breaks_are_marked(tmp_path: Path) -> None:
    one = next(each for each in document_sets(SEED, with_breaks=True) if each.breaks[1].kind == "opening")
    found = audit(parameters=Parameters.load(one.write(tmp_path)))
    year = found.facts.year
    assert year
    assert list(given(found)) == [year - 1, year]
    shown = {each.title: each.points for each in series(found)}
    assert list(shown["本年收入合计"]) == [year - 2, year - 1, year]
    assert shown["收、支总计"][year - 2].implied
    assert shown["年末结转和结余"][year - 1].broken
    assert not shown["本年收入合计"][year - 1].broken
    assert "【断点】" in notebook.trends(found).text
    assert "以前年度" not in notebook.compared_with(found).text


def test_without_earlier_years_the_notebook_says_so(sample: Audit) -> None:
    assert "没有给出以前年度的决算" in notebook.compared_with(sample).text
    shown = {each.title: each.points for each in series(sample)}
    assert shown["收、支总计"][2022].value == Decimal("412.58")
    assert shown["收、支总计"][2022].implied
    assert shown["基本支出"][2022].value is None


@pytest.fixture
def params(tmp_path: Path) -> Path:
    """The parameter file of a set."""
    return chosen(0, 1, with_breaks=False)[0].write(tmp_path / "set")


def test_what_it_is_compared_with_is_in_the_source_by_hash(params: Path, tmp_path: Path) -> None:
    found = audit(parameters=Parameters.load(params))
    compared = found.to_json()["source"]["compared_with"]
    assert list(compared) == ["prior", "budget", "subordinates"]
    assert len(compared["subordinates"]) == 3
    (tmp_path / "out").mkdir()
    assert manifest(found, tmp_path / "out")["source"]["compared_with"] == compared


def test_a_run_is_not_current_once_one_of_them_has_changed(params: Path) -> None:
    parameters = Parameters.load(params)
    settings = Settings(params.parent, params.parent / "ledger", None)
    made, key = (
        made_of(parameters.source_paths(), parameters, settings),
        _key(parameters.source_paths(), parameters, None),
    )
    for name in ("prior.txt", "budget.txt", "unit-2.txt"):
        with (params.parent / name).open("a", encoding="utf-8") as file:
            file.write("\n又一行\n")
        now = made_of(parameters.source_paths(), parameters, settings)
        assert now != made
        assert _key(parameters.source_paths(), parameters, None) != key
        made, key = now, _key(parameters.source_paths(), parameters, None)


def test_where_they_lie_is_not_hashed_with_the_parameters(params: Path) -> None:
    parameters = Parameters.load(params)
    assert parameters_hash(parameters) == parameters_hash(parameters.model_copy(update={"prior": ("elsewhere.txt",)}))


def refused(params: Path, lines: Sequence[str]) -> str:
    """The line that a parameter file with such lines is refused with."""
    params.write_text("\n".join(["source: source.txt", *lines]) + "\n", encoding="utf-8")
    with pytest.raises(UnusableInputError) as error:
        audit(parameters=Parameters.load(params))
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["prior: missing.txt"], "参数 prior：.*missing.txt：文件不存在"),
        (["prior: 3"], "参数 prior 的值 3 不合要求（应为文件路径或其列表）"),
        (["prior: source.txt"], "参数 prior（.*source.txt）：文件为20..年度，上年决算应为20..年度"),
        (["budget: unit-1.txt"], "参数 budget（.*unit-1.txt）：没有找到本年预算的表格"),
        (["subordinates: [prior.txt]"], "参数 subordinates（.*prior.txt）：文件为20..年度，所属单位决算应为20..年度"),
        (["earlier_years: [prior.txt]"], "参数 earlier_years（.*prior.txt）：文件为20..年度，应早于20..年度"),
        (["piror: prior.txt"], "未知参数 piror，是否为 prior？"),
    ],
)
def test_a_bad_one_is_told_in_one_line(params: Path, lines: list[str], says: str) -> None:
    assert re.search(says.replace("（", "\\（").replace("）", "\\）"), refused(params, lines))
