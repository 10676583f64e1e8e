"""Annexed self-evaluation forms: read, tied out and told, in every format; cases are `cases/evaluation.yaml`."""

# mypy: disable-error-code="assignment"

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, TESTS
from gouji import audit, read, recognise, tie_out
from gouji.checks.check import Check, Checks
from gouji.document.model import Block, BlockKind, Cell, Document, Grid, Heading, Place
from gouji.fictitious.formats.as_docx import to_docx
from gouji.fictitious.formats.as_html import to_html
from gouji.fictitious.formats.as_pdf import to_pdf
from gouji.fictitious.formats.as_xlsx import to_xlsx
from gouji.intervals import Verdict
from gouji.runtime.yaml_data import load_yaml

CASES: list[dict[str, Any]] = load_yaml((TESTS / "cases" / "evaluation.yaml").read_text(encoding="utf-8"))
NATIONAL: list[str] = CASES[0]["rows"]
ANNEX = (Heading(1, "第二部分", "附件"),)
WRITERS: dict[str, Callable[[Document, Path], None]] = {
    "docx": to_docx,
    "html": to_html,
    "pdf": to_pdf,
    "xlsx": to_xlsx,
}


def lines_of(case: dict[str, Any]) -> list[str]:
    changed, inserted = case.get("with", {}), case.get("insert", {})
    lines: list[str] = []
    for number, line in enumerate(case["rows"], start=1):
        lines += [inserted[number]] if number in inserted else []
        lines.append(changed.get(number, line))
    return lines


def grid_of(lines: Sequence[str], first_line: int = 10) -> Grid:
    """A grid of lines as the cases print them; every row is as wide as the widest."""
    rows = [[part.strip() for part in line.split("|")] for line in lines]
    cells = [[_cell(part) for part in row] for row in rows]
    width = max(sum(span for _, span in row) for row in cells)
    made: list[tuple[Cell, ...]] = []
    for number, row in enumerate(cells):
        col, own = 0, []
        for text, span in [*row, *[("", 1)] * (width - sum(span for _, span in row))]:
            place = Place(first_line + 100 * number + col, 0, len(text))
            own.append(Cell(number, col, span, text, place))
            col += span
        made.append(tuple(own))
    return Grid(tuple(made), width)


def _cell(part: str) -> tuple[str, int]:
    text, star, span = part.rpartition("*")
    return (text.strip(), int(span)) if star and span.isdigit() else (part, 1)


def document_of(*parts: str | Grid) -> Document:
    """A document that has nothing but these paragraphs and grids in its annex."""
    first = Block(0, BlockKind.PARAGRAPH, "明水县交通局2023年度部门决算", Place(1, 0, 14))
    blocks = [first, Block(1, BlockKind.HEADING, "第二部分 附件", Place(2, 0, 7), ANNEX)]
    section = ANNEX
    for part in parts:
        number = len(blocks)
        if isinstance(part, Grid):
            blocks.append(Block(number, BlockKind.TABLE, "", Place(number + 1), section, part))
            continue
        kind = BlockKind.HEADING if part.startswith("（一）") else BlockKind.PARAGRAPH
        if kind is BlockKind.HEADING:
            section = (*ANNEX, Heading(3, "（一）", part.removeprefix("（一）")))
        blocks.append(Block(number, kind, part, Place(number + 1, 0, len(part)), section))
    return Document("annex.html", "0" * 64, "utf-8", tuple(blocks))


def checks_of(document: Document) -> Checks:
    return tie_out(recognise(document))


def of_forms(checks: Checks) -> list[Check]:
    return [check for check in checks.checks if check.subject == "evaluation"]


def conflicts(checks: Checks) -> list[str]:
    return [checks.algebra(check) for check in of_forms(checks) if check.verdict is Verdict.CONFLICT]


def held(checks: Checks) -> dict[str, int]:
    good = (check for check in of_forms(checks) if check.made and check.verdict is not Verdict.CONFLICT)
    return dict(Counter(check.rule.id.removeprefix("evaluation.") for check in good))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_form_is_read_and_tied_out(case: dict[str, Any]) -> None:
    checks = checks_of(document_of("项目支出绩效自评表", "（2023年度）", grid_of(lines_of(case))))
    forms = list(checks.facts.forms.values())
    if case.get("label") == "":
        assert forms == []
        assert of_forms(checks) == []
        return
    assert [form.label for form in forms][:1] == [case.get("label", forms[0].label)]
    assert len(forms) == 1
    assert conflicts(checks) == case.get("conflicts", [])
    if "made" in case:
        assert held(checks) == case["made"]
    unmade = [check.rule.id.removeprefix("evaluation.") for check in of_forms(checks) if not check.made]
    assert unmade == case.get("open", [])
    assert sum(check.blank for check in of_forms(checks)) == case.get("blank", 0)


