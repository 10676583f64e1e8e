"""Reads web pages: the text and tables of a page in order, without what a site puts around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from gouji.document.content import Content
from gouji.document.formats.faint import faint_lines
from gouji.document.formats.web import pictures
from gouji.document.formats.web.faint import faint_texts
from gouji.document.formats.web.furniture import hide_footers
from gouji.document.formats.web.page import parse, text_of, texts_of
from gouji.document.formats.web.pieces import Builder
from gouji.document.formats.web.source import source_of
from gouji.document.pieces import Line, Piece
from gouji.document.rejoined import rejoined
from gouji.document.word_lists import WORDS
from gouji.errors import UnusableInputError
from gouji.runtime.limits import LIMITS, Limits

#: What the title or first heading of an error page says.
_ERROR = re.compile("|".join(WORDS.error_pages), re.IGNORECASE)
#: The most characters of an error page.
_LITTLE = 1500
_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
_LINKS = ("a", "iframe", "embed", "object")
_TARGETS = ("href", "src", "data")
#: The most attachments that one line names.
_NAMED = 5


def read_content(data: bytes, path: Path, limits: Limits = LIMITS) -> Content:
    """Reads the paragraphs and tables of a web page.

    Raises UnusableInputError for an error page that was saved in place of a file, and for a page made of frames only;
    LimitExceededError for one that exceeds the limits.
    """
    text, encoding, damaged = source_of(data)
    limits.check("elements", text.count("<") - text.count("</"), path)
    root = parse(text)
    if root is None:
        raise UnusableInputError(str(path), "网页中没有任何内容", "请重新下载原文件")
    _not_too_deep(root, path, limits)
    hide_footers(root)
    builder = Builder(most=lambda cells: limits.check("cells", cells, path))
    builder.add(root)
    _not_an_error(root, builder.pieces, path)
    _not_frames(root, builder.pieces, path)
    anomalies = [f"网页有 {damaged} 处字符编码损坏，显示为“\ufffd”"] if damaged else []
    faint = faint_lines(faint_texts(root, text))
    told = (*anomalies, *pictures.remarks(root), *_attachments(root), *faint)
    pieces, _ = rejoined(builder.pieces, {})
    return Content(pieces, f"html（{encoding}）", told)


def _not_too_deep(root: etree._Element, path: Path, limits: Limits) -> None:
    """Raises LimitExceededError for elements nested too deeply: inner tables are looked through once for each table
    around them."""
    if root.xpath(f"boolean(//*[not(*)][count(ancestor::*) >= {limits.depth}])"):
        raise limits.exceeded("depth", path)


def _not_an_error(root: etree._Element, pieces: list[Piece], path: Path) -> None:
    """Raises UnusableInputError for an error page: no table, little text, and a title or heading that says so."""
    lines = [piece.text.strip() for piece in pieces if isinstance(piece, Line)]
    if len(lines) < len(pieces) or sum(map(len, lines)) > _LITTLE:
        return
    titles = [text for tag in ("title", "h1", "h2", "h3") for text in texts_of(root, tag)[:1]]
    said = next((title for title in [*titles, *lines[:1]] if len(title) <= 60 and _ERROR.search(title)), None)
    if said is not None:
        problem = f"文件内容是网页“{said}”，没有决算表"
        raise UnusableInputError(str(path), problem, "下载时链接已失效或被拦截，请重新下载原文件")


def _not_frames(root: etree._Element, pieces: list[Piece], path: Path) -> None:
    """Raises UnusableInputError for a page whose text is in other files."""
    sources = [source for frame in root.iter("frame") if (source := (frame.get("src") or "").strip())]
    if next(root.iter("frameset"), None) is not None and not pieces:
        named = "、".join(unquote(source) for source in sources[:_NAMED]) or "其他文件"
        problem = f"网页由框架组成，正文在另外的文件中（{named}）"
        raise UnusableInputError(str(path), problem, "请给出这些文件，或在浏览器、Excel 中打开后另存")


def _attachments(root: etree._Element) -> Iterator[str]:
    """Yields a line for people that names the documents that the page links to. The account may be in them."""
    links = {link: next(filter(None, map(link.get, _TARGETS)), "").strip() for link in root.iter(*_LINKS)}
    documents = {link: target for link, target in links.items() if _ATTACHMENT.search(target)}
    names = [text_of(link) or unquote(target).rpartition("/")[2] for link, target in documents.items()]
    if unique := list(dict.fromkeys(names)):
        named = "、".join(f"“{name}”" for name in unique[:_NAMED]) + ("等" if len(unique) > _NAMED else "")
        yield f"网页另有 {len(unique)} 个附件，未读入：{named}"
