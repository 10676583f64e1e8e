"""A paragraph to claims: what every figure, and every word of direction, says of what.

Words are heard from left to right (`said`); at a figure they are turned into a claim, at a comma the subject, the
comparison and the list they stand in are inherited. Nothing is guessed: a figure whose words do not say what it is
becomes a claim that no constraint uses, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import Measure, Topic
from gouji.facts.narrative.averages import of_averages
from gouji.facts.narrative.counted import name_action
from gouji.facts.narrative.figures import state_figure
from gouji.facts.narrative.grades import count_grade, counts_grade, grade_follows, join_grades, open_grades
from gouji.facts.narrative.hearing import hear_word
from gouji.facts.narrative.of_budgets import of_budgets
from gouji.facts.narrative.owners import spread_list
from gouji.facts.narrative.reading import (
    AMOUNTS,
    NOBODY,
    OpenList,
    Reading,
    Stated,
    close_lists,
    listed_items,
    named_in,
)
from gouji.facts.narrative.said import MEASURES, Said, hear
from gouji.facts.narrative.signless import directed
from gouji.facts.narrative.tokens import Token, tokens
from gouji.facts.narrative.topics import Accounts, is_account, topics
from gouji.facts.narrative.word_lists import WORDS
from gouji.facts.narrative.words import state_direction, state_none, state_none_before
from gouji.layouts.phrases import FREE, load_phrases
from gouji.word_lists import any_of

#: Words that only tell what they are of, by far the most: they need no step of their own.
_TOLD = frozenset({"unknown", "subject", "connective", "list"})
#: What a paragraph ends with that goes on in the next.
_GOES_ON = ("；", ";", "，", ",", "、", "：", ":")
#: A clause without a figure that only announces what follows names no subject.
_TITLE = re.compile(f"(?:{any_of(WORDS.announcing)})$")
#: What a later sentence may begin to speak of.
_PROJECT = re.compile(any_of(WORDS.projects))
_LONGEST_LEAD = 24
#: 根据年初设定的绩效目标, 项目自评得分: no subject, or one that every project has.
_BASIS = re.compile(any_of(WORDS.basis))
_GENERIC = re.compile(f"(?=.*(?:{any_of(WORDS.of_each)}))(?:{any_of((*WORDS.generic, *WORDS.of_each))})+$")
#: Words that end in what money is called may be many (本部门用财政拨款安排的日常公用经费支出，合计…).
_LONGEST_OF_MONEY = 60
_OF_MONEY = re.compile(f"(?:{any_of(WORDS.money_ends)})$")
#: 由 before the parts of a whole.
_COMPOSED = re.compile(rf"[^。；;]{{6,}}(?:{any_of(WORDS.composed)})")
_COMPOSES = re.compile(any_of(WORDS.composed))
#: What stands before the last of several things.
_LISTED = re.compile("(?:、|，|,|和|及|与)$")
#: What the next of several reasons begins with.
_NEXT_REASON = re.compile(
    r"\s*(?:[一二三四五六七八九]是|其[一二三四五]|[(（]?[2-9二三四五六七八九][)）]|[2-9][.、．](?!\d)|[②-⑨])"
)
_YEAR_END = re.compile(r"(?:20\d\d年)?12月(?:31日|份?[底末]|份)?$")


def read_claims(
    text: str,
    section: str,
    year: int | None,
    accounts: Accounts,
    *,
    unit: str = "万元",
    lead: Sequence[Topic] = (),
    paragraph: int = 0,
    sentence: int = 0,
    first: int = 0,
) -> tuple[list[Stated], list[Topic], int]:
    """The claims of one paragraph of `section` in a document of account year `year`.

    `unit`: of amounts printed without one. `lead`: what the heading or line above names, said of figures without a
    subject. `paragraph` is its number, `sentence` that of its first sentence, `first` the `order` of its first claim.
    Returns the claims, what the paragraph names last, and the next sentence's number.
    """
    reading = Reading(text, section, unit, year, accounts, paragraph, sentence, topics=list(lead), lead=list(lead))
    reading.inherited, reading.first = bool(lead), first
    found = tokens(text, section)
    for index, token in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        _step(reading, token, following)
    _end_clause(reading)
    join_grades(reading)
    reading.out = [_of_its_place(one) for one in of_budgets(of_averages(directed(reading.out)))]
    if text.rstrip().endswith(_GOES_ON):
        _leave_open(reading)
    return reading.out, reading.topics, reading.sentence + 1


def _of_its_place(stated: Stated) -> Stated:
    """全年预算数 of 项目自评得分 and the like: of which project, only the rest of the paragraph says."""
    claim = stated.claim
    if claim.measure is Measure.COUNT:
        return stated
    topic, base, whole = (_local(one, claim.paragraph) for one in (claim.topic, claim.base, claim.whole))
    if topic is None or (topic is claim.topic and base is claim.base and whole is claim.whole):
        return stated
    return replace(stated, claim=replace(claim, topic=topic, base=base, whole=whole))


def _local(topic: Topic | None, paragraph: int) -> Topic | None:
    """A topic whose words every project has, as that of its paragraph."""
    if topic is None or topic.key != topic.phrase:
        return topic
    generic = _GENERIC.match(topic.phrase) or _BASIS.match(topic.phrase)
    return replace(topic, key=f"~{topic.phrase} {paragraph}") if generic else topic


def _leave_open(reading: Reading) -> None:
    """A paragraph that breaks off inside a list: the list may go on, it does not name everything."""
    unfinished = {one.number for one in reading.lists}
    reading.out = [
        replace(one, claim=replace(one.claim, complete=False)) if one.claim.group in unfinished else one
        for one in reading.out
    ]


def _step(reading: Reading, token: Token, following: Token | None) -> None:
    kind = token.kind
    _one_step(reading, kind, token, following)
    if kind != "open":
        last = reading.out[-1].claim.measure if kind == "number" and reading.out else None
        reading.after_amount, reading.after_change = last in AMOUNTS, last in (Measure.CHANGE, Measure.RATE)


def _one_step(reading: Reading, kind: str, token: Token, following: Token | None) -> None:
    if kind in _TOLD:
        _hear(reading, token, following)
    elif kind == "number":
        state_figure(reading, token, following)
        reading.paused = reading.titled = reading.closed = False
    elif kind == "stop":
        reading.paused = True
        _end_clause(reading)
        _end_sentence(reading)
    elif kind == "semicolon":
        reading.paused = True
        _end_clause(reading)
        _end_item(reading, reading.text[token.end :])
    elif kind in ("comma", "colon", "weak"):
        measures = reading.said.measures
        reading.target = reading.target or (kind == "colon" and reading.said.announces)
        _end_clause(reading)
        if kind == "colon" and measures:
            reading.default, reading.default_said = measures[-1], True
    elif kind == "open":
        reading.brackets.append((reading.said, reading.topics, len(reading.lists), reading.against))
        reading.said = Said(target=reading.said.announces)
        reading.bracket_of = reading.topics[0] if reading.after_amount and reading.topics else None
        reading.bracket_may_be_of = reading.topics[0] if reading.after_change and reading.topics else None
    elif kind == "close":
        _close_bracket(reading)
        reading.closed = True
    elif kind in ("parts", "whole_list"):
        _open_list(reading, complete=kind == "whole_list", carries=token.text == "其中")
        if reading.lists and "用于" in token.text and _just_opened(reading):
            reading.lists[-1] = replace(reading.lists[-1], uses=True)
    elif kind == "graded":
        _open_grades(reading, token, following)
    elif kind == "origin" and _COMPOSED.match(reading.text[token.end :]):
        _open_list(reading, complete=True, carries=True)
        if reading.lists:
            reading.lists[-1] = replace(reading.lists[-1], composed=True)
    elif kind == "reason":
        _end_clause(reading)
        reading.reason = True
    elif kind == "asof":
        reading.reason = False
    elif kind == "within":
        _say_within(reading)
    elif kind == "ends":
        close_lists(reading)
    elif kind == "date" and "月" in token.text:
        reading.said.partial = not _YEAR_END.match(token.text)
    elif kind not in ("date", "aside", "item"):
        _hear(reading, token, following)


def _hear(reading: Reading, token: Token, following: Token | None) -> None:
    """A word is heard; 组成 ends what 由 began."""
    hear_word(reading, token, following)
    if reading.lists and reading.lists[-1].composed and _COMPOSES.search(token.text):
        reading.topics = [reading.lists.pop().whole]
        reading.said = Said()


def _end_clause(reading: Reading) -> None:
    """After a comma: a direction in words is a claim; a subject alone is what the next words speak of."""
    said = reading.said
    if count_grade(reading) or name_action(reading):
        said = reading.said = Said()
    if said.above:
        _complete_list(reading)
    if said.run and said.run[-1].text == "情况" and any(piece.kind == "subject" for piece in said.run):
        said.run.pop()  # 公务接待费支出情况。 names what follows
    named = named_in(reading, said)
    if said.none and said.prior:
        state_none_before(reading, said, named)
    elif said.none and named:
        state_none(reading, said, named)
    elif said.direction and not reading.reason:
        state_direction(reading, said, named)
    elif named and _may_lead(reading, said, named):
        reading.topics, reading.inherited = named, True
        reading.titled = is_account(named[0]) or any(piece.kind == "level" for piece in said.run)
        reading.measure = said.measures[-1] if said.measures else None
    if said.compared and said.against and not reading.reason:
        reading.against = said.against
    reading.target = reading.target or said.announced
    spread_list(reading)
    reading.said, reading.spoken, reading.moving = Said(), Said(), False
    reading.inherited, reading.listed, reading.amounts, reading.relation = True, 0, 0, ""


def _complete_list(reading: Reading) -> None:
    """以上各项合计即为全部资金: the list before names every part."""
    group = reading.out[-1].claim.group if reading.out else -1
    if group >= 0:
        reading.out = [
            replace(one, claim=replace(one.claim, complete=True)) if one.claim.group == group else one
            for one in reading.out
        ]


def _may_lead(reading: Reading, said: Said, named: Sequence[Topic]) -> bool:
    """A clause without a figure names the next one's subject where it says nothing else."""
    if reading.reason or said.sign is not None or (said.compared and not all(topic.known for topic in named)):
        return False
    if all(topic.known for topic in named) or any(piece.kind == "level" for piece in said.run):
        return True
    if reading.out and not _PROJECT.search(named[0].phrase):
        return False
    phrase = named[0].phrase
    if _BASIS.match(phrase) and reading.topics:
        return False
    longest = _LONGEST_OF_MONEY if _OF_MONEY.search(phrase) and reading.section != FREE else _LONGEST_LEAD
    return not reading.figures and len(phrase) <= longest and not _TITLE.search(phrase)


