"""The kinds of misprint in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from random import Random

from gouji.fictitious.departments import MONEY, RATE, FictitiousDepartment, Words, changes, figures
from gouji.fictitious.misprints.digits import ANYWHERE, Misprint, Shown
from gouji.fictitious.misprints.plant import NARRATIVE, Kind, Plant

_OTHER_WAY = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}


def _shown(department: FictitiousDepartment, words: Words) -> Shown:
    """Returns a figure as a number; a narrative in 万元 has no thousands separators."""
    return Shown(words.text, words.unit, department.template.thousands and words.unit == "元")


def _by_itself(kind: str, misprint: Misprint, department: FictitiousDepartment, chance: Random) -> Iterator[Plant]:
    printed = [one for one in figures(department) if any(char in "123456789" for char in one.text)]
    for words in chance.sample(printed, len(printed)):
        yield from _plant(kind, words, misprint(_shown(department, words), chance))


def _last_years(kind: str, department: FictitiousDepartment, chance: Random) -> Iterator[Plant]:
    """Plants last year's amount, as the sentence's own change implies it, where this year's belongs."""
    stated = [(one.now, one) for one in changes(department) if one.now is not None and one.now.unit in MONEY]
    for now, change in chance.sample(stated, len(stated)):
        shown, size = _shown(department, now), Shown(change.size.text, change.size.unit).value
        last = shown.value + (size if change.falls else -size)
        if last > 0:
            yield from _plant(kind, now, shown.like(last))


def _copied_rate(kind: str, department: FictitiousDepartment, chance: Random) -> Iterator[Plant]:
    """Plants the percentage printed before it."""
    rates = [one for one in figures(department) if one.unit == RATE]
    pairs = list(pairwise(rates))
    for before, words in chance.sample(pairs, len(pairs)):
        yield from _plant(kind, words, before.text)


def _plant(kind: str, words: Words, printed: str) -> Iterator[Plant]:
    """Yields the plant, if it changes the value."""
    if printed and Shown(printed, "").value != Shown(words.text, "").value:
        yield Plant(NARRATIVE, kind, words, words.text, printed)


def _other_direction(kind: str, department: FictitiousDepartment, chance: Random) -> Iterator[Plant]:
    """Plants the opposite word before the amount or the rate of a change."""
    turns = [turn for change in changes(department) for turn in change.turns]
    for turn in chance.sample(turns, len(turns)):
        word, number = turn.text[:2], turn.text[2:]
        yield Plant(NARRATIVE, kind, turn, turn.text, _OTHER_WAY[word] + number)


KINDS: dict[str, Kind] = {
    **{kind: partial(_by_itself, kind, misprint) for kind, misprint in ANYWHERE.items()},
    "误填上年数": partial(_last_years, "误填上年数"),
    "照抄上一处比率": partial(_copied_rate, "照抄上一处比率"),
    "增减方向相反": partial(_other_direction, "增减方向相反"),
}
"""Every kind of misprint in a sentence."""
