"""Clean fictitious departments in five templates: everything is read, nothing is called an error or asked about."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from gouji import Audit
from gouji.facts.fact import Part, Status
from gouji.fictitious.departments import TEMPLATES, FictitiousDepartment, change_cell, make_department, to_text
from gouji.fictitious.departments.make import department_in
from gouji.fictitious.portfolio.account import bodies
from gouji.fictitious.portfolio.published import published
from gouji.fictitious.portfolio.regions import regions
from gouji.fictitious.portfolio.years import years_of

#: Of each template every wording, told in each unit.
SEEDS = range(6)


@pytest.mark.parametrize("template", list(TEMPLATES))
@pytest.mark.parametrize("seed", SEEDS)
def test_every_cell_is_read_and_no_error_is_found(template: str, seed: int, audit_text: Callable[[str], Audit]) -> None:
    department = make_department(seed, template)
    result = audit_text(to_text(department))
    assert all(table.status in (Status.FOUND, Status.EMPTY) for table in result.facts.tables.values())
    read = {fact.concept.path: fact.figure.text.strip() for fact in result.facts if fact.part is Part.TABLES}
    assert {path: text.strip() for path, text in department.printed.items() if text.strip()} == {
        path: text for path, text in read.items() if text
    }
    assert [finding.title for finding in result.findings.findings] == []


@pytest.mark.parametrize("template", list(TEMPLATES))
def test_an_account_of_a_portfolio_without_errors_is_asked_nothing(
    template: str, audit_text: Callable[[str], Audit]
) -> None:
    """An administrative department and an institution of a province with that form."""
    drawn = (body for region in regions() if region.template == template for body in bodies(2, region))
    for institution in (False, True):
        body = next(one for one in drawn if one.office.institution == institution)
        account = published(random.Random(template), body, next(years_of(random.Random(template), body)))
        assert [finding.title for finding in audit_text(to_text(account)).findings.findings] == []


def test_a_form_of_earlier_years_is_read_and_asked_about_once(audit_text: Callable[[str], Audit]) -> None:
    """It has the fund that is no longer kept, and neither a row nor a column for 国有资本经营预算."""
    old = replace(TEMPLATES["hunan2023"], surplus_label="用事业基金弥补收支差额", has_state_capital=False)
    department = next(one for one in (department_in(seed, old) for seed in range(40)) if _uses_savings(one))
    result = audit_text(to_text(department))
    read = {fact.concept.path: fact.figure.text for fact in result.facts if fact.part is Part.TABLES}
    assert read["summary[surplus_used].income"] == department.printed["summary[surplus_used].income"]
    assert [finding.rule for finding in result.findings.findings] == ["disclosure.old_form"]


def _uses_savings(department: FictitiousDepartment) -> bool:
    return "summary[surplus_used].income" in department.truth


@pytest.mark.parametrize("template", list(TEMPLATES))
@pytest.mark.parametrize("seed", range(3))
def test_a_changed_cell_is_found_and_is_among_the_suspects(
    template: str, seed: int, audit_text: Callable[[str], Audit]
) -> None:
    department = make_department(seed, template)
    clean = audit_text(to_text(department))
    constrained = {fact for check in clean.checks.made() for fact in check.fact_ids}
    printed = [
        fact.concept.path
        for fact in clean.facts
        if fact.part is Part.TABLES and fact.figure.value and fact.id in constrained
    ]
    for path in random.Random(seed).sample(printed, 5):
        result = audit_text(to_text(_raised(department, path)))
        suspects = {fact.concept.path for finding in result.findings.findings for fact in finding.suspects}
        assert path in suspects, (template, seed, path)


def _raised(department: FictitiousDepartment, path: str) -> FictitiousDepartment:
    """The department with the first non-zero digit of one cell changed."""
    text = department.printed[path]
    at, digit = next((at, char) for at, char in enumerate(text) if char in "123456789")
    return change_cell(department, path, f"{text[:at]}{(int(digit) + 4) % 9 + 1}{text[at + 1 :]}")


@pytest.mark.parametrize("template", list(TEMPLATES))
@pytest.mark.parametrize("label", ["项目支出", "公务接待费", "其他收入", "本年收入合计"])
def test_a_label_no_layout_knows_is_noted_and_accuses_nobody(
    template: str, label: str, audit_text: Callable[[str], Audit]
) -> None:
    tables, narrative = to_text(make_department(1, template)).split("第三部分", 1)
    result = audit_text(tables.replace(f"\t{label}\n", "\t未见过的名称\n") + "第三部分" + narrative)
    assert [finding.title for finding in result.findings.of("error")] == []
    assert [finding.title for finding in result.findings.of("question") if not finding.reviewed] == []


def test_an_unrecognised_column_is_named(audit_text: Callable[[str], Audit]) -> None:
    tables, narrative = to_text(make_department(1, "hunan2023")).split("第三部分", 1)
    result = audit_text(tables.replace("\t项目支出\n", "\t专项支出\n") + "第三部分" + narrative)
    notes = [finding for finding in result.findings.of("note") if finding.rule == "form.unrecognised"]
    assert notes
    assert all("专项支出" in finding.message for finding in notes)
    assert result.coverage()["not_checked"] > 0
