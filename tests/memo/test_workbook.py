"""The working papers: what stands in them, that their formulas agree with the engine, and that bytes are stable."""

# mypy: disable-error-code="arg-type,operator,union-attr"

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

import gouji
from conftest import ROOT
from gouji.checks.check import VERDICT_NAMES, Check, Checks
from gouji.checks.ratio import Ratio, holds, is_exact
from gouji.checks.rules import rule
from gouji.dispositions.layout import RECORDS
from gouji.document.model import Place
from gouji.facts.fact import Concept, Fact, Facts, Part
from gouji.facts.figure import Figure, State, parse_figure
from gouji.fictitious.departments import change_cell, make_department, to_text
from gouji.findings.evidence import Candidate, candidates_of, less_likely_of
from gouji.findings.finding import SEVERITIES
from gouji.intervals import Verdict
from gouji.memo.content import memo_content
from gouji.memo.workbook import write_workbook
from gouji.memo.workbook.book import INAPPLICABLE
from gouji.memo.workbook.check_columns import LETTERS
from gouji.memo.workbook.formats import printed_format
from gouji.memo.workbook.location_sheet import assumed
from gouji.memo.workbook.plan import (
    CHECKS,
    FINDINGS,
    INDEX,
    LIST_FIRST,
    LOCATIONS,
    NARRATIVE,
    RATIOS,
    REVIEW,
    ROUNDING,
    Plan,
    make_plan,
)
from gouji.memo.workbook.quotient import Quotient
from support.shapes import contradictory

PARAMETERS = ROOT / "params" / "lanshan-employment-2023.yaml"
SAMPLE = ROOT / "data" / "lanshan-employment-2023.txt"


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
    dept = make_department(7, "national2020yuan")
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


def spoken_text() -> str:
    """The sample with more kinds of sentences: per mille, per head, cut off, a denominator that may be zero."""
    changes = {
        "减少6.62%": "减少6.61%",
        "占 70.31%": "占 70.32%",
        "占基本支出的75.21%": "占基本支出的752.1‰",
        "决算数小于年初预算数": "决算数大于年初预算数",
        "与上年相比减少2.3万元，减少90%，减少主要是": "与上年相比增加0.24万元，增长24%，增长主要是",
        "来宾32人次，": "来宾0人次，人均78元，",
    }
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


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


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("spoken")
    return written(audited(spoken_text(), folder), folder / "working-papers.xlsx")


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """A sum whose parts cannot be told apart, and rows that cannot hold together."""
    folder = tmp_path_factory.mktemp("together")
    dept = change_cell(contradictory(), "basic_expenditure[30213].amount", "7.16")
    return written(audited(to_text(dept), folder), folder / "working-papers.xlsx")


ALL = ("sample", "shanghai", "national", "mixed", "spoken", "together")


@pytest.fixture(params=ALL)
def any_book(request: pytest.FixtureRequest) -> Written:
    book: Written = request.getfixturevalue(request.param)
    return book


def rows(sheet: Worksheet, heading: str) -> Iterator[tuple[int, object]]:
    for row in range(LIST_FIRST, sheet.max_row + 1):
        yield row, sheet[f"{LETTERS[heading]}{row}"].value


def test_sheets_are_there_in_order(sample: Written) -> None:
    tables = [f"公开{number:02d}表" for number in range(1, 10)]
    lists = [NARRATIVE, CHECKS, RATIOS, ROUNDING, REVIEW]
    assert sample.book.sheetnames == ["封面", INDEX, FINDINGS, LOCATIONS, *tables, *lists, RECORDS]


def test_every_sheet_is_in_the_index_and_ready_to_print(any_book: Written) -> None:
    index = any_book.book[INDEX]
    others = [name for name in any_book.book.sheetnames if name not in (INDEX, RECORDS)]
    links = [index.cell(LIST_FIRST + turn, 2).hyperlink.location for turn in range(len(others))]
    assert links == [f"'{name}'!A1" for name in others]
    assert any_book.book[RECORDS].sheet_state == "hidden"
    for name in (*others, INDEX):
        sheet = any_book.book[name]
        assert sheet.print_area
        assert sheet.sheet_view.showGridLines is False
        if name != "封面":
            assert sheet.print_title_rows
            assert sheet.freeze_panes
        if name in (INDEX, FINDINGS, LOCATIONS, NARRATIVE, CHECKS, RATIOS, ROUNDING):
            assert sheet.auto_filter.ref


