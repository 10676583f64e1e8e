"""An account beside last year's, its budget and its units: every planted break is asked about, none is invented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from gouji import Audit, Parameters, UnusableInputError, audit
from gouji.audit_cache import _key
from gouji.batch.current import made_of
from gouji.batch.job import Settings
from gouji.fictitious.compared.sets import Documents, document_sets
from gouji.memo.manifest import manifest, parameters_hash
from gouji.review.observation import Observation, Outcome

#: Departments with breaks, in groups that workers share, and departments without.
GROUPS, SIZE, CLEAN = 10, 10, 20
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
    for number, one in enumerate(chosen(group * SIZE, SIZE, with_breaks=True)):
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
