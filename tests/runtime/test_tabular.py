"""A result in a notebook's cell is its table, not megabytes of fields."""

from __future__ import annotations

from gouji import Audit


def test_results_show_their_first_rows(sample: Audit) -> None:
    for result in (sample, sample.document, sample.facts, sample.checks, sample.review, sample.findings):
        assert len(repr(result)) < 100
        assert f"{len(result.to_frame())} rows" in repr(result)
        shown = result._repr_html_()
        assert "<table" in shown
        assert shown.count("<tr") <= 44
    assert "公开03表" in sample._repr_html_()
