"""One slip that puts several figures wrong is one finding: passages and tables of another year, units, rows, names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import TESTS
from gouji import Audit
from gouji.findings.finding import one_a_print
from gouji.memo.html import render_memo
from gouji.runtime.yaml_data import load_yaml

CASES = load_yaml((TESTS / "cases" / "slips_of_many.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_one_slip_is_one_finding(case: dict[str, Any], audit_text: Callable[[str], Audit]) -> None:
    found = audit_text(f"某局2023年度部门决算\n{case['text']}")
    errors = found.findings.of("error")
    assert len(errors) == len(case["errors"]), [one.title for one in errors]
    for begins, error in zip(case["errors"], errors, strict=True):
        assert begins in error.title
        assert error.title in render_memo(found)
        assert case.get("not_suspected", "nowhere") not in error.suspects[0].where if error.suspects else True
    first = errors[0]
    assert first.located is case.get("located", True)
    if "suspects" in case:
        assert len(one_a_print(first.suspects)) == case["suspects"]
    if "repairs" in case:
        assert [f"{one.value}" for one in first.repairs] == case["repairs"]


def test_every_conflict_is_in_a_finding(audit_text: Callable[[str], Audit]) -> None:
    for case in CASES:
        found = audit_text(f"某局2023年度部门决算\n{case['text']}")
        told = {check.id for one in found.findings.findings for check in one.checks}
        assert {check.id for check in found.checks.conflicts() if check.rule.severity == "error"} <= told
