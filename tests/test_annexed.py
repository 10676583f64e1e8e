"""Tables beyond the nine: read and tied out in the forms of several provinces; cases are `cases/annexed.yaml`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gouji import recognise, tie_out
from gouji.checks.check import Check, Checks
from gouji.checks.rules import load_rules
from gouji.document.model import Block, BlockKind, Document, Heading, Place
from gouji.intervals import Verdict
from gouji.yaml_data import load_yaml
from test_evaluation import grid_of

CASES: list[dict[str, Any]] = load_yaml((Path(__file__).parent / "cases" / "annexed.yaml").read_text(encoding="utf-8"))
BY_NAME = {case["case"]: case for case in CASES}
TABLES = (Heading(1, "第二部分", "2023年度部门决算表"),)
NARRATIVE = (Heading(1, "第三部分", "2023年度部门决算情况说明"), Heading(2, "十、", "其他重要事项的情况说明"))
RULES = [rule for rule in load_rules() if rule.beyond]


def parts_of(case: dict[str, Any]) -> list[str | list[str]]:
    """What a case prints: its own parts, or those of another with one thing changed."""
    if "of" not in case:
        return list(case["parts"])
    parts = parts_of(BY_NAME[case["of"]])
    old, new = case["change"]
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    assert sum(line.count(old) for line in lines) == 1, f"{case['case']}: {old!r} stands there once"
    return [
        part.replace(old, new) if isinstance(part, str) else [line.replace(old, new) for line in part] for part in parts
    ]


def document_for(case: dict[str, Any]) -> Document:
    """The tables of a case in the second part of a document, its sentences in the third."""
    parts = parts_of(case)
    tables = [part for part in parts if isinstance(part, list) or not part.endswith("。")]
    said = [part for part in parts if part not in tables]
    blocks = [Block(0, BlockKind.PARAGRAPH, "明水县交通局2023年度部门决算", Place(1, 0, 18))]
    for section, own in ((TABLES, tables), (NARRATIVE, said)):
        for number, heading in enumerate(section, start=1):
            text = f"{heading.number}{'' if heading.number.endswith('、') else ' '}{heading.title}"
            blocks.append(_paragraph(len(blocks), text, section[:number], BlockKind.HEADING))
        for part in own:
            line = 10_000 * len(blocks)
            blocks.append(
                _paragraph(len(blocks), part, section)
                if isinstance(part, str)
                else Block(len(blocks), BlockKind.TABLE, "", Place(line), section, grid_of(part, first_line=line))
            )
    return Document("account.html", "0" * 64, "utf-8", tuple(blocks))


def _paragraph(
    number: int, text: str, section: tuple[Heading, ...], kind: BlockKind = BlockKind.PARAGRAPH
) -> Block:
    return Block(number, kind, text, Place(10_000 * number, 0, len(text)), section)


def of_annexed(checks: Checks) -> list[Check]:
    return [check for check in checks.checks if check.rule.beyond]


def conflicts(checks: Checks) -> list[str]:
    found = (check for check in of_annexed(checks) if check.verdict is Verdict.CONFLICT)
    return sorted({checks.algebra(check) for check in found})


def held(checks: Checks) -> dict[str, int]:
    good = (check for check in of_annexed(checks) if check.made and check.verdict is not Verdict.CONFLICT)
    return dict(Counter(check.rule.id for check in good))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_table_is_read_and_tied_out(case: dict[str, Any]) -> None:
    facts = recognise(document_for(case))
    checks = tie_out(facts)
    wanted = case.get("tables", BY_NAME[case["of"]]["tables"] if "of" in case else None)
    assert list(facts.annexed) == wanted
    assert conflicts(checks) == sorted(case.get("conflicts", []))
    if "made" in case:
        assert held(checks) == case["made"]


def test_every_rule_has_a_case_that_holds_and_one_that_does_not() -> None:
    holding: set[str] = set()
    failing: set[str] = set()
    for case in CASES:
        checks = tie_out(recognise(document_for(case)))
        holding |= set(held(checks))
        failing |= {check.rule.id for check in of_annexed(checks) if check.verdict is Verdict.CONFLICT}
    wanted = {rule.id for rule in RULES}
    assert sorted(wanted - holding) == []
    assert sorted(wanted - failing) == []
