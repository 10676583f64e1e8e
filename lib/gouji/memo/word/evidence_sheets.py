"""Writes evidence-sheets.docx: a sheet of evidence (审计取证单) for each finding, one page each, ready to be signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement

from gouji.memo.content import MemoContent
from gouji.memo.evidence_summary import SIZES, summary_of
from gouji.memo.finding_content import FindingContent
from gouji.memo.paper import TEXT_WIDTH, Span, Style, text_width
from gouji.memo.word.blocks import add
from gouji.memo.word.document import new_document, save
from gouji.memo.word.elements import cell, element, line, twips
from gouji.memo.word.styles import cell_style, set_up_cells, style_name
from gouji.memo.word.tables import frame

_TITLE = "审计取证单"
_NOTE = "注：一事一单。证据提供单位或个人拒绝签名、盖章的，由审计人员在此注明原因和日期："
_NONE = "没有须取证的发现，未编制取证单。"
_DATE = "　　　　年　　月　　日"
_SEAL = f"（盖章）{'　' * 8}"
#: Widths of the form's four columns and heights of its rows, in points. With title and note they fill a page.
_WIDTHS = (92.0, 155.5, 76.0, 130.0)
_NAME, _MATTER, _SUMMARY, _SOURCE, _SIGNED, _OPINION = 30.0, 40.0, 300.0, 56.0, 30.0, 96.0
_WIDE = sum(_WIDTHS[1:])
_LARGE, _SMALL = SIZES[0], SIZES[1]
#: Limit on the source files that the form names.
_MOST_FILES = 2


def write_evidence_sheets(memo: MemoContent, findings: Sequence[FindingContent], path: Path) -> None:
    """Writes a sheet for each of `findings` to `path`. Fields for signatures, seals and dates stay blank."""
    document = new_document(f"{memo.title}　{_TITLE}")
    for size in SIZES:
        set_up_cells(document, size)
    for number, one in enumerate(findings):
        _add_sheet(document, memo, one, new_page=number > 0)
    if not findings:
        add(document, line(style_name(Style.TITLE), [Span(_TITLE)]))
        add(document, line(style_name(Style.SUBTITLE), [Span(memo.title)]))
        add(document, line(style_name(Style.BODY), [Span(_NONE)]))
    save(document, path)


def _add_sheet(document: Document, memo: MemoContent, one: FindingContent, new_page: bool) -> None:
    title = line(style_name(Style.TITLE), [Span(_TITLE)])
    if new_page:
        title[0].append(element("pageBreakBefore"))
    index = line(style_name(Style.SMALL), [Span(f"索引号：{one.id}\t第 1 页　共 1 页")])
    index[0].append(element("tabs", element("tab", val="right", pos=twips(TEXT_WIDTH))))
    form = frame(_WIDTHS)
    form.extend(_rows(memo, one))
    for part in (title, index, form, line(cell_style(_SMALL), [Span(_NOTE)])):
        add(document, part)


def _rows(memo: MemoContent, one: FindingContent) -> Iterator[BaseOxmlElement]:
    matter = f"部门决算公开数字的勾稽核对：{one.title}"
    yield _row(_NAME, _label("项目名称"), _text(f"{memo.department}{memo.year}部门决算公开审核"))
    yield _row(_NAME, _label("被审计（调查）", "单位或个人"), _text(memo.department))
    yield _row(_MATTER, _label("审计（调查）", "事项"), _text(matter))
    yield _row(_SUMMARY, _label("审计（调查）", "事项摘要"), _summary(memo, one))
    yield _row(_SOURCE, _label("附件/索引"), _text(*_sources(memo, one)))
    yield _row(_SIGNED, *_pair("审计人员", "编制日期"))
    seal = line(cell_style(_LARGE), [Span(_SEAL)], "right")
    blank = [line(cell_style(_LARGE), []) for _ in range(4)]
    yield _row(_OPINION, _label("证据提供单位", "意见"), cell(_WIDE, [*blank, seal], 3))
    yield _row(_SIGNED, *_pair("证据提供人签名", "日期"))


def _row(height: float, *cells: BaseOxmlElement) -> BaseOxmlElement:
    properties = element("trPr", element("cantSplit"), element("trHeight", val=twips(height), hRule="atLeast"))
    return element("tr", properties, *cells)


def _label(*words: str, column: int = 0) -> BaseOxmlElement:
    return cell(_WIDTHS[column], [line(cell_style(_LARGE), [Span(word)], "center") for word in words])


def _text(*lines: str) -> BaseOxmlElement:
    """Returns the text across the rest of a row, in smaller letters where it is long."""
    size = _LARGE if sum(text_width(one, _LARGE) for one in lines) < 2 * _WIDE else _SMALL
    return cell(_WIDE, [line(cell_style(size), [Span(one)]) for one in lines], 3)


def _pair(first: str, second: str) -> Iterator[BaseOxmlElement]:
    """Yields two fields to be filled in by hand."""
    yield _label(first)
    yield cell(_WIDTHS[1], [line(cell_style(_LARGE), [])])
    yield _label(second, column=2)
    yield _label(_DATE, column=3)


def _sources(memo: MemoContent, one: FindingContent) -> list[str]:
    """Returns the files, by name and hash, and which papers hold the details."""
    said = [told for file in memo.sources[:_MOST_FILES] for told in (file.name, f"SHA-256 {file.sha256}")]
    more = len(memo.sources) - _MOST_FILES
    said += [f"另有{more}个文件，见备忘录"] if more > 0 else []
    pages = memo.weighed[one.id].pages
    said += [f"原文见文件{'、'.join(pages)}"] if pages else []
    return [*said, f"工作底稿“审计发现”表编号 {one.id}；附件　　　页"]


def _summary(memo: MemoContent, one: FindingContent) -> BaseOxmlElement:
    """Returns the cell of the facts, in letters as large as fit."""
    summary = summary_of(memo, one, _WIDE, _SUMMARY)
    return cell(_WIDE, [line(cell_style(summary.size), spans) for spans in summary.paragraphs], 3, top=True)
