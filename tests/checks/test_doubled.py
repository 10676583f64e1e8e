"""A row printed twice in a table: told once, and the sums are checked with the print that they hold with."""

from __future__ import annotations

import pytest

from conftest import ROOT
from gouji.checks.doubled import settle_doubled_rows
from gouji.checks.tie_out import tie_out
from gouji.facts.recognise import recognise
from gouji.fictitious.departments import TEMPLATES, make_department, to_text
from gouji.findings.explain import explain
from gouji.findings.finding import Finding, Findings
from gouji.intervals import Verdict
from support.texts import document_of

SAMPLE = (ROOT / "data" / "lanshan-employment-2023.txt").read_text(encoding="utf-8")
#: In the table of 公开05表.
ROW = "\t2080106\n\t就业管理事务\n\t162\n\t162\n\t　\n"


def found(text: str) -> Findings:
    return explain(tie_out(settle_doubled_rows(recognise(document_of(text)))))


def printed(first: str, second: str) -> Findings:
    assert SAMPLE.count(ROW) == 1
    rows = (ROW.replace("162", amount) for amount in (first, second))
    return found(SAMPLE.replace(ROW, "\n".join(rows)))


def told(findings: Findings) -> list[Finding]:
    return [one for one in findings.findings if one.rule.startswith("form.doubled")]


@pytest.mark.parametrize("order", [("162", "150"), ("150", "162")])
def test_the_print_that_no_sum_holds_with_is_superfluous(order: tuple[str, str]) -> None:
    findings = printed(*order)
    (one,) = told(findings)
    assert one.severity == "error"
    assert one.title == "公开05表“2080106 就业管理事务”在本表印了两行，列小计150万元、基本支出150万元的一行多余"
    assert len(findings.of("error")) == len(found(SAMPLE).of("error")) + 1
    assert not findings.checks.count()[Verdict.NOT_CHECKED]


def test_the_same_row_twice_is_a_question() -> None:
    findings = printed("162", "162")
    (one,) = told(findings)
    assert one.severity == "question"
    assert not findings.checks.count()[Verdict.NOT_CHECKED]


def test_where_no_print_fits_none_is_taken() -> None:
    findings = printed("170", "150")
    (one,) = told(findings)
    assert one.severity == "question"
    assert findings.checks.count()[Verdict.NOT_CHECKED]


def test_two_prints_that_make_the_sum_together_both_count() -> None:
    assert not told(printed("100", "62"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_row_of_a_clean_department_is_told(template: str) -> None:
    assert not told(found(to_text(make_department(7, template))))
