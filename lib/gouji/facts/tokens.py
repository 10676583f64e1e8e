"""A paragraph's tokens: the subjects and measures a section's lexicon knows, amounts, delimiters, and the unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gouji.facts.labels import normalise
from gouji.layouts.phrases import load_phrases

_AMOUNT = r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)"
_UNIT = r"(?P<unit>亿元|百万元|万元|千元|元|万(?!人|余|户|亩|辆|个|多)|亿(?!人))?"
NUMBER = rf"{_AMOUNT}{_UNIT}(?P<rate>%|‰|个百分点)?"
_DATE = r"(?P<year>20\d\d)年(?:度)?(?!以)|\d{1,2}月(?:份)?(?:\d{1,2}日)?"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence; `start` and `end` are offsets in the original text."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str, section: str) -> Iterator[Token]:
    """The tokens of a paragraph: subjects, measures, amounts, delimiters; what no lexicon knows is `unknown`."""
    plain, offsets = _plain(text)
    position = 0
    for match in _lexer(section).finditer(plain):
        if match.start() > position:
            yield Token("unknown", plain[position : match.start()], offsets[position], offsets[match.start() - 1] + 1)
        kind = match.lastgroup or ""
        if kind in {"unit", "rate"} or match.group("number"):
            kind = "rate" if match.group("rate") else "number"
        yield Token(kind, match.group(), offsets[match.start()], offsets[match.end() - 1] + 1)
        position = match.end()
    if position < len(plain):
        yield Token("unknown", plain[position:], offsets[position], offsets[-1] + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    """Text without spaces and quotes, in ASCII width, and each character's offset in the original."""
    chars: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        plain = normalise(char)
        if len(plain) == 1:
            chars.append(plain)
            offsets.append(offset)
    return "".join(chars), offsets


@cache
def _lexer(section: str) -> re.Pattern[str]:
    phrases = load_phrases()
    subjects = [phrase for subject in phrases.subjects[section] for phrase in subject.phrases]
    kinds = {
        "subject": subjects,
        "initial": phrases.measures["initial"],
        "budget": phrases.measures["budget"],
        "final": phrases.measures["final"],
        "change": phrases.change,
        "becomes": phrases.becomes,
        "completion": phrases.completion,
        "prior": phrases.prior,
        "origin": phrases.origin,
        "comparison": phrases.comparison,
        "parts": phrases.parts,
        "connective": phrases.connectives,
    }
    words = sorted(
        ((word, kind) for kind, group in reversed(kinds.items()) for word in group), key=lambda pair: -len(pair[0])
    )
    seen: dict[str, str] = {}
    for word, kind in words:
        seen[word] = kind if word not in seen or kind == "subject" else seen[word]
    lexicon = "|".join(f"(?P<{kind}_{index}>{re.escape(word)})" for index, (word, kind) in enumerate(seen.items()))
    return re.compile(
        rf"(?P<aside>\((?:不?含|不?包括)[^()]*\))|(?P<topic>\([类款项]\))|{_DATE}|{NUMBER}|{lexicon}"
        r"|(?P<stop>[。!?](?!\)))|(?P<semicolon>;)|(?P<weak>[,:]|。(?=\)))|(?P<list>、|和|及)|(?P<bracket>[()])"
    )
