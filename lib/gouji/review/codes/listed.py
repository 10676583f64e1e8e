"""Questions on economic accounts that 主要包括… lists under the wrong half of the basic expenditure, or twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gouji.document.model import Place
from gouji.facts.fact import Fact, Facts, Listing, Status
from gouji.facts.narrative.word_lists import WORDS
from gouji.labels import normalise
from gouji.reference import economic_codes
from gouji.review.codes.items import amount_of
from gouji.review.codes.model import CodeRule
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote
from gouji.runtime.word_lists import any_of

_TABLE = "basic_expenditure"
_HALVES = {"personnel": "人员经费", "public": "公用经费"}
_LIST = re.compile(rf"(?:{any_of(WORDS.listing)})[:：]?(?P<names>[^。；;\d]+)")
_NAME = re.compile("[^、,，]+")
_BRACKETS = re.compile(r"\([^()]*\)")
#: Digits of an economic 款.
_ACCOUNT = 5
_MOST = 6


@dataclass(frozen=True, slots=True)
class _WronglyListed:
    """A listed name, what is wrong with it in words, and the cell of the other half that prints its amount."""

    quote: Quote
    words: str
    cell: Fact | None = None


def listed_elsewhere(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about listed accounts whose amount the table prints under the other half, and about accounts listed twice;
    one matter."""
    facts = material.facts
    if facts.tables[_TABLE].status is not Status.FOUND or not facts.listings:
        return
    wrong = [one for listing in facts.listings for one in _wrongly_listed(listing, material)]
    if not wrong:
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{wrong[0].quote.where}所列“{'”“'.join(one.quote.text for one in wrong[:_MOST])}”为何错列或重复？",
        f"{'；'.join(one.words for one in wrong[:_MOST])}。须对照决算表逐项核对所列科目，看有无漏列。",
        tuple(one.cell.id for one in wrong if one.cell),
        quotes=tuple(one.quote for one in wrong),
    )


def _wrongly_listed(listing: Listing, material: Material) -> Iterator[_WronglyListed]:
    """Yields the names of a list that belong to the other half, or that it has twice."""
    names = list(_listed_names(listing, material))
    half = _HALVES[listing.total]
    repeated = Counter(name for name, _ in names)
    for name, quote in dict(reversed(names)).items():
        cell = _cell_of_other_half(name, listing, material.facts)
        if cell is not None:
            words = f"{quote.where}把“{name}”列在{half}中，{cell.where}为{amount_of(cell)}，不属于{half}"
            yield _WronglyListed(quote, words, cell)
        elif repeated[name] > 1:
            yield _WronglyListed(quote, f"{quote.where}的{half}列了{repeated[name]}次“{name}”")


def _listed_names(listing: Listing, material: Material) -> Iterator[tuple[str, Quote]]:
    """Yields the names of a list as printed, with the place of each."""
    amount = material.facts.facts[listing.fact]
    block = material.document.blocks[amount.block]
    found = _LIST.search(block.text, amount.place.end - block.place.start)
    for name in _NAME.finditer(found["names"]) if found else ():
        text = name[0].strip()
        start = block.place.start + (found.start("names") if found else 0) + name.start()
        yield normalise(text), Quote(block.where, text, Place(block.place.line, start, start + len(name[0])))


def _cell_of_other_half(name: str, listing: Listing, facts: Facts) -> Fact | None:
    """Returns the cell of an account that belongs under other classes only."""
    codes = _codes_by_name().get(name, ())
    if not codes or any(code.startswith(listing.classes) for code in codes):
        return None
    cells = [cell for code in codes if (cell := facts.get(_TABLE, code, "amount")) and cell.amount]
    return cells[0] if len(cells) == 1 else None


@cache
def _codes_by_name() -> Mapping[str, tuple[str, ...]]:
    """Returns the codes of economic 款 by name, former names included."""
    found: dict[str, dict[str, None]] = {}
    for code, name in economic_codes():
        plain = normalise(name)
        for one in (plain, _BRACKETS.sub("", plain)):
            if len(code) == _ACCOUNT:
                found.setdefault(one, {})[code] = None
    return {name: tuple(codes) for name, codes in found.items()}
