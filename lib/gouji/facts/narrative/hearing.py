"""Interprets a word where it stands: between lists, comparisons and totals."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from gouji.facts.claim import Measure
from gouji.facts.narrative.reading import AMOUNTS, Reading
from gouji.facts.narrative.said import hear
from gouji.facts.narrative.tokens import Token
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.word_lists import any_of

_ABOVE = re.compile(rf"{any_of(WORDS.above)}|[两二三四五六七八九十\d]+(?:{any_of(WORDS.above_in)})$")
_ROW = 2
#: On what two years are compared: 同口径, 按可比口径.
_BASIS = re.compile(rf"(?:{any_of(WORDS.manner_first)})?[\u4e00-\u9fff]{{0,4}}(?:{any_of(WORDS.bases)})")
_EXCLUDING = re.compile(any_of(WORDS.excluding))
_AMOUNTS = (*AMOUNTS, Measure.PRIOR)


def hear_word(reading: Reading, token: Token, following: Token | None) -> None:
    if token.kind == "year" and _names_part(reading, following):
        token = replace(token, kind="unknown")
    if token.kind in ("against", "compared") and not reading.said.run and not _has_compared(reading):
        reading.in_item.reason = False
    if token.kind in ("differing", "either") and (told := _difference(reading, token, following)):
        token = told
    if token.kind == "either" and not reading.said.compared and reading.in_item.against is None:
        token = replace(token, kind="unknown")
    if _is_basis(reading, token, following):
        return
    _note_scope(reading, token, following)
    _hear_closing(reading, token, following)
    if token.kind == "year" and not reading.said.compared and not reading.said.run and not reading.said.measures:
        reading.in_sentence.prior = reading.year is not None and int(token.text[:4]) < reading.year
        reading.later = reading.year is not None and int(token.text[:4]) > reading.year
    if token.kind == "year" and not reading.said.compared and not reading.said.origin:
        reading.in_sentence.of_earlier_year = reading.year is not None and int(token.text[:4]) < reading.year
    if token.kind != "list" and reading.in_clause.relation and token.text not in ("的", "为", "约"):
        reading.in_clause.relation = ""
    if token.kind == "unknown" and token.text.startswith("等") and reading.behind in AMOUNTS:
        _say_and_so_on(reading)
    hear(reading.said, token, following, reading.year)
    if token.text in WORDS.from_budget and following is not None and following.kind in ("number", "about"):
        _compare_with_budget(reading, token)


def _is_basis(reading: Reading, token: Token, following: Token | None) -> bool:
    """True for 同口径 between a subject and 比, which is no part of its name: 公务接待费同口径比上年减少."""
    compared = following is not None and following.kind in ("against", "compared")
    return compared and token.kind == "unknown" and bool(reading.said.run) and bool(_BASIS.fullmatch(token.text))


def _note_scope(reading: Reading, token: Token, following: Token | None) -> None:
    """Keeps that the next changes leave something out (扣除购车因素后，), and ends what is said of some months."""
    ends = following is not None and following.kind == "comma"
    if ends and token.kind == "unknown" and _EXCLUDING.search(token.text):
        reading.in_item.excluding = True
    if token.text.startswith(WORDS.whole_year):
        reading.in_item.partial = False


def _difference(reading: Reading, token: Token, following: Token | None) -> Token | None:
    """Returns 差异, 差额 as the change that they name, and keeps what it is from; None for a word read as it is.

    Behind no comparison it is a change from the only amount beside its subject's result, if there is one.
    """
    said, differing = reading.said, token.kind == "differing"
    if following is None or following.kind not in ("number", "about"):
        return replace(token, kind="unknown") if differing else None
    if differing and token.text.startswith(WORDS.of_both):
        return replace(token, kind="deviation")
    if differing and said.compared:
        return replace(token, kind="either")
    named = any(piece.kind != "connective" and piece.text not in WORDS.two for piece in said.run)
    against = _beside_result(reading) if reading.section != FREE and not named and not said.compared else None
    if against is None:
        return replace(token, kind="price") if differing else None
    said.run.clear()
    said.against, said.compared = against, True
    return replace(token, kind="either")


def _beside_result(reading: Reading) -> Measure | None:
    """Returns what the difference right before is from; else the measure of the only amount that the sentence states of
    its subject beside the result, or compares it with."""
    last = reading.out[-1] if reading.out else None
    if last is None or last.claim.sentence != reading.sentence or not reading.topics:
        return None
    if last.claim.measure is Measure.CHANGE and last.figure.text.startswith(_differences()):
        return last.claim.against
    stated = [one.claim for one in reading.out if one.claim.sentence == reading.sentence]
    stated = [claim for claim in stated if claim.topic == reading.topics[0]]
    measures = {claim.measure for claim in stated if claim.measure in _AMOUNTS}
    others = (measures - {Measure.FINAL}) | {claim.against for claim in stated if claim.measure is Measure.CHANGE}
    return others.pop() if Measure.FINAL in measures and len(others) == 1 else None


@cache
def _differences() -> tuple[str, ...]:
    words = load_phrases().words
    return (*words["differing"], *words["either"])


def _compare_with_budget(reading: Reading, token: Token) -> None:
    """Processes 超收, 短收, 超支 and 节支 before a figure: the budget is compared with."""
    said = reading.said
    if said.direction is not token or said.compared or said.against is not None:
        return
    if token.text in WORDS.always_from_budget or reading.in_item.against is None:
        said.against = Measure.BUDGET


def _hear_closing(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes 合计 alone, behind 以上三项, or 共 behind counts: a total of the list follows."""
    run = reading.said.run
    counted = token.text == "共" and _closes_counts(reading, following)
    if token.kind == "closing" or counted:
        above = bool(run) and _ABOVE.match(run[0].text) is not None
        alone = all(piece.kind == "connective" for piece in run)
        reading.said.closes, reading.said.above = alone or above or _closes_kind(reading, following), above


