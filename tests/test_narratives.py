"""Whole narratives of twenty-one provinces' templates: true ones have no error, altered figures are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from benchmarks.narratives import findings_of, measure, narratives

NARRATIVES = list(narratives())
#: Of what is altered into a contradiction, how much must be found at the altered figure (percent).
_KEPT = 94


@pytest.mark.parametrize(("name", "text", "alterations"), NARRATIVES, ids=[name for name, _, _ in NARRATIVES])
def test_a_true_narrative_has_no_error(name: str, text: str, alterations: list[Mapping[str, Any]]) -> None:
    findings, stated = findings_of(text)
    assert stated > 100, "its figures are read"
    assert [one.message for one in findings.of("error")] == []
    assert all(text.count(one["old"]) == 1 and one["old"] != one["new"] for one in alterations)


def test_what_is_altered_is_found_and_nothing_else() -> None:
    tally = measure()
    planted = tally.found + tally.elsewhere + len(tally.missed)
    assert planted > 150
    assert tally.disturbed == []
    assert 100 * tally.found >= _KEPT * planted, tally.missed