def test_checks_are_printed_as_far_as_they_are_of_use_on_paper(any_book: Written) -> None:
    """Not what could not be compared, nor the columns behind that of the finding; one header row on each page."""
    plan, checks = make_plan(any_book.audit), any_book.book[CHECKS]
    _, _, last_column, last_row = range_boundaries(checks.print_area.rpartition("!")[2].replace("$", ""))
    assert checks.cell(LIST_FIRST - 1, last_column).value == "发现"
    for check in plan.checks:
        told = check.verdict is not Verdict.UNBOUND or check.blank
        assert (plan.check_rows[check.id] <= last_row) == told
    for name in (FINDINGS, LOCATIONS, NARRATIVE, CHECKS, RATIOS, ROUNDING):
        sheet = any_book.book[name]
        assert sheet.print_title_rows == f"${LIST_FIRST - 1}:${LIST_FIRST - 1}"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)


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
    choices = sheet.data_validations.dataValidation[0]
    assert choices.formula1 == '"认定,已说明,不认定"'


def test_cover_counts_findings(sample: Written) -> None:
    cover = sample.book["封面"]
    shown = {cover.cell(row, 1).value: cover.cell(row, 3).value for row in range(1, cover.max_row + 1)}
    counts = [len(sample.audit.findings.of(severity)) for severity in SEVERITIES]
    assert [shown[name] for name in ("错误", "疑点", "提示")] == counts


def test_the_cover_counts_checks_as_the_memo_does(sample: Written) -> None:
    cover = sample.book.worksheets[0]
    shown = {cover.cell(row, 1).value: cover.cell(row, 6).value for row in range(1, cover.max_row + 1)}
    total = memo_content(sample.audit).total
    assert shown["一致"] + shown["尾差"] == total.passed
    assert shown["未公布"] + shown["未核对"] == total.not_made
    assert shown["不适用"] == total.inapplicable > 0


def test_every_check_but_those_of_form_has_a_row(any_book: Written) -> None:
    sheet, plan = any_book.book[CHECKS], make_plan(any_book.audit)
    expected = [check for check in any_book.audit.checks.checks if check.terms or check.subject != "form"]
    assert len(list(rows(sheet, "程序判定"))) == len(expected) == len(plan.checks)
    without = any_book.audit.checks.inapplicable()
    for check in expected:
        row = plan.check_rows[check.id]
        ended = INAPPLICABLE if check in without else VERDICT_NAMES[check.verdict]
        assert sheet[f"{LETTERS['程序判定']}{row}"].value == ended
        live = [str(sheet[f"{LETTERS[name]}{row}"].value).startswith("=") for name in ("左方", "右方", "差额", "判定")]
        if check.terms:
            assert live == [check.made] * 4
        else:
            assert not live[2]
            assert live[0] == live[1] == live[3]


def statement_rows(book: Written) -> Iterator[tuple[Fact, dict[str, object]]]:
    """The narrative sheet's rows: the first fact of each, and its cells by heading."""
    sheet, plan = book.book[NARRATIVE], make_plan(book.audit)
    names = [cell.value for cell in sheet[LIST_FIRST - 1]]
    for row, facts in enumerate(plan.statements, start=LIST_FIRST):
        yield facts[0], {str(name): cell.value for name, cell in zip(names, sheet[row], strict=True)}


def test_every_statement_stands_once_with_its_sign(any_book: Written) -> None:
    places = {(fact.place.line, fact.place.start, fact.place.end) for fact in any_book.audit.facts.statements()}
    seen = list(statement_rows(any_book))
    assert len(seen) == len(places)
    assert seen == sorted(seen, key=lambda one: (one[0].place.line, one[0].place.start))
    for fact, cells in seen:
        assert cells["公布文本"] == fact.figure.text.strip()
        assert (cells["单位"] or "") == fact.figure.unit
        if fact.figure.state is State.WORD:
            assert cells["取值"] == cells["公布文本"]
        elif fact.figure.value is not None:
            assert abs(Decimal(str(cells["取值"]))) == abs(fact.figure.value)
            assert (Decimal(str(cells["取值"])) < 0) == (fact.signed < 0 and fact.figure.value != 0)


def test_statements_are_shown_in_their_own_units(sample: Written) -> None:
    shown = {(cells["公布文本"], cells["取值"], cells["单位"]) for _, cells in statement_rows(sample)}
    assert {
        ("减少27.3 万元", -27.3, "万元"),
        ("减少6.62%", -6.62, "%"),
        ("24.78%", 24.78, "%"),
        ("小于", "小于", None),
        ("4159人", 4159, "人"),
    } <= shown


