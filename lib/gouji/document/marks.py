"""Recognises the lines around a table and the content of cells, the same in every format.

The words are those of `words.yaml`; this module says how they are set. A format that deliberately reads a pattern
differently keeps its own, and says why.
"""

from __future__ import annotations

import re

from gouji.document.word_lists import CONTINUING, WORDS
from gouji.intervals import MONEY_UNIT
from gouji.runtime.word_lists import any_of

#: What separates the parts of a line that is set with spaces: blanks of any width.
_BLANKS = "[ \u3000\u00a0]{2,}"
#: What may stand behind a caption: （续表）, （公开01表）, （功能科目）.
_BRACKETED = r"(?:[（(][^（()）]*[）)]\s*)*"

#: The end of a caption, in a line that may hold more before it.
CAPTION_END = re.compile(rf"表\s*{_BRACKETED}$")
#: A line that is a caption and nothing else.
CAPTION = re.compile(rf"^\s*[^。；，：:]{{2,60}}表\s*{_BRACKETED}$")
_SERIES = any_of(WORDS.table_series)
#: A table's number, wherever it stands: 公开01表, 财决01表.
TABLE_NUMBER = re.compile(rf"(?:{_SERIES})\s*\d+\s*表")
#: The same at the beginning of a line, and the numbers that are told there only: 表1, 附表2.
NUMBERED = re.compile(rf"^\s*[（(]?\s*(?:(?:{_SERIES})\s*\d+\s*表|附?表\s*\d+)")
#: Whose table it is, or in which unit its amounts are: 编制单位：, 部门名称:, 金额单位：; in any line.
OWNER = re.compile(rf"(?:{any_of(WORDS.owners)})(?:名称)?\s*[:：]")
#: The same in lines that may be rows of a form, which name other departments too (主管部门：).
OWNER_OF_TABLE = re.compile(
    rf"^\s*(?:{any_of(WORDS.preparing)})?(?:{any_of(WORDS.owners)})(?:名称)?\s*[:：]|单位\s*[:：]"
)
#: What may stand beside the mark of a table that goes on (续表): blanks, brackets, the table's number, the unit.
_BESIDE_MARK = re.compile(
    rf"[\s（）()：:]|(?:{_SERIES})\d+表|附?表\d+|(?:金额)?单位[:：](?:人民币)?[（(]?(?:{MONEY_UNIT})"
)
#: The mark: 续表, 续上表, 附表续, 续表2.
_CONTINUED = re.compile(rf"(?:附?表)?(?:{any_of(WORDS.continued)})(?:[一二三四五六七八九十]{{1,2}}|\d{{1,2}})?")
#: A character that every such mark has, so that other lines are not looked at closely.
_OF_MARK = re.compile(f"[{CONTINUING}]")
#: A note: 注：, （备注1：, 注1、.
NOTE = re.compile(rf"^\s*[（(]?(?:{any_of(WORDS.notes)})\s*(?:\d?\s*[:：]|[\d①-⑳]\s*[、.．\s])")
#: A footnote that is one by its sign: *按四舍五入列示。 ①含上年结转。
FOOTNOTE = re.compile(r"^\s*(?:[*＊※]+|[①-⑳]).*。")

_BLANK = re.compile(r"\s+")
#: A cell that is wholly an amount, a share, a count or a code.
FIGURE = re.compile(r"^[-−－(（]?[¥￥]?[-−－]?\d[\d,，]*(?:[.．]\d+)?[)）%％]?$")
#: A cell that is an amount with decimals; one that is a code of the classifications.
_AMOUNT = re.compile(r"^[-－]?\d[\d,]*\.\d+$")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_TWO = 2
#: What labels of rows do not have, but for the 、 behind their numbers.
_PUNCTUATION = re.compile("[，。；：:;“”]|(?<![一二三四五六七八九十])、")
_UNIT = re.compile(any_of(WORDS.units))
#: What sentences have and labels have not.
SENTENCE = re.compile("[，。；]")
#: Two characters beside each other: a word, not a sign.
WORD = re.compile("[\u4e00-\u9fff]{2}")

#: What stands between two pieces of a line.
GAP = re.compile(rf"(?<=\S){_BLANKS}(?=\S)")
#: A line of several pieces; a label of two characters spread over its column (项　　目) is one.
SET_APART = re.compile(r"\S{2}[ \u3000\u00a0\t]{2,}\S|\S[ \u3000\u00a0\t]{2,}\S{2}")


def is_caption(text: str) -> bool:
    """True for a table's title on a line of its own, with or without its number before or behind it and something in
    brackets; not for the number (公开01表) alone."""
    return "表" in text and bool(CAPTION.match(NUMBERED.sub("", TABLE_NUMBER.sub("", text)).rstrip()))


def is_row_of_figures(text: str) -> bool:
    """True for a table's row whose cells one blank sets apart: labels without punctuation, and behind them two amounts
    or more, or one behind a code. The unit of an amount in a sentence stands behind it."""
    cells = text.split()
    labels = [cell for cell in cells if not FIGURE.match(cell)]
    amounts = sum(bool(_AMOUNT.match(cell)) for cell in cells)
    coded = len(cells) > 1 and bool(_CODE.match(cells[0]))
    if not amounts or amounts + coded < _TWO or len(labels) > _TWO or not FIGURE.match(cells[-1]):
        return False
    return not any(_PUNCTUATION.search(label) or _UNIT.match(label) for label in labels)


def is_furniture(text: str) -> bool:
    """True for what names a table's number, department or unit, or says that it goes on."""
    named = TABLE_NUMBER.search(text) or NUMBERED.match(text) or OWNER_OF_TABLE.search(text)
    return bool(named) or is_continuation(text)


def is_note(text: str) -> bool:
    """True for a line that is a note or a footnote."""
    return bool(NOTE.match(text) or FOOTNOTE.match(text))


def is_continuation(text: str) -> bool:
    """True for a line that only says that the table above goes on (续表, 公开06表（续）): no title."""
    if not _OF_MARK.search(text):
        return False
    return bool(_CONTINUED.fullmatch(_BESIDE_MARK.sub("", _BLANK.sub("", text))))


def opens_table(text: str) -> bool:
    """True for a table's title or number, or the mark of its next page: what stands below it has a head of its own."""
    return is_caption(text) or is_continuation(text) or (bool(NUMBERED.match(text)) and not OWNER.search(text))