def _end_item(reading: Reading, behind: str) -> None:
    """After a semicolon: a list inside an item of a list is over, and so are the reasons, unless the next one follows
    (二是…)."""
    if reading.lists and not reading.lists[-1].bracketed:
        if (reading.lists[-1].graded and not grade_follows(behind)) or len(reading.lists) > 1:
            reading.lists.pop()
        elif reading.semicolons == 0 and not reading.lists[-1].complete and listed_items(reading) > 1:
            close_lists(reading)
        reading.semicolons += 1
    reading.reason = reading.reason and bool(_NEXT_REASON.match(behind))
    reading.planning = False
    reading.against = reading.lists[-1].against if reading.lists else None


def _end_sentence(reading: Reading) -> None:
    """A full stop ends what was spoken of, not that a paragraph is of a later year (2022年度预算…。公务接待费…)."""
    join_grades(reading)
    whole = reading.lists[0].whole if reading.lists else None
    unlisted = bool(reading.lists) and reading.lists[-1].uses and _just_opened(reading)
    if whole and whole is not NOBODY and (not reading.titled or unlisted):
        reading.topics = [whole]
    elif reading.reason and (spoken_of := _before_reasons(reading)):
        reading.topics = [spoken_of]
    reading.figures = 0
    reading.row = []
    reading.lists.clear()
    reading.brackets.clear()
    reading.reason = reading.prior = reading.target = reading.passed = reading.planning = False
    reading.measure_before = reading.measure
    reading.against = reading.measure = None
    reading.default, reading.default_said = Measure.FINAL, False
    reading.sentence += 1