def test_statements_that_nothing_vouches_for_say_why(sample: Written) -> None:
    checked = {
        fact for check in sample.audit.checks.made() for fact in (*check.fact_ids, *check.claims, *check.concerns)
    }
    facts = make_plan(sample.audit).statements
    idle = [group for group in facts if not any(fact.id in checked for fact in group)]
    assert 0 < len(idle) < len(facts)
    rows_by_fact = {fact.id: cells for fact, cells in statement_rows(sample)}
    for group in facts:
        cells = rows_by_fact[group[0].id]
        if any(fact.id in checked for fact in group):
            assert str(cells["核对结果"]).startswith("=IF(")
            assert cells["对应数字"]
        else:
            assert cells["核对结果"] == "未核对"
            assert cells["未核对的原因"]


def wrong_share(sample: Written) -> Fact:
    """The sample's share that is not the quotient of its amounts: 24.79 would be."""
    return next(fact for fact in sample.audit.facts.statements() if fact.figure.text == "24.78%")


def short_grants(together: Written) -> Fact:
    """A part of the rows that cannot hold together; they can with 0.02 more."""
    return next(fact for fact in together.audit.facts if fact.concept.path == "basic_expenditure[30304].amount")


def corrections(books: dict[str, Written]) -> Iterator[tuple[str, Fact, float]]:
    """Books in which a figure is corrected: name, figure, and what it is to be."""
    yield "sample", wrong_share(books["sample"]), 24.79
    grants = short_grants(books["together"])
    yield "together", grants, float((grants.figure.value or 0) + Decimal("0.02"))


