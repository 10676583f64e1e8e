"""Tables beyond the nine: read and tied out in the forms of several provinces; cases are `cases/annexed.yaml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from test_evaluation import WRITERS, grid_of

from conftest import TESTS
from gouji import Audit, audit, recognise, tie_out
from gouji.checks.check import Check, Checks
from gouji.checks.rules import load_rules
from gouji.document.model import Block, BlockKind, Document, Heading, Place
from gouji.intervals import Verdict
from gouji.layouts import TABLE_KEYS
from gouji.memo.tallies import tallies_of
from gouji.runs.outputs import write_outputs
from gouji.runtime.yaml_data import load_yaml

CASES: list[dict[str, Any]] = load_yaml((TESTS / "cases" / "annexed.yaml").read_text(encoding="utf-8"))
BY_NAME = {case["case"]: case for case in CASES}
TABLES = (Heading(1, "第二部分", "2023年度部门决算表"),)
NARRATIVE = (Heading(1, "第三部分", "2023年度部门决算情况说明"), Heading(2, "十、", "其他重要事项的情况说明"))
RULES = [rule for rule in load_rules() if rule.beyond]


def parts_of(case: dict[str, Any], by_name: dict[str, dict[str, Any]] = BY_NAME) -> list[str | list[str]]:
    """What a case prints: its own parts, or those of another with one thing changed."""
    if "of" not in case:
        return list(case["parts"])
    parts = parts_of(by_name[case["of"]], by_name)
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
    number, _, title = case.get("section", "").partition("、")
    narrative = (NARRATIVE[0], Heading(2, f"{number}、", title)) if number else NARRATIVE
    for section, own in ((TABLES, tables), (narrative, said)):
        for depth, heading in enumerate(section, start=1):
            text = f"{heading.number}{'' if heading.number.endswith('、') else ' '}{heading.title}"
            blocks.append(_paragraph(len(blocks), text, section[:depth], BlockKind.HEADING))
        for part in own:
            line = 10_000 * len(blocks)
            blocks.append(
                _paragraph(len(blocks), part, section)
                if isinstance(part, str)
                else Block(len(blocks), BlockKind.TABLE, "", Place(line), section, grid_of(part, first_line=line))
            )
    return Document("account.html", "0" * 64, "utf-8", tuple(blocks))


def _paragraph(number: int, text: str, section: tuple[Heading, ...], kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
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


def as_text(document: Document) -> str:
    """A document as the text of a page, a tabbed line for each cell, an empty line behind each row."""
    lines = []
    for block in document.blocks:
        rows = block.grid.rows if block.grid else ()
        lines += ["\n".join(f"\t{cell.text}" for cell in row) + "\n" for row in rows] or [block.text]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "name",
    [
        "湖南，各类用车中一数有误",
        "江苏，采购支出合计有误",
        "江苏，情况说明的机关运行经费与表不符",
        "采购表，类别为栏，服务有误",
        "云南，项目支出合计与公开05表不符",
    ],
)
def test_table_is_read_from_text(name: str, audit_text: Callable[[str], Audit]) -> None:
    case = BY_NAME[name]
    found = audit_text(as_text(document_for(case)))
    assert list(found.facts.annexed) == BY_NAME[case["of"]]["tables"]
    assert conflicts(found.checks) == sorted(case["conflicts"])


@pytest.mark.parametrize("form", ["docx", "html", "xlsx"])
@pytest.mark.parametrize(
    ("name", "suspect"),
    [
        ("云南，情况说明所述流动资产与表不符", "206.00万元"),
        ("江西，车辆合计与各类之和不符", ""),
        ("四川，明细一格有误", "210"),
        ("四川，公开05表合计有误（经济分类为行）", "131.00"),
        ("四川，项目支出表合计有误", "108.00"),
        ("江苏，采购支出合计有误", "85.01"),
        ("内蒙古，合计行一款有误", "11.00"),
    ],
)
def test_exactly_the_changed_figure_is_found_in_every_format(
    form: str, name: str, suspect: str, tmp_path: Path
) -> None:
    case = BY_NAME[name]
    path = tmp_path / f"account.{form}"
    WRITERS[form](document_for(case), path)
    found = audit(path)
    assert list(found.facts.annexed) == BY_NAME[case["of"]]["tables"]
    assert conflicts(found.checks) == sorted(case["conflicts"])
    (error,) = found.findings.of("error")
    if suspect:
        assert [fact.figure.text.strip() for fact in error.suspects] == [suspect]


def test_an_account_without_such_tables_has_no_such_checks(sample: Audit) -> None:
    assert sample.facts.annexed == {}
    assert of_annexed(sample.checks) == []


def grids(*parts: str | list[str]) -> Document:
    """A document of captions and tables, and nothing else."""
    blocks: list[Block] = []
    for part in parts:
        number = len(blocks)
        blocks.append(
            _paragraph(number, part, TABLES)
            if isinstance(part, str)
            else Block(number, BlockKind.TABLE, "", Place(10_000 * number), TABLES, grid_of(part, 10_000 * number))
        )
    return Document("account.html", "0" * 64, "utf-8", tuple(blocks))


ROWS = next(part for part in BY_NAME["湖南，各类用车为行"]["parts"] if isinstance(part, list))


def test_table_goes_on_on_the_next_page() -> None:
    facts = recognise(grids("国有资产占用情况表", ROWS[:6], "— 12 —", [ROWS[0], *ROWS[6:]]))
    assert held(tie_out(facts)) == {"fleet.total": 1}
    assert list(facts.annexed) == ["fleet"]


def test_table_whose_next_page_has_other_columns_is_cut() -> None:
    wide = next(
        part
        for part in BY_NAME["四川，没有一般公共预算财政拨款支出明细表以外的表，只核对表内"]["parts"]
        if isinstance(part, list)
    )
    further = ["其他支出 | 备注", "1.00 | 无", "2.00 | 无"]
    facts = recognise(grids("一般公共预算财政拨款支出决算明细表", wide, "— 12 —", further))
    grid = facts.annexed["general_detail"].grid
    assert grid is not None
    assert grid.cut


FORM = [
    "项目名称 | 公路养护经费 | | |",
    "主管部门 | 明水县交通局 | | |",
    "项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
    "年度资金总额 | 10.00 | 10.00 | 9.00 | 10 | 90.00% | 9.00",
    "其中：当年财政拨款 | 10.00 | 10.00 | 9.00 | — | 90.00% | —",
]
OTHER = ["指标 | 年度目标 | 完成", "培训场次 | 3 | 3", "参训干部 | 120 | 118"]


@pytest.mark.parametrize(
    "further",
    [
        ["项目支出绩效自评表", FORM],
        ["项目支出绩效自评表（2023年度）", FORM],
        ["项目支出绩效自评表", "（2023年度）", FORM],
        ["（2023年度）", FORM],
        [FORM],
        [OTHER],
        ["培训完成情况表（2023年度）", ROWS[6:]],
    ],
    ids=["titled", "year in brackets", "year apart", "year alone", "untitled", "another", "rows under a title"],
)
def test_what_is_no_further_page_cuts_no_table(further: list[str | list[str]]) -> None:
    facts = recognise(grids("国有资产占用情况表", ROWS, *further))
    grid = facts.annexed["fleet"].grid
    assert grid is not None
    assert not grid.cut
    assert held(tie_out(facts)) == {"fleet.total": 1}
    assert len(facts.forms) == (FORM in further)


def test_tables_of_two_units_are_not_checked() -> None:
    other = [line.replace("15", "99") for line in ROWS]
    checks = tie_out(recognise(grids("国有资产占用情况表", ROWS, "国有资产占用情况表", other)))
    assert [check.verdict for check in of_annexed(checks)] == [Verdict.NOT_CHECKED]
    second = grids("国有资产占用情况表", ROWS, "国有资产占用情况表", [f"{line} |" for line in other])
    assert recognise(second).annexed == {}


def test_coverage_names_the_tables_that_are_there(audit_text: Callable[[str], Audit]) -> None:
    found = audit_text(as_text(document_for(BY_NAME["江苏，机关运行经费与政府采购"])))
    tallies = tallies_of(found)
    assert tallies["procurement"].name == "公开12表 政府采购支出决算表"
    assert (tallies["procurement"].passed, tallies["operating"].passed) == (6, 5)
    assert "fleet" not in tallies
    assert set(found.coverage()["tables"]) == set(TABLE_KEYS)


def test_working_papers_hold_the_tables_with_formulas(tmp_path: Path) -> None:
    path = tmp_path / "account.docx"
    WRITERS["docx"](document_for(BY_NAME["四川，项目支出表合计有误"]), path)
    write_outputs(audit(path), tmp_path / "out")
    book = load_workbook(tmp_path / "out" / "working-papers.xlsx")
    assert {"公开05表", "公开07表", "公开09表"} <= set(book.sheetnames)
    formulas = {cell.value for row in book["勾稽检查"].iter_rows() for cell in row if isinstance(cell.value, str)}
    assert "='公开09表'!C8+'公开09表'!C9" in formulas
    notes = ZipFile(tmp_path / "out" / "annotated.docx").read("word/comments.xml").decode("utf-8")
    assert "公开09表" in notes
