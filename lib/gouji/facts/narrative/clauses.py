"""Ends clauses, items and sentences: states what they say without a figure, and keeps what the next one inherits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import Topic
from gouji.facts.narrative.counted import name_action
from gouji.facts.narrative.grades import count_grade, grade_follows, join_grades
from gouji.facts.narrative.owners import spread_list
from gouji.facts.narrative.reading import NOBODY, OpenList, Reading, close_lists, just_opened, listed_items, named_in
from gouji.facts.narrative.said import Said
from gouji.facts.narrative.topics import is_account
from gouji.facts.narrative.word_lists import WORDS
from gouji.facts.narrative.words import state_direction, state_none, state_none_before
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.word_lists import any_of

#: A clause without a figure that only announces the next one names no subject.
_TITLE = re.compile(f"(?:{any_of(WORDS.announcing)})$")
#: The next class of a list.
_NEXT_CLASS = re.compile(r"\s*[^\d。；;，,（(]{2,24}[（(]类[）)]")
#: Subjects that a later sentence may begin to speak of.
_PROJECT = re.compile(any_of(WORDS.projects))
_LONGEST_LEAD = 24
#: 根据年初设定的绩效目标: names the grounds of an action, not a subject.
BASIS = re.compile(any_of(WORDS.basis))
_WHOLLY = re.compile(any_of(WORDS.wholly))
#: A clause that ends in a word for money may be this long (本部门用财政拨款安排的日常公用经费支出，合计…).
_LONGEST_OF_MONEY = 60
_OF_MONEY = re.compile(f"(?:{any_of(WORDS.money_ends)})$")
#: The beginning of a further reason.
_NEXT_REASON = re.compile(
    r"\s*(?:[一二三四五六七八九]是|其[一二三四五]|[(（]?[2-9二三四五六七八九][)）]|[2-9][.、．](?!\d)|[②-⑨])"
)


def end_clause(reading: Reading) -> None:
    """Ends a clause at a comma: states what it says without a figure. A clause that only names something names the
    subject of the next words."""
    if count_grade(reading) or name_action(reading):
        reading.said = Said()
    said = reading.said
    if said.above:
        _complete_list(reading)
    if reading.lists and "".join(piece.text for piece in said.run).startswith(WORDS.rests):
        _leave_rest(reading)
    if said.run and said.run[-1].text in WORDS.account_of and any(piece.kind == "subject" for piece in said.run):
        said.run.pop()  # 公务接待费支出情况。 names what follows
    _state_words(reading, said)
    if said.compared and said.against and not reading.in_item.reason:
        reading.in_item.against = said.against
    reading.in_sentence.target = reading.in_sentence.target or said.announced
    spread_list(reading)
    reading.begin_clause()


def _state_words(reading: Reading, said: Said) -> None:
    """Turns 无 and 减少 into claims. Words without a claim may name the next clause's subject."""
    named = named_in(reading, said)
    if said.none and said.prior:
        state_none_before(reading, said, named)
    elif said.none and named:
        state_none(reading, said, named)
    elif said.direction and not reading.in_item.reason:
        state_direction(reading, said, named)
    elif named and _may_lead(reading, said, named):
        reading.topics = named
        titled = is_account(named[0]) or any(piece.kind == "level" for piece in said.run)
        reading.since_figure.titled = titled
        reading.in_sentence.measure = said.measures[-1] if said.measures else None


def _complete_list(reading: Reading) -> None:
    """以上各项合计即为全部资金: marks the list before as complete."""
    group = reading.out[-1].claim.group if reading.out else -1
    if group >= 0:
        reading.out = [
            replace(one, claim=replace(one.claim, complete=True)) if one.claim.group == group else one
            for one in reading.out
        ]


def _leave_rest(reading: Reading) -> None:
    """公开招标50万元，其余为询价采购: the list leaves a part without a figure."""
    group = reading.lists[-1].number
    reading.lists[-1] = replace(reading.lists[-1], complete=False)
    reading.out = [
        replace(one, claim=replace(one.claim, complete=False)) if one.claim.group == group else one
        for one in reading.out
    ]


def _may_lead(reading: Reading, said: Said, named: Sequence[Topic]) -> bool:
    """True for a clause without a figure that can name the next one's subject, because it says nothing else."""
    if reading.in_item.reason or said.sign is not None or (said.compared and not all(topic.known for topic in named)):
        return False
    if all(topic.known for topic in named) or any(piece.kind == "level" for piece in said.run):
        return True
    numbered = reading.in_clause.numbered and reading.section in load_phrases().accounts
    if reading.out and not numbered and not _PROJECT.search(named[0].phrase):
        return False
    phrase = named[0].phrase
    if reading.topics and (BASIS.match(phrase) or _WHOLLY.search(phrase)):
        return False
    longest = _LONGEST_OF_MONEY if _OF_MONEY.search(phrase) and reading.section != FREE else _LONGEST_LEAD
    return not reading.in_sentence.figures and len(phrase) <= longest and not _TITLE.search(phrase)


def end_item(reading: Reading, behind: str) -> None:
    """Ends an item at a semicolon: a list inside a list item ends, and so do the reasons, unless another one follows
    (二是…). `behind` is the rest of the paragraph."""
    inner = reading.lists[-1] if reading.lists else None
    if inner and not inner.bracketed:
        sentence = reading.in_sentence
        if _is_of_uses_before(inner, behind) or (inner.graded and not grade_follows(behind)) or len(reading.lists) > 1:
            reading.lists.pop()
        elif sentence.semicolons == 0 and not inner.complete and listed_items(reading) > 1:
            close_lists(reading)
        sentence.semicolons += 1
    elif inner and reading.brackets and len(reading.lists) - reading.brackets[-1].lists > 1:
        outer = reading.lists[-2].number
        # 支出20万元（基本支出15万元，其中人员经费13万元；项目支出5万元）: but （其中：基本支出15万元；…） is one list.
        if any(one.claim.group == outer for one in reading.out):
            reading.lists.pop()
    reading.begin_item(reading.in_item.reason and bool(_NEXT_REASON.match(behind)))


def _is_of_uses_before(inner: OpenList, behind: str) -> bool:
    """True for what a class was used for, before the next class: 教育支出（类）5万元，主要用于办学；卫生健康（类）…."""
    return inner.uses and is_account(inner.whole) and bool(_NEXT_CLASS.match(behind))


def end_sentence(reading: Reading) -> None:
    """Ends a sentence: forgets the subject, but not that the paragraph is about a later year
    (2022年度预算…。公务接待费…)."""
    join_grades(reading)
    whole = reading.lists[0].whole if reading.lists else None
    unlisted = bool(reading.lists) and reading.lists[-1].uses and just_opened(reading)
    if whole and whole is not NOBODY and (not reading.since_figure.titled or unlisted):
        reading.topics = [whole]
    elif reading.in_item.reason and (spoken_of := _before_reasons(reading)):
        reading.topics = [spoken_of]
    reading.begin_sentence()


def _before_reasons(reading: Reading) -> Topic | None:
    """Returns the sentence's subject before its reasons, where these end with something that is no headline."""
    if not reading.topics or reading.topics[0].known:
        return None
    claims = [one.claim for one in reading.out if one.claim.sentence == reading.sentence]
    return next((claim.topic for claim in reversed(claims) if not claim.aside and claim.topic.known), None)
