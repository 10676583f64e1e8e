"""The page on verdicts names every one there is, in both languages, with what it says and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.checks.check import VERDICT_NAMES
from gouji.dispositions.disposition import DECISION_NAMES
from gouji.findings.finding import SEVERITY_NAMES
from gouji.memo.tallies import STATUS_NAMES
from gouji.review.observation import Outcome

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = ("verdicts.md", "zh-CN/verdicts.md")
WORDS = [
    *(name for name in VERDICT_NAMES.values()),
    *(verdict.value for verdict in VERDICT_NAMES),
    *(f"`{severity}`" for severity in SEVERITY_NAMES),
    *SEVERITY_NAMES.values(),
    *STATUS_NAMES.values(),
    *(f"`{status.value}`" for status in STATUS_NAMES),
    *(f"`{decision.value}`" for decision in DECISION_NAMES),
    *DECISION_NAMES.values(),
    *(outcome.value for outcome in Outcome),
]


def rows(page: str) -> list[list[str]]:
    """The cells of the page's table rows, headings and rules left out."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    split = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    ruled = [number for number, cells in enumerate(split) if set("".join(cells)) == {"-"}]
    return [cells for number, cells in enumerate(split) if number not in ruled and number + 1 not in ruled]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("word", WORDS)
def test_every_verdict_is_explained(page: str, word: str) -> None:
    named = [cells for cells in rows(page) if word.partition("（")[0] in cells[0]]
    assert named, f"{page} does not explain {word}"
    assert all(len(cells) == 3 and all(cells) for cells in named)


def test_both_languages_explain_the_same() -> None:
    assert len(rows(PAGES[0])) == len(rows(PAGES[1])) > 20
