"""Turns a figure of a sentence into its claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy

from gouji.facts.claim import Measure, Topic
from gouji.facts.narrative.claims import begins, claims_of, printed, words_around
from gouji.facts.narrative.counted import counted_noun
from gouji.facts.narrative.measures import measure_of
from gouji.facts.narrative.owners import own_topics
from gouji.facts.narrative.reading import (
    AMOUNTS,
    BeforeBracket,
    OpenList,
    Reading,
    Stated,
    named_in,
    open_amounts,
)
from gouji.facts.narrative.said import MEASURES, Said
from gouji.facts.narrative.tokens import Number, Token
from gouji.facts.narrative.topics import as_in_its_section, base
from gouji.facts.narrative.word_lists import WORDS
from gouji.facts.narrative.words import state_turn
from gouji.layouts.phrases import load_phrases

_WORDS = re.compile("[\u4e00-\u9fff]")
_SMALL = 100


def state_figure(reading: Reading, token: Token, following: Token | None) -> None:
    """States a figure: the words before it say what it is. A figure joined to the one before says the same of the next
    thing."""
    assert token.number is not None
    said = reading.said
    joined = bool(reading.out) and said.silent and all(piece.kind == "list" for piece in said.run)
    clause = reading.in_clause
    both = bool(reading.topics) and len(reading.topics[0].final) > 1
    if joined and said.run and (clause.spoken.each or reading.in_sentence.row or both):
        clause.listed += 1
        said = clause.spoken
    elif _moves_otherwise(reading, said):
        clause.listed += 1
        said = _turned(clause.spoken, said)
    else:
        clause.listed = 0
    _state(reading, token, token.number, said, following)
    reading.in_sentence.target = reading.in_sentence.target or said.announced
    reading.in_item.planning = reading.in_item.planning or said.plans
    reading.after_figure(said)


def _moves_otherwise(reading: Reading, said: Said) -> bool:
    """分别比上年增长5.26%、下降5.00%: handles the next thing's change, which has a word of direction of its own."""
    last = reading.out[-1].claim.measure if reading.out else None
    listed = bool(said.run) and all(piece.kind == "list" for piece in said.run)
    moves = said.sign is not None and not said.measures and not said.share and not said.comparing
    both = bool(reading.topics) and len(reading.topics[0].final) > 1
    several = reading.in_clause.spoken.each or bool(reading.in_sentence.row) or both
    return several and listed and moves and last in (Measure.CHANGE, Measure.RATE)


def _turned(spoken: Said, said: Said) -> Said:
    """Returns the words of a row with the direction of one of its figures."""
    turned = copy(spoken)
    turned.sign, turned.direction = said.sign, said.direction
    return turned


def _state(reading: Reading, token: Token, number: Number, said: Said, following: Token | None) -> None:
    reading.in_sentence.figures += 1
    several = open_amounts(reading, number) > 1 or said.above
    said.closes = (said.closes or _totals_scores(number, said)) and several
    measure = measure_of(reading, number, said, following)
    named = named_in(reading, said) if reading.in_clause.listed == 0 else []
    if measure in (Measure.COUNT, Measure.PRIOR) and number.family == "count":
        named = counted_noun(named, number, following) or named
    whole = _whole_before_bracket(reading, named) if measure in AMOUNTS else None
    if whole is not None:
        reading.lists.append(OpenList(reading.next_list(), whole, False, True))
        reading.before_bracket = BeforeBracket()
        named = [as_in_its_section(topic, whole) for topic in named]
    if said.share and number.family in ("money", "count"):
        named = [found] if (found := base(said.base_run, reading.section, reading.accounts)) else []
    if measure in (Measure.FINAL, Measure.BUDGET, Measure.INITIAL, Measure.ADJUSTED) and said.measures:
        reading.in_item.reason = False if not named or named[0].known else reading.in_item.reason
    own = own_topics(reading, measure, number, said, named)
    if number.family == "bare" and measure is Measure.OTHER and _is_no_figure(number, own[0]):
        return
    state_turn(reading, measure, said)
    reading.in_clause.moving = measure is Measure.CHANGE and (reading.in_clause.moving or _moves_first(said))
    start = begins(reading, token, measure, said)
    around = words_around(reading.text, token, reading.out[-1].end if reading.out else 0)
    for claim in claims_of(reading, number, measure, said, own, around):
        reading.out.append(Stated(claim, printed(reading, start, token.end, number), start, token.end))
    _remember(reading, measure, said, named)


def _moves_first(said: Said) -> bool:
    """True where the verb of a change stands before what changed."""
    names = [token for token in said.run if token.kind in ("subject", "unknown")]
    return said.direction is not None and bool(names) and said.direction.start < names[-1].start


def _whole_before_bracket(reading: Reading, named: Sequence[Topic]) -> Topic | None:
    """Returns the whole of an amount in brackets: the amount right before them. Where a change stands there, returns a
    subject that is known to have such parts (公务用车购置及运行维护费5万元，减少1万元（公务用车购置费2万元…）). Behind
    a share, also one with parts of their own names (基本支出80万元，占80%（人员经费60万元…）)."""
    if not named:
        return None
    before = reading.before_bracket
    whole = before.change_of
    if before.amount_of is None and whole is not None and named[0].key in load_phrases().parts_of(whole.key):
        return whole
    whole = before.share_of
    if before.amount_of is None and whole is not None and whole.known:
        parts = load_phrases().parts_of(whole.key)
        return whole if named[0].key in parts or not (parts or named[0].known) else None
    return before.amount_of


def _totals_scores(number: Number, said: Said) -> bool:
    """True for 总得分96.7分 behind the scores of each indicator."""
    words = "".join(token.text for token in said.run if token.text not in ("为", "是"))
    return number.unit == "分" and words in load_phrases().total_scores


def _is_no_figure(number: Number, topic: Topic) -> bool:
    """True for a small whole number without a unit, or without words: a page, a line, a name."""
    return not _WORDS.search(topic.phrase) or (not number.decimals and number.value < _SMALL)


def _remember(reading: Reading, measure: Measure, said: Said, named: list[Topic]) -> None:
    """Keeps what the next figure inherits."""
    sentence, item, clause = reading.in_sentence, reading.in_item, reading.in_clause
    if measure in MEASURES.values() and not said.completion:
        told = said.measures or said.planned or said.plans or measure is Measure.FINAL
        sentence.measure = measure if told else sentence.measure
    if said.later and said.measures:
        sentence.measure = said.measures[-1]  # 2024年预算20万元，其中：… are budgets too
    if said.compared:
        item.against = said.against or item.against
    elif named and measure in AMOUNTS:
        item.against = None
    clause.relation = ""
    clause.counted = _measure_of_counted(said) if measure is Measure.COUNT else None
    if measure in (Measure.BUDGET, Measure.INITIAL, Measure.ADJUSTED, Measure.TARGET, Measure.FINAL, Measure.COUNT):
        planned = measure in (Measure.BUDGET, Measure.INITIAL, Measure.ADJUSTED, Measure.TARGET)
        shared = said.share and not planned
        clause.relation = "share" if shared else ("completion" if said.completion or planned else "")
    if measure in AMOUNTS and clause.listed == 0 and not said.each:
        clause.amounts += 1


def _measure_of_counted(said: Said) -> Measure | None:
    """Returns what was said before a count that its money is: 年初批复预算8个项目985万元，调整后9个项目1020万元."""
    if said.measures:
        return said.measures[-1]
    words = "".join(token.text for token in said.run)
    return Measure.ADJUSTED if words in WORDS.adjusted else None