def _before_reasons(reading: Reading) -> Topic | None:
    """What the sentence was of before its reasons, where these end with something that is no headline."""
    if not reading.topics or reading.topics[0].known:
        return None
    claims = [one.claim for one in reading.out if one.claim.sentence == reading.sentence]
    return next((claim.topic for claim in reversed(claims) if not claim.aside and claim.topic.known), None)


def _close_bracket(reading: Reading) -> None:
    inside = reading.said
    _name_in_brackets(reading, inside)
    either = inside.direction is not None and inside.sign is not None and not inside.run and not inside.compared
    if either:
        inside.direction = None
    _end_clause(reading)
    reading.bracket_of = reading.bracket_may_be_of = None
    if reading.brackets and either:
        reading.brackets[-1][0].sign = 0 if reading.brackets[-1][0].sign is not None else None
    if reading.brackets:
        reading.said, reading.topics, lists, reading.against = reading.brackets.pop()
        del reading.lists[lists:]
    reading.reason = False


def _has_result(reading: Reading) -> bool:
    """True where the last sentence with figures states a result: then its parts are results too."""
    last = reading.out[-1].claim.sentence if reading.out else -1
    return any(one.claim.sentence == last and one.claim.measure is Measure.FINAL for one in reading.out)


def _is_of_several(reading: Reading) -> bool:
    """其中 behind 。 or ； in a report, after amounts of several things: which it is of cannot be told."""
    if reading.section not in (FREE, "other") or not reading.paused:
        return False
    last = reading.out[-1].claim.sentence if reading.out else -1
    said_of = {
        one.claim.topic.key for one in reading.out if one.claim.sentence == last and one.claim.measure in AMOUNTS
    }
    return len(said_of) > 1


