"""Reads 主要包括A、B、C…: the economic accounts that a sentence about basic expenditure lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from gouji.document.model import Block, Place
from gouji.facts.claim import Claim, Measure, Topic
from gouji.facts.fact import Concept, Fact, Listing
from gouji.facts.figure import Figure, State
from gouji.facts.narrative.word_lists import WORDS
from gouji.labels import normalise
from gouji.reference import economic_codes
from gouji.runtime.word_lists import any_of

#: The headline that a list explains: the row of the table and the economic classes below it.
_HEADLINES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "basic_expenditure[personnel].amount": ("personnel", ("301", "303")),
    "basic_expenditure[public].amount": ("public", ("302", "307", "309", "310", "311", "312", "313", "399")),
}
_LIST = re.compile(rf"(?:{any_of(WORDS.listing)})[:：]?(?P<names>[^。；;]+)")
#: Digits of an economic 款.
_ACCOUNT = 5
#: 等, with words for money behind it, at the end of a list.
_GOES_ON = re.compile(r"等[^、,，]{0,6}$")
_LIST_END = re.compile(f"(?:{any_of(WORDS.list_ends)})$")
_ACCOUNT_END = re.compile(f"(?:{any_of(WORDS.account_ends)})$")
_SPLIT = re.compile(r"[、,，]|以及")


def listings(block: Block, facts: Sequence[Fact], first: int) -> Iterator[tuple[Listing, list[Fact]]]:
    """Yields the lists of a paragraph whose facts are given, each behind the amount it explains, with a fact for
    every name.

    `first` is the order of the next fact.
    """
    amounts = [
        fact
        for fact in facts
        if fact.claim and fact.claim.measure is Measure.FINAL and fact.claim.topic.key in _HEADLINES
    ]
    for fact, following in zip(amounts, [*amounts[1:], None], strict=False):
        assert fact.claim is not None
        begin = fact.place.end - block.place.start
        end = following.place.start - block.place.start if following else len(block.text)
        match = _LIST.search(block.text[begin:end])
        if not match or re.search(r"\d", match["names"]):
            continue
        total, classes = _HEADLINES[fact.claim.topic.key]
        pieces = [(_name(piece), begin + match.start("names") + place) for piece, place in _pieces(match["names"])]
        found = [(name, codes, place) for name, place in pieces if (codes := _accounts(name, classes))]
        if len(found) * 2 <= len(pieces):
            continue
        names = [_fact_of_name(fact, name, at, block, first + number) for number, (name, _, at) in enumerate(found)]
        first += len(names)
        orders = tuple(one.claim.order for one in names if one.claim)
        meant = tuple(codes for _, codes, _ in found)
        goes_on = bool(_GOES_ON.search(match["names"]))
        yield Listing(total, classes, orders, meant, fact.claim.order, len(found) == len(pieces), goes_on), names


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The names of a list and where each begins."""
    start = 0
    for match in _SPLIT.finditer(text):
        yield text[start : match.start()], start
        start = match.end()
    yield text[start:], start


def _accounts(name: str, classes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in _codes().get(_core(name), ()) if code.startswith(classes))


def is_economic(name: str) -> bool:
    """True for a name of the economic classification's 款 (工会经费)."""
    return _core(normalise(name)) in _codes()


def _fact_of_name(amount: Fact, name: str, at: int, block: Block, order: int) -> Fact:
    """Returns a listed name as a fact: a word that claims money in that account."""
    assert amount.claim is not None
    claim = Claim(order, Measure.LISTED, Topic(name, name), amount.claim.sentence, amount.claim.paragraph)
    return replace(
        amount,
        concept=Concept("narrative", "", f"{name}.listed"),
        figure=Figure(name, None, "", 0, State.WORD),
        row_name=name,
        column_name="",
        place=Place(block.place.line, block.place.start + at, block.place.start + at + len(name)),
        target=(),
        claim=claim,
    )


def _name(text: str) -> str:
    return _LIST_END.sub("", normalise(text)).strip("。")


def _core(name: str) -> str:
    """An account's name without the word for money at its end (保险缴费, 保险费)."""
    return _ACCOUNT_END.sub("", name) or name


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Returns economic accounts by name, including former names and names without their brackets."""
    found: dict[str, dict[str, None]] = {}
    for code, name in economic_codes():
        plain = normalise(name)
        for variant in (plain, re.sub(r"\([^()]*\)", "", plain)):
            if len(code) == _ACCOUNT:
                found.setdefault(_core(variant), {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}
