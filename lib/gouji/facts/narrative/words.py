"""Turns words into claims without a figure: 大于, 持平, 无."""

from __future__ import annotations

import re
from decimal import Decimal

from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.figure import Figure, State
from gouji.facts.narrative.claims import compared_as_its_whole
from gouji.facts.narrative.reading import Reading, Stated
from gouji.facts.narrative.said import Said
from gouji.facts.narrative.topics import is_account
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

#: Words of rates of growth: without a figure they say nothing (上年为零，不计算增长率).
_RATE = re.compile(f"(?:{any_of(WORDS.extent_ends)})$")
_EXTENT = re.compile(any_of(WORDS.extents))
#: 除上述收入外，无其他收入: what there is not beside what was named.
_EXCEPT = re.compile(r"除[^。；;]*$")
#: Sections in which 无 before a subject states a zero.
_MAY_SAY_NONE = ("three_public", "government_fund", "state_capital", "overall", "income", "expenditure")
#: Sections whose sentences deny some of their things beside the amounts of others.
_WITH_OTHERS = ("overall", "income", "expenditure")
#: Things that a sentence about other amounts may deny (也无结余分配; 我局无其他收入; 无年末结转和结余).
_SAID_BESIDE = frozenset(
    {
        *("summary[surplus_used].income", "summary[distribution].expenditure"),
        *(f"{fund}[total].{side}" for fund in ("government_fund", "state_capital") for side in ("opening", "closing")),
        *(f"income[total].{kind}" for kind in ("superior", "operations", "business", "subordinate", "other")),
        *(f"expenditure[total].{kind}" for kind in ("remitted", "operating", "subsidised")),
    }
)
#: Things that a clause of a list of their whole may deny, where it says nothing else (；本年度未发生公务接待费支出).
_SAID_IN_LISTS = frozenset(
    f"three_public.actual.{one}" for one in ("abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")
)


def state_direction(reading: Reading, said: Said, named: list[Topic]) -> None:
    """States 大于, 持平 or 减少 without a figure."""
    token = said.direction
    assert token is not None
    relation = said.relation or {1: ">", -1: "<"}.get(said.sign or 0, "")
    listed = bool(reading.lists) and reading.lists[-1].against is reading.in_item.against
    against = said.against or (reading.in_item.against if not said.measures or said.compared or listed else None)
    if against is None and relation == "=" and named and named[0].known:  # 比上年增加3万元。其中：…无变化
        against = compared_as_its_whole(reading, Measure.CHANGE, named[0])
    if relation in ("", "~") or against is None or against is Measure.OTHER or _RATE.search(token.text):
        return
    if said.run and _EXTENT.search("".join(piece.text for piece in said.run)):
        return
    stated_left = said.measures[-1] if said.measures else Measure.FINAL
    own = named or reading.topics
    if not said.measures and own and _is_of_budget(reading, own[0]):
        return  # 公务接待费预算5.00万元，较上年持平: of two budgets
    if not own or stated_left is against or _already_said(reading, own[0], against, relation):
        return
    figure = Figure(token.text, None, "", 0, State.WORD)
    claim = Claim(
        order=reading.order,
        measure=Measure.DIRECTION,
        topic=own[0],
        sentence=reading.sentence,
        paragraph=reading.paragraph,
        against=against,
        relation=relation,
        base=Topic(stated_left.value, stated_left.name),
        aside=reading.in_item.reason,
    )
    reading.out.append(Stated(claim, figure, token.start, token.end))
    if named:
        reading.topics = named


def _is_of_budget(reading: Reading, topic: Topic) -> bool:
    """True where the sentence has only stated a budget of its subject."""
    of_it = [one.claim for one in reading.out if one.claim.sentence == reading.sentence and one.claim.topic == topic]
    measures = {claim.measure for claim in of_it}
    return bool(measures) and Measure.FINAL not in measures and of_it[-1].measure in BUDGETS


