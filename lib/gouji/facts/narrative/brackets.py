"""Ends brackets: interprets what the bracket says of the words before it, and resumes these words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.facts.claim import Topic
from gouji.facts.narrative.clauses import end_clause
from gouji.facts.narrative.reading import Reading
from gouji.facts.narrative.said import Said
from gouji.facts.narrative.tokens import Token
from gouji.facts.narrative.topics import topics
from gouji.layouts.phrases import load_phrases

#: The joining words before the last of several things.
_LISTED = re.compile("(?:、|，|,|和|及|与)$")


def close_bracket(reading: Reading) -> None:
    """States what the bracket says, and resumes the words before it."""
    inside = reading.said
    _name_in_brackets(reading, inside)
    direction = inside.direction
    moves = direction is not None and inside.sign is not None and not inside.run and not inside.compared
    if moves:
        inside.direction = None
    end_clause(reading)
    if reading.brackets and moves:
        _turn(reading.brackets[-1].said, inside.sign, direction)
    reading.leave_bracket()


def _turn(outer: Said, sign: int | None, direction: Token | None) -> None:
    """Reads a direction in brackets: 增加（减少）2万元 says both ways, 较上年（减少）2万元 the one in brackets."""
    if outer.sign is not None:
        outer.sign = 0
    elif outer.compared:
        outer.sign, outer.direction, outer.comparing = sign, direction, False


def _name_in_brackets(reading: Reading, inside: Said) -> None:
    """Takes the headline in brackets as the name of what stands before it: 因公出国费、公务接待费…（“三公”经费）."""
    words = [piece for piece in inside.run if piece.kind != "connective"]
    if reading.brackets and len(words) == 1 and words[0].kind == "subject" and inside.silent:
        outer = reading.brackets[-1].said
        if outer.run and _is_summed_up(reading, topics(outer.run, reading.section, reading.accounts), words):
            outer.run = words


def _is_summed_up(reading: Reading, outer: Sequence[Topic], words: Sequence[Token]) -> bool:
    """True where the words before the brackets are no subject, or end with several parts of the whole that the brackets
    name (公务接待费，公车运行费（“三公”经费）)."""
    if not outer or not outer[0].known:
        return bool(outer)
    named = topics(words, reading.section, reading.accounts)
    begins = reading.brackets[-1].said.run[0].start
    listed = reading.in_sentence.figures == 0 and bool(_LISTED.search(reading.text[:begins]))
    return listed and named[0].key != outer[0].key and load_phrases().may_contain(named[0].key, outer[0].key)
