"""True passages stay without an error, wrong ones with one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from benchmarks.statements import facts_of, findings_of

from gouji.yaml_data import load_yaml

FOLDER = Path(__file__).parent / "cases" / "narrative"


def _cases(name: str) -> list[Any]:
    """The passages of a file; those with a known fault are expected to fail until it is mended."""
    cases = load_yaml((FOLDER / name).read_text(encoding="utf-8"))
    fault = pytest.mark.xfail(strict=True, raises=AssertionError, reason="marked `known` in the file")
    return [pytest.param(case, id=case["id"], marks=[fault] if case.get("known") else []) for case in cases]


def _errors(case: dict[str, Any]) -> list[str]:
    found = findings_of(facts_of({**case, "year": 2022}))
    return [finding.message for finding in found.of("error")]


@pytest.mark.parametrize("case", _cases("true_passages.yaml"))
def test_a_true_passage_has_no_error(case: dict[str, Any]) -> None:
    assert _errors(case) == []


@pytest.mark.parametrize("case", _cases("wrong_passages.yaml"))
def test_a_wrong_passage_has_an_error(case: dict[str, Any]) -> None:
    assert _errors(case)
