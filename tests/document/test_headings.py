"""Headings that are printed as sentences, or on one line with their text."""

from __future__ import annotations

import pytest

from gouji.document.model import BlockKind
from gouji.document.text import read_blocks


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("（一）收入决算情况。", "收入决算情况"),
        ("二、部门概况：", "部门概况"),
        ("3.公务接待费支出情况。", "公务接待费支出情况"),
        ("（二）收支情况说明（汇总）。", "收支情况说明（汇总）"),
    ],
)
def test_title_that_only_names_what_follows_is_a_heading_whatever_closes_it(line: str, title: str) -> None:
    heading, text = read_blocks(f"{line}\n收入合计12.30万元。")
    assert (heading.kind, heading.section[-1].title) == (BlockKind.HEADING, title)
    assert text.section == heading.section


def test_heading_and_text_on_one_line_are_two_blocks_with_their_own_places() -> None:
    heading, text, further = read_blocks("  2.收入情况。2023年度收入合计1993.21万元。\n较上年减少。")
    assert (heading.kind, heading.text, heading.place.start, heading.place.end) == (
        BlockKind.HEADING,
        "2.收入情况。",
        2,
        9,
    )
    assert (text.kind, text.text) == (BlockKind.PARAGRAPH, "2023年度收入合计1993.21万元。")
    assert (text.place.line, text.place.start) == (1, 9)
    assert text.section == further.section == heading.section


@pytest.mark.parametrize(
    "line",
    [
        "（一）推动就业。落实有关情况的政策。",
        "1.机构设置及编制情况，共有编制12名。",
        "二、2023年收入12.30万元，支出情况如下。",
        "本年收入情况。",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    (block,) = read_blocks(line)
    assert block.kind is BlockKind.PARAGRAPH


_ITEM = "{}社会保障和就业支出（类）行政事业单位养老支出（款）职业年金缴费支出（项）"


@pytest.mark.parametrize("said", ["。年初预算为100.00万元，支出决算为150.00万元。", ""])
def test_accounts_numbered_like_the_section_around_are_its_items(said: str) -> None:
    """In some provinces accounts are numbered （一） below 3., itself below （五）."""
    items = "\n".join(_ITEM.format(number) + said for number in ("（一）", "（二）"))
    blocks = read_blocks(f"三、决算情况说明\n（五）一般公共预算支出情况\n3.具体情况\n{items}\n（六）基本支出情况\n")
    numbers = [[heading.number for heading in block.section] for block in blocks]
    assert numbers[3:] == [["三、", "（五）", "3.", "（一）"], ["三、", "（五）", "3.", "（二）"], ["三、", "（六）"]]


def test_accounts_numbered_below_their_section_are_so() -> None:
    blocks = read_blocks(f"五、支出情况\n{_ITEM.format('（一）')}。支出决算为150.00万元。\n")
    assert [heading.number for heading in blocks[-1].section] == ["五、", "（一）"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("关于收入决算表的说明", "收入决算表的说明"),
        ("关于2023年度收入支出决算总表的说明", "收入支出决算总表的说明"),
        ("一般公共预算财政拨款支出决算表情况说明", "一般公共预算财政拨款支出决算表情况说明"),
        ("关于本部门2023年度“三公”经费支出决算情况的说明", "“三公”经费支出决算情况的说明"),
        ("关于政府采购支出情况说明", "政府采购支出情况说明"),
    ],
)
def test_title_without_a_number_that_tells_of_a_table_is_a_heading(line: str, title: str) -> None:
    heading, text = read_blocks(f"{line}\n收入合计12.30万元。")
    assert (heading.kind, heading.section[-1].title) == (BlockKind.HEADING, title)
    assert text.where == title


@pytest.mark.parametrize(
    "line", ["关于某县示范局2023年度部门决算的说明", "收入决算表", "支出情况说明", "关于收入的规定和说明，见附件。"]
)
def test_other_lines_without_a_number_are_no_headings(line: str) -> None:
    (block,) = read_blocks(line)
    assert block.kind is BlockKind.PARAGRAPH
