"""Makes the last page of an annotated PDF, which explains the numbers of the marks for readers on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from gouji.annotate.note import Note, Role
from gouji.annotate.text import AUTHOR
from gouji.findings.finding import SEVERITY_NAMES
from gouji.memo.paper import Block, Heading, PaperRow, Style, cell, paragraph, table, titles
from gouji.memo.pdf import typeset

TITLE = "附页　批注编号对照"
_SAID = (
    "本页在审核时附加，不属于原件。编号是审核备忘录中发现的序号：红框为错误，黄色虚线框为疑点，蓝线为提示；"
    "绿色虚线及括号中的编号，是与该项发现相对的数字。编号后的“?”表示仅凭勾稽不能判断是其中哪一个数字有误。"
)
_PRINTED = 4
#: Marks by page.
Marked = Sequence[tuple[int, Note]]


def legend(marked: Marked, add: Callable[[PdfObject], IndirectObject]) -> list[DictionaryObject]:
    """Returns the pages of the legend for notes by page.

    Their content is itself a note on an empty page. The copy, read again, therefore has the same text as the
    original.
    """
    if not marked:
        return []
    pages = PdfReader(BytesIO(typeset(TITLE, "", list(_blocks(marked)), numbered=False))).pages
    return [_page(page, number, add) for number, page in enumerate(pages, 1)]


def _blocks(marked: Marked) -> Iterator[Block]:
    yield Heading(1, TITLE)
    yield paragraph(Style.SMALL, _SAID)
    by_finding: dict[int, list[tuple[int, Note]]] = {}
    for page, note in marked:
        by_finding.setdefault(note.number, []).append((page, note))
    rows = (_row(number, by_finding[number]) for number in sorted(by_finding))
    yield table((titles("编号", "级别", "发现", "存疑处页码", "相对数字页码"),), rows)


def _row(number: int, marks: Marked) -> PaperRow:
    note = marks[0][1]
    suspects, opposed = (
        "、".join(str(page) for page in sorted({page for page, one in marks if one.role is role}))
        for role in (Role.SUSPECT, Role.OPPOSED)
    )
    return (
        cell(str(number), align="center"),
        cell(SEVERITY_NAMES[note.severity], align="center"),
        cell(f"{note.title}（{note.finding}）"),
        cell(suspects, align="center"),
        cell(opposed, align="center"),
    )


def _page(page: PageObject, number: int, add: Callable[[PdfObject], IndirectObject]) -> DictionaryObject:
    """Returns an empty page with a note that shows the content of a page set elsewhere."""
    sides = ArrayObject(FloatObject(side) for side in page.mediabox)
    shown = StreamObject()
    content = page.get_contents()
    shown.set_data(content.get_data() if content is not None else b"")
    shown.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): sides,
            NameObject("/Resources"): _copied(page.raw_get("/Resources"), add, {}),
        }
    )
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): sides,
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Subj"): TextStringObject(TITLE),
            NameObject("/NM"): TextStringObject(f"gouji-legend-{number}"),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): add(shown)}),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Page"),
            NameObject("/MediaBox"): sides,
            NameObject("/CropBox"): sides,
            NameObject("/Rotate"): NumberObject(0),
            NameObject("/Resources"): DictionaryObject(),
            NameObject("/Annots"): ArrayObject([add(note)]),
        }
    )


def _copied(value: PdfObject, add: Callable[[PdfObject], IndirectObject], made: dict[int, IndirectObject]) -> PdfObject:
    """Copies an object of another file with everything it refers to; `made` holds the copies by their numbers there."""
    if isinstance(value, IndirectObject):
        if value.idnum not in made:
            target = value.get_object()
            assert target is not None
            made[value.idnum] = add(_copied(target, add, made))
        return made[value.idnum]
    if isinstance(value, StreamObject):
        stream = StreamObject()
        stream._data = value._data  # as it is stored, compressed or not
        stream.update(_entries(value, add, made))
        return stream
    if isinstance(value, DictionaryObject):
        return DictionaryObject(_entries(value, add, made))
    if isinstance(value, ArrayObject):
        return ArrayObject(_copied(one, add, made) for one in list.__iter__(value))
    return value


def _entries(
    value: DictionaryObject, add: Callable[[PdfObject], IndirectObject], made: dict[int, IndirectObject]
) -> Mapping[PdfObject, PdfObject]:
    return {key: _copied(value.raw_get(key), add, made) for key in value}
