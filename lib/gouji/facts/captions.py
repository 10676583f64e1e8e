"""What stands around a grid: its caption, number, unit, department and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gouji.document.marks import CAPTION_END, NOTE, TABLE_NUMBER, is_caption, is_furniture, is_note
from gouji.document.model import Block, BlockKind, Cell, Document, Place
from gouji.facts.word_lists import WORDS
from gouji.intervals import MONEY_UNIT
from gouji.labels import normalise
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

_UNIT = re.compile(rf"单位[:：]?(?:人民币)?[(]?({MONEY_UNIT})")
_UNIT_PRINTED = re.compile(rf"(?:金额|计量|货币)?单\s*位\s*[:：]?\s*(?:人民币)?[(（]?\s*(?:{MONEY_UNIT})")
_LABEL_UNIT = re.compile(rf"\(({MONEY_UNIT})\)$")
_LABEL_UNIT_PRINTED = re.compile(rf"[(（]\s*(?:{MONEY_UNIT})\s*[)）]\s*$")
#: What a note says of the unit: 本表金额单位为元, 本表以“万元”为金额单位.
_UNIT_TOLD = re.compile(rf"单位均?[为是]({MONEY_UNIT})|以({MONEY_UNIT})为(?:金额|计量|货币)?单位")
_UNIT_TOLD_PRINTED = re.compile(
    rf"单位均?[为是][“\"]?(?:{MONEY_UNIT})|以[“\"]?(?:{MONEY_UNIT})[”\"]?为(?:金额|计量|货币)?单位"
)
_DEPARTMENT = re.compile(rf"(?:{any_of(WORDS.department_labels)})(?:名称)?[:：]\s*([^\s:：]{{2,40}})")
_CAPTION_LENGTH = 70
_LOOK_BACK = 8
#: Formats that keep caption and unit inside a grid keep them in so many rows, or in so many last ones.
_LEADING = 4
_TRAILING = 2


@immutable()
class Surroundings:
    """A grid's neighbourhood: possible captions (nearest first), table number, unit, department, notes below.
    `unit_line`: the words that state the unit, with their place; None where none do."""

    captions: tuple[str, ...]
    number: str
    unit: str
    department: str
    notes: tuple[str, ...]
    unit_line: tuple[str, Place] | None = None


def surroundings(document: Document, block: Block) -> Surroundings:
    """Reads the paragraphs between `block` and the tables before and after it."""
    above = _above(document.blocks, block.index)
    texts = [*(normalise(text) for text in above), *(normalise(text) for text in _leading_rows(block))]
    raw = [*above, *_leading_rows(block)]
    unit = _unit(texts) or _unit_of_labels(_leading_rows(block))
    below = _lines_below(document, block)
    return Surroundings(
        captions=tuple(text for text in reversed(texts) if len(text) <= _CAPTION_LENGTH and "。" not in text),
        number=next((match.group() for text in reversed(texts) if (match := TABLE_NUMBER.search(text))), ""),
        unit=unit or _unit_below(below),
        department=_department(raw),
        notes=_below(document.blocks, block.index),
        unit_line=_unit_line(document, block) if unit else _first_printed(below, (_UNIT_PRINTED, _UNIT_TOLD_PRINTED)),
    )


def department_above(document: Document, block: Block) -> str:
    """The department of a grid's `surroundings` alone."""
    return _department([*_above(document.blocks, block.index), *_leading_rows(block)])


def _department(texts: Sequence[str]) -> str:
    """The department that is named nearest."""
    return next((match.group(1) for text in reversed(texts) if (match := _DEPARTMENT.search(text))), "")


def _unit(texts: Sequence[str]) -> str:
    """The unit that is named as such, the nearest one."""
    return next((match.group(1) for text in reversed(texts) if (match := _UNIT.search(text))), "")


