"""Turns a paragraph into claims: what every figure, and every word of direction, refers to.

Words are collected from left to right (`said`). At a figure they become a claim; at a comma the next clause inherits
the subject, the comparison and the list. Nothing is guessed: a figure whose words do not say what it is becomes a
claim that no constraint uses, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import zip_longest

from gouji.facts.claim import Measure, Topic
from gouji.facts.narrative.apportioned import apportioned
from gouji.facts.narrative.averages import of_averages
from gouji.facts.narrative.bases import on_other_bases
from gouji.facts.narrative.brackets import close_bracket
from gouji.facts.narrative.clauses import BASIS, end_clause, end_item, end_sentence
from gouji.facts.narrative.figures import state_figure
from gouji.facts.narrative.grades import join_grades
from gouji.facts.narrative.hearing import hear_word
from gouji.facts.narrative.in_turn import of_plans_in_turn
from gouji.facts.narrative.of_budgets import from_budgets, of_budgets
from gouji.facts.narrative.outward import outward
from gouji.facts.narrative.parts import (
    close_composed,
    leave_use,
    open_composed,
    open_divided,
    open_list_of_grades,
    open_parts,
    open_within,
)
from gouji.facts.narrative.reading import InClause, Reading, Stated, close_lists
from gouji.facts.narrative.signless import directed
from gouji.facts.narrative.tokens import Token, tokens
from gouji.facts.narrative.topics import Accounts
from gouji.facts.narrative.used import named_by_use
from gouji.facts.narrative.with_balances import with_balances
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

#: The end of a paragraph that continues in the next.
_GOES_ON = ("；", ";", "，", ",", "、", "：", ":")
#: 项目自评得分 and the like: a subject that every project has.
_GENERIC = re.compile(f"(?=.*(?:{any_of(WORDS.of_each)}))(?:{any_of((*WORDS.generic, *WORDS.of_each))})+$")
_YEAR_END = re.compile(r"(?:20\d\d年)?12月(?:31日|份?[底末]|份)?$")
#: Some months of the year (1-6月), all of them, and what stands before a day up to which something is told.
_MONTHS = re.compile(r"\d{1,2}月?[-至~—]\d{1,2}月")
_WHOLE_YEAR = re.compile(r"1月?[-至~—]12月")
_AS_OF = re.compile(f"(?:{any_of(load_phrases().words['asof'])})$")
#: What a whole paragraph shows about its claims; each takes them and returns them, in this order.
_REVISIONS: tuple[Callable[[list[Stated]], list[Stated]], ...] = (
    directed,
    on_other_bases,
    of_averages,
    of_plans_in_turn,
    of_budgets,
    outward,
    from_budgets,
    with_balances,
)
#: The action at a token of some kind; it also gets the next token.
Step = Callable[[Reading, Token, Token | None], None]


@immutable()
class Paragraph:
    """A paragraph to read, with what it takes from those before it.

    `section` is the key of its section, `unit` that of amounts printed without one. `lead` is what the heading or line
    above names: the subject of figures that have none. `fund` is the fund named last. `number` is the paragraph's,
    `sentence` that of its first sentence, and `first` the `order` of its first claim. `by_unit`: items of its section
    begin with the names of several units.
    """

    text: str
    section: str
    unit: str = "万元"
    lead: tuple[Topic, ...] = ()
    fund: str = ""
    number: int = 0
    sentence: int = 0
    first: int = 0
    by_unit: bool = False


@immutable()
class Claims:
    """What a paragraph states, the topics that it names last, and the number of the next sentence."""

    stated: list[Stated]
    last_named: list[Topic]
    next_sentence: int


def read_claims(paragraph: Paragraph, year: int | None, accounts: Accounts) -> Claims:
    """Returns the claims of one paragraph in a document of account year `year` (None: unknown)."""
    reading = _begin(paragraph, year, accounts)
    found = tokens(paragraph.text, paragraph.section)
    for token, following in zip_longest(found, found[1:]):
        _step(reading, token, following)
    end_clause(reading)
    join_grades(reading)
    stated = named_by_use(apportioned(reading.out, paragraph.text, paragraph.section, paragraph.by_unit))
    for revise in _REVISIONS:
        stated = revise(stated)
    reading.out = [_make_generic_local(one) for one in stated]
    if paragraph.text.rstrip().endswith(_GOES_ON):
        _leave_open(reading)
    return Claims(reading.out, reading.topics, reading.sentence + 1)


def _begin(paragraph: Paragraph, year: int | None, accounts: Accounts) -> Reading:
    """Returns the state before the first word."""
    return Reading(
        paragraph.text,
        paragraph.section,
        paragraph.unit,
        year,
        accounts,
        paragraph.number,
        paragraph.sentence,
        paragraph.first,
        lead=list(paragraph.lead),
        fund=paragraph.fund,
        topics=list(paragraph.lead),
        in_clause=InClause(inherited=bool(paragraph.lead)),
    )


def _step(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes one token."""
    kind = token.kind
    _STEPS.get(kind, _take_word)(reading, token, following)
    if kind == "number":
        reading.behind = reading.out[-1].claim.measure if reading.out else None
    elif kind != "open":
        reading.behind = None


