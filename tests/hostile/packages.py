"""Hostile packages: zip files that are not what they say, Word documents and workbooks with things in them."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from hostile.account import packed, relations, sheet_parts, word_body, word_parts
from hostile.texts import Maker

_ZIP = {"bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}
#: A document type declaration with entities of that kind.
_DECLARED = {
    "multiplied": '<!DOCTYPE d [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
    + "]>",
    "file": '<!DOCTYPE d [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>',
    "network": '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
}


def word(inside: str = "", times: int = 1, parts: dict[str, str] | None = None, **changes: str) -> bytes:
    """The account with markup behind its last paragraph, and with other parts."""
    return packed(word_parts(word_body(inside * times, **changes), **(parts or {})))


def word_related(targets: dict[str, str], inside: str = "") -> bytes:
    """The account, which refers to things outside of it."""
    parts = {"word/_rels/document.xml.rels": relations(targets, external=True)}
    return packed(word_parts(word_body(inside), **parts))


def word_wrapped(opening: str, closing: str, times: int) -> bytes:
    """The account with elements in elements behind it."""
    return packed(word_parts(word_body(opening * times + closing * times)))


def word_declared(kind: str, encoding: str = "utf-8", part: str = "word/document.xml") -> bytes:
    """The account with a document type declaration in one of its parts."""
    parts = word_parts()
    content = str(parts[part]).replace("120.50", "&a11;", 1)
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{_DECLARED[kind]}{content}'.encode(encoding)
    return packed(parts)


def word_main(content: str, times: int = 1, behind: str = "") -> bytes:
    """A Word file with something else, over and over, for its main part."""
    return packed(word_parts(content * times + behind))


def many_parts(number: int) -> bytes:
    """The account with so many more parts, all empty."""
    return packed(word_parts(**{f"word/media/{at}": "" for at in range(number)}))


def bomb(megabytes: int, parts: int = 1) -> bytes:
    """The account with parts of nothing but spaces."""
    spaces = b" " * (megabytes * 1_000_000)
    return packed(word_parts(**{f"word/filler{at}.xml": spaces for at in range(parts)}))


def twice(name: str, again: str) -> bytes:
    """The account with a part under a name that is there already, or nearly."""
    out = BytesIO(packed(word_parts()))
    with zipfile.ZipFile(out, "a") as archive:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr(again, word_body(income="999.99") if name == "word/document.xml" else "x")
    return out.getvalue()


def method(name: str) -> bytes:
    """The account packed by another method."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", _ZIP[name]) as archive:
        for part, content in word_parts().items():
            archive.writestr(part, content)
    return out.getvalue()


def lying(megabytes: int) -> bytes:
    """A part that says it has a hundred bytes."""
    data = bytearray(bomb(megabytes))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/filler0.xml"))
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    local = data.index(b"word/filler0.xml") - 30
    data[local + 22 : local + 26] = struct.pack("<I", 100)
    return bytes(data)


def overlapping(times: int) -> bytes:
    """One packed part under many names."""
    data = packed(word_parts(**{"word/a.xml": b" " * 1_000_000}))
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    entry_at = data.index(b"word/a.xml", start) - 46
    entry = data[entry_at : entry_at + 46 + len("word/a.xml")]
    entries = b"".join(entry.replace(b"word/a.xml", b"word/%c.xml" % (98 + at)) for at in range(times))
    number = struct.unpack("<H", data[end + 8 : end + 10])[0] + times
    tail = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, number, number, end - start + len(entries), start, 0)
    return data[:end] + entries + tail


def encrypted() -> bytes:
    """Parts marked as encrypted."""
    data = bytearray(packed(word_parts()))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def sheet(replace: dict[str, list[list[str]]] | None = None, parts: dict[str, str] | None = None) -> bytes:
    """The workbook, texts of its parts replaced, with other parts."""
    own: dict[str, str | bytes] = dict(sheet_parts())
    for name, pairs in (replace or {}).items():
        content = sheet_parts()[name].decode()
        for old, new in pairs:
            assert old in content, (name, old)
            content = content.replace(old, new, 1)
        own[name] = content
    return packed({**own, **(parts or {})})


def sheet_related(targets: dict[str, str], part: str = "xl/_rels/extra.xml.rels") -> bytes:
    """The workbook, which refers to things outside of it."""
    return packed({**sheet_parts(), part: relations(targets, external=True)})


MAKERS: dict[str, Maker] = {
    "word": word,
    "word_related": word_related,
    "word_wrapped": word_wrapped,
    "word_declared": word_declared,
    "word_main": word_main,
    "many_parts": many_parts,
    "bomb": bomb,
    "twice": twice,
    "method": method,
    "lying": lying,
    "overlapping": overlapping,
    "encrypted": encrypted,
    "sheet": sheet,
    "sheet_related": sheet_related,
}
