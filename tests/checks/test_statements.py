"""The benchmark of statements: its data are sound, and the grammar reads them no worse than it did."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from benchmarks.passages import REPORTS, facts_of, findings_of, is_held_out, passages
from benchmarks.quoted import QUALITY, block
from benchmarks.scoring import Outcome, Score, expected_facts, score_errors, spans_of
from benchmarks.statements import Reading, measure, print_all, read_all

CASES = passages()
REPORT_CASES = passages(REPORTS)
_KEYS = {"id", "year", "unit", "section", "text", "facts", "errors", "questions", "table", "note_of", "province"}
#: What must be kept, in percent: facts and errors, recall and precision. Raise it when the grammar gets better.
_KEPT = {"built on": (97, 97, 98, 98), "held out": (92, 92, 86, 95)}
_KEPT_REPORTS = {"built on": (70, 70, 84, 98), "held out": (70, 70, 58, 94)}


def test_many_statements_of_many_provinces() -> None:
    assert len(CASES) >= 200
    assert len({case["province"] for case in CASES}) >= 10
    assert len({case["id"] for case in CASES}) == len(CASES)
    held = sum(is_held_out(case) for case in CASES)
    assert 0.27 < held / len(CASES) < 0.40


@pytest.mark.parametrize("case", [*CASES, *REPORT_CASES], ids=[case["id"] for case in (*CASES, *REPORT_CASES)])
def test_a_passage_is_well_formed(case: Mapping[str, Any]) -> None:
    assert set(case) <= _KEYS
    assert all(expected.kind for expected in expected_facts(case))
    for entry in [*(case.get("errors") or ()), *(case.get("questions") or ())]:
        for text in [entry["at"]] if isinstance(entry["at"], str) else entry["at"]:
            assert list(spans_of(text, case)), f"{text} is not in the passage"


@cache
def _read(reports: bool) -> list[Reading]:
    return read_all(REPORT_CASES if reports else CASES)


@pytest.mark.parametrize("name", _KEPT)
@pytest.mark.parametrize(("reports", "kept"), [(False, _KEPT), (True, _KEPT_REPORTS)], ids=["all", "reports"])
def test_no_worse_than_it_was(name: str, reports: bool, kept: Mapping[str, tuple[int, ...]]) -> None:
    chosen = [one for one in _read(reports) if is_held_out(one.case) == (name == "held out")]
    facts, errors, _, _ = measure(chosen)
    reached = (facts.recall(), facts.precision(), errors.recall(), errors.precision())
    assert all(value >= Decimal(least) for value, least in zip(reached, kept[name], strict=True)), reached


def test_a_planted_error_is_counted_as_missed_where_it_is_not_found() -> None:
    case = next(case for case in CASES if case.get("errors") and not is_held_out(case))
    clean = {**case, "errors": []}
    scores = (Score(), Score())
    facts = facts_of(case)
    found = findings_of(facts)
    score_errors(clean, facts, found, scores, Outcome(clean))
    assert scores[0].wrong.total() == len(found.of("error"))


def test_the_page_on_quality_quotes_what_the_benchmark_prints(capsys: pytest.CaptureFixture[str]) -> None:
    print_all(_read(False), _read(True), some=False)
    page = QUALITY.read_text(encoding="utf-8")
    assert block(page, "statements") == capsys.readouterr().out, "python -m benchmarks.quoted --only statements"