def _closes_kind(reading: Reading, following: Token | None) -> bool:
    """True for 行政编制60人，事业编制40人，编制合计: a total behind two counts that have its noun."""
    noun = "".join(piece.text for piece in reading.said.run)
    counts = [one.claim for one in reading.out if one.claim.sentence == reading.sentence][-2:]
    counted = all(one.measure is Measure.COUNT and one.topic.phrase.endswith(noun) for one in counts)
    number = following.number if following is not None else None
    return len(noun) > 1 and len(counts) == _ROW and counted and number is not None and number.family == "count"


def _names_part(reading: Reading, following: Token | None) -> bool:
    """True for 其中2021年、2022年分别支出…: adjacent years name the parts of a list."""
    before = reading.said.run[-2:]
    listed = len(before) == _ROW and before[1].kind == "list" and "年" in before[0].text
    return bool(reading.lists) and (listed or (following is not None and following.text in ("、", "和")))


def _closes_counts(reading: Reading, following: Token | None) -> bool:
    """True for 困难残疾人3180名、重度残疾人5420名，共8600名: 共 behind two counts in the unit of the next."""
    if following is None or following.number is None or following.number.family != "count":
        return False
    counted = (Measure.COUNT, following.number.unit, reading.sentence)
    last = [(one.claim.measure, one.figure.unit, one.claim.sentence) for one in reading.out[-2:]]
    return last == [counted] * 2


def _has_compared(reading: Reading) -> bool:
    """True where the reason explains a change just stated: a further comparison belongs to the reason."""
    last = reading.out[-1].claim if reading.out and reading.in_item.reason else None
    topics = {topic.key for topic in reading.topics}
    return any(
        one.claim.measure is Measure.CHANGE
        and one.claim.against is Measure.PRIOR
        and not one.claim.aside
        and one.claim.topic.key in topics
        and one.claim.sentence >= reading.sentence - 1
        for one in (reading.out if last else ())
    )


def _say_and_so_on(reading: Reading) -> None:
    """Processes 其他支出20万元等: the last part named is not the whole rest."""
    last = reading.out[-1]
    topic = replace(last.claim.topic, phrase=f"{last.claim.topic.phrase}等")
    reading.out[-1] = replace(last, claim=replace(last.claim, topic=topic))