def _score_before(reading: Reading) -> Topic | None:
    """得分93.6分，其中：…: a score is the whole of the scores behind it, though it is no subject of other words."""
    last = reading.out[-1] if reading.out else None
    scored = last is not None and last.figure.unit == "分" and last.claim.sentence >= reading.sentence - 1
    return last.claim.topic if last and scored else None


def _name_in_brackets(reading: Reading, inside: Said) -> None:
    """因公出国费、公务接待费…（“三公”经费）: a headline in brackets names what stands before them."""
    words = [piece for piece in inside.run if piece.kind != "connective"]
    if reading.brackets and len(words) == 1 and words[0].kind == "subject" and inside.silent:
        outer = reading.brackets[-1][0]
        if outer.run and _is_summed_up(reading, topics(outer.run, reading.section, reading.accounts), words):
            outer.run = words


def _is_summed_up(reading: Reading, outer: Sequence[Topic], words: Sequence[Token]) -> bool:
    """True where the words before brackets are no subject, or are the last of several parts of what the brackets name
    (公务接待费，公车运行费（“三公”经费）)."""
    if not outer or not outer[0].known:
        return bool(outer)
    named = topics(words, reading.section, reading.accounts)
    begins = reading.brackets[-1][0].run[0].start
    listed = reading.figures == 0 and bool(_LISTED.search(reading.text[:begins]))
    return listed and named[0].key != outer[0].key and load_phrases().may_contain(named[0].key, outer[0].key)


