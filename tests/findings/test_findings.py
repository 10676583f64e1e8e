"""One finding per root cause, on the sample and on the real document it restates."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from conftest import SAMPLE, real_documents
from gouji import Audit, audit
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Part
from gouji.findings.finding import Finding
from gouji.review.families import review_rules
from gouji.review.observation import Review
from support.sample import corrected, replaced

#: Each document is audited once: what is found of it is looked at from many sides.
audited = cache(audit)
DOCUMENTS = [pytest.param(path, id=path.stem) for path in [SAMPLE, *real_documents()]]


def errors(result: Audit) -> list[Finding]:
    """The findings at severity error."""
    return list(result.findings.of("error"))


def suspect_paths(finding: Finding) -> list[str]:
    """Concept paths of a finding's suspects."""
    return [fact.concept.path for fact in finding.suspects]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_published_account_has_three_errors_and_two_totals_not_filled_in(path: Path) -> None:
    result = audited(path)
    assert [suspect_paths(finding) for finding in errors(result)] == [
        ["narrative.three_public.actual.reception"],
        ["expenditure[2080106].basic"],
        ["narrative.basic_expenditure[public].amount.share"],
    ]
    blank = [one for one in result.findings.of("question") if not one.reviewed]
    assert [suspect_paths(finding) for finding in blank] == [
        ["income[total].total", "income[total].fiscal", "income[total].other"],
        ["expenditure[total].total", "expenditure[total].basic", "expenditure[total].project"],
    ]
    assert {finding.rule for finding in blank} == {"form.blank_total"}
    assert [repair.to for repair in blank[1].repairs] == ["385.28", "270.90", "114.38"]
    witnesses = {fact.where.split(" · ")[0] for fact in blank[1].corroborating}
    assert witnesses == {"公开01表", "公开03表", "公开05表", "第三部分 三"}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_basic_expenditure_of_the_item_is_located_with_its_witnesses(path: Path) -> None:
    finding = errors(audited(path))[1]
    assert (finding.located, finding.expected, finding.difference) == (True, Decimal("270.90"), Decimal("0.01"))
    assert [repair.to for repair in finding.repairs] == ["270.90"]
    assert {fact.concept.path for fact in finding.corroborating} == {
        "expenditure[208].basic",
        "expenditure[20801].basic",
        "narrative.expenditure[total].basic",
    }
    assert {check.rule.id for check in finding.support} == {"expenditure.columns"}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_reception_cost_is_one_sentence_against_the_table_and_two_sentences(path: Path) -> None:
    finding = errors(audited(path))[0]
    (sentence,) = finding.suspects
    assert sentence.where == "第三部分 七（二）"
    assert (sentence.figure.text, finding.expected) == ("3万元", Decimal("0.25"))
    against = [(fact.part, fact.where) for fact in finding.corroborating]
    assert {
        (Part.TABLES, "公开07表 · 决算数·公务接待费"),
        (Part.NARRATIVE, "第三部分 七（一）"),
        (Part.NARRATIVE, "第三部分 七（二）2"),
    } <= set(against)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_corrected_account_has_no_finding(path: Path, audit_text: Callable[[str], Audit]) -> None:
    findings = audit_text(corrected(path)).findings.findings
    assert [finding.title for finding in findings if not finding.reviewed] == []


