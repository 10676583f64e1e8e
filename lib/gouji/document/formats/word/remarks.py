"""Describes how a Word document was read, for people: changes that were accepted, text that was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.document.formats.word.names import FALLBACK, Element, child, number, w

_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
#: Programs whose objects hold text or tables, by the beginning of their names; a formula is no loss.
_DOCUMENTS = ("Excel.", "Word.", "ET.", "WPS.", "Ket.", "KWps.", "AcroExch.", "Package")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
#: How large a picture must be to show a table, in units of 1/360000 cm: no seal or emblem is as wide.
_WIDE, _HIGH = 8 * 360_000, 3 * 360_000
#: Pictures of older programs, and how these write a side of one; units in the same measure.
_VML = "{urn:schemas-microsoft-com:vml}"
_SIDE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d+(?:\.\d+)?)(pt|in|cm|mm|px)?")
_UNITS = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525}
_QUOTED, _LONGEST_QUOTE = 3, 40
_DIGIT = re.compile(r"\d")


def remarks(body: Element, notes: Sequence[Element], hidden: int, cut: list[str]) -> tuple[str, ...]:
    """Returns a line for each kind of thing that the document has. `notes` are its footnotes and endnotes."""
    found = []
    counts = {"插入": _changes(body, "ins"), "删除": _changes(body, "del"), "移动": _changes(body, "moveTo")}
    if said := "、".join(f"{name}{count}处" for name, count in counts.items() if count):
        found.append(f"文档含修订痕迹：{said}，按接受修订后的内容审核")
    if hidden:
        found.append(f"文档含隐藏文字{hidden}处，未列入审核")
    objects = sum(str(one.get("ProgID")).startswith(_DOCUMENTS) for one in _seen(body, _OBJECT))
    if objects:
        found.append(f"文档含嵌入对象（如 Excel 表）{objects}个，其中内容未读取")
    if foreign := len(list(_seen(body, w("altChunk")))):
        found.append(f"文档含嵌入的外部文档{foreign}处，其中内容未读取")
    pictures = sum(_may_show_a_table(one) for one in _seen(body, w("drawing")))
    pictures += sum(_old_may_show_a_table(one) for one in _seen(body, w("pict")))
    if pictures:
        found.append(f"文档含图片{pictures}幅，其中如有表格或文字则未读取")
    if figured := [text for one in notes if _DIGIT.search(text := _text(one))]:
        quoted = "、".join(f"“{text[:_LONGEST_QUOTE]}”" for text in figured[:_QUOTED])
        more = "等" if len(figured) > _QUOTED else ""
        found.append(f"文档有{len(figured)}条脚注或尾注含数字，未读取（{quoted}{more}）")
    if cut:
        quoted = "、".join(f"“{' / '.join(text.split())}”" for text in cut[:_QUOTED])
        found.append(
            f"表格中有{len(cut)}个数字分写在两行（{quoted}{'等' if len(cut) > _QUOTED else ''}），请核对其读数"
        )
    return tuple(found)


def _text(note: Element) -> str:
    return " ".join("".join(one.text or "" for one in note.iter(w("t"))).split())


def _seen(body: Element, tag: str) -> Iterator[Element]:
    """Returns the elements of a name. Content that is there twice, for newer and older programs, counts once."""
    return (one for one in body.iter(tag) if next(one.iterancestors(FALLBACK), None) is None)


def _may_show_a_table(drawing: Element) -> bool:
    size = next(drawing.iter(f"{_DRAWING}extent"), None)
    if size is None or next(drawing.iter(_PICTURE), None) is None:
        return False
    return number(size.get("cx")) >= _WIDE and number(size.get("cy")) >= _HIGH


def _old_may_show_a_table(picture: Element) -> bool:
    """True for a large picture, as older programs write it, or one whose size is not given."""
    if next(picture.iter(f"{_VML}imagedata"), None) is None:
        return False
    style = next((one.get("style", "") for one in picture.iter(f"{_VML}shape", f"{_VML}rect")), "")
    sizes = {side: _emu(length, unit) for side, length, unit in _SIDE.findall(style)}
    return sizes.get("width", _WIDE) >= _WIDE and sizes.get("height", _HIGH) >= _HIGH


def _emu(length: str, unit: str) -> float:
    return float(length) * _UNITS.get(unit, _UNITS["px"])


def _changes(body: Element, name: str) -> int:
    """Counts the places that were changed. A change that is cut into neighbouring elements is one, and so is a change
    of text and its paragraph's end."""
    return sum(_is_place(one, name) for one in _seen(body, w(name)))


def _is_place(change: Element, name: str) -> bool:
    above = change.getparent()
    if above is None or above.tag == w("numPr"):
        return False
    if above.tag != w("rPr"):
        before = change.getprevious()
        return before is None or before.tag != w(name)
    paragraph = above.getparent()
    paragraph = None if paragraph is None else paragraph.getparent()
    in_paragraph = paragraph is not None and paragraph.tag == w("p")
    return in_paragraph and child(paragraph, name) is None
