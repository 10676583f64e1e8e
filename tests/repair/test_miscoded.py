"""A row whose code is wrong: told by the other tables that print its name, with the sums that are off by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from conftest import ROOT, TESTS
from gouji import Audit
from gouji.checks.tie_out import tie_out
from gouji.fictitious.departments import TEMPLATES, make_department, to_text
from gouji.findings.explain import explain
from gouji.findings.finding import Finding
from gouji.findings.miscoded import SLIP
from gouji.repair.miscoded import miscoded_rows
from gouji.runtime.yaml_data import load_yaml
from support.facts import make_facts
from support.texts import checks_of

SAMPLE = (ROOT / "data" / "lanshan-employment-2023.txt").read_text(encoding="utf-8")
CODE = "2080106\n"
CASES = load_yaml((TESTS / "cases" / "miscoded.yaml").read_text(encoding="utf-8"))


def errors(text: str) -> tuple[Finding, ...]:
    return explain(checks_of(text)).of("error")


def coded(at: int, code: str) -> str:
    """The sample with the code of one of its tables (0: 公开02表, 1: 03, 2: 05) as another."""
    parts = SAMPLE.split(CODE)
    return CODE.join(parts[: at + 1]) + f"{code}\n" + CODE.join(parts[at + 1 :])


@pytest.mark.parametrize(("at", "table"), [(0, "公开02表"), (1, "公开03表"), (2, "公开05表")])
@pytest.mark.parametrize("code", ["2080160", "2080960"])
def test_the_code_is_the_finding(at: int, table: str, code: str) -> None:
    after = errors(coded(at, code))
    (told,) = (one for one in after if one.slip == SLIP)
    assert told.title.startswith(f"{table}“就业管理事务”的科目编码印作{code}，")
    assert told.title.endswith("为2080106")
    assert told.severity == "error"
    assert len(after) <= len(errors(SAMPLE)) + 1


def test_a_code_is_told_once(audit_text: Callable[[str], Audit]) -> None:
    """The review asks about a name that belongs to another code: here the other tables have told which it is."""
    found = audit_text(coded(1, "2080105")).findings.findings
    told = [one.rule for one in found if "编码" in one.title and "2080105" in one.title]
    assert told == ["form.miscoded"]


def cells(**codes: str) -> dict[str, str]:
    """One account in each of some tables, with its superiors."""
    return {
        f"{table}[{row}].total": "20.00" for table, code in codes.items() for row in ("total", "208", "20805", code)
    }


def test_other_names_are_other_accounts() -> None:
    checks = tie_out(make_facts(cells(general_budget="2080505", expenditure="2080506")))
    assert list(miscoded_rows(checks)) == []


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_rows_with_a_wrong_code(case: dict[str, Any]) -> None:
    rows = {(table, code): (name, amount) for table, own in case["tables"].items() for code, name, amount in own}
    printed = {f"{table}[{code}].total": amount for (table, code), (_, amount) in rows.items()}
    facts = make_facts(printed)
    names = {place: name for place, (name, _) in rows.items()}
    named = [replace(one, row_name=names[one.concept.table, one.row_code]) for one in facts]
    checks = tie_out(replace(facts, facts=tuple(named)))
    found = [[one.table, one.row.code, one.code, one.sure] for one in miscoded_rows(checks)]
    assert found == case["found"]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("seed", range(5))
def test_no_row_of_a_clean_department(template: str, seed: int) -> None:
    assert list(miscoded_rows(checks_of(to_text(make_department(seed, template))))) == []