def state_turn(reading: Reading, measure: Measure, said: Said) -> None:
    """由650万立方米下降到585万立方米: states which of the two is greater."""
    last = reading.out[-1].claim if reading.out else None
    if said.turn is None or last is None or last.measure is not Measure.PRIOR or last.sentence != reading.sentence:
        return
    words = load_phrases().words
    rises = said.turn.text.startswith((*words["up"], *words["up_short"]))
    falls = said.turn.text.startswith((*words["down"], *words["down_short"]))
    if rises == falls or measure not in (Measure.FINAL, Measure.COUNT):
        return
    claim = Claim(
        order=reading.order,
        measure=Measure.DIRECTION,
        topic=last.topic,
        sentence=reading.sentence,
        paragraph=reading.paragraph,
        against=Measure.PRIOR,
        relation=">" if rises else "<",
        base=Topic(Measure.FINAL.value, Measure.FINAL.name),
        aside=reading.in_item.reason,
    )
    figure = Figure(said.turn.text, None, "", 0, State.WORD)
    reading.out.append(Stated(claim, figure, said.turn.start, said.turn.end))


def _already_said(reading: Reading, topic: Topic, against: Measure, relation: str) -> bool:
    """True for 持平 again in 持平的主要原因; for 减少 again behind 减少2.3万元."""
    return any(
        relation == (one.claim.relation or (">" if one.claim.sign > 0 else "<"))
        and one.claim.measure in (Measure.DIRECTION, Measure.CHANGE)
        and (one.claim.topic, one.claim.against, one.claim.sentence) == (topic, against, reading.sentence)
        for one in reading.out[-4:]
    )


def state_none_before(reading: Reading, said: Said, named: list[Topic]) -> None:
    """增加2.46万元（上年无此项支出）: states that last year's amount of what has just changed was zero."""
    last = reading.out[-1].claim if reading.out else None
    if last is None or last.measure not in (Measure.CHANGE, Measure.RATE) or last.sentence != reading.sentence:
        return
    plainly = said.none and said.prior and not said.measures and said.sign is None and not said.compared
    if not plainly or reading.in_item.reason or last.against is not Measure.PRIOR or not _is_of(last.topic, named):
        return
    assert said.none is not None
    figure = Figure(said.none.text, Decimal(0), reading.unit, 0, State.ZERO)
    claim = Claim(reading.order, Measure.PRIOR, last.topic, reading.sentence, reading.paragraph)
    reading.out.append(Stated(claim, figure, said.none.start, said.none.end))


def _is_of(topic: Topic, named: list[Topic]) -> bool:
    """True for words that name nothing, name the same again, or say 此项支出."""
    return all(one.key == topic.key or one.phrase in load_phrases().same_subject for one in named)


def state_none(reading: Reading, said: Said, named: list[Topic]) -> None:
    """无政府性基金收支: states a zero for what the table would print."""
    plainly = said.none and not said.measures and said.sign is None and not reading.in_item.reason
    if not plainly or reading.section not in _MAY_SAY_NONE or reading.in_sentence.prior:
        return
    listed = [topic for topic in named if topic.key in _SAID_IN_LISTS and _says_no_more(said)]
    if reading.lists and not listed:
        return
    apart = [topic for topic in named if topic.key in _SAID_BESIDE] or listed
    named = named if not reading.out and reading.section not in _WITH_OTHERS else apart
    assert said.none is not None
    if reading.section in _WITH_OTHERS and _EXCEPT.search(reading.text[: said.none.start]):
        return
    figure = Figure(said.none.text, Decimal(0), "万元", 0, State.ZERO)
    for topic in named:
        if not topic.known or is_account(topic):
            continue
        for entry in topic.final:
            claim = Claim(reading.order, Measure.FINAL, topic, reading.sentence, reading.paragraph, reading=entry)
            reading.out.append(Stated(claim, figure, said.none.start, said.none.end))


def _says_no_more(said: Said) -> bool:
    """True for 无公务接待费支出, not for 无公务接待费超支事项 and 没有公务接待费增加的情况."""
    words = [token for token in said.run if token.kind not in ("subject", "year", "connective")]
    return all(token.text in WORDS.money_ends for token in words)
