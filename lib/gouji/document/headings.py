"""Recognises numbered headings: which line is one, its level, and the section of every block behind it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from gouji.document.model import Heading
from gouji.document.word_lists import WORDS
from gouji.runtime.word_lists import any_of

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LEVELS = (
    (1, re.compile(rf"^(第{_NUMERAL}[部章]分?)\s*")),
    (2, re.compile(rf"^({_NUMERAL}、)\s*")),
    (3, re.compile(rf"^([（(]{_NUMERAL}[）)])、?\s*")),
    (4, re.compile(r"^([0-9０-９]{1,2}[、.．](?![0-9０-９]))\s*")),
)
#: Numerals by what they count.
_COUNTED = "零一二三四五六七八九十"
#: An annex: 附件1：… on a line of its own, or the title of a report.
_ANNEX = re.compile(r"^(附件\s*[0-9０-９一二三四五六七八九十]{0,3})(?:\s*[：:、.．]\s*|\s+|(?=20\d\d)|$)")
_REPORT = re.compile(rf"^[^，,：:]{{4,}}(?:{any_of(WORDS.reports_on)})(?:{any_of(WORDS.reports)})$")
#: An account by its path, before what is said of it.
_ACCOUNT = re.compile(r"^[^。；;，,]{2,}[（(]类[)）][^。；;，,]*[（(][款项][)）]")
_SENTENCE_END = "。；;！？"
_LONGEST_HEADING = 45
#: A title printed as a sentence (二、收入决算情况说明。), or before its text on one line.
_NAMED = re.compile(
    rf"^(?:20\d\d年)?[^。；;！？，,：:\d]{{2,40}}?(?:{any_of(WORDS.title_ends)})(?:[（(][^（()）]*[）)])?[。：:]"
)
#: A title without a number, of a table or of what is told of the account: 关于收入决算表的说明, 收入决算表情况说明.
_TOLD_OF = re.compile(
    rf"^(?P<about>关于)?(?:本?(?:部门|单位)|20\d\d年(?:度)?)*(?P<title>(?:{any_of(WORDS.accounts)})[^。；;！？，,：:\d]{{0,30}}?"
    r"(?P<table>表)?的?(?:情况)?的?说明)$"
)


def parse_number(line: str) -> Heading | None:
    """Returns the numbering at the beginning of a line as a heading whose title is the rest of the line; None if the
    line has no numbering."""
    stripped = line.strip()
    for level, pattern in _LEVELS:
        if match := pattern.match(stripped):
            number = match.group(1).replace("(", "（").replace(")", "）") if level == 3 else match.group(1)
            if level == 4:
                number = unicodedata.normalize("NFKC", number)
            return Heading(level, number, stripped[match.end() :])
    return None


def split_title(line: str) -> int:
    """Returns how many characters of a numbered line are its heading; 0 if the line does not begin with such a heading.

    It is for titles that only name what follows and are closed like a sentence (二、收入决算情况说明。). Their text may
    follow on the same line.
    """
    stripped = line.strip()
    numbered = parse_number(stripped)
    match = _NAMED.match(numbered.title) if numbered else None
    if numbered is None or match is None:
        return 0
    return len(stripped) - len(numbered.title) + match.end()


def parse_annex(line: str, section: tuple[Heading, ...]) -> Heading | None:
    """Returns the heading that an annexed report begins with; None for other lines.

    It has the level of a chapter but no chapter's number: 附件1：…, or the title of a report. A report's title inside
    an annex opens no further annex.
    """
    stripped = line.strip()
    if len(stripped) > _LONGEST_HEADING or any(mark in stripped for mark in _SENTENCE_END):
        return None
    if match := _ANNEX.match(stripped):
        return Heading(1, match.group(1).replace(" ", ""), stripped[match.end() :] or match.group(1))
    inside = any("附件" in heading.title or "附件" in heading.number for heading in section)
    return Heading(1, "附件", stripped) if _REPORT.match(stripped) and not inside else None


def parse_told_of(line: str) -> Heading | None:
    """Returns the heading that a line without a number is by its words (关于收入决算表的说明); None for other lines."""
    match = _TOLD_OF.match(line.strip())
    if match is None or not (match["about"] or match["table"]):
        return None
    return Heading(2, match["title"], match["title"])


def is_title(title: str) -> bool:
    """True if the text behind a number makes the line a heading: it is short, and no sentence."""
    return len(title) <= _LONGEST_HEADING and not any(mark in title for mark in _SENTENCE_END) and "万元" not in title


def below_the_open(numbered: Heading, section: tuple[Heading, ...]) -> Heading:
    """Returns the heading with the level that it has in an open section.

    The path of an account (…（类）…（款）…（项）) is an item of the section that it stands in, even if that section has
    numbers of the same level or a deeper one.
    """
    around = [outer for outer in section if not _ACCOUNT.search(outer.title)]
    if not around or around[-1].level < numbered.level or not _ACCOUNT.search(numbered.title):
        return numbered
    return replace(numbered, level=around[-1].level + 1)


def enter(section: tuple[Heading, ...], heading: Heading) -> tuple[Heading, ...]:
    """Returns the section that begins with `heading`: open headings of the same or a deeper level are closed."""
    return (*[outer for outer in section if outer.level < heading.level], heading)


def follows(heading: Heading, section: tuple[Heading, ...]) -> bool:
    """True for a heading that continues the numbering where a section ends: its number is one more than that of the
    same level, or it is the first one of its level."""
    before = next((outer for outer in section if outer.level == heading.level), None)
    if before is None and section and section[-1].level > heading.level:
        return False
    return _ordinal(heading.number) == (_ordinal(before.number) if before else 0) + 1


def _ordinal(number: str) -> int:
    """Returns the number that a heading prints; 0 if it prints none (附件)."""
    digits = "".join(char for char in number if char.isdecimal())
    if digits:
        return int(digits)
    tens, ten, ones = "".join(char for char in number if char in _COUNTED).rpartition("十")
    return 10 * (_COUNTED.find(tens) if tens else 1) * bool(ten) + (_COUNTED.find(ones) if ones else 0)
