"""Workbooks to Document."""

# mypy: disable-error-code="arg-type,has-type,list-item"

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from conftest import SAMPLE
from gouji import audit
from gouji.document.content import Content
from gouji.document.formats.sheet import read_content
from gouji.document.model import Block, BlockKind
from gouji.document.origin import InSheet
from gouji.document.pieces import Line
from gouji.document.reader import read
from gouji.errors import UnusableInputError
from gouji.fictitious.departments import make_department, to_text
from gouji.fictitious.formats.as_xlsx import to_xlsx
from support.formats.said import facts, findings

BOOK = Path("account.xlsx")
HEADER = ["科目编码", "科目名称", "合计", "基本支出"]
BODY = ["208", "社会保障和就业支出", 385.28, 270.9]
_LINE = Side(style="thin")


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def book_of(*rows: list[object], title: str = "Sheet1", ruled: tuple[int, ...] = ()) -> tuple[Workbook, Worksheet]:
    """A workbook of one sheet; lines are ruled in the rows numbered."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for values in rows:
        sheet.append(values)
    for row in ruled:
        for col in range(1, 5):
            sheet.cell(row, col).border = Border(_LINE, _LINE, _LINE, _LINE)
    return book, sheet


def texts(content: Content) -> list[str | list[list[str]]]:
    """Paragraphs as texts, tables as rows of texts."""
    return [
        piece.text if isinstance(piece, Line) else [[cell.text for cell in row.cells] for row in piece]
        for piece in content.pieces
    ]


def read_rows(*rows: list[object], title: str = "Sheet1", ruled: tuple[int, ...] = ()) -> list[str | list[list[str]]]:
    """What is read of a sheet of these rows."""
    return texts(read_content(saved(book_of(*rows, title=title, ruled=ruled)[0]), BOOK))


TABLE = [HEADER, ["208", "社会保障和就业支出", "385.28", "270.9"]]


def test_rows_above_and_below_a_table_are_paragraphs() -> None:
    above: list[list[object]] = [["支出决算表"], ["", "", "", "公开03表"], ["部门：某局", "", "", "单位：万元"]]
    notes: list[list[object]] = [["注：1.本表反映各项支出。"], ["2.本表可能存在尾差。"]]
    assert read_rows(*above, HEADER, BODY, *notes) == [
        "支出决算表",
        "公开03表",
        "部门：某局  单位：万元",
        TABLE,
        "注：1.本表反映各项支出。",
        "2.本表可能存在尾差。",
    ]


def test_a_title_inside_the_form_and_one_beside_its_unit() -> None:
    assert read_rows(["支出决算表"], HEADER, BODY, title="公开03表", ruled=(1, 2, 3)) == ["支出决算表", TABLE]
    assert read_rows(["支出决算表", "单位：元"], HEADER, BODY, title="公开03表") == ["支出决算表  单位：元", TABLE]


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_tables_below_one_another(gap: int) -> None:
    second = [["收入决算表"], ["编制单位：某局", "", "", "单位：万元"], HEADER, BODY]
    read = read_rows(["支出决算表"], HEADER, BODY, *[[]] * gap, *second)
    assert read == ["支出决算表", TABLE, "收入决算表", "编制单位：某局  单位：万元", TABLE]


def test_a_table_without_a_title_begins_behind_an_empty_row() -> None:
    assert read_rows(HEADER, BODY, [], HEADER, BODY) == [TABLE, TABLE]


def test_an_empty_row_before_figures_parts_nothing() -> None:
    assert read_rows(HEADER, [], BODY) == [TABLE]


def test_empty_rows_of_a_form_are_kept() -> None:
    filler = [["", "", "", ""]]
    assert read_rows(HEADER, BODY, [], BODY, ruled=(1, 2, 3, 4)) == [[*TABLE, *filler, TABLE[1]]]
    assert read_rows(HEADER, BODY, [], ["一、说明"], ruled=(1, 2, 3)) == [[*TABLE, *filler], "一、说明"]


def test_a_form_with_nothing_filled_in() -> None:
    assert read_rows(HEADER, [], ruled=(1, 2)) == [[HEADER, [""] * 4]]


def test_a_table_that_does_not_begin_at_the_first_cell() -> None:
    rows = [["支出决算表"], [], ["", "", *HEADER], ["", "", *BODY]]
    assert read_rows(*rows) == ["支出决算表", TABLE]


def test_a_narrative_is_paragraphs() -> None:
    rows: list[list[object]] = [
        ["第三部分 情况说明"],
        ["一、收入情况"],
        ["收入385.28万元。\n  支出1万元。\n\n"],
        ["二、支出情况"],
    ]
    assert read_rows(*rows, title="情况说明") == [
        "第三部分 情况说明",
        "一、收入情况",
        "收入385.28万元。",
        "  支出1万元。",
        "二、支出情况",
    ]


def test_a_sentence_between_tables_parts_them() -> None:
    said = "本部门无政府性基金预算财政拨款收入，故本表为空。"
    assert read_rows(HEADER, BODY, [said], HEADER, BODY) == [TABLE, said, TABLE]


SHEET_NAMES = [
    pytest.param("Z01 支出决算表(公开03表)", [], ["Z01 支出决算表(公开03表)"], id="no title printed"),
    pytest.param(
        "公开03表", [["部门：某局", "", "", "单位：元"]], ["部门：某局  单位：元", "公开03表"], id="owner only"
    ),
    pytest.param("三公经费", [["附表7"]], ["附表7", "三公经费"], id="number only"),
    pytest.param("公开03表", [["支出决算表"]], ["支出决算表"], id="a title printed"),
    pytest.param("公开03表", [["支出决算表（续）"]], ["支出决算表（续）"], id="a title continued"),
    pytest.param("Sheet1", [], [], id="no title at all"),
]


@pytest.mark.parametrize(("title", "above", "paragraphs"), SHEET_NAMES)
def test_a_sheets_name_is_its_title_where_none_is_printed(
    title: str, above: list[list[object]], paragraphs: list[str]
) -> None:
    assert read_rows(*above, HEADER, BODY, title=title) == [*paragraphs, TABLE]


def test_merged_cells() -> None:
    book, sheet = book_of(
        ["项目", None, "支出", None], ["编码", "名称", "合计", "基本"], [None] * 4, ["208", "社保", 1, 2]
    )
    for area in ("A1:B1", "C1:D1", "A2:A3", "B2:B3", "C2:C3", "D2:D3"):
        sheet.merge_cells(area)
    (table,) = read_content(saved(book), BOOK).pieces
    assert isinstance(table, list)
    assert [[cell.text for cell in row.cells] for row in table] == [
        ["项目", "支出"],
        ["编码", "名称", "合计", "基本"],
        ["", "", "", ""],
        ["208", "社保", "1", "2"],
    ]
    assert table[0].columns == [(0, 2), (2, 2)]
    assert table[2].columns == [(0, 1), (1, 1), (2, 1), (3, 1)]


def test_every_cell_has_its_place() -> None:
    book, sheet = book_of(["支出决算表"], HEADER, BODY, title="支出")
    sheet.merge_cells("A1:D1")
    content = read_content(saved(book), BOOK)
    numbers = [line.number for piece in content.pieces for line in _lines(piece)]
    assert numbers == sorted(set(numbers)) == sorted(content.origins)
    assert content.origins[1] == InSheet("支出", "A1")
    assert content.origins[numbers[-1]] == InSheet("支出", "D3")


def _lines(piece: object) -> list[Line]:
    return [piece] if isinstance(piece, Line) else [cell for row in piece for cell in row.cells]  # type: ignore[attr-defined]


def test_figures_are_read_as_shown() -> None:
    book, sheet = book_of(HEADER)
    for col, (value, code) in enumerate(
        [
            (270.9000001, "0.00"),
            (162.0, "General"),
            (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
            (5, "0.##"),
        ]
    ):
        sheet.cell(2, col + 1, value).number_format = code
    assert texts(read_content(saved(book), BOOK)) == [[HEADER, ["270.90", "162", "-", "5"]]]


def test_errors_and_formulas_without_a_result() -> None:
    book, sheet = book_of(HEADER, ["合计", "#REF!", "=SUM(D2:D2)", 5])
    content = read_content(saved(book), BOOK)
    assert texts(content) == [[HEADER, ["合计", "#REF!", "#未计算", "5"]]]
    assert content.anomalies == (
        "工作表“Sheet1”有1个公式没有计算结果，无法识别：C2（请用 Excel 打开并保存后重新读取）",
    )
    for row in range(3, 15):
        sheet.cell(row, 3, "=1+1")
    assert "C2、C3、C4、C5、C6、C7、C8、C9等" in read_content(saved(book), BOOK).anomalies[0]


def test_a_formula_with_a_result_is_its_result() -> None:
    data = saved(book_of(HEADER, ["合计", "", "=1+1", 5])[0])
    data = edited(data, "sheet1", "<v></v>", "<v>385.28</v>", "<v />", "<v>385.28</v>", "<v/>", "<v>385.28</v>")
    content = read_content(data, BOOK)
    assert texts(content) == [[HEADER, ["合计", "", "385.28", "5"]]]
    assert content.anomalies == ()


def test_a_zero_stored_by_a_program_for_a_formula_is_no_result() -> None:
    data = edited(
        saved(book_of(HEADER, ["合计", "", "=1+1", 0])[0]), "sheet1", "<v></v>", "<v>0</v>", "<v />", "<v>0</v>"
    )
    assert texts(read_content(data, BOOK)) == [[HEADER, ["合计", "", "#未计算", "0"]]]
    calculated = edited(data, "workbook", 'fullCalcOnLoad="1"', "")
    assert texts(read_content(calculated, BOOK)) == [[HEADER, ["合计", "", "0", "0"]]]


def test_a_zero_among_other_results_of_formulas_is_a_result() -> None:
    """Excel stores results, and asks for `fullCalcOnLoad` too where another program saved the workbook before."""
    book, _ = book_of(HEADER, ["合计", "", "=1-1", 0])
    other = book.create_sheet("二")
    other.append(["甲", "=1+1"])
    data = saved(book)
    for name, result in (("sheet1", "0"), ("sheet2", "2")):
        data = edited(
            data, name, "<v></v>", f"<v>{result}</v>", "<v />", f"<v>{result}</v>", "<v/>", f"<v>{result}</v>"
        )
    content = read_content(data, BOOK)
    assert texts(content)[0] == [HEADER, ["合计", "", "0", "0"]]
    assert content.anomalies == ()


def test_hidden_rows_and_columns_are_left_out_and_told() -> None:
    rows: list[list[object]] = [["支出决算表"], HEADER, BODY, ["甲", "乙", 1, 2], ["丙", "丁", 3, 4], BODY, ["戊"]]
    book, sheet = book_of(*rows, title="支出")
    for row in (4, 5):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions.group("E", "XFD", hidden=True)
    content = read_content(edited(saved(book), "sheet1", '<row r="7"', '<row r="7" ht="0" customHeight="1"'), BOOK)
    short = [["科目编码", "合计", "基本支出"], *[["208", "385.28", "270.9"]] * 2]
    assert texts(content) == ["支出决算表", short]
    assert content.anomalies == (
        "工作表“支出”第4–5行被隐藏且含有数字，未纳入审核",
        "工作表“支出”第7行被隐藏（不含数字），未纳入审核",
        "工作表“支出”B列被隐藏（不含数字），未纳入审核",
    )


SUMS: list[list[object]] = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
    ["205", "教育支出", 25.5, 22.5, 3],
    ["20501", "教育管理事务", 15.25, 12.25, 3],
    ["20502", "普通教育", 10.25, 10.25, 0],
    ["20503", "职业教育", 0, 0, 0],
]


@pytest.mark.parametrize(
    ("hidden", "severity"), [(6, "question"), (7, ""), (None, "")], ids=["row with amounts", "row of zeros", "nothing"]
)
def test_sums_over_hidden_rows_prove_nothing(hidden: int | None, severity: str, tmp_path: Path) -> None:
    book, sheet = book_of(["某局2023年度部门决算"], ["支出决算表"], *SUMS, title="支出决算表")
    if hidden:
        sheet.row_dimensions[hidden].hidden = True
    path = tmp_path / "account.xlsx"
    book.save(path)
    found = [one for one in audit(path).findings.findings if one.rule == "expenditure.hierarchy"]
    assert {str(one.severity) for one in found} == ({severity} if severity else set())
    assert all("被隐藏的行" in one.message for one in found)


def test_an_error_beside_a_hidden_row_of_zeros_is_one(tmp_path: Path) -> None:
    rows = [[*row[:2], 16.25, *row[3:]] if row[0] == "20501" else row for row in SUMS]
    book, sheet = book_of(["某局2023年度部门决算"], ["支出决算表"], *rows, title="支出决算表")
    sheet.row_dimensions[7].hidden = True
    path = tmp_path / "account.xlsx"
    book.save(path)
    assert audit(path).findings.of("error")


def test_amounts_that_their_format_does_not_show_are_told() -> None:
    book, sheet = book_of(HEADER, BODY, ["20801", "甲", 0, 5])
    for cell in ("C2", "C3", "D3"):
        sheet[cell].number_format = ";;;"
    content = read_content(saved(book), BOOK)
    assert content.anomalies == ("工作表“Sheet1”有2处数字按其格式不显示（C2、D3），未纳入审核",)
    assert texts(content)[-1][1] == ["208", "社会保障和就业支出", "", "270.9"]


def test_a_row_too_low_to_be_seen_is_hidden() -> None:
    book, sheet = book_of(HEADER, BODY, BODY)
    sheet.row_dimensions[3].height = 0.1
    sheet.column_dimensions["D"].width = 0.1
    assert texts(read_content(saved(book), BOOK)) == [[HEADER[:3], ["208", "社会保障和就业支出", "385.28"]]]


def test_text_merged_over_hidden_cells_shows_in_the_first_visible_one() -> None:
    book, sheet = book_of(["项目", None, "支出", None], ["编码", "名称", 1, 2])
    sheet.merge_cells("A1:B1")
    sheet.column_dimensions["A"].hidden = True
    content = read_content(saved(book), BOOK)
    assert texts(content) == [[["项目", "支出", ""], ["名称", "1", "2"]]]
    assert content.origins[1] == InSheet("Sheet1", "A1")


def test_hidden_sheets_are_left_out_and_told() -> None:
    book, _ = book_of(HEADER, BODY)
    for title, state, rows in (
        ("底稿", "hidden", [HEADER, BODY]),
        ("字典", "veryHidden", [HEADER]),
        ("空", "hidden", []),
    ):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    content = read_content(saved(book), BOOK)
    assert texts(content) == [TABLE]
    assert content.anomalies == (
        "工作表“底稿”被隐藏且含有数字，未纳入审核",
        "工作表“字典”被隐藏（不含数字），未纳入审核",
    )


def test_a_far_formatted_cell_costs_nothing() -> None:
    book, sheet = book_of(HEADER, BODY)
    sheet["XFD1048576"].border = Border(_LINE)
    sheet["A1048576"].number_format = "0.00"
    assert texts(read_content(saved(book), BOOK)) == [TABLE]


def edited(data: bytes, part: str, *replacements: str, drop: str = "") -> bytes:
    """A package with texts of the part of that name replaced (old and new in turn), or a part left out."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as result:
        for name in source.namelist():
            content = source.read(name).decode("utf-8")
            if Path(name).stem == part:
                for old, new in zip(replacements[::2], replacements[1::2], strict=False):
                    content = content.replace(old, new)
            if not drop or Path(name).name != drop:
                result.writestr(name, content)
    return target.getvalue()


