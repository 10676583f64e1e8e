"""Plain text to Document."""

from pathlib import Path

import pytest

from gouji.document.model import BlockKind, section_label
from gouji.document.reader import read
from gouji.document.spans import column_spans
from gouji.document.text import read_blocks

HEADER_CASES = [
    pytest.param(
        [["项目", "年初", "收入", "支出", "年末"], ["编码", "名称", "", "", "小计", "基本", "项目", ""]],
        [[2, 1, 1, 3, 1], [1] * 8],
        id="a parent over the run of cells below it",
    ),
    pytest.param(
        [
            ["收入", "支出"],
            ["项目", "行次", "金额", "项目", "行次", "合计", "一般", "基金"],
            ["甲", "1", "2", "乙"] * 2,
        ],
        [[3, 5], [1] * 8],
        id="a run cut where its first label recurs",
    ),
    pytest.param(
        [
            ["预算数", "决算数"],
            ["合计", "出国", "车", "合计", "出国", "车"],
            ["", "", "小", "购", "", "", "小", "购"],
            ["1"] * 8,
        ],
        [[4, 4], [1, 1, 2, 1, 1, 2], [1] * 8],
        id="three header rows",
    ),
]


@pytest.mark.parametrize(("rows", "expected"), HEADER_CASES)
def test_header_spans(rows: list[list[str]], expected: list[list[int]]) -> None:
    spans, width = column_spans(rows)
    assert spans[: len(expected)] == expected
    assert all(sum(row) == width for row in spans)


def test_body_rows_shorter_than_the_table_keep_numbers_in_number_columns() -> None:
    rows = [["编码", "名称", "数", "编码", "名称", "数"], ["301", "工资", "1.2", "302", "商品", "3.4"]]
    rows += [["30101", "基本工资", "1.2", "30201", "办公费", "3.4"], ["人员合计", "1.2", "公用合计", "3.4"]]
    spans, _ = column_spans(rows)
    assert spans[-1] == [2, 1, 2, 1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    source = tmp_path / "account.txt"
    source.write_bytes("2023年某局部门决算\n\n\t项目\n\t决算数\n\n\t总计\n\t１.5\n\n".encode(encoding))
    document = read(source)
    assert document.blocks[0].text == "2023年某局部门决算"
    assert document.blocks[1].grid is not None


def test_a_line_without_a_tab_continues_the_cell_before_it() -> None:
    (block,) = read_blocks("\t公务\n接待费\n\t合计\n\n\t1\n\t2\n")
    assert block.grid is not None
    assert [cell.text for cell in block.grid.rows[0]] == ["公务接待费", "合计"]


def test_rows_with_tabs_between_cells() -> None:
    (block,) = read_blocks("项目\t决算数\n一、收入\t12.50\n二、支出\t7.00\n")
    assert block.grid is not None
    assert [cell.text for cell in block.grid.rows[1]] == ["一、收入", "12.50"]


def test_caption_unit_and_note_inside_a_run_are_paragraphs() -> None:
    text = "\t部门收入决算表\n\n\t公开02表\n\n\t部门：某局\n\t单位：元\n\n\t项目\n\t合计\n\n\t合计\n\t5\n\n"
    text += "\t注：说明。\n\n\t部门支出决算表\n\n\t项目\n\t合计\n\n"
    kinds = [block.kind for block in read_blocks(text)]
    assert kinds == [BlockKind.PARAGRAPH] * 3 + [BlockKind.TABLE] + [BlockKind.PARAGRAPH] * 2 + [BlockKind.TABLE]


def test_sections_and_places() -> None:
    text = "第三部分 说明\n七、“三公”经费\n（二）具体情况\n1、接待费为3万元。\n八、基金\n无。\n"
    blocks = read_blocks(text)
    labels = [section_label(block.section) for block in blocks]
    assert labels == [
        "第三部分",
        "第三部分 七",
        "第三部分 七（二）",
        "第三部分 七（二）1",
        "第三部分 八",
        "第三部分 八",
    ]
    assert [block.place.line for block in blocks] == [1, 2, 3, 4, 5, 6]
    assert blocks[3].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize("after", ["", "\t\n\t\n\n"])
def test_what_follows_a_note_in_the_last_rows_is_a_note(after: str) -> None:
    """注：本表反映… and, in a row of its own, that the table is empty."""
    text = (
        "\t支出决算表\n\n\t项目\n\t合计\n\n\t\n\t\n\n\t注：本表反映支出。\n\n\t本部门没有此项支出，本表为空表。\n\n"
        + after
    )
    blocks = read_blocks(text)
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE] + [BlockKind.PARAGRAPH] * 2
    assert blocks[-1].text == "本部门没有此项支出，本表为空表。"


def test_rows_of_one_cell_without_a_note_above_belong_to_the_table() -> None:
    (block,) = read_blocks("\t项目\n\t合计\n\n\t支出\n\t5.00\n\n\t其他支出\n\n")
    assert block.grid is not None
    assert len(block.grid.rows) == 3
