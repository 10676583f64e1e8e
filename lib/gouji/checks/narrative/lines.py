"""Finds lists whose parts stand in numbered lines below their whole (收入总计1000.00万元，包括： 1.… 2.…)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from gouji.checks.narrative.completeness import REST
from gouji.checks.narrative.spoken import Spoken, said, usable
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.layouts.phrases import load_phrases
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

_OPENS = re.compile(rf"(?:{any_of((*WORDS.lines_open, *WORDS.lines_whole))})[:：]$")
_WHOLE = re.compile(rf"(?:{any_of(WORDS.lines_whole)})[:：]$")
_NUMBER = re.compile(r"^[（(]?(\d{1,2})(?:[）)、]|[.．](?!\d))")
_MAINLY = re.compile(rf"(?:{any_of(WORDS.mainly)})[^，,]*$")
#: Pieces of concept paths of money left at either end of the year, the last part of a total.
_LAST = ("opening", "closing")
_FEWEST = 2


@immutable()
class Lines:
    """A whole and its parts.

    `complete`: they are all its parts by definition, or the words say so. `closed`: the last part is one that usually
    stands last.
    """

    whole: Fact
    members: tuple[Fact, ...]
    complete: bool
    closed: bool


def lists_of_lines(index: Spoken) -> Iterator[Lines]:
    """Yields the lists whose lines are numbered from 1 without a gap, each with one amount of a subject of the
    whole."""
    paragraphs: dict[int, list[Fact]] = {}
    for fact in index.claims:
        paragraphs.setdefault(fact.block, []).append(fact)
    for block, facts in paragraphs.items():
        whole = _announced(facts)
        members = _items(block, paragraphs) if whole else None
        if whole and members and _are_parts(whole, members):
            keys = {said(one).topic.key for one in members}
            last = said(members[-1]).topic
            complete = bool(_WHOLE.search(_end(whole))) or _covered(said(whole).topic.key, keys) == keys
            closed = last.key.rpartition("[")[2].startswith(_LAST) or bool(REST.search(last.phrase))
            yield Lines(whole, tuple(members), complete, closed)


def _end(fact: Fact) -> str:
    return re.sub(r"\s", "", fact.quote or "")


def _announced(facts: Sequence[Fact]) -> Fact | None:
    """Returns the one amount of a paragraph's last sentence, where that ends with 包括：."""
    end = _end(facts[-1])
    if not _OPENS.search(end) or _MAINLY.search(end):
        return None
    own = [one for one in facts if one.quote == facts[-1].quote and said(one).measure is Measure.FINAL]
    return own[0] if len(own) == 1 and usable(own[0]) and said(own[0]).topic.known and said(own[0]).group < 0 else None


def _items(block: int, paragraphs: dict[int, list[Fact]]) -> list[Fact] | None:
    """Returns the first amounts of the numbered lines right below a paragraph; None where a line has no clear
    amount."""
    found: list[Fact] = []
    while facts := paragraphs.get(block := block + 1):
        number = _NUMBER.match(facts[0].quote or "")
        if number is None or int(number.group(1)) != len(found) + 1:
            break
        first = facts[0]
        if said(first).measure is not Measure.FINAL or not usable(first) or not said(first).topic.known:
            return None
        found.append(first)
    later = (facts[0].quote or "" for at, facts in paragraphs.items() if block < at <= block + _FEWEST)
    goes_on = any((number := _NUMBER.match(one)) and int(number.group(1)) > len(found) + 1 for one in later)
    return None if goes_on or len(found) < _FEWEST else found


def _are_parts(whole: Fact, members: Sequence[Fact]) -> bool:
    """True for different parts of one whole, none part of another, in money of one unit."""
    keys = [said(one).topic.key for one in members]
    phrases = load_phrases()
    apart = not any(phrases.parts_of(key) & set(keys) for key in keys)
    known = all(key != said(whole).topic.key and key in _keys_inside(said(whole).topic.key) for key in keys)
    units = {one.figure.dimension for one in (whole, *members)}
    return len(set(keys)) == len(keys) and apart and known and len(units) == 1 and units == {"money"}


def _keys_inside(key: str) -> set[str]:
    parts = load_phrases().parts_of(key)
    return parts.union(*(load_phrases().parts_of(one) for one in parts))


def _covered(whole: str, keys: Collection[str]) -> set[str]:
    """Returns the keys that are together all of a whole by definition, some parts by their own parts; else none."""
    for family in load_phrases().families:
        if family.whole == whole:
            own = [{part} if part in keys else _covered(part, keys) for part in family.parts]
            if all(own):
                return set().union(*own)
    return set()
