"""Reads percentages printed without their sign where the words before them leave nothing else (占51.63，)."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gouji.facts.narrative.word_lists import WORDS
from gouji.labels import normalise

if TYPE_CHECKING:
    from gouji.facts.narrative.tokens import Number, Token

#: What ends a clause. Before any other word the number may be a count in a unit that nobody knows (占12.5席).
_ENDS = ("comma", "stop", "semicolon", "close", "weak")
_PERCENT = re.compile(f"(?:{'|'.join((*WORDS.signs_of_share, *WORDS.signs_of_completion, *WORDS.signs_of_change))})$")
#: How many characters before a figure are read.
_REACH = 80
_WHOLE = 100


def with_signs(found: list[Token], text: str) -> list[Token]:
    """Returns the tokens of a paragraph; numbers without a unit that can only be percentages are percentages."""
    read = list(found)
    for at, (token, following) in enumerate(pairwise(found)):
        number = token.number
        if number is None or following.kind not in _ENDS or not _may_be_percent(number):
            continue
        if _PERCENT.search(normalise(text[max(0, token.start - _REACH) : token.start])):
            read[at] = replace(token, number=replace(number, unit="%", family="rate"))
    return read


def _may_be_percent(number: Number) -> bool:
    """True for a number of a percentage's size. 0.42 may be a fraction, and a whole number may count something."""
    return (
        number.family == "bare"
        and not number.bound
        and (number.decimals > 0 or number.value == _WHOLE)
        and number.value > 1
    )
