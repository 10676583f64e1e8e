"""Makes invisible characters visible, and makes file names of texts from documents or people.

Control characters move a terminal's cursor or colour its text. Direction characters make 05.21 look like 12.50.
"""

from __future__ import annotations

import re
import unicodedata

#: Control characters other than tab and line break, direction marks and embeddings, lone surrogates.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: Characters that are not allowed in names on one system or another.
_NO_NAME = re.compile(r'[<>:"/\\|?*]+')
#: Names of devices, which Windows recognises with any suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST = 80
_NOT_PRINTED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
#: Characters that begin a formula in one spreadsheet or another; full-width signs too.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"\s*[+\-＋－]?[\d.,，]*[%％]?\s*$")


def visible(text: str) -> str:
    """Returns text with its control and direction characters written out, as ‹U+202E›."""
    return _UNSEEN.sub(lambda match: code_point(match[0]), text)


def code_point(char: str) -> str:
    """Returns a character as its number: ‹U+202E›."""
    return f"‹U+{ord(char):04X}›"


def no_formula(value: object) -> object:
    """Returns a value for a CSV file that no spreadsheet takes for a formula: a text that begins like one, and is no
    number, gets an apostrophe before it."""
    is_formula = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.match(value)
    return f"'{value}" if is_formula else value


def file_name(text: str, otherwise: str = "account") -> str:
    """Returns a name, made of a text, that every system takes for one file or folder; `otherwise` where nothing is
    left."""
    kept = "".join(" " if unicodedata.category(char) in _NOT_PRINTED else char for char in text)
    name = " ".join(_NO_NAME.sub("-", kept).split())[:_LONGEST].strip(" .-")
    return f"_{name}" if _DEVICES.match(name) else name or otherwise
