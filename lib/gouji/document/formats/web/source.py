"""Decodes the bytes of a saved page into its HTML: taken out of a web archive if it is one, in its real encoding."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
import unicodedata
from collections.abc import Iterator
from email.message import EmailMessage

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BIG5 = re.compile(rb"charset\s*=\s*[\"']?\s*big5", re.IGNORECASE)
_HEAD = 4096
_ARCHIVE = re.compile(
    rb"^(?:From:[^\n]*\n(?:[ \t][^\n]*\n)*)?(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.I
)


def source_of(data: bytes) -> tuple[str, str, int]:
    """Returns the HTML of a page, its encoding, and the number of characters that could not be decoded."""
    if _ARCHIVE.match(data[:_HEAD]) and (inner := _archived(data)):
        text, encoding, damaged = decoded(inner)
        return text, f"mht，{encoding}", damaged
    return decoded(data)


def _archived(data: bytes) -> bytes:
    """Returns the first page in a web archive (.mht); b"" if there is none."""
    message = email.message_from_bytes(data, EmailMessage, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return b""


def decoded(data: bytes) -> tuple[str, str, int]:
    """Returns the text of a page, the name of its encoding, and the number of damaged characters.

    What a page declares is often wrong. So the first encoding is taken in which all of it can be decoded and reads like
    text: UTF-8 first, which other text hardly ever is by chance, then GB18030, which includes GB2312 and GBK. A damaged
    page is decoded in the encoding that loses least.
    """
    encodings = list(dict.fromkeys(_encodings(data)))
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_like_text(text):
            return text, encoding, 0
    read = [(data.decode(encoding, errors="replace"), encoding) for encoding in encodings if encoding != "utf-16-le"]
    text, encoding = min(read, key=lambda one: (one[0].count("\ufffd"), not _reads_like_text(one[0])))
    return text, encoding, text.count("\ufffd")


def _encodings(data: bytes) -> Iterator[str]:
    yield from (encoding for mark, encoding in _MARKS if data.startswith(mark))
    if b"\x00" in data[:_HEAD]:
        yield "utf-16-le"
    yield "utf-8"
    if _BIG5.search(data[:_HEAD]):
        yield "big5hkscs"
    yield "gb18030"


def _reads_like_text(text: str) -> bool:
    """True unless more than one in a hundred of the characters beyond ASCII is unassigned, private or a control
    character."""
    sample = text[:200_000]
    beyond = sum(char > "\x7f" for char in sample)
    strange = sum(
        1 for char in sample if unicodedata.category(char) in {"Cn", "Co", "Cc"} and char not in "\t\r\n\f\ufeff"
    )
    return strange * 100 <= max(beyond, 100)
