"""The passages of `tests/statements` and `tests/reports/passages`: documents, facts and findings of each, and which are
held out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.facts import make_facts

from gouji.checks.tie_out import tie_out
from gouji.document.headings import parse_number
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.fact import Facts
from gouji.facts.narrative.read import is_annex, read_narrative
from gouji.facts.recognise import numbered_facts, numbered_listings
from gouji.findings.explain import explain
from gouji.findings.finding import Findings
from gouji.runtime.yaml_data import load_yaml

TESTS = Path(__file__).resolve().parents[1] / "tests"
STATEMENTS = TESTS / "statements"
REPORTS = TESTS / "reports" / "passages"


def passages(folder: Path = STATEMENTS) -> list[Mapping[str, Any]]:
    """All passages of a folder's *.yaml, each with its province (the file's name)."""
    return [
        {**case, "province": path.stem}
        for path in sorted(folder.glob("*.yaml"))
        for case in load_yaml(path.read_text(encoding="utf-8"))
    ]


def is_held_out(case: Mapping[str, Any]) -> bool:
    """True for the third of the passages that is not looked at while building."""
    return hashlib.sha256(case["id"].encode("utf-8")).digest()[0] % 3 == 0


def is_report(case: Mapping[str, Any]) -> bool:
    """True for a passage of an annexed report: free prose, without the formulas of the 情况说明."""
    return any(is_annex(block.section) for block in document_of(case).blocks) or "-annex" in case["id"]


def document_of(case: Mapping[str, Any]) -> Document:
    """The passage under its headings, as a text would print it."""
    lines = [line for line, _ in printed_lines(case)]
    return Document(case["id"], "", "utf-8", read_blocks("\n".join(lines)))


def printed_lines(case: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """The lines of a passage's document, and which of them are the passage's own.

    Headings of one level at the end of `section`, as many as the passage has paragraphs, stand one before each.
    """
    sections = [case["section"]] if isinstance(case["section"], str) else list(case["section"])
    sections = [one if re.match(r"^[第一二三四五六七八九十（(\d]|附件", one) else f"（一）{one}" for one in sections]
    lines = str(case["text"]).rstrip().split("\n")
    siblings = sections[-len(lines) :]
    levels = {heading.level for one in siblings if (heading := parse_number(one))}
    if len(lines) > 1 and len(siblings) == len(lines) and len(levels) == 1 and all(map(parse_number, siblings)):
        above = [(one, False) for one in sections[: -len(lines)]]
        pairs = zip(siblings, lines, strict=True)
        return above + [pair for heading, line in pairs for pair in ((heading, False), (line, True))]
    return [(one, False) for one in sections] + [(line, True) for line in lines]


def facts_of(case: Mapping[str, Any]) -> Facts:
    """The facts of a passage and of the table cells given with it."""
    printed = {path: str(value) for path, value in (case.get("table") or {}).items()}
    notes = {case["note_of"]: [case["text"]]} if case.get("note_of") else {}
    tables = make_facts(printed, unit=case.get("unit") or "万元", year=case["year"], notes=notes)
    narrative, listed = (
        ([], ()) if notes else read_narrative(document_of(case), case["year"], tables, case.get("unit") or "万元")
    )
    facts = numbered_facts([*tables, *narrative])
    return Facts(facts, tables.tables, "", case["year"], tuple(numbered_listings(listed, facts)))


def findings_of(facts: Facts) -> Findings:
    """The findings on a passage."""
    return explain(tie_out(facts))
