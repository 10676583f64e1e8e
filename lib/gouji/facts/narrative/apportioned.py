"""Tells the amounts of several holders apart: a paragraph may state the same quantity (支出, 年末结转和结余) once for
each fund, or once for each unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.facts.claim import Measure, Topic
from gouji.facts.narrative.reading import Stated
from gouji.facts.narrative.topics import headline, is_account
from gouji.facts.narrative.word_lists import WORDS
from gouji.runtime.word_lists import any_of

_FUND = re.compile("|".join(f"(?P<f{number}>{name})" for number, name in enumerate(WORDS.fund_names)))
#: A fund's name as the heading of its paragraph, after a number.
_HEADING = re.compile(
    rf"[（(]?[\d一二三四五六七八九十]{{0,3}}[）)、.．]?(?:{_FUND.pattern})(?:预算)?(?:财政拨款)?[^\d，。；：]{{0,6}}[。：:]"
)
_OF_EACH_FUND = re.compile("|".join(WORDS.of_each_fund))
#: The section whose lexicon names the amounts of every fund.
_ALL_FUNDS = "fiscal"
_SIDE = f"(?:{any_of(WORDS.of_each_unit)})"
#: A unit's name at the beginning of a clause, before what is stated of it; `all` for the department as a whole.
_UNIT = re.compile(
    rf"(?:^|(?<=[，；：。、,;:）)\d.看]))(?:(?P<all>{any_of(WORDS.whole_units)})"
    rf"|(?P<unit>(?!本(?!级)|我|该)[\u4e00-\u9fff]{{0,12}}?(?:{any_of(WORDS.unit_ends)})))(?=[：:的]?{_SIDE})"
)
#: A unit's name and a colon at the beginning of an item, before what is stated of it: 2.县培训中心（本级）：本年支出….
_LABEL = re.compile(
    rf"(?:^|[。；;]|(?<=[：:])(?=[（(]?\d))\s*(?:[（(]?[\d一二三四五六七八九十]{{1,3}}(?:[）)][、.．]?|[、.．]))?\s*"
    rf"(?P<unit>(?!(?:本(?!级)|我|该|{any_of(WORDS.whole_units)}))[\u4e00-\u9fff]{{0,20}}?(?:{any_of(WORDS.unit_ends)})"
    rf"(?:[（(][\u4e00-\u9fff]{{1,6}}[）)])?)[：:]\s*(?:20\d\d年度?)?(?:实现|发生)?{_SIDE}"
)


def labels(text: str) -> list[tuple[int, str]]:
    """Returns the units that items begin with, each with its place: 1.局本级：本年支出…；2.县图书馆：…."""
    return [(match.start("unit"), match["unit"]) for match in _LABEL.finditer(text)]


def apportioned(stated: Sequence[Stated], text: str, section: str, by_unit: bool) -> list[Stated]:
    """Returns the claims of a paragraph, in which amounts stated for several funds or units are of each of these.

    What is stated once only (一般公共预算…，政府性基金预算…，年末结转和结余…), or always as the same amount, stays the
    department's. `by_unit`: items of the section begin with the names of two units or more.
    """
    found = _by_label(stated, labels(text)) if by_unit else list(stated)
    if fund := _headed(text):
        return [_of_fund(one, fund, section) if _is_of_each_fund(one) else one for one in found]
    if not _differ(found):
        return found
    if len(_names(text, _funds)) > 1:
        found = _by_fund(found, text, section)
    if len(_names(text, _units) - {""}) > 1:
        found = _by_unit(found, text)
    return found


def _differ(stated: Sequence[Stated]) -> bool:
    """True where a quantity is stated twice with different amounts."""
    first: dict[str, Decimal | None] = {}
    amounts = (one for one in stated if one.claim.measure is Measure.FINAL and one.claim.base is None)
    return any(first.setdefault(one.claim.topic.key, one.figure.value) != one.figure.value for one in amounts)


def _names(text: str, holders: Callable[[str], Iterator[tuple[int, str]]]) -> set[str]:
    return {name for _, name in holders(text)}


def _funds(text: str) -> Iterator[tuple[int, str]]:
    """Yields each fund's name in full, with its place."""
    for match in _FUND.finditer(text):
        yield match.start(), WORDS.funds[int((match.lastgroup or "f0")[1:])]


def _units(text: str) -> Iterator[tuple[int, str]]:
    """Yields each unit's name with its place; "" for the department as a whole."""
    for match in _UNIT.finditer(text):
        yield match.start(), match["unit"] or ""


def _by_fund(stated: Sequence[Stated], text: str, section: str) -> list[Stated]:
    """Assigns what is stated for two funds or more to each of them."""
    holders = list(_funds(text))
    owned = {at: _before(text, one, holders) for at, one in enumerate(stated) if _is_of_each_fund(one)}
    said_of: dict[str, list[int]] = {}
    for at in owned:
        said_of.setdefault(stated[at].claim.topic.key, []).append(at)
    found = list(stated)
    for places in said_of.values():
        funds = [owned[at] for at in places]
        if not all(funds):
            funds = _last_named(text, [stated[at] for at in places], holders)
        for at, fund in zip(places, funds, strict=True):
            if fund and len(set(funds) - {""}) > 1:
                found[at] = _of_fund(stated[at], fund, section)
    return found


