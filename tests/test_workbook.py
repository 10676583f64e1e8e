"""The working papers: what stands in them, that their formulas agree with the engine, and that bytes are stable."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import gouji
from gouji.facts.fact import Part
from gouji.facts.figure import State, parse_figure
from gouji.findings.finding import SEVERITIES
from gouji.intervals import Verdict
from gouji.memo.workbook import write_workbook
from gouji.memo.workbook.check_sheets import LETTERS, VERDICT_NAMES
from gouji.memo.workbook.formats import printed_format
from gouji.memo.workbook.plan import CHECKS, FINDINGS, LIST_FIRST, NARRATIVE, ROUNDING, make_plan
from support.departments import change_cell, make_department, to_text

PARAMETERS = Path(__file__).parent.parent / "params" / "lanshan-employment-2023.yaml"


@dataclass(frozen=True)
class Written:
    """An audit with its working papers, as written and as opened."""

    audit: gouji.Audit
    path: Path
    book: Workbook


def written(audit: gouji.Audit, path: Path) -> Written:
    write_workbook(audit, path)
    return Written(audit, path, load_workbook(path))


def audited(text: str, folder: Path, name: str = "department") -> gouji.Audit:
    source = folder / f"{name}.txt"
    source.write_text(text, encoding="utf-8")
    return gouji.audit(source)


def mixed_text() -> str:
    """Tables in 元 with one cell in 万元, a dash, "无", an accountant's minus and a formula for an amount."""
    dept = make_department(5, "national2020yuan")
    changes = {
        "income[total].other": "1,195.11万元",
        "income[total].business": "—",
        "income[total].superior": "无",
        "summary[other].income": "（12.50）",
        "expenditure[total].operating": "=1+1",
    }
    for concept, text in changes.items():
        dept = change_cell(dept, concept, text)
    return to_text(dept)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Written:
    audit = gouji.audit(parameters=gouji.Parameters.load(PARAMETERS))
    return written(audit, tmp_path_factory.mktemp("sample") / "working-papers.xlsx")


@pytest.fixture(scope="module")
def shanghai(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("shanghai")
    dept = change_cell(make_department(5, "shanghai2024"), "expenditure[total].basic", "4,321.00")
    return written(audited(to_text(dept), folder), folder / "working-papers.xlsx")


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("national")
    dept = change_cell(make_department(5, "national2020yuan"), "expenditure[total].basic", "1.00")
    return written(audited(to_text(dept), folder), folder / "working-papers.xlsx")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("mixed")
    return written(audited(mixed_text(), folder), folder / "working-papers.xlsx")


ALL = ("sample", "shanghai", "national", "mixed")


@pytest.fixture(params=ALL)
def any_book(request: pytest.FixtureRequest) -> Written:
    book: Written = request.getfixturevalue(request.param)
    return book


def rows(sheet: Worksheet, heading: str) -> Iterator[tuple[int, object]]:
    for row in range(LIST_FIRST, sheet.max_row + 1):
        yield row, sheet[f"{LETTERS[heading]}{row}"].value


def test_sheets_are_there_in_order(sample: Written) -> None:
    tables = [f"公开{number:02d}表" for number in range(1, 10)]
    assert sample.book.sheetnames == ["封面", FINDINGS, *tables, NARRATIVE, CHECKS, ROUNDING]


def test_sheet_names_suit_excel(any_book: Written) -> None:
    names = any_book.book.sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_every_table_number_stands_once_at_its_cell(any_book: Written) -> None:
    plan, seen = make_plan(any_book.audit), set()
    for fact in any_book.audit.facts:
        if fact.part is Part.TABLES and fact.figure.value is not None:
            assert fact.cell is not None
            cell = any_book.book[plan.tables[fact.concept.table]].cell(3 + fact.cell[0], 1 + fact.cell[1])
            assert isinstance(cell.value, int | float)
            assert Decimal(str(cell.value)) == fact.figure.value
            assert cell.number_format == printed_format(fact.figure)
            seen.add((cell.parent.title, cell.coordinate))
    numbers = {
        (name, cell.coordinate)
        for name in plan.tables.values()
        for row in any_book.book[name].iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
    assert numbers == seen


def test_blank_stays_blank_and_codes_stay_text(sample: Written) -> None:
    plan = make_plan(sample.audit)
    blank = [fact for fact in sample.audit.facts if fact.figure.state is State.BLANK]
    assert blank
    for fact in blank:
        address = plan.facts[fact.id]
        assert sample.book[address.sheet][address.coordinate].value is None
    assert sample.book["公开03表"]["A8"].value == "208"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("270.90", "0.00"),
        ("162", "0"),
        ("４，７３３.１４", "#,##0.00"),
        ("（12.5）", "0.0;(0.0)"),
        ("-1,234.5", "#,##0.0"),
        ("2.3 万元", '0.0"万元"'),
        ("\u30000", "0"),
        ("无", '"无"'),
    ],
)
def test_number_formats_show_figures_as_printed(text: str, expected: str) -> None:
    assert printed_format(parse_figure(text, "元")) == expected