def test_every_rule_of_forms_has_a_case_that_holds_and_one_that_does_not() -> None:
    holding: set[str] = set()
    failing: set[str] = set()
    for case in CASES:
        checks = checks_of(document_of(grid_of(lines_of(case))))
        holding |= set(held(checks))
        failing |= {
            check.rule.id.removeprefix("evaluation.") for check in of_forms(checks) if check.verdict is Verdict.CONFLICT
        }
    assert (
        holding == failing == {"funds", "rate", "weights", "class_weights", "scores", "limit", "deducted", "score_rate"}
    )


def _stated(text: str, *grids: Grid) -> list[tuple[Verdict, str]]:
    checks = checks_of(document_of(text, *grids))
    rules = ("evaluation.stated", "evaluation.told")
    return [(one.verdict, checks.algebra(one)) for one in checks.checks if one.rule.id in rules]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("对一般公共预算项目支出开展绩效自评，自评得分95.54分。", Verdict.CONSISTENT),
        ("旧桥检测项目绩效自评综述：根据年初目标，自评得分为95.54分。", Verdict.CONSISTENT),
        ("对一般公共预算项目支出开展绩效自评，自评得分95.45分。", Verdict.CONFLICT),
        ("对一般公共预算项目支出开展绩效自评，自评得分96分。", None),
        ("对一般公共预算项目支出开展绩效自评，自评得分97分。", Verdict.CONFLICT),
        ("新桥养护项目绩效自评综述：自评得分91.20分。", None),
        ("部门整体支出绩效自评得分91.20分。", None),
        ("各项目平均自评得分91.20分。", None),
        ("共有车辆3辆。", None),
    ],
)
def test_stated_score_is_that_of_the_only_form(text: str, verdict: Verdict | None) -> None:
    assert [one for one, _ in _stated(text, grid_of(NATIONAL))] == ([verdict] if verdict else [])
    assert not _stated(text)
    assert not _stated(text, grid_of(NATIONAL), grid_of(NATIONAL, first_line=5000))


#: A second form, of another project.
OTHER = ["项目名称 | 堤岸加固 *8", *NATIONAL[1:3]]
OTHER += ["| 年度资金总额： *2 | 50.00 | 50.00 | 40.00 | 10 | 80% | 8", *NATIONAL[8:15], "总分 *6 | 100 | 95.00 |"]


@pytest.mark.parametrize(
    ("paragraphs", "made", "conflicts"),
    [
        (
            [
                "旧桥检测项目绩效自评综述：自评得分95.54分。全年预算数为115.50万元，执行数为98.60万元，完成预算的85.37%。"
            ],
            3,
            [],
        ),
        (["1.“旧桥检测”项目自评得分95.45分。全年预算数为115.50万元，执行数为98.60万元。"], 3, ["95.45 ≠ 95.54"]),
        (["（一）旧桥检测项目", "项目全年预算数115.5万元，执行数89.6万元。"], 2, ["89.6 ≠ 98.60"]),
        (["旧桥检测项目年初预算120万元，全年预算155.50万元，实际支出98.60万元。"], 3, ["155.50 ≠ 115.50"]),
        (["旧桥检测项目预算数120万元，执行数98.60万元。"], 2, []),
        (["旧桥检测项目全年预算数116万元，执行数99万元。"], 0, []),
        (["堤岸加固项目全年预算数50万元，执行数40万元。", "旧桥检测项目执行数98.06万元。"], 3, ["98.06 ≠ 98.60"]),
        (["旧桥检测项目全年预算数300.00万元，执行数280.00万元，自评得分91分。"], 0, []),
        (["旧桥检测、堤岸加固项目执行数138.60万元。"], 0, []),
        (["旧桥检测等2个项目执行数138.60万元。"], 0, []),
        (["新桥养护项目全年预算数300.00万元，执行数280.00万元。"], 0, []),
        (["旧桥检测项目财政拨款执行数80.10万元，其中：省级资金20.00万元。"], 0, []),
        (["旧桥检测项目支付检测费45.20万元，支付监理费3.00万元。"], 0, []),
        (["旧桥检测项目结余16.90万元，已缴回财政。"], 0, []),
        (["旧桥检测项目合同金额110.00万元，实际支付98.00万元。"], 0, []),
        (["旧桥检测项目三季度末实际支出60.00万元。"], 0, []),
        (["旧桥检测项目上级下达50.00万元，全部拨付到位。"], 0, []),
        (["旧桥检测项目产出指标自评得分49分。"], 0, []),
    ],
)
def test_what_is_said_of_a_project_is_what_its_form_prints(
    paragraphs: list[str], made: int, conflicts: list[str]
) -> None:
    checks = checks_of(document_of(*paragraphs, grid_of(NATIONAL), grid_of(OTHER, first_line=5000)))
    told = [one for one in checks.checks if one.rule.id == "evaluation.told"]
    assert len(told) == made
    assert [checks.algebra(one) for one in told if one.verdict is Verdict.CONFLICT] == conflicts


