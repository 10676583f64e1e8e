"""The nine tables in forms of their own, and tables that are left unread; cases are `cases/table_forms.yaml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_annexed import as_text, document_for, grids, parts_of
from test_evaluation import WRITERS

from conftest import TESTS
from gouji import Audit, audit, recognise
from gouji.document.model import Document
from gouji.intervals import Verdict
from gouji.memo.content import memo_content
from gouji.runs.outputs import write_outputs
from gouji.runtime.yaml_data import load_yaml

CASES: list[dict[str, Any]] = load_yaml((TESTS / "cases" / "table_forms.yaml").read_text(encoding="utf-8"))
BY_NAME = {case["case"]: case for case in CASES}
FORMATS = ("docx", "html", "xlsx", "txt")


def document_of(case: dict[str, Any]) -> Document:
    first = BY_NAME[case["of"]] if "of" in case else case
    section = {"section": first["section"]} if "section" in first else {}
    return document_for({"parts": parts_of(case, BY_NAME), **section})


def audited(case: dict[str, Any], form: str, folder: Path, audit_text: Callable[[str], Audit]) -> Audit:
    document = document_of(case)
    if form == "txt":
        return audit_text(as_text(document))
    path = folder / f"account.{form}"
    WRITERS[form](document, path)
    return audit(path)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_form_is_read_and_its_only_error_found(
    case: dict[str, Any], form: str, tmp_path: Path, audit_text: Callable[[str], Audit]
) -> None:
    found = audited(case, form, tmp_path, audit_text)
    errors = [[fact.figure.text.strip() for fact in error.suspects] for error in found.findings.of("error")]
    assert errors == ([case["error"]] if "error" in case else [])
    printed = {fact.concept.path: fact.figure.text.strip() for fact in found.facts if fact.part == "tables"}
    assert case.get("cells", {}).items() <= printed.items()
    made = Counter(check.rule.id for check in found.checks.made() if check.verdict is not Verdict.CONFLICT)
    assert case.get("made", {}).items() <= made.items()
    assert [one.title for one in found.facts.unread] == case.get("unread", [])


def test_memo_names_the_tables_that_were_not_read(tmp_path: Path, audit_text: Callable[[str], Audit]) -> None:
    case = BY_NAME["两个单位的同名决算表，另有一张没有版式的决算表"]
    found = audited(case, "docx", tmp_path, audit_text)
    told = memo_content(found).unread
    assert told[0].startswith(f"{case['unread'][0]}（一般公共预算财政拨款支出决算表已按公开05表")
    assert told[1:] == tuple(case["unread"][1:])
    assert found.coverage()["not_checked"] == len(told)
    write_outputs(found, tmp_path / "out")
    memo = (tmp_path / "out" / "memo.html").read_text(encoding="utf-8")
    assert all(title in memo for title in case["unread"])


def test_table_goes_on_under_its_head_alone() -> None:
    caption, _, unit, rows = BY_NAME["年初结转、本年收入、年末结转并列的一般公共预算表"]["parts"]
    facts = recognise(grids(caption, unit, rows[:5], "— 7 —", [*rows[:2], *rows[5:]]))
    assert facts.tables["general_budget"].codes == ("201", "20103", "2010301", "2010302", "208", "20805", "2080505")
    assert facts.unread == ()


def test_table_of_all_funds_is_not_the_page_before_that_of_one() -> None:
    rows = ["科目编码 | 科目名称 | 合计 | 基本支出", "301 | 工资福利支出 | 20.00 | 20.00", "合计 *2 | 20.00 | 20.00"]
    titles = ("财政拨款基本支出决算表", "一般公共预算财政拨款基本支出决算表")
    facts = recognise(grids(titles[0], rows, titles[1], [line.replace("20", "10") for line in rows]))
    assert facts.tables["basic_expenditure"].title == titles[1]