@pytest.fixture
def errors_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves the review out where only errors are looked at: it has questions and notes alone."""
    monkeypatch.setattr("gouji.auditing.review", lambda *_: Review())


def test_the_review_tells_no_errors() -> None:
    assert "error" not in {rule.severity for rule, _ in review_rules()}


@pytest.mark.usefixtures("errors_alone")
def test_each_figure_changed_by_itself_is_one_error_that_names_it(audit_text: Callable[[str], Audit]) -> None:
    text = corrected(SAMPLE)  # its tables are the original's
    clean = audit_text(text)
    constrained = {fact for check in clean.checks.made() for fact in check.fact_ids}
    printed = [fact for fact in clean.facts if fact.part is Part.TABLES and fact.figure.printed]
    assert [fact.where for fact in printed if fact.id not in constrained] == []
    for fact in printed:
        value = fact.figure.value
        assert value is not None
        changed = replaced(text, fact.place.line, fact.figure.text.strip(), str(value + Decimal("7.31")))
        found = errors(audit_text(changed))
        assert len(found) == 1, fact.where
        assert fact.concept.path in suspect_paths(found[0]), fact.where


def exactly_constrained(clean: Audit) -> list[Fact]:
    """The narrative's figures that an error rule ties to others by an equation: a change in any of them shows.

    What a report derives from the figures nearby is no such tie: what fits is taken, what does not may be of others.
    """
    exact = {
        fact
        for check in clean.checks.made()
        if (check.operator == "=" and check.rule.severity == "error" and check.residual == 0) or check.per
        if not check.rule.kind.startswith("derived")
        for fact in check.fact_ids
    }
    return [
        fact
        for fact in clean.facts.statements()
        if fact.id in exact and fact.figure.printed and not _names_no_base(fact)
    ]


def _names_no_base(fact: Fact) -> bool:
    """执行率 of amounts that the words do not name: where it fits none of them, nothing is proved."""
    claim = fact.claim
    return bool(claim and claim.measure is Measure.COMPLETION and claim.against is None and claim.beside < 0)


@pytest.mark.usefixtures("errors_alone")
def test_each_statement_changed_by_itself_is_located(audit_text: Callable[[str], Audit]) -> None:
    text = corrected(SAMPLE)
    changed_facts = exactly_constrained(audit_text(text))
    assert len(changed_facts) > 80
    for fact in changed_facts:
        lines = text.split("\n")
        line = lines[fact.place.line - 1]
        said = line[fact.place.start : fact.place.end]
        number = re.search(r"[\d.]+", said)
        if number is None:
            continue  # 无: no digits to change
        step = 7 if fact.claim and fact.claim.measure is Measure.COUNT else Decimal("7.31")
        more = str(2 * Decimal(number.group()) + step)
        lines[fact.place.line - 1] = (
            line[: fact.place.start] + said.replace(number.group(), more, 1) + line[fact.place.end :]
        )
        found = errors(audit_text("\n".join(lines)))
        assert found, (fact.where, fact.quote, said)
        assert any(suspect.place.line == fact.place.line for one in found for suspect in one.suspects), fact.quote


def test_one_violated_sum_alone_locates_nothing(audit_text: Callable[[str], Audit]) -> None:
    text = "\t支出决算表\n\n\t单位：万元\n\n\t编码\n\t名称\n\t本年支出合计\n\t基本支出\n\t项目支出\n\t上缴上级支出\n\n"
    text += "\t2080106\n\t就业管理事务\n\t312.47\n\t201.33\n\t101.14\n\t\n\n"
    (finding,) = audit_text(text).findings.findings
    assert not finding.located
    assert len(finding.suspects) == 3
    assert not finding.repairs
    assert "不能判断" in finding.message


def test_ids_survive_unrelated_edits(audit_text: Callable[[str], Audit]) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    before = [finding.id for finding in audit_text(text).findings.findings]
    edited = "前言一行。\n" + text.replace("严格执行预算", "严格按照预算执行")
    assert [finding.id for finding in audit_text(edited).findings.findings] == before
    assert len(set(before)) == len(before)


def test_a_missing_table_leaves_the_rest_audited(audit_text: Callable[[str], Audit]) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    start, end = text.index("部门支出决算表"), text.index("财政拨款收支决算总表")
    result = audit_text(text[: start - 1] + text[end:])
    assert result.coverage()["tables"]["expenditure"] == "missing"
    assert [suspect_paths(finding)[0] for finding in result.findings.findings if not finding.reviewed] == [
        "narrative.three_public.actual.reception",
        "narrative.basic_expenditure[public].amount.share",
        "income[total].total",
    ]


def test_a_table_that_cannot_be_recognised_is_unreadable_not_wrong(audit_text: Callable[[str], Audit]) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    start, end = text.index("部门支出决算表"), text.index("财政拨款收支决算总表")
    table = text[start:end]
    for label in ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"):
        table = table.replace(label, "？？")
    result = audit_text(text[:start] + table + text[end:])
    assert result.coverage()["tables"]["expenditure"] == "unreadable"
    assert result.coverage()["not_checked"] > 0
    paths = [path for finding in errors(result) for path in suspect_paths(finding)]
    assert not any(path.startswith("expenditure[") for path in paths)
