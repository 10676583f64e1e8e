"""Characters that are not seen, made seen; and names of files made of what a document or a person says.

Control characters move a terminal's cursor or colour its text; characters of direction make 05.21 look like 12.50.
"""

from __future__ import annotations

import re
import unicodedata

#: Control characters but tab and line break, marks and embeddings of direction, lone halves of characters.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: What a name must not hold on one system or another.
_NO_NAME = re.compile(r'[<>:"/\\|?*]+')
#: Names of devices, which Windows sees with any suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST = 80
_NOT_PRINTED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
#: How a formula begins, for one spreadsheet or another; full-width signs too.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"\s*[+\-＋－]?[\d.,，]*[%％]?\s*$")


def visible(text: str) -> str:
    """Text with its control characters and characters of direction written out, as ‹U+202E›."""
    return _UNSEEN.sub(lambda match: code_point(match[0]), text)


def code_point(char: str) -> str:
    """A character by its number."""
    return f"‹U+{ord(char):04X}›"


def no_formula(value: object) -> object:
    """A value for a CSV file, which spreadsheets take for a formula where it begins with one of these signs: a text
    that does, and is no number, has an apostrophe before it."""
    is_formula = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.match(value)
    return f"'{value}" if is_formula else value


def file_name(text: str, otherwise: str = "account") -> str:
    """A name that any system takes for one file or folder, made of a text; `otherwise` where nothing is left of it."""
    kept = "".join(" " if unicodedata.category(char) in _NOT_PRINTED else char for char in text)
    name = " ".join(_NO_NAME.sub("-", kept).split())[:_LONGEST].strip(" .-")
    return f"_{name}" if _DEVICES.match(name) else name or otherwise