def _unit_line(document: Document, block: Block) -> tuple[str, Place] | None:
    """The words around the unit that is named nearest: a line above, or a cell of the first rows; else the unit in the
    first label that has one."""
    lines = [(one.text, one.place) for one in _blocks_above(document.blocks, block.index)]
    cells = [(cell.text, cell.place) for row in _rows(block)[:_LEADING] for cell in row]
    return _first_printed([*lines, *cells][::-1], (_UNIT_PRINTED,)) or _first_printed(cells, (_LABEL_UNIT_PRINTED,))


def _first_printed(lines: Iterable[tuple[str, Place]], patterns: Iterable[re.Pattern[str]]) -> tuple[str, Place] | None:
    """What is found first in lines, with its place."""
    for text, place in lines:
        for match in filter(None, (pattern.search(text) for pattern in patterns)):
            return match.group(), Place(place.line, place.start + match.start(), place.start + match.end())
    return None


def _lines_below(document: Document, block: Block) -> list[tuple[str, Place]]:
    """Where a unit may be told that none above tells: the last rows, the notes, and a line below that is not above
    another table."""
    lines = [(cell.text, cell.place) for row in _rows(block)[_LEADING:][-_TRAILING:] for cell in row]
    below = document.blocks[block.index + 1 : block.index + 1 + len(_below(document.blocks, block.index))]
    behind = document.blocks[block.index + 1 + len(below) :][:1]
    of_next = bool(behind) and behind[0].kind is not BlockKind.HEADING
    kept = [one for at, one in enumerate(below) if is_note(one.text) or not of_next or any(map(_notes, below[at:]))]
    return [*lines, *((one.text, one.place) for one in kept)]


def _notes(block: Block) -> bool:
    return is_note(block.text)


def _unit_below(lines: Iterable[tuple[str, Place]]) -> str:
    """The unit that lines below a table name or tell first."""
    texts = [normalise(text) for text, _ in lines]
    found = (_UNIT.search(text) or _UNIT_TOLD.search(text) for text in texts)
    return next((one for match in found if match for one in match.groups() if one), "")


def _rows(block: Block) -> tuple[tuple[Cell, ...], ...]:
    return block.grid.rows if block.grid else ()


def _unit_of_labels(labels: Sequence[str]) -> str:
    """The unit in the labels of columns (决算数（万元）), where all that have one have the same."""
    units = {match.group(1) for text in labels if (match := _LABEL_UNIT.search(normalise(text)))}
    return units.pop() if len(units) == 1 else ""


def _above(blocks: Sequence[Block], index: int) -> list[str]:
    return [block.text for block in _blocks_above(blocks, index)]


def _blocks_above(blocks: Sequence[Block], index: int) -> list[Block]:
    """The lines above a grid up to the table before it, or that table's notes. A note with no caption, number or unit
    below it is the grid's own: 注：本表以“万元”为金额单位."""
    found: list[Block] = []
    for block in reversed(blocks[max(0, index - _LOOK_BACK) : index]):
        is_note = block.text.startswith("注")
        ended = is_note and any(is_caption(one.text) or is_furniture(one.text) for one in found)
        if block.kind is BlockKind.TABLE or ended:
            break
        if not is_note:
            found.append(block)
    return found[::-1]


def _leading_rows(block: Block) -> list[str]:
    """Texts of the first rows of a grid, for formats that keep caption and unit inside it."""
    if block.grid is None:
        return []
    return [cell.text.strip() for row in block.grid.rows[:_LEADING] for cell in row if cell.text.strip()]


def _below(blocks: Sequence[Block], index: int) -> tuple[str, ...]:
    """Notes under a grid: paragraphs up to the next caption, heading or table. A note may name a table's number
    (注：…，故公开09表为空表)."""
    notes: list[str] = []
    for block in blocks[index + 1 : index + 1 + _LOOK_BACK]:
        text = normalise(block.text)
        captioned = CAPTION_END.search(text) or TABLE_NUMBER.search(text)
        if block.kind is not BlockKind.PARAGRAPH or (captioned and not NOTE.match(block.text)):
            break
        notes.append(block.text)
    return tuple(notes)
