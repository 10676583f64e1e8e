"""Documents that a text cites: title, issuer, number, year and date, as printed.

A citation is a title in 《》, a document number (湘财社〔2018〕25号, 财政部令第113号) or both side by side, with the
date that brackets behind it give (2023年12月27日发布). Nothing here knows what is wrong with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gouji.review.word_lists import WORDS
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

#: A title may hold titles: 《关于印发<…>的通知》, 《关于印发《…》的通知》.
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
#: 湘财社〔2018〕25号: the year in brackets of whatever kind, and the number. Who issued it stands before.
_NUMBER = re.compile(r"[〔\[［【（(]\s*(?P<year>(?:19|20)\d{2})\s*年?\s*[〕\]］】）)]\s*第?\s*(?P<serial>\d{1,5})\s*号")
#: 财政部令第113号: orders carry no year.
_ORDER = re.compile(r"令\s*第?\s*(?P<serial>\d{1,4})\s*号")
_ISSUER = re.compile(r"[\u4e00-\u9fff]{1,14}$")
#: So many characters before a number hold its issuer.
_BEFORE = 14
_DATED = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日\s*(?:起)?\s*"
    rf"(?P<verb>{any_of(WORDS.dated)})"
)
#: A title and its number stand so close: 《…》（湘财社〔2018〕25号）, 《…》的通知（…）.
_BESIDE = 6
#: The bracket behind a title and its number is looked for a date up to here.
_BEHIND = 30
#: What stands before an issuer in running text and is no part of it.
_LEAD = re.compile(f"^.*?(?:{any_of(WORDS.before_issuers)}|《|》)(?=..)")


@immutable()
class Citation:
    """One cited document. `title` is that of the document itself, without 关于印发…的通知 around it; `number` in one
    spelling (湘财社〔2018〕25号); `year` that of the number, 0 where it has none. `date` and `verb` are what brackets
    say. `start` and `end` are its characters in the text."""

    title: str
    issuer: str
    number: str
    year: int
    date: date | None
    verb: str
    start: int
    end: int

    @property
    def named(self) -> str:
        """Returns title and number, for people."""
        return (f"《{self.title}》" if self.title else "") + (
            f"（{self.number}）" if self.title and self.number else self.number
        )

    @property
    def issued(self) -> int:
        """Returns the year of its date, else of its number; 0 if neither is printed."""
        return self.date.year if self.date else self.year


@immutable()
class _Number:
    """A document number where it stands in a text."""

    issuer: str
    year: int
    serial: str
    start: int
    end: int

    @property
    def spelled(self) -> str:
        return f"{self.issuer}〔{self.year}〕{self.serial}号" if self.year else f"{self.issuer}第{self.serial}号"


def citations(text: str) -> Iterator[Citation]:
    """Returns the documents that a text cites, in the order of titles, then of numbers that stand alone."""
    if "《" not in text and "号" not in text:
        return
    numbers = tuple(_numbers(text))
    taken: set[int] = set()
    for title in _TITLE.finditer(text):
        beside = next((one for one in numbers if _is_beside(title, one, text)), None)
        if beside:
            taken.add(beside.start)
        yield _citation(text, title, beside)
    for number in numbers:
        if number.start not in taken and not _is_inside(number, text):
            yield _citation(text, None, number)


def _numbers(text: str) -> Iterator[_Number]:
    for match in (*_NUMBER.finditer(text), *_ORDER.finditer(text)):
        dated = match.re is _NUMBER
        end = match.start() if dated else match.start() + 1
        before = _ISSUER.search(text[max(0, end - _BEFORE) : end].rstrip())
        issuer = _LEAD.sub("", before[0]) if before else ""
        if issuer:
            start = text.rfind(issuer, 0, end)
            yield _Number(issuer, int(match["year"]) if dated else 0, match["serial"], start, match.end())


def _is_beside(title: re.Match[str], number: _Number, text: str) -> bool:
    """True for a number behind the title, with only brackets and 的通知 between."""
    between = text[title.end() : number.start]
    return 0 <= number.start - title.end() <= _BESIDE and not re.search("[，。；、《]", between)


def _is_inside(number: _Number, text: str) -> bool:
    before = text[: number.start]
    return before.count("《") > before.count("》")


def _citation(text: str, title: re.Match[str] | None, number: _Number | None) -> Citation:
    start = title.start() if title else number.start if number else 0
    end = number.end if number else title.end() if title else 0
    behind = text[end : end + _BEHIND]
    dated = _DATED.search(behind) if behind[:1] in "（(）)" or number is None else None
    if dated and re.search("[，。；、《》]", behind[: dated.start()]):
        dated = None
    return Citation(
        _inner_title(title[1]) if title else "",
        number.issuer if number else "",
        number.spelled if number else "",
        number.year if number else 0,
        _date(dated),
        dated["verb"] if dated else "",
        start,
        end + dated.end() if dated else end,
    )


def _inner_title(title: str) -> str:
    """Returns the title of what was issued: 关于印发〈…管理办法〉的通知 → …管理办法. Returns other titles unchanged."""
    match = re.search(r"印发\s*[<〈《＜“\"](?P<name>.+)[>〉》＞”\"]", title)
    return re.sub(r"\s+", "", match["name"] if match else title)


def _date(dated: re.Match[str] | None) -> date | None:
    if dated is None:
        return None
    try:
        return date(int(dated["year"]), int(dated["month"]), int(dated["day"]))
    except ValueError:
        return None
