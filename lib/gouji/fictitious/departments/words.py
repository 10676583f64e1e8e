"""Finds the figures and the changes that a narrative prints, and prints something else in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gouji.fictitious.departments.model import FictitiousDepartment

MONEY = ("万元", "元")
RATE = "%"

_NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_FIGURE = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>万元|元|%|人次|批次|个|辆)?")
_MOVED = rf"(?:增加|减少|增长|下降)(?:{_NUMBER})(?:万元|元|%)"
_CHANGE = re.compile(rf"{_MOVED}(?:，{_MOVED})?")
_WORD = re.compile(r"增加|减少|增长|下降")
#: Mentions of the year compared with, if it is named: 收入总计较上年…; 与2022年度相比，收入支出总计…;
#: 与2022年相比，….
_COMPARED = re.compile(
    r"(?P<before>[^，。；：、\d]*?)[与比较](?:\d{4}年度?|上年)(?:相比，(?P<behind>[^，。；：、\d]*))?$"
)


@dataclass(frozen=True, order=True)
class Words:
    """A piece of the narrative: its paragraph, its span there, its text, and the unit behind it ('' for none)."""

    paragraph: int
    start: int
    end: int
    text: str
    unit: str = ""

    def overlaps(self, other: Words) -> bool:
        """True where the two share a character."""
        return self.paragraph == other.paragraph and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class ChangeWords:
    """A stated change with an amount (增加39.13万元，增长1.77%).

    `turns` are its words of direction, each with the number behind it (增加39.13). `now` is this year's amount, which
    has changed since last year; None where a budget has changed, or the amount is not printed before.
    """

    turns: tuple[Words, ...]
    size: Words
    now: Words | None

    @property
    def falls(self) -> bool:
        """True for 减少 and 下降."""
        return self.turns[0].text[:2] in ("减少", "下降")


def figures(dept: FictitiousDepartment) -> list[Words]:
    """Returns every printed figure: a number with a point or a unit. Years, dates and item numbers have neither."""
    return [one for number, text in enumerate(dept.narrative) for one in _figures(number, text)]


def _figures(paragraph: int, text: str) -> Iterator[Words]:
    for match in _FIGURE.finditer(text):
        number, unit = match["number"], match["unit"] or ""
        if unit or "." in number:
            yield Words(paragraph, match.start(), match.end("number"), number, unit)


def changes(dept: FictitiousDepartment) -> list[ChangeWords]:
    """Returns every stated change with an amount."""
    return [one for number, text in enumerate(dept.narrative) for one in _changes(number, text)]


def _changes(paragraph: int, text: str) -> Iterator[ChangeWords]:
    printed = list(_figures(paragraph, text))
    for match in _CHANGE.finditer(text):
        stated = [one for one in printed if match.start() <= one.start < match.end()]
        sizes = [one for one in stated if one.unit in MONEY]
        if len(sizes) == 1:
            turns = tuple(replace(one, start=one.start - 2, text=text[one.start - 2 : one.end]) for one in stated)
            before = [one for one in printed if one.end <= match.start() and one.unit in MONEY]
            yield ChangeWords(turns, sizes[0], _compared(text[: match.start()], before))


def _compared(before: str, amounts: list[Words]) -> Words | None:
    """Returns the amount in `before` that the change behind it refers to."""
    match = _COMPARED.search(before)
    if not match:
        return None
    subject = match["before"] or match["behind"] or ""
    named = [one for one in amounts if before[: one.start].removesuffix("为").endswith(subject)]
    last = named[-1] if named else None
    return None if last is None or _WORD.fullmatch(before[last.start - 2 : last.start]) else last


def change_words(dept: FictitiousDepartment, words: Words, new_text: str) -> FictitiousDepartment:
    """Returns the department with `new_text` printed at that place of the narrative; the original stays unchanged."""
    text = dept.narrative[words.paragraph]
    if text[words.start : words.end] != words.text:
        raise ValueError(f"not printed there: {words}")
    narrative = list(dept.narrative)
    narrative[words.paragraph] = text[: words.start] + new_text + text[words.end :]
    return replace(dept, narrative=narrative)
