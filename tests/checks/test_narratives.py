"""Whole narratives and annexed reports: true ones have no error, altered figures are found."""

from __future__ import annotations

import pytest
from benchmarks.narratives import REPORTS, Narrative, findings_of, measure, narratives

TEXTS = list(narratives())
REPORT_TEXTS = list(narratives(REPORTS))
#: Of what is altered into a contradiction, how much must be found at the altered figure (percent).
_KEPT = {"narratives": 94, "reports": 60}


@pytest.mark.parametrize("narrative", TEXTS, ids=[one.name for one in TEXTS])
def test_a_true_narrative_has_no_error(narrative: Narrative) -> None:
    findings, stated = findings_of(narrative.text, narrative.year)
    assert stated > 100, "its figures are read"
    assert [one.message for one in findings.of("error")] == []
    assert _alterable(narrative)


@pytest.mark.parametrize("narrative", REPORT_TEXTS, ids=[one.name for one in REPORT_TEXTS])
def test_a_true_report_has_no_error(narrative: Narrative) -> None:
    findings, stated = findings_of(narrative.text, narrative.year)
    assert stated > 50, "its figures are read"
    assert [one.message for one in findings.of("error")] == []
    assert _alterable(narrative)


def _alterable(narrative: Narrative) -> bool:
    return all(narrative.text.count(one["old"]) == 1 and one["old"] != one["new"] for one in narrative.alterations)


@pytest.mark.parametrize(("kind", "texts"), [("narratives", TEXTS), ("reports", REPORT_TEXTS)])
def test_what_is_altered_is_found_and_nothing_else(kind: str, texts: list[Narrative]) -> None:
    tally = measure(texts)
    planted = tally.found + tally.elsewhere + len(tally.missed)
    assert planted > 150
    assert tally.disturbed == []
    assert 100 * tally.found >= _KEPT[kind] * planted, tally.missed
