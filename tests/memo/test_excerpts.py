"""What a memo quotes around a finding: of a table the accounts concerned, of a sentence one print with all marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SAMPLE
from gouji import Audit, audit
from gouji.findings.finding import Finding
from gouji.memo.excerpt import ExcerptCell, opposed_sentences, suspect_sentences, table_excerpts


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """The sample with an account of 公开06表, and a sum in words, changed."""
    path: Path = tmp_path_factory.mktemp("excerpts") / "account.txt"
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace("\t13.51", "\t13.61", 1), encoding="utf-8")
    return audit(path)


def test_an_excerpt_leaves_out_the_accounts_beside_those_concerned(changed: Audit) -> None:
    finding = _titled(changed, "工资福利支出")
    (printed,) = table_excerpts(finding, changed)
    texts = {cell.text for row in printed.rows for cell in row}
    assert {"工资福利支出", "119.01", "13.61"} <= texts
    assert not texts & {"办公费", "302", "水费"}


def test_an_excerpt_of_one_side_of_the_summary_has_no_other(sample: Audit) -> None:
    for finding in sample.findings.findings:
        for printed in table_excerpts(finding, sample):
            widths = {sum(cell.colspan for cell in row) for row in printed.rows if row}
            assert len(widths) <= 2, printed.caption


@pytest.mark.parametrize(
    ("text", "beside_figures", "label"),
    [("30299", True, True), ("公用经费", True, True), ("1,844.57", False, False), ("-5.00", False, False)],
)
def test_codes_stand_left_like_names_and_figures_right(text: str, beside_figures: bool, label: bool) -> None:
    assert ExcerptCell(text, 1, "", header=False, beside_figures=beside_figures).label is label


def test_an_empty_cell_of_figures_stands_right() -> None:
    assert not ExcerptCell("", 1, "asked", header=False).label


def test_a_sentence_is_quoted_once_with_all_its_figures_marked(sample: Audit) -> None:
    for finding in sample.findings.findings:
        quoted = suspect_sentences(finding, sample)
        assert len({one.whole for one in quoted}) == len(quoted)
        for one in quoted:
            assert "".join(text for text, _ in one.pieces) == one.text
            assert next(text for text, marked in one.pieces if marked) == one.figure
    several = [one for finding in sample.findings.findings for one in suspect_sentences(finding, sample) if one.marks]
    assert several


def test_only_sentences_of_the_checks_are_set_against_a_figure(sample: Audit) -> None:
    for finding in sample.findings.findings:
        used = {number for check in (*finding.checks, *finding.support) for number in check.fact_ids}
        texts = {sample.facts.facts[number].figure.text for number in used}
        assert all(one.figure in texts for one in opposed_sentences(finding, sample))


def _titled(audited: Audit, words: str) -> Finding:
    return next(one for one in audited.findings.findings if words in one.title and one.checks)