@pytest.fixture(scope="module")
def recalculated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """Each book as LibreOffice calculates it, which starts once; also those with a correction: `sample-corrected`.

    The stored results are dropped first.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: formulas cannot be recalculated")
    folder = tmp_path_factory.mktemp("recalculated")
    books: dict[str, Written] = {name: request.getfixturevalue(name) for name in ALL}
    bare_books = {name: load_workbook(one.path) for name, one in books.items()}
    for name, book in bare_books.items():
        book.save(folder / f"{name}.xlsx")
    for name, fact, value in corrections(books):
        address = make_plan(books[name].audit).facts[fact.id]
        bare_books[name][address.sheet][address.coordinate] = value
        bare_books[name].save(folder / f"{name}-corrected.xlsx")
    bare = sorted(folder.glob("*.xlsx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), *map(str, bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.stem: load_workbook(folder / "out" / path.name, data_only=True) for path in bare}


@pytest.mark.parametrize("name", ALL)
def test_formulas_agree_with_the_engine(
    name: str, recalculated: dict[str, Workbook], request: pytest.FixtureRequest
) -> None:
    book: Written = request.getfixturevalue(name)
    calculated, stored = recalculated[name], load_workbook(book.path, data_only=True)
    sheet = calculated[CHECKS]
    plan, checks = make_plan(book.audit), book.audit.checks
    engine = dict(rows(sheet, "程序判定"))
    assert dict(rows(sheet, "判定")) == engine
    for check in checks.made():
        if check.terms:
            row = plan.check_rows[check.id]
            assert Decimal(str(sheet[f"{LETTERS['差额']}{row}"].value)) == checks.difference(check)
    for shown in (LOCATIONS, NARRATIVE, CHECKS, RATIOS, ROUNDING, "封面"):
        for cells in calculated[shown].iter_rows():
            for cell in cells:
                kept = stored[shown][cell.coordinate].value
                if isinstance(kept, int | float):
                    assert cell.value == pytest.approx(kept, abs=1e-9)
                elif cell.value is not None:
                    assert cell.value == kept


def test_the_spoken_document_has_every_kind_of_check(spoken: Written) -> None:
    checks = spoken.audit.checks
    quotients = [check for check in checks.made() if check.per]
    assert {check.verdict for check in quotients} >= {Verdict.CONSISTENT, Verdict.CONFLICT}
    assert {checks.unit(check) for check in quotients} >= {"%", "‰"}
    open_ended = [check for check in quotients if not Quotient.of(check, checks).bounded]
    assert [check.verdict for check in open_ended] == [Verdict.CONFLICT]
    directions = [check for check in checks.made() if check.claims]
    assert {check.operator for check in directions} == {"=", "<"}
    assert Verdict.CONFLICT in {check.verdict for check in directions}
    assert any(check.constant for check in checks.made())
    kinds = {check.rule.kind for check in checks.made() if not check.terms}
    assert kinds >= {"count_money", "target", "zero_base", "listed_accounts", "note_of_nothing"}


def test_a_corrected_cell_changes_the_verdicts(sample: Written, recalculated: dict[str, Workbook]) -> None:
    plan, share = make_plan(sample.audit), wrong_share(sample)
    assert plan.facts[share.id].sheet == NARRATIVE
    calculated = recalculated["sample-corrected"]
    verdicts = dict(rows(calculated[CHECKS], "判定"))
    on_share = [plan.check_rows[check.id] for check in sample.audit.checks.on(share)]
    assert len(on_share) == 2
    assert {verdicts[row] for row in on_share} == {"一致"}
    names = [cell.value for cell in calculated[NARRATIVE][LIST_FIRST - 1]]
    assert calculated[NARRATIVE].cell(plan.facts[share.id].row, names.index("核对结果") + 1).value == "一致"


def figure(number: int, value: int, radius: int, unit: str) -> Fact:
    concept = Concept("narrative", str(number), "x")
    printed = Figure(str(value), Decimal(value), unit, 0, State.NUMBER)
    place = Place(1, number, number + 1)
    return Fact(number, concept, printed, Part.NARRATIVE, "", "", "", "", place, 0, amount=value, radius=radius)


@pytest.mark.parametrize("form", range(4))
def test_bounds_judge_quotients_as_the_engine_does(form: int) -> None:
    chance = random.Random(form)
    right, per = [
        (((1, 1),), ((1, 2),)),
        (((1, 1),), ((1, 2), (-1, 1))),
        (((1, 1), (-1, 2)), ((1, 2),)),
        (((1, 1), (1, 2)), ((1, 2), (1, 3))),
    ][form]
    outcomes = set()
    for _ in range(400):
        amounts = [chance.randint(-40, 400) * 10**8 for _ in range(3)]
        facts = [figure(0, 0, 500_000, "%")]
        facts += [figure(number, one, 50_000_000, "万元") for number, one in enumerate(amounts, start=1)]
        check = Check(0, rule("narrative.share"), "", "=", ((1, 0),), right, per=per)
        if (truth := Ratio.of(check, Facts(tuple(facts), {}, "", 2023)).truth) is None:
            continue
        printed = round(truth / 1_000_000) * 1_000_000 + chance.choice((-2, -1, 0, 0, 1, 2)) * 1_000_000
        facts[0] = replace(facts[0], amount=printed)
        known = Checks(Facts(tuple(facts), {}, "", 2023), (check,))
        ratio, quotient = Ratio.of(check, known.facts), Quotient.of(check, known)
        if quotient.bounded:
            off = abs(quotient.printed - quotient.truth)
            assert (off <= quotient.allowed + Decimal("1e-18")) == holds(ratio)
            assert (off <= quotient.half + Decimal("1e-18")) == is_exact(ratio)
            outcomes.add((holds(ratio), is_exact(ratio)))
    assert outcomes >= {(True, True), (True, False), (False, False)}


def test_words_never_enter_arithmetic(spoken: Written) -> None:
    plan = make_plan(spoken.audit)
    words = word_cells(spoken, plan)
    assert words
    for name in (CHECKS, RATIOS):
        for cells in spoken.book[name].iter_rows():
            for cell in cells:
                assert not words & set(re.findall(rf"'{NARRATIVE}'!([A-Z]+\d+)", str(cell.value)))


def word_cells(book: Written, plan: Plan) -> set[str]:
    facts = book.audit.facts.statements()
    return {plan.facts[fact.id].coordinate for fact in facts if fact.figure.state is State.WORD}


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


def located(book: Written) -> Iterator[tuple[Candidate, dict[str, object], int]]:
    """The candidates in the order of their rows on 定位, each with its cells by heading and its row."""
    sheet, checks = book.book[LOCATIONS], book.audit.checks
    names = [str(cell.value) for cell in sheet[LIST_FIRST - 1]]
    found = [
        one
        for finding in book.audit.findings.findings
        for one in (*candidates_of(finding, checks), *less_likely_of(finding, checks))
    ]
    for row, one in enumerate(found, start=LIST_FIRST):
        yield one, {name: cell.value for name, cell in zip(names, sheet[row], strict=True)}, row


def test_every_candidate_has_a_row_with_links(any_book: Written) -> None:
    sheet, plan = any_book.book[LOCATIONS], make_plan(any_book.audit)
    ids = [one.id for one in any_book.audit.findings.findings for _ in (*one.candidates, *one.less_likely)]
    seen = list(located(any_book))
    assert [cells["发现编号"] for _, cells, _ in seen] == ids
    for candidate, cells, row in seen:
        assert sheet[f"A{row}"].hyperlink.location == f"'{FINDINGS}'!A{plan.finding_rows[str(cells['发现编号'])]}"
        assert sheet[f"C{row}"].hyperlink.location == plan.facts[candidate.fact.id].reference
        assert (cells["改动代价"], cells["估计的理由"] or "") == (candidate.weight, assumed(candidate))
        assert (cells["不成立项"], cells["印证项"]) == (len(candidate.testimony), len(candidate.vouchers))
        for name, value in (("可能取值下限", candidate.low), ("可能取值上限", candidate.high)):
            assert (None if cells[name] is None else Decimal(str(cells[name]))) == value
        if candidate.value is not None:
            assert Decimal(str(cells["推算应为"])) == candidate.value
    for finding in any_book.audit.findings.findings:
        if finding.id in plan.location_rows:
            row = plan.location_rows[finding.id]
            link = any_book.book[FINDINGS][f"A{plan.finding_rows[finding.id]}"].hyperlink.location
            assert link == f"'{LOCATIONS}'!A{row}"
            assert sheet[f"A{row}"].value == finding.id


def test_what_is_concluded_of_candidates(sample: Written, spoken: Written, together: Written) -> None:
    shown = [(one.fact.figure.text.strip(), cells["结论"]) for one, cells, _ in located(sample)]
    assert shown[:3] == [("3万元", "定位"), ("270.91", "定位"), ("24.78%", "定位")]
    assert ("162万元", "较不可能") in shown
    assert shown[-1] == ("", "定位")
    assert {cells["结论"] for _, cells, _ in located(together)} == {"并列"}
    word = next(cells for one, cells, _ in located(spoken) if one.fact.figure.state is State.WORD)
    assert (word["公布数"], word["推算应为"]) == ("大于", "小于")


def test_a_contradiction_adds_up_in_live_formulas(together: Written, recalculated: dict[str, Workbook]) -> None:
    (finding,) = [one for one in together.audit.findings.findings if one.joint]
    plan, joint = make_plan(together.audit), finding.joint
    assert joint is not None
    sheet, first = together.book[LOCATIONS], plan.location_rows[finding.id]
    for row, (check, times) in enumerate(zip(joint.checks, joint.multipliers, strict=True), start=first):
        there = f"'{CHECKS}'!{LETTERS['差额']}{plan.check_rows[check.id]}"
        assert (sheet[f"A{row}"].value, sheet[f"B{row}"].value) == (finding.id, times)
        assert sheet[f"D{row}"].value == f"={there}"
        assert sheet[f"E{row}"].value == f"=B{row}*D{row}"
    total = first + len(joint.checks)
    calculated = recalculated["together"][LOCATIONS]
    assert (calculated[f"E{total}"].value, calculated[f"F{total}"].value) == (0.03, 0.025)
    assert calculated[f"G{total}"].value == "不能同时成立"
    corrected = recalculated["together-corrected"][LOCATIONS]
    assert corrected[f"G{total}"].value == "可以同时成立"


def test_writing_twice_gives_the_same_bytes(sample: Written, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_workbook(gouji.audit(parameters=gouji.Parameters.load(PARAMETERS)), again)
    assert again.read_bytes() == sample.path.read_bytes()


def test_text_of_the_document_never_becomes_a_formula(tmp_path: Path) -> None:
    hostile = ('=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "#N/A", "-2+3")
    dept = make_department(5, "hunan2023")
    text = to_text(dept).replace("项目进度推迟", "=1+1项目进度推迟")
    names = [line[1:] for line in text.splitlines() if line.startswith("\t") and line.endswith("支出")]
    for old, new in zip(dict.fromkeys(names[-len(hostile) :]), hostile, strict=False):
        text = text.replace(f"\t{old}\n", f"\t{new}\x02\n")
    book = written(audited(text, tmp_path), tmp_path / "hostile.xlsx").book
    cells = [
        cell
        for name in (*book.sheetnames[4:-5], NARRATIVE, LOCATIONS)
        for row in book[name].iter_rows(max_col=5 if name == NARRATIVE else None)
        for cell in row
        if cell.value is not None and str(cell.value).startswith(("=", "+", "@", "#", "-"))
    ]
    assert {cell.value for cell in cells} & set(hostile)
    assert all(cell.data_type == "s" for cell in cells)