def test_findings_and_their_suspects_are_marked(any_book: Written) -> None:
    plan, sheet = make_plan(any_book.audit), any_book.book[FINDINGS]
    for finding in any_book.audit.findings.findings:
        row = plan.finding_rows[finding.id]
        assert sheet[f"A{row}"].value == finding.id
        for fact in finding.suspects:
            address = plan.facts[fact.id]
            cell = any_book.book[address.sheet][address.coordinate]
            assert cell.comment is not None
            assert finding.id in cell.comment.text
        if finding.suspects:
            assert sheet[f"E{row}"].hyperlink.location == plan.facts[finding.suspects[0].id].reference
    assert [validation.formula1 for validation in sheet.data_validations.dataValidation] == [
        '"属实,不属实,有合理解释,待核实"'
    ]


def test_cover_counts_findings(sample: Written) -> None:
    cover = sample.book["封面"]
    shown = {cover.cell(row, 1).value: cover.cell(row, 3).value for row in range(1, cover.max_row + 1)}
    counts = [len(sample.audit.findings.of(severity)) for severity in SEVERITIES]
    assert [shown[name] for name in ("错误", "疑点", "提示")] == counts


def test_every_check_with_figures_has_a_row(any_book: Written) -> None:
    sheet = any_book.book[CHECKS]
    verdicts = [value for _, value in rows(sheet, "引擎判定")]
    expected = [VERDICT_NAMES[check.verdict] for check in any_book.audit.checks.checks if check.terms]
    assert sorted(map(str, verdicts)) == sorted(expected)
    for row, verdict in rows(sheet, "引擎判定"):
        live = verdict not in (VERDICT_NAMES[Verdict.UNBOUND], VERDICT_NAMES[Verdict.NOT_CHECKED])
        for heading in ("左方", "右方", "差额"):
            value = sheet[f"{LETTERS[heading]}{row}"].value
            assert str(value).startswith("=") if live else value is None


def recalculated(path: Path, folder: Path) -> Workbook:
    """The workbook as LibreOffice calculates it: the stored results are dropped first."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: formulas cannot be recalculated")
    bare = folder / "bare.xlsx"
    load_workbook(path).save(bare)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return load_workbook(folder / "out" / "bare.xlsx", data_only=True)


def test_formulas_agree_with_the_engine(any_book: Written, tmp_path: Path) -> None:
    calculated, stored = recalculated(any_book.path, tmp_path), load_workbook(any_book.path, data_only=True)
    sheet = calculated[CHECKS]
    plan, checks = make_plan(any_book.audit), any_book.audit.checks
    engine = dict(rows(sheet, "引擎判定"))
    assert dict(rows(sheet, "判定")) == engine
    for check in checks.made():
        if check.terms:
            row = plan.check_rows[check.id]
            assert Decimal(str(sheet[f"{LETTERS['差额']}{row}"].value)) == checks.difference(check)
    for name in (CHECKS, ROUNDING, "封面"):
        for cells in calculated[name].iter_rows():
            for cell in cells:
                kept = stored[name][cell.coordinate].value
                if isinstance(kept, int | float):
                    assert cell.value == pytest.approx(kept, abs=1e-9)
                elif cell.value is not None:
                    assert cell.value == kept


def test_formulas_convert_units_and_pass_over_dashes(mixed: Written) -> None:
    sheet = mixed.book[CHECKS]
    formulas = [str(value) for side in ("左方", "右方") for _, value in rows(sheet, side) if value]
    assert any(formula.endswith("*10000") for formula in formulas)
    assert any("/10000" in formula for formula in formulas)
    assert any(formula.startswith("=N(") for formula in formulas)


def test_rounding_differences_refer_to_their_checks(shanghai: Written) -> None:
    sheet = shanghai.book[ROUNDING]
    referred = [value for _, value in rows(sheet, "差额")]
    rounding = [check for check in shanghai.audit.checks.checks if check.verdict is Verdict.ROUNDING]
    rows_of = make_plan(shanghai.audit).check_rows
    assert referred == [f"='{CHECKS}'!{LETTERS['差额']}{rows_of[check.id]}" for check in rounding]


def test_writing_twice_gives_the_same_bytes(sample: Written, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_workbook(gouji.audit(parameters=gouji.Parameters.load(PARAMETERS)), again)
    assert again.read_bytes() == sample.path.read_bytes()


def test_text_of_the_document_never_becomes_a_formula(tmp_path: Path) -> None:
    hostile = ('=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "#N/A", "-2+3")
    dept = make_department(5, "hunan2023")
    text = to_text(dept)
    names = [line[1:] for line in text.splitlines() if line.startswith("\t") and line.endswith("支出")]
    for old, new in zip(dict.fromkeys(names[-len(hostile) :]), hostile, strict=False):
        text = text.replace(f"\t{old}\n", f"\t{new}\x02\n")
    book = written(audited(text, tmp_path), tmp_path / "hostile.xlsx").book
    cells = [
        cell
        for name in book.sheetnames[2:-3]
        for row in book[name].iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).startswith(("=", "+", "@", "#", "-"))
    ]
    assert {cell.value for cell in cells} & set(hostile)
    assert all(cell.data_type == "s" for cell in cells)
