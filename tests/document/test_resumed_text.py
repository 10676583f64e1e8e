"""Plain text in which a sentence goes on in another paragraph or on the next page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typst

from conftest import TESTS
from gouji import audit
from gouji.document.broken import unbroken
from gouji.document.pieces import Line
from gouji.document.reader import read
from gouji.document.resumed import resumed
from gouji.fictitious.formats.as_pdf import _fonts
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


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("2023年度本年支出合计", "270.91万元，其中：基本支出200.00万元。", True),
        ("收入合计300.00万元，较", "上年增加20.00万元，增长7.14%。", True),
        ("本年支出合计270.91万元。", "270.91万元中，基本支出200.00万元。", False),
        ("（一）本年支出合计", "270.91万元为本年支出，其中：基本支出200.00万元。", False),
        ("本年支出合计", "二、基本支出200.00万元，项目支出70.91万元。", False),
    ],
)
def test_sentence_goes_on_on_the_next_page_of_a_pdf(first: str, second: str, whole: bool, tmp_path: Path) -> None:
    page = (
        '#set page(paper: "a4", margin: 2.6cm, numbering: "- 1 -")\n#set text(font: "Noto Sans CJK SC", size: 11pt)\n'
    )
    full = "本部门按照规定编制年度部门决算，反映全年收入支出和结转结余的情况，" * 6 + "并依法公开。"
    text = "#h(2em)" + full + "\n\n#h(2em)" + first + "\n#pagebreak()\n" + second + "\n\n#h(2em)" + full
    path = tmp_path / "broken.pdf"
    path.write_bytes(typst.compile((page + text).encode(), font_paths=_fonts()))
    texts = [block.text for block in read(path).blocks]
    assert (first + second in texts) is whole, texts
