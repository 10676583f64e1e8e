"""Documents with tables: what their sections and reports tell is found where it is wrong, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import TESTS
from gouji import audit
from gouji.runtime.yaml_data import load_yaml

GIVEN = load_yaml((TESTS / "cases" / "told_documents.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(one, id=one["id"]) for one in GIVEN["cases"]])
def test_a_document_has_just_these_findings(case: dict[str, Any], tmp_path: Path) -> None:
    source = tmp_path / "account.txt"
    source.write_text(f"{GIVEN['tables']}{case['opens']}{case['text']}\n", encoding="utf-8")
    findings = audit(source).findings.findings
    found = [one for one in findings if one.rule in GIVEN["rules"] or one.severity == "error"]
    assert sorted(f"{one.severity} {one.rule}" for one in found) == sorted(case["finds"])
    if "expected" in case:
        assert [str(one.expected) for one in found if one.severity == "error"] == [case["expected"]]