def _last_named(text: str, stated: Sequence[Stated], holders: Sequence[tuple[int, str]]) -> list[str]:
    """Returns the fund of each amount of one quantity: the last one named, in an earlier sentence where its own names
    none and each fund has one amount: 一般公共预算…收入45万元。本年支出43万元。政府性基金…收入6万元。本年支出5万元。"""
    amounts = [one for one in stated if one.claim.measure is Measure.FINAL]
    last = [next((name for at, name in reversed(holders) if at < one.start), "") for one in amounts]
    if "" in last or len(set(last)) < len(last):
        return [_before(text, one, holders) for one in stated]
    return [next((name for at, name in reversed(holders) if at < one.start), "") for one in stated]


def _headed(text: str) -> str:
    """Returns the fund that a paragraph begins with as its heading: （一）政府性基金预算财政拨款。本年收入60万元…."""
    match = _HEADING.match(text)
    return WORDS.funds[int((match.lastgroup or "f0")[1:])] if match and len(_names(text, _funds)) == 1 else ""


def _of_fund(one: Stated, fund: str, section: str) -> Stated:
    return _of(one, _headline(f"{fund}{_phrase(one)}", section))


def _is_of_each_fund(one: Stated) -> bool:
    """True for an amount that may be one fund's; not for the printed base of a share (占本年支出合计910万元的)."""
    claim = one.claim
    base = claim.base is not None and claim.measure is not Measure.SHARE
    return not base and bool(_OF_EACH_FUND.fullmatch(claim.topic.phrase))


def _headline(phrase: str, section: str) -> Topic:
    """Returns a fund's subject from the lexicon of the section, else of that of all funds."""
    own = headline(phrase, section)
    return own if own.known else headline(phrase, _ALL_FUNDS)


def _phrase(one: Stated) -> str:
    """Returns the phrase of an amount, with the 年末 of 年末结转 that the topic leaves out."""
    phrase, words = one.claim.topic.phrase, one.claim.words
    return words if words.endswith(phrase) and _OF_EACH_FUND.fullmatch(words) else phrase


def _by_unit(stated: Sequence[Stated], text: str) -> list[Stated]:
    """Assigns the headlines of a sentence that names two units or more to each of them."""
    holders = list(_units(text))
    named: dict[int, set[str]] = {}
    for at, name in holders:
        named.setdefault(_sentence(text, at), set()).add(name)
    found = list(stated)
    for at, one in enumerate(stated):
        unit = _before(text, one, holders)
        topic = one.claim.topic
        if one.claim.base is not None and one.claim.measure is not Measure.SHARE:
            continue
        if unit and topic.known and not is_account(topic) and len(named[_sentence(text, one.start)] - {""}) > 1:
            found[at] = _of(one, _of_unit(unit, topic))
    return found


def _by_label(stated: Sequence[Stated], holders: Sequence[tuple[int, str]]) -> list[Stated]:
    """Assigns the headlines of each item that begins with a unit's name to that unit, and their wholes and bases that
    it states too."""
    found: list[Stated] = []
    own: dict[str, set[str]] = {}
    for one in stated:
        unit = next((name for at, name in reversed(holders) if at < one.start), "")
        claim, topic = one.claim, one.claim.topic
        if not unit or not topic.known or is_account(topic):
            found.append(one)
            continue
        told = own.setdefault(unit, set())
        told.add(topic.key)
        whole, base = (
            of if of is None or of.key not in told else _of_unit(unit, of) for of in (claim.whole, claim.base)
        )
        base = claim.base if base and claim.base and claim.base.key == topic.key else base
        found.append(_of(replace(one, claim=replace(claim, whole=whole, base=base)), _of_unit(unit, topic)))
    return found


def _of_unit(unit: str, topic: Topic) -> Topic:
    return Topic(f"{unit}{topic.phrase}", f"{unit}{topic.phrase}")


def _before(text: str, one: Stated, holders: Sequence[tuple[int, str]]) -> str:
    """Returns the holder named last before a figure, in its sentence; "" where there is none."""
    begin = _sentence(text, one.start)
    return next((name for at, name in reversed(holders) if begin <= at < one.start), "")


def _sentence(text: str, at: int) -> int:
    """Returns where the sentence around a place begins."""
    return text.rfind("。", 0, at) + 1


def _of(one: Stated, topic: Topic) -> Stated:
    reading = next(iter(topic.readings(one.claim.measure)), "") if one.claim.reading else ""
    return replace(one, claim=replace(one.claim, topic=topic, reading=reading))
