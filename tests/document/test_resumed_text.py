"""Plain text in which a sentence goes on in another paragraph or on the next page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import TESTS
from gouji import audit
from gouji.document.broken import unbroken
from gouji.document.pieces import Line
from gouji.document.resumed import resumed
from gouji.runtime.yaml_data import load_yaml

CASES: list[dict[str, Any]] = load_yaml((TESTS / "cases" / "resumed.yaml").read_text(encoding="utf-8"))
SAMPLE = TESTS.parent / "data/lanshan-employment-2023.txt"


def paragraphs(text: str) -> list[str]:
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return [line.text.strip() for line in resumed(unbroken(lines)) if line.text.strip()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any]) -> None:
    assert paragraphs(case["lines"]) == case["paragraphs"]


@pytest.mark.parametrize(
    ("whole", "broken"),
    [
        ("本年支出合计为385.28万元", "本年支出合计为\n- 7 -\n385.28万元"),
        ("基本支出为270.9万元", "基本支出为27\n0.9万元"),
        ("占 70.31%", "占\n\n7\n\n70.31%"),
    ],
)
def test_what_the_sample_says_is_the_same(whole: str, broken: str, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert whole in text
    path = tmp_path / "broken.txt"
    path.write_text(text.replace(whole, broken, 1), encoding="utf-8")
    told = [sorted((one.rule, one.title) for one in audit(one).findings.findings) for one in (SAMPLE, path)]
    assert told[0] == told[1]
