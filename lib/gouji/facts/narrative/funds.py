"""Finds of which fund a bare amount is: 政府性基金预算财政拨款本年收入100万元，…，年末结转和结余30万元."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from gouji.facts.claim import Topic
from gouji.facts.narrative.of_accounts import of_its_account
from gouji.facts.narrative.reading import Reading
from gouji.facts.narrative.topics import headline, is_account
from gouji.facts.narrative.word_lists import WORDS

#: The section whose lexicon names the amounts of every fund.
_ALL_FUNDS = "fiscal"


def fund_of(topic: Topic) -> str:
    """Returns the full name of the fund that a topic is of; "" where its words and its key name none."""
    return _fund_named(topic.phrase, topic.key)


@lru_cache(maxsize=4096)
def _fund_named(phrase: str, key: str) -> str:
    for name, fund in zip(WORDS.fund_names, WORDS.funds, strict=True):
        section = WORDS.fund_sections.get(fund, "")
        if phrase.startswith(name) or (section and section in key):
            return fund
    return ""


def of_its_fund(reading: Reading, named: list[Topic]) -> list[Topic]:
    """Returns the topics of words that may leave out their fund: that named in the sentence; where one was named in the
    sentence or paragraph before, either that fund or what the section speaks of."""
    if not named:
        return named
    if own := of_its_account(reading, named):
        return own
    if reading.section == _ALL_FUNDS and named[0].phrase in (*WORDS.of_all_funds, *WORDS.balances_of_funds):
        return _among_all_funds(reading, named)
    if reading.section in WORDS.fund_sections.values():
        return _beside_another_fund(reading, named)
    return named


def _among_all_funds(reading: Reading, named: list[Topic]) -> list[Topic]:
    """政府性基金预算财政拨款本年收入…；本年支出…: the fund that begins an item is also that of its rest. 年末结转和结余
    behind that may still be all funds'."""
    side = named[0].phrase in WORDS.of_all_funds
    fund = _in_sentence(reading) if side else ""
    if fund:
        return [headline(f"{fund}{named[0].phrase}", reading.section)]
    fund = _spoken_of(reading)
    listed = any(not fund_of(one.whole) for one in reading.lists)  # a part of what all funds have
    if not fund or listed or (fund not in WORDS.fund_sections and not _prints_other_funds(reading)):
        return named
    own = headline(f"{fund}{named[0].phrase}", reading.section)
    return named if _is_stated(reading, own) else [_either(own, named[0])]


def _is_stated(reading: Reading, topic: Topic) -> bool:
    """True where the sentence has stated the fund's amount: 政府性基金…年初结转结余5万元，年初结转结余合计20万元."""
    claims = (one.claim for one in reversed(reading.out) if one.claim.sentence == reading.sentence)
    return topic.known and any(claim.topic.key == topic.key for claim in claims)


def _beside_another_fund(reading: Reading, named: list[Topic]) -> list[Topic]:
    """国有资本经营预算财政拨款本年收入…，本年支出… under a heading of both funds, which opens the section
    of the first."""
    topic = named[0]
    own = fund_of(Topic(topic.phrase, ""))
    listed = fund_of(reading.lists[-1].whole) if reading.lists else ""
    fund = own or listed or _in_sentence(reading) or _spoken_of(reading)
    section = WORDS.fund_sections.get(fund, reading.section)
    if section == reading.section or is_account(topic) or not (own or topic.known):
        return named
    other = headline(topic.phrase, section)
    if own or _in_sentence(reading):
        return [other]
    return [_either(other, topic)]


def _prints_other_funds(reading: Reading) -> bool:
    """True where the department's tables have accounts of another fund than the general budget."""
    return any(reading.accounts.printed.get(section) for section in WORDS.fund_sections.values())


def _in_sentence(reading: Reading) -> str:
    """Returns the fund named last in the sentence."""
    claims = (one.claim for one in reversed(reading.out) if one.claim.sentence == reading.sentence)
    return next((fund for claim in claims if (fund := fund_of(claim.topic))), "")


def _spoken_of(reading: Reading) -> str:
    """Returns the fund of the figure before, of the words before it, or of the paragraph before."""
    if reading.out:
        return fund_of(reading.out[-1].claim.topic)
    return (fund_of(reading.topics[0]) if reading.topics else "") or reading.fund


def _either(of_fund: Topic, plain: Topic) -> Topic:
    """Returns a topic whose amount may be the fund's or what its words mean alone. It is no headline by its key."""
    if not of_fund.known or len(of_fund.final) != 1 or len(plain.final) != 1:
        return of_fund if not of_fund.known else plain
    readings = (f"{of_fund.final[0]} | {plain.final[0]}",)
    return replace(plain, key=f"{of_fund.key} or {plain.key}", final=readings, budget=(), initial=())