@pytest.mark.parametrize("name", WRITERS)
def test_form_is_the_same_in_every_format(name: str, tmp_path: Path) -> None:
    lines = lines_of({"rows": NATIONAL, "with": {16: "总分 *6 | 100 | 59.54 |"}})
    path = tmp_path / f"annex.{name}"
    WRITERS[name](document_of("项目支出绩效自评表", grid_of(lines)), path)
    found = audit(path)
    assert [form.label for form in found.facts.forms.values()] == ["绩效自评表（旧桥检测）"]
    assert conflicts(found.checks) == ["59.54 ≠ 8.54 + 20 + 20 + 9 + 28 + 10"]
    assert held(found.checks) == {rule: made for rule, made in CASES[0]["made"].items() if rule != "scores"}
    (error,) = found.findings.of("error")
    assert error.title == "绩效自评表（旧桥检测）“总分”的得分印作59.54分，按各项之和应为95.54分"


def test_form_goes_on_on_the_next_page() -> None:
    whole = grid_of(NATIONAL)
    pages = [grid_of(NATIONAL[:12]), grid_of(NATIONAL[12:], first_line=5000)]
    assert pages[1].width == whole.width
    checks = checks_of(document_of(pages[0], "— 12 —", pages[1]))
    assert len(checks.facts.forms) == 1
    assert held(checks) == CASES[0]["made"]


def test_page_with_fewer_columns_is_read_by_the_order_of_its_cells() -> None:
    narrow = [line.replace(" *6 |", " |") for line in NATIONAL[15:]]
    checks = checks_of(document_of(grid_of(NATIONAL[:15]), grid_of(narrow, first_line=5000)))
    assert len(checks.facts.forms) == 1
    assert held(checks) == CASES[0]["made"]


def test_page_that_begins_with_the_indicators_head_has_columns_of_its_own() -> None:
    wider = grid_of([f"{line} *3" for line in NATIONAL[9:]], first_line=5000)
    assert wider.width > grid_of(NATIONAL[:9]).width
    checks = checks_of(document_of(grid_of(NATIONAL[:9]), wider))
    assert held(checks) == CASES[0]["made"]


def test_form_whose_next_page_has_other_columns_is_cut() -> None:
    narrow = ["其他说明 | 无 | 无", *(line.replace(" *6 |", " *2 |") for line in NATIONAL[15:])]
    checks = checks_of(document_of(grid_of(NATIONAL[:15]), grid_of(narrow, first_line=5000)))
    assert len(checks.facts.forms) == 1
    assert conflicts(checks) == []
    (form,) = checks.facts.forms.values()
    assert form.grid is not None
    assert form.grid.cut


def test_forms_below_one_another_in_one_grid_are_told_apart() -> None:
    second = [line.replace("旧桥检测", "新桥养护") for line in NATIONAL]
    second[15] = "总分 *6 | 100 | 59.54 |"
    checks = checks_of(document_of(grid_of([*NATIONAL, *second])))
    assert [form.label for form in checks.facts.forms.values()] == ["绩效自评表（旧桥检测）", "绩效自评表（新桥养护）"]
    assert conflicts(checks) == ["59.54 ≠ 8.54 + 20 + 20 + 9 + 28 + 10"]


def test_head_repeated_on_a_page_is_no_new_form() -> None:
    again = [*NATIONAL[:13], NATIONAL[9], *NATIONAL[13:]]
    checks = checks_of(document_of(grid_of(again)))
    assert len(checks.facts.forms) == 1
    assert held(checks) == CASES[0]["made"]


def test_tables_of_the_account_are_no_forms() -> None:
    sample = recognise(read(ROOT / "data" / "lanshan-employment-2023.txt"))
    assert sample.forms == {}