def _open_list(reading: Reading, complete: bool, carries: bool = False) -> None:
    """其中, 包括: what follows are parts of what the words before are of."""
    named = named_in(reading, reading.said)
    if named and not named[0].known and _just_opened(reading):
        reading.said = Said()
        return
    if reading.section != FREE and reading.topics and reading.topics[0].known and not any(one.known for one in named):
        named = []
    if named and named[0].known and reading.section != FREE:
        reading.reason = False  # 主要原因是…，人员经费主要包括：…
    if last := _score_before(reading):
        reading.topics = [last]
    carries = carries or _goes_on(reading)
    measured = bool(reading.said.measures)
    said_measure = reading.said.measures[-1] if measured else None
    measure = said_measure or reading.measure or (reading.measure_before if carries else None)
    if measure is not Measure.FINAL and not said_measure and _has_result(reading):
        measure = Measure.FINAL
    _end_clause(reading)
    if named:
        reading.topics = named
    if carries and not named and _is_of_several(reading):
        return
    said_so = carries or named or measured or reading.figures or not reading.out
    whole = reading.topics[0] if reading.topics and said_so else NOBODY
    if whole is NOBODY and not complete:
        return
    if reading.lists and reading.lists[-1].whole == whole and not reading.brackets:
        reading.topics = []
        return
    reading.counted += 1
    number = reading.paragraph * 1000 + reading.counted
    against = _compared_before(reading, whole)
    reading.lists.append(OpenList(number, whole, complete, bool(reading.brackets), against=against))
    reading.semicolons = 0
    reading.default = measure if measure in MEASURES.values() and measure else Measure.FINAL
    if not measured and _is_moved(reading, whole):
        reading.default = Measure.CHANGE
    reading.topics = []
    reading.measure = None


def _is_moved(reading: Reading, whole: Topic) -> bool:
    """减少“三公”经费342.74万元，其中：公务接待费33.87万元: the verb before the whole is that of its parts too."""
    last = reading.out[-1] if reading.out else None
    return (
        last is not None
        and last.claim.measure is Measure.CHANGE
        and last.claim.topic == whole
        and last.claim.sentence == reading.sentence
        and reading.text[last.start].isdigit()
    )


def _compared_before(reading: Reading, whole: Topic) -> Measure | None:
    """比上年增加3.38万元，增长12.90%，其中：…: what a list's whole was compared with last."""
    last = reading.out[-1].claim if reading.out else None
    compared = last is not None and last.measure in (Measure.CHANGE, Measure.RATE, Measure.DIRECTION)
    return last.against if last and compared and last.topic == whole and last.sentence == reading.sentence else None


def _goes_on(reading: Reading) -> bool:
    """机构运行经费支出决算64.32万元。支出包括：… is still of what the sentence before was of."""
    words = [piece.text for piece in reading.said.run]
    spoken = bool(reading.topics) and bool(reading.out) and reading.section != FREE
    return spoken and bool(words) and all(word in WORDS.heads_alone for word in words)


def _just_opened(reading: Reading) -> bool:
    """按支出功能分类科目主要用于: the list at hand has no part yet."""
    number = reading.lists[-1].number if reading.lists else -1
    return bool(reading.lists) and not any(one.claim.group == number for one in reading.out)


def _open_grades(reading: Reading, token: Token, following: Token | None) -> None:
    """评价等级为优的6个: a list by grade, unless the words say the grade of what was just counted."""
    names = load_phrases().grades.names
    counted = bool(reading.out) and any(piece.kind != "list" for piece in reading.said.run)
    said_so = following is not None and following.kind == "unknown" and following.text.startswith(names)
    if counted or not said_so or not counts_grade(reading.text[token.end :]):
        hear(reading.said, replace(token, kind="unknown"), following, reading.year)
        return
    _end_clause(reading)
    open_grades(reading)


def _say_within(reading: Reading) -> None:
    """三公经费支出决算41.30万元中，…: what follows are its parts."""
    if reading.section != FREE:
        _open_list(reading, complete=False)
