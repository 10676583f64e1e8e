"""True passages stay without an error, wrong ones with one."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.passages import facts_of, findings_of

from conftest import TESTS
from gouji.runtime.yaml_data import load_yaml

FOLDER = TESTS / "cases" / "narrative"


def _cases(name: str) -> list[Any]:
    """The passages of a file; those with a known fault are expected to fail until it is mended."""
    cases = load_yaml((FOLDER / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"], marks=_marks(case)) for case in cases]


def _marks(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    if "known" not in case:
        return []
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case["known"])]


def _errors(case: dict[str, Any]) -> list[str]:
    found = findings_of(facts_of({**case, "year": 2022}))
    return [finding.message for finding in found.of("error")]


@pytest.mark.parametrize("case", _cases("true_passages.yaml"))
def test_a_true_passage_has_no_error(case: dict[str, Any]) -> None:
    assert _errors(case) == []


@pytest.mark.parametrize("case", _cases("wrong_passages.yaml"))
def test_a_wrong_passage_has_an_error(case: dict[str, Any]) -> None:
    assert _errors(case)


def test_a_foreign_currency_is_no_money_of_the_accounts() -> None:
    """6000万美元 is neither added to nor compared with 万元."""
    text = "项目总投资900万元，其中：设备进口6000万美元，安装调试300万元。"
    case = {"id": "currency", "year": 2022, "section": "附件：2022年度项目支出绩效自评报告", "text": text}
    dimensions = {fact.figure.dimension for fact in facts_of(case).statements()}
    assert dimensions == {"money", "美元"}
    assert _errors(case) == []