def _take_word(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes a word: it adds to the words of the next figure, or ends a list."""
    hear_word(reading, token, following)
    if reading.lists and reading.lists[-1].composed:
        close_composed(reading, token)


def _pass_over(reading: Reading, token: Token, following: Token | None) -> None:
    """Skips an aside."""


def _begin_item(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes the number of an item: its first words may name what it is about."""
    reading.in_clause.numbered = True


def _end_sentence(reading: Reading, token: Token, following: Token | None) -> None:
    reading.since_figure.paused = True
    end_clause(reading)
    end_sentence(reading)


def _end_item(reading: Reading, token: Token, following: Token | None) -> None:
    reading.since_figure.paused = True
    end_clause(reading)
    end_item(reading, reading.text[token.end :])


def _end_clause(reading: Reading, token: Token, following: Token | None) -> None:
    leave_use(reading, token)
    end_clause(reading)


def _set_measure(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes 决算数：, 目标：: the measure of everything that follows."""
    said, sentence = reading.said, reading.in_sentence
    sentence.target = sentence.target or said.announces
    end_clause(reading)
    if said.measures:
        sentence.default, sentence.default_said = said.measures[-1], True


def _open_bracket(reading: Reading, token: Token, following: Token | None) -> None:
    reading.enter_bracket()


def _close_bracket(reading: Reading, token: Token, following: Token | None) -> None:
    close_bracket(reading)
    reading.since_figure.closed = True


def _begin_reason(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes 主要原因是: what follows explains. Behind 因…等原因 the explanation is over in a report."""
    over = reading.section == FREE and reading.text[: token.start].endswith(WORDS.and_others)
    end_clause(reading)
    reading.in_item.reason = reading.in_item.reason or not over


def _end_reason(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes 截至: what follows states again."""
    reading.in_item.reason = False


def _open_composed_or_change(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes 由: it opens the parts of a whole, or the start of a change (由5万元增加到6万元)."""
    if not open_composed(reading, token):
        _take_word(reading, token, following)


def _end_lists(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes 另有: what follows is no part of the list before."""
    close_lists(reading)


def _note_date(reading: Reading, token: Token, following: Token | None) -> None:
    """Processes 截至9月底: what follows covers only part of the year."""
    if "月" in token.text:
        reading.said.partial = not _YEAR_END.match(token.text)
        if _MONTHS.match(token.text) or _AS_OF.search(reading.text[: token.start]):
            reading.in_item.partial = reading.said.partial and not _WHOLE_YEAR.match(token.text)


#: The action of each kind of token. All other kinds are words, and heard.
_STEPS: Mapping[str, Step] = {
    "number": state_figure,
    "stop": _end_sentence,
    "semicolon": _end_item,
    "comma": _end_clause,
    "weak": _end_clause,
    "colon": _set_measure,
    "open": _open_bracket,
    "close": _close_bracket,
    "parts": open_parts,
    "whole_list": open_parts,
    "within": open_within,
    "divided": open_divided,
    "graded": open_list_of_grades,
    "origin": _open_composed_or_change,
    "ends": _end_lists,
    "reason": _begin_reason,
    "asof": _end_reason,
    "date": _note_date,
    "aside": _pass_over,
    "item": _begin_item,
}


def _make_generic_local(stated: Stated) -> Stated:
    """Returns the claim with topics of this paragraph alone where every project has such words (全年预算数,
    项目自评得分)."""
    claim = stated.claim
    if claim.measure is Measure.COUNT:
        return stated
    topic, base, whole = (_keep_to_paragraph(one, claim.paragraph) for one in (claim.topic, claim.base, claim.whole))
    if topic is None or (topic is claim.topic and base is claim.base and whole is claim.whole):
        return stated
    return replace(stated, claim=replace(claim, topic=topic, base=base, whole=whole))


def _keep_to_paragraph(topic: Topic | None, paragraph: int) -> Topic | None:
    """Returns a topic whose words every project has as one of its paragraph alone."""
    if topic is None or topic.key != topic.phrase:
        return topic
    generic = _GENERIC.match(topic.phrase) or BASIS.match(topic.phrase)
    return replace(topic, key=f"~{topic.phrase} {paragraph}") if generic else topic


def _leave_open(reading: Reading) -> None:
    """Marks the last list of a paragraph that breaks off inside it: the list may go on and does not name everything."""
    unfinished = {one.number for one in reading.lists}
    reading.out = [
        replace(one, claim=replace(one.claim, complete=False)) if one.claim.group in unfinished else one
        for one in reading.out
    ]
