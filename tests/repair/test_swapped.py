"""Figures printed in each other's places: one finding that names both, beside an empty 合计 row too."""

from __future__ import annotations

from functools import cache

import pytest

from conftest import ROOT
from gouji.findings.displacement import SLIP as OTHER_ROW
from gouji.findings.explain import explain
from gouji.findings.finding import Finding, Findings
from gouji.findings.swapped import OTHER_COLUMN, SLIP
from gouji.repair.swapped import swapped_figures
from support.texts import checks_of

#: Its 合计 row of 公开03表 is empty, and three figures are wrong.
SAMPLE = (ROOT / "data" / "lanshan-employment-2023.txt").read_text(encoding="utf-8")
SAID = "基本支出为270.9万元，占 70.31%；项目支出为114.38万元，占29.69%"
ITEM = "\t2080106\n\t就业管理事务\n\t385.28\n\t270.91\n\t114.38\n\t　\n"


def printed(old: str, new: str) -> Findings:
    assert SAMPLE.count(old) == 1
    return explain(checks_of(SAMPLE.replace(old, new)))


@cache
def before() -> Findings:
    return explain(checks_of(SAMPLE))


def further(found: Findings) -> tuple[Finding, ...]:
    """The errors that were not there before."""
    known = {one.id for one in before().of("error")}
    return tuple(one for one in found.of("error") if one.id not in known)


def empty_totals(found: Findings) -> list[str]:
    return [one.message for one in found.findings if one.rule == "form.blank_total"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        pytest.param(
            "基本支出为270.9万元，占 29.69%；项目支出为114.38万元，占70.31%",
            "“基本支出”与“项目支出”的占比两数对调：前者印作29.69%，后者印作70.31%",
            id="shares",
        ),
        pytest.param(
            "基本支出为114.38万元，占 70.31%；项目支出为270.9万元，占29.69%",
            "“基本支出”与“项目支出”的决算两数对调：前者印作114.38万元，后者印作270.9万元",
            id="amounts",
        ),
        pytest.param(
            "基本支出为114.38万元，占 29.69%；项目支出为270.9万元，占70.31%",
            "“基本支出”与“项目支出”的决算、占比两数对调：前者印作114.38万元、29.69%，后者印作270.9万元、70.31%",
            id="amounts with their shares",
        ),
    ],
)
def test_two_items_of_a_sentence(said: str, title: str) -> None:
    found = printed(SAID, said)
    (told,) = further(found)
    assert told.title == f"第三部分 三{title}"
    assert told.slip == SLIP
    assert {one.fact.figure.text for one in told.repairs} == {one.figure.text for one in told.suspects}
    assert len(found.of("error")) == len(before().of("error")) + 1
    assert empty_totals(found) == empty_totals(before())


def test_two_wrong_shares_beside_an_empty_total_are_two_errors() -> None:
    found = printed(SAID, SAID.replace("70.31", "73.01").replace("29.69", "26.99"))
    assert [one.suspects[0].figure.text for one in further(found)] == ["73.01%", "26.99%"]
    assert empty_totals(found) == empty_totals(before())
    assert not any("（空）" in one.message for one in found.of("error"))


def test_what_a_sentence_says_does_not_fill_in_the_total() -> None:
    """The sum of the table's own rows does, be two sentences against it."""
    found = printed(SAID, SAID.replace("270.9万", "207.9万").replace("114.38", "141.38"))
    assert empty_totals(found) == empty_totals(before())


@pytest.mark.parametrize(
    ("row", "slip", "title"),
    [
        (
            ("114.38", "270.90", "　"),
            SLIP,
            "行的“基本支出”与“项目支出”两数对调：前者印作114.38万元，后者印作270.90万元",
        ),
        (("270.90", "　", "114.38"), OTHER_COLUMN, "行的114.38万元错列在“上缴上级支出”栏，应在“项目支出”栏"),
    ],
)
def test_two_cells_of_a_row(row: tuple[str, ...], slip: str, title: str) -> None:
    found = printed(ITEM, ITEM.replace("\t270.91\n\t114.38\n\t　\n", "".join(f"\t{text}\n" for text in row)))
    (told,) = [one for one in further(found) if one.slip]
    assert told.slip == slip
    assert told.title == f"公开03表“2080106 就业管理事务”{title}"


def test_one_wrong_figure_is_no_exchange() -> None:
    checks = checks_of(SAMPLE.replace(SAID, SAID.replace("270.9万", "114.38万")))
    assert list(swapped_figures(checks)) == []


def test_the_slip_of_a_row_has_a_name_of_its_own() -> None:
    assert len({SLIP, OTHER_COLUMN, OTHER_ROW}) == 3
