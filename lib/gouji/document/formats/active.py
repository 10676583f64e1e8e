"""Finds content of an Office file that would run or fetch something when the file is opened. It is reported, never
followed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

from gouji.document.formats.archive import DAMAGED

_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|macrosheets/)", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"\b(Type|Target|TargetMode)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
#: Another machine's: a place in the network, or a file server's.
_REMOTE = re.compile(r"(?:https?|ftp|smb|ldap|mhtml|ms-\w+):|file:(?://[^/]|/{4,})|\\\\|//", re.IGNORECASE)
#: Fields of Word, and formulas and links of Excel, that ask another program.
_DDE = {
    "word/": re.compile(rb"(?:instrText[^>]*>|instr=\")\s*(?:DDE|DDEAUTO)\b"),
    "xl/": re.compile(rb"<(?:\w+:)?ddeLink\b|<(?:\w+:)?f\b[^>]*>[^<]*\|(?:'|&apos;)[^<]*!"),
}
_FETCHED = re.compile(rb"(?:instrText[^>]*>|instr=\")\s*(?:INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD)\b")
_HARMLESS = ("/hyperlink",)
#: The most targets that one line names.
_NAMED = 3


def active_in(data: bytes) -> list[str]:
    """Returns a line for people on each kind of such content in a package that `check_archive` has accepted; none for
    other files."""
    if not data.startswith(b"PK"):
        return []
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        parts = list(_parts(archive, names))
    told = ["文件含宏，未执行"] if any(_MACROS.search(name) for name in names) else []
    asked = sum(len(found.findall(part)) for name, part in parts for folder, found in _DDE.items() if _in(name, folder))
    if asked:
        told.append(f"文件要求打开时运行其他程序（DDE）{asked}处，未执行")
    targets = [target for name, part in parts if name.endswith(".rels") for target in _external(part)]
    if remote := list(dict.fromkeys(target for target in targets if _REMOTE.match(target))):
        named = "、".join(remote[:_NAMED]) + ("等" if len(remote) > _NAMED else "")
        told.append(f"文件引用网络上的内容{len(remote)}处（{named}），未读取")
    fetched = sum(len(_FETCHED.findall(part)) for name, part in parts if _in(name, "word/"))
    if fetched:
        told.append(f"文件要求插入其他文件的内容{fetched}处，未读取")
    return told


def _in(name: str, folder: str) -> bool:
    return name.startswith(folder) and name.endswith(".xml")


def _parts(archive: zipfile.ZipFile, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        if name.endswith((".xml", ".rels")):
            try:
                yield name, archive.read(name)
            except DAMAGED:
                continue  # the reader tells of what is damaged


def _external(part: bytes) -> Iterator[str]:
    """Yields the targets outside the package that a part with relations refers to, except links that a person would
    have to follow."""
    for one in _RELATION.findall(part):
        said = {name: unescape(two or three) for name, two, three in _ATTRIBUTE.findall(one.decode("utf-8", "replace"))}
        if said.get("TargetMode") == "External" and not said.get("Type", "").endswith(_HARMLESS):
            yield said.get("Target", "")