def two_sheets() -> bytes:
    """A workbook with 支出 and 收入."""
    book, _ = book_of(HEADER, BODY, title="支出")
    second = book.create_sheet("收入")
    for row in (HEADER, BODY):
        second.append(row)
    return saved(book)


def damaged_in_place(data: bytes) -> bytes:
    """A package in which the second sheet's part cannot be unpacked."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo("xl/worksheets/sheet2.xml")
    start = info.header_offset + 30 + len(info.filename)
    return data[:start] + b"\xff" * info.compress_size + data[start + info.compress_size :]


BROKEN_SHEETS: dict[str, Callable[[bytes], bytes]] = {
    "not XML": lambda data: edited(data, "sheet2", "</row>", ""),
    "missing": lambda data: edited(data, "", drop="sheet2.xml"),
    "a style there is none of": lambda data: edited(data, "sheet2", ' t="n"', ' t="n" s="99"'),
    "cannot be unpacked": damaged_in_place,
}


@pytest.mark.parametrize("damage", list(BROKEN_SHEETS))
def test_one_broken_sheet(damage: str) -> None:
    content = read_content(BROKEN_SHEETS[damage](two_sheets()), BOOK)
    assert texts(content) == [TABLE]
    assert content.anomalies == ("工作表“收入”已损坏，未能读取",)


UNUSABLE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off": (lambda data: data[: len(data) // 2], "压缩包结构不完整"),
    "no workbook": (lambda data: edited(data, "", drop="workbook.xml"), "缺少部件 xl/workbook.xml"),
    "workbook not XML": (lambda data: edited(data, "workbook", "</sheets>", ""), "目录已损坏"),
    "no styles": (lambda data: edited(data, "styles", "<cellXfs", "<cellXf"), "没有一个工作表能够读取"),
    "strict": (lambda data: edited(data, "workbook", MAIN, STRICT), "严格 Open XML"),
}
MAIN, STRICT = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)


@pytest.mark.parametrize("damage", list(UNUSABLE))
def test_unusable_workbooks(damage: str) -> None:
    change, said = UNUSABLE[damage]
    with pytest.raises(UnusableInputError, match=said) as refused:
        read_content(change(two_sheets()), BOOK)
    assert str(refused.value).startswith("account.xlsx：")


def test_a_binary_workbook_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("xl/workbook.bin", b"\x00")
    with pytest.raises(UnusableInputError, match="xlsb"):
        read_content(target.getvalue(), BOOK)


def test_a_workbook_that_shows_nothing_is_refused() -> None:
    book, _ = book_of()
    hidden = book.create_sheet("底稿")
    hidden.append(BODY)
    hidden.sheet_state = "hidden"
    with pytest.raises(UnusableInputError, match="2个工作表中没有可见的内容（工作表“底稿”被隐藏且含有数字"):
        read_content(saved(book), BOOK)


@pytest.mark.parametrize("template", ["sample", "hunan2023", "shanghai2024", "national2020yuan"])
def test_a_text_rebuilt_as_a_workbook_says_the_same(template: str, tmp_path: Path) -> None:
    source = SAMPLE
    if template != "sample":
        source = tmp_path / "account.txt"
        source.write_text(to_text(make_department(1, template)), encoding="utf-8")
    to_xlsx(read(source), tmp_path / "account.xlsx")
    as_text, as_book = audit(source), audit(tmp_path / "account.xlsx")
    assert facts(as_book) == facts(as_text)
    assert findings(as_book) == findings(as_text)
    assert as_book.document.anomalies == ()
    assert as_book.document.encoding == "xlsx"


def test_a_places_locator_names_sheet_and_cell(tmp_path: Path) -> None:
    book, _ = book_of(["支出决算表"], HEADER, BODY, title="支出")
    book.save(tmp_path / "account.xlsx")
    document = read(tmp_path / "account.xlsx")
    table: Block = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    assert table.grid is not None
    place = document.locator(table.grid.rows[1][3].place)
    assert (place["sheet"], place["cell"]) == ("支出", "D3")
