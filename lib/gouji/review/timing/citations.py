"""Documents that a text cites: title, issuer, number, year and date, as printed.

A citation is a title in 《》, a document number (湘财社〔2018〕25号, 财政部令第113号) or both side by side, with the date that
brackets behind it give (2023年12月27日发布). Nothing here knows what is wrong with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gouji.immutable import immutable

#: A title may hold titles: 《关于印发<…>的通知》, 《关于印发《…》的通知》.
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
#: 湘财社〔2018〕25号: who issued it, the year in brackets of whatever kind, and the number.
_NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,14}?)\s*[〔\[［【（(]\s*(?P<year>(?:19|20)\d{2})\s*年?\s*[〕\]］】）)]\s*第?\s*(?P<serial>\d{1,5})\s*号"
)
#: 财政部令第113号: orders carry no year.
_ORDER = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{2,10}令)\s*第?\s*(?P<serial>\d{1,4})\s*号")
_DATED = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日\s*(?:起)?\s*"
    r"(?P<verb>发布|印发|公布|颁布|颁发|下发|修订|修正|施行|实施|通过)"
)
#: A title and its number stand so close: 《…》（湘财社〔2018〕25号）, 《…》的通知（…）.
_BESIDE = 6
#: The bracket behind a title and its number is looked for a date up to here.
_BEHIND = 30
#: What stands before an issuer in running text and is no part of it.
_LEAD = re.compile("^.*?(?:根据|依据|按照|依照|遵照|执行|以及|关于|的|和|与|及|《|》)(?=..)")


@immutable()
class Citation:
    """One cited document. `title` is that of the document itself, without 关于印发…的通知 around it; `number` in one
    spelling (湘财社〔2018〕25号); `year` that of the number, 0 where it has none. `date` and `verb` as brackets give them.
    `start` and `end` are its characters in the text."""

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
        """What people call it: title and number."""
        return (f"《{self.title}》" if self.title else "") + (
            f"（{self.number}）" if self.title and self.number else self.number
        )

    @property
    def issued(self) -> int:
        """The year of its date, else of its number; 0 where neither is printed."""
        return self.date.year if self.date else self.year


def citations(text: str) -> Iterator[Citation]:
    """The documents that a text cites, in order."""
    if "《" not in text and "号" not in text:
        return
    numbers = [*_NUMBER.finditer(text), *_ORDER.finditer(text)]
    taken: set[int] = set()
    for title in _TITLE.finditer(text):
        beside = next((one for one in numbers if _is_beside(title, one, text)), None)
        if beside:
            taken.add(beside.start())
        yield _citation(text, title, beside)
    for number in numbers:
        if number.start() not in taken and not _inside(number, text):
            yield _citation(text, None, number)


def _is_beside(title: re.Match[str], number: re.Match[str], text: str) -> bool:
    """True for a number behind the title, with nothing but brackets and 的通知 between."""
    between = text[title.end() : number.start()]
    return 0 <= number.start() - title.end() <= _BESIDE and not re.search("[，。；、《]", between)


def _inside(number: re.Match[str], text: str) -> bool:
    before = text[: number.start()]
    return before.count("《") > before.count("》")


def _citation(text: str, title: re.Match[str] | None, number: re.Match[str] | None) -> Citation:
    last = number or title
    assert last
    end = last.end()
    behind = text[end : end + _BEHIND]
    dated = _DATED.search(behind) if behind[:1] in "（(）)" or number is None else None
    if dated and re.search("[，。；、《》]", behind[: dated.start()]):
        dated = None
    return Citation(
        _inner(title[1]) if title else "",
        _issuer(number["issuer"]) if number else "",
        _spelled(number) if number else "",
        int(number.groupdict().get("year") or 0) if number else 0,
        _date(dated),
        dated["verb"] if dated else "",
        title.start() if title else _begins(number),
        end + dated.end() if dated else end,
    )


def _inner(title: str) -> str:
    """The title of what was issued: 关于印发〈…管理办法〉的通知 → …管理办法; other titles as they are."""
    match = re.search(r"印发\s*[<〈《＜“\"](?P<name>.+)[>〉》＞”\"]", title)
    return re.sub(r"\s+", "", match["name"] if match else title)


def _issuer(printed: str) -> str:
    return _LEAD.sub("", printed)


def _begins(number: re.Match[str] | None) -> int:
    """Where the issuer of a number begins."""
    return number.start() + len(number["issuer"]) - len(_issuer(number["issuer"])) if number else 0


def _spelled(number: re.Match[str]) -> str:
    issuer, year = _issuer(number["issuer"]), number.groupdict().get("year")
    return f"{issuer}〔{year}〕{number['serial']}号" if year else f"{issuer}第{number['serial']}号"


def _date(dated: re.Match[str] | None) -> date | None:
    if dated is None:
        return None
    try:
        return date(int(dated["year"]), int(dated["month"]), int(dated["day"]))
    except ValueError:
        return None
