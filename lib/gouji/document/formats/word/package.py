"""Opens a Word file and parses the parts that its text depends on; an error says in one line what is wrong with
them."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from gouji.document.formats.archive import check_archive
from gouji.document.formats.word.names import Element, child, w
from gouji.errors import UnusableInputError
from gouji.runtime.limits import Limits

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: The strict variant of the format has other names for the same things.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_AGAIN = "请用 Word 打开并另存后重试，或重新取得文件"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word document: its body, its numbering and styles (None if it has none), and the footnotes and
    endnotes that its text refers to."""

    body: Element
    numbering: Element | None
    styles: Element | None
    notes: tuple[Element, ...] = ()


def open_package(data: bytes, path: Path, limits: Limits) -> Package:
    """Opens a Word file.

    Raises UnusableInputError if a part is missing, truncated, encrypted or no XML, and for a package that deceives;
    LimitExceededError for one that exceeds the limits.
    """
    check_archive(data, path, limits)
    parts = _Parts(data, path)
    main = parts.related("", "/officeDocument") or "word/document.xml"
    document = parts.parsed(main)
    body = child(document, "body")
    if body is None:
        raise UnusableInputError(str(path), f"没有 Word 正文（{main}）", _AGAIN)
    numbering, styles = (parts.related(main, f"/{name}") for name in ("numbering", "styles"))
    return Package(
        body,
        parts.parsed(numbering) if numbering in parts.names else None,
        parts.parsed(styles) if styles in parts.names else None,
        tuple(note for kind in ("footnote", "endnote") for note in _notes(parts, main, body, kind)),
    )


def _notes(parts: _Parts, main: str, body: Element, kind: str) -> Iterator[Element]:
    """Yields the notes of a kind that the text refers to. Other notes are only the rules above them."""
    name = parts.related(main, f"/{kind}s") or f"word/{kind}s.xml"
    referred = {one.get(w("id")) for one in body.iter(w(f"{kind}Reference"))}
    if referred and name in parts.names:
        yield from (one for one in parts.parsed(name).iter(w(kind)) if one.get(w("id")) in referred)


class _Parts:
    """The members of the zip file."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except zipfile.BadZipFile as error:
            raise self._unusable("压缩包结构不完整，文件可能没有下载完") from error
        self.names = set(self._zip.namelist())

    def parsed(self, name: str | None) -> Element:
        """Returns the root element of a part."""
        if name not in self.names or name is None:
            raise self._unusable(f"压缩包中没有 Word 正文（{name}）")
        try:
            data = self._zip.read(name)
        except RuntimeError as error:
            raise UnusableInputError(str(self._path), "文件已加密", "请解除密码后重试") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
            raise self._unusable(f"压缩包中的 {name} 不完整，文件可能没有下载完") from error
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
        except etree.XMLSyntaxError as error:
            raise self._unusable(f"{name} 的 XML 已损坏（第 {error.lineno} 行）") from error

    def related(self, source: str, kind: str) -> str | None:
        """Returns the part to which `source` ("": the package) refers as `kind`; None if there is none."""
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.names:
            return None
        for one in self.parsed(relations).iter(_RELATIONS):
            if one.get("Type", "").endswith(kind):
                target = one.get("Target", "")
                return (
                    target.lstrip("/")
                    if target.startswith("/")
                    else posixpath.normpath(f"{folder}/{target}".lstrip("/"))
                )
        return None

    def _unusable(self, problem: str) -> UnusableInputError:
        return UnusableInputError(str(self._path), problem, _AGAIN)
