"""Opens lists of a whole's parts: 其中, 包括, 由…组成."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.narrative.clauses import end_clause
from gouji.facts.narrative.grades import counts_grade, open_grades
from gouji.facts.narrative.of_nothing import whole_beside_nothing
from gouji.facts.narrative.reading import AMOUNTS, NOBODY, OpenList, Reading, close_lists, just_opened, named_in
from gouji.facts.narrative.said import MEASURES, Said, hear
from gouji.facts.narrative.tokens import Token, tokens
from gouji.facts.narrative.topics import heads, is_account, topics
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.word_lists import any_of

#: 由 before the parts of a whole.
_COMPOSED = re.compile(rf"[^。；;]{{6,}}(?:{any_of(WORDS.composed)})")
#: The whole of a list that is named behind what it is divided by.
_WHOLE_BEHIND = re.compile(rf"[,，:：]\s*(?:20\d\d年度?|[^\d。；;])*?(?:{any_of(WORDS.divided_wholes)})")
_COMPOSES = re.compile(any_of(WORDS.composed))
#: The first item of a list is a class.
_FIRST_IS_CLASS = re.compile(r"[^\d。；;，,]{2,24}[（(]类[）)]")
#: What the first item of a list is called.
_FIRST_ITEM = re.compile(r"[:：,，\s]*(?P<name>[^\d。；;，,、:：（()）]{2,24})\d")
#: The words before a list that say what its whole is by definition.
_DEFINED = re.compile("|".join(WORDS.definitions))
#: Marks between these words and the list.
_MARKS = " \u3000，,：:"


def open_parts(reading: Reading, token: Token, following: Token | None) -> None:
    """Opens a list at 其中, 主要用于, 由以下三部分组成."""
    if reading.in_item.reason and _DEFINED.search(reading.text[: token.start].rstrip(_MARKS)):
        reading.in_item.reason = False
    if not reading.out and not reading.topics and _lists_classes(reading, token):
        reading.topics = [heads()[reading.section]]
    uses = any(word in token.text for word in WORDS.used_for) and _tells_of_one_account(reading)
    carries = uses or token.text in WORDS.of_which
    _open_list(reading, token.kind == "whole_list", carries, _whole_of_first_item(reading, token))
    if reading.lists and any(word in token.text for word in WORDS.used_for) and just_opened(reading):
        reading.lists[-1] = replace(reading.lists[-1], uses=True)


def _whole_of_first_item(reading: Reading, token: Token) -> Topic | None:
    """政府采购计划60万元，实际采购54万元，节约6万元。其中：货物类…: returns the only thing told of right before that a
    list's first item is a part of by definition."""
    if reading.section == FREE or not (item := _FIRST_ITEM.match(reading.text, token.end)):
        return None
    words = tokens(item["name"], reading.section)
    named = topics([one for one in words if one.kind in ("subject", "unknown")], reading.section, reading.accounts)
    last = reading.out[-1].claim.sentence if reading.out else -1
    told = {one.claim.topic.key: one.claim.topic for one in reading.out if one.claim.sentence == last}
    found = [topic for key, topic in told.items() if named and named[0].key in load_phrases().parts_of(key)]
    return found[0] if len(found) == 1 else None


def _lists_classes(reading: Reading, token: Token) -> bool:
    """True for 主要用于以下方面：教育支出（类）5万元 in a paragraph of its own: so the section's total was used."""
    used = any(word in token.text for word in WORDS.used_for) and not reading.said.run
    return used and reading.section in heads() and bool(_FIRST_IS_CLASS.match(reading.text[token.end :]))


def _tells_of_one_account(reading: Reading) -> bool:
    """卫生健康(类)支出300万元，占20%。主要用于综合医院230万元…: nothing else was spoken of than what is used."""
    topic = reading.topics[0] if reading.topics else None
    spoken = {one.claim.topic.key for one in reading.out if not one.claim.aside}
    return topic is not None and is_account(topic) and spoken == {topic.key} and not reading.lists


def open_within(reading: Reading, token: Token, following: Token | None) -> None:
    """三公经费支出决算41.30万元中，…: opens a list of its parts. Without a mark behind it, a reason may go on
    (因基本支出中人员经费增加)."""
    marked = following is not None and following.kind in ("comma", "colon")
    if reading.in_item.reason and not marked:
        hear(reading.said, replace(token, kind="unknown"), following, reading.year)
    elif reading.section != FREE:
        _open_list(reading, complete=False)


def open_divided(reading: Reading, token: Token, following: Token | None) -> None:
    """支出50万元，按性质分：…: opens a list of all parts, or says so of the list just opened (其中：按功能分类，…).

    In the middle of another list it only ends that.
    """
    reading.in_sentence.by_source = any(word in token.text for word in WORDS.sources)
    if _WHOLE_BEHIND.match(reading.text[token.end :]):
        close_lists(reading)
        return
    if reading.lists and just_opened(reading):
        reading.lists[-1] = replace(reading.lists[-1], complete=True)
        reading.said = Said()
        return
    inside = bool(reading.lists) and not reading.since_figure.paused
    close_lists(reading)
    before = _amounts_before(reading)
    several = len({claim.topic.key for claim in before if claim.group < 0}) > 1
    if inside or (several and not (reading.topics and load_phrases().parts_of(reading.topics[0].key))):
        return  # 基本支出30万元，项目支出20万元。按经济分类分：… may be of both
    if reading.topics and any(claim.group >= 0 and claim.topic == reading.topics[0] for claim in before):
        reading.topics = []  # the last part of another list, whose whole is not known
    if not reading.out and not reading.topics and reading.section in heads():
        reading.topics = [heads()[reading.section]]
    _open_list(reading, complete=True, carries=True)


def _amounts_before(reading: Reading) -> list[Claim]:
    """Returns the amounts of the last sentence that has figures."""
    last = reading.out[-1].claim.sentence if reading.out else -1
    return [one.claim for one in reading.out if one.claim.sentence == last and one.claim.measure in AMOUNTS]


def open_composed(reading: Reading, token: Token) -> bool:
    """由A5万元、B3万元组成: 由 opens a list where 组成 follows; True where it does."""
    if not _COMPOSED.match(reading.text[token.end :]):
        return False
    _open_list(reading, complete=True, carries=True)
    if reading.lists:
        reading.lists[-1] = replace(reading.lists[-1], composed=True)
    return True


def close_composed(reading: Reading, token: Token) -> None:
    """Ends, at 组成, the list that 由 opened."""
    if _COMPOSES.search(token.text):
        reading.topics = [reading.lists.pop().whole]
        reading.said = Said()


def leave_use(reading: Reading, token: Token) -> None:
    """Ends a use without an amount at a comma: 大气（项），主要用于监测等项目支出，年初预算为40万元 tells the
    budget of the account, not of what it was used for."""
    opened = reading.lists[-1] if reading.lists else None
    if opened is None or not opened.uses or opened.complete or not is_account(opened.whole):
        return
    use = reading.text[: token.start].rpartition("。")[2]
    listed = any(mark in use for mark in ":：") or any(one.known for one in named_in(reading, reading.said))
    if not listed and just_opened(reading) and _measured().match(reading.text[token.end :]):
        reading.said = Said()
        close_lists(reading)


@lru_cache(maxsize=1)
def _measured() -> re.Pattern[str]:
    """A clause that begins with what its figure is: 年初预算为, 当年支出决算为."""
    words = [word for kind in ("initial", "adjusted", "budget", "final") for word in load_phrases().words[kind]]
    return re.compile(rf"\s*(?:{any_of(WORDS.spoken_of)})?(?:{any_of(words)})")


def _open_list(reading: Reading, complete: bool, carries: bool = False, by_item: Topic | None = None) -> None:
    """Opens a list of parts of the words' topic, if they name one or the word itself does (`carries`). `by_item` is its
    whole where amounts of several things stand before it."""
    named = named_in(reading, reading.said)
    if named and not named[0].known and just_opened(reading):
        reading.said = Said()
        return
    if reading.section != FREE and reading.topics and reading.topics[0].known and not any(one.known for one in named):
        named = []
    if named and named[0].known and reading.section != FREE:
        reading.in_item.reason = False  # 主要原因是…，人员经费主要包括：…
    if last := _score_before(reading):
        reading.topics = [last]
    carries = carries or _goes_on(reading)
    measured = bool(reading.said.measures)
    measure = _measure_of_parts(reading, carries)
    end_clause(reading)
    if named:
        reading.topics = named
    elif carries and (divided := _told_before_listing(reading)):
        reading.topics = [divided]
    if carries and not named and _is_of_several(reading):
        if by_item is None:
            return
        reading.topics = [by_item]
    said_so = carries or named or measured or reading.in_sentence.figures or not reading.out
    whole = reading.topics[0] if reading.topics and said_so else NOBODY
    if not named:
        whole = whole_beside_nothing(reading, whole)
    if whole is NOBODY and not complete:
        return
    if reading.lists and reading.lists[-1].whole == whole and not reading.brackets:
        reading.topics = []
        return
    _begin_list(reading, whole, complete)
    moved = not measured and _is_moved(reading, whole)
    reading.in_sentence.default = Measure.CHANGE if moved else measure or Measure.FINAL


def _told_before_listing(reading: Reading) -> Topic | None:
    """基本支出100万元，…包括办公费。其中人员经费90万元: returns the only thing of which an amount was stated, if what
    was named last is only listed."""
    amounts = {one.claim.topic for one in reading.out if one.claim.measure in AMOUNTS and not one.claim.aside}
    listed = reading.since_figure.paused and bool(reading.topics) and reading.topics[0] not in amounts
    only = next(iter(amounts)) if len(amounts) == 1 else None
    return only if listed and only and load_phrases().parts_of(only.key) else None


def _begin_list(reading: Reading, whole: Topic, complete: bool) -> None:
    against = _compared_before(reading, whole)
    number, bracketed = reading.next_list(), bool(reading.brackets)
    changes_from = against or _changed_before(reading, whole)
    prior = _is_of_the_year_before(reading, whole)
    reading.lists.append(
        OpenList(number, whole, complete, bracketed, prior=prior, against=against, changes_from=changes_from)
    )
    reading.topics = []
    if not reading.brackets:  # a list in brackets leaves the one around it as it was
        reading.in_sentence.semicolons = 0
    reading.in_sentence.measure = None


def _measure_of_parts(reading: Reading, carries: bool) -> Measure | None:
    """Returns the measure of parts whose words name none: that of the whole, or of the result stated before."""
    sentence = reading.in_sentence
    planned = reading.behind if reading.brackets and reading.behind in BUDGETS else None  # 预算6万元（包括：…）
    said = reading.said.measures[-1] if reading.said.measures else planned
    measure = said or sentence.measure or (sentence.measure_before if carries else None)
    if measure is not Measure.FINAL and not said and _has_result(reading):
        measure = Measure.FINAL
    return measure if measure in MEASURES.values() else None


def _is_moved(reading: Reading, whole: Topic) -> bool:
    """减少“三公”经费342.74万元，其中：公务接待费33.87万元: the verb before the whole also applies to its parts."""
    last = reading.out[-1] if reading.out else None
    return (
        last is not None
        and last.claim.measure is Measure.CHANGE
        and last.claim.topic == whole
        and last.claim.sentence == reading.sentence
        and reading.text[last.start].isdigit()
    )


def _is_of_the_year_before(reading: Reading, whole: Topic) -> bool:
    """上年支出5万元，其中：…: True where the year before's amount of the whole stands right before the list, and this
    year's does not stand in the same sentence, unless the list is the bracket right behind (较上年5万元（其中：…）)."""
    last = reading.out[-1].claim if reading.out else None
    if last is None or last.measure is not Measure.PRIOR or last.topic != whole or last.sentence != reading.sentence:
        return False
    own = [one.claim for one in reading.out if one.claim.sentence == reading.sentence and one.claim.topic == whole]
    return bool(reading.brackets) or not any(claim.measure is Measure.FINAL for claim in own)


def _compared_before(reading: Reading, whole: Topic) -> Measure | None:
    """Returns what a list's whole was last compared with: 比上年增加3.38万元，增长12.90%，其中：…."""
    last = reading.out[-1].claim if reading.out else None
    compared = last is not None and last.measure in (Measure.CHANGE, Measure.RATE, Measure.DIRECTION)
    return (
        last.against
        if last and compared and last.topic.key == whole.key and last.sentence == reading.sentence
        else None
    )


def _changed_before(reading: Reading, whole: Topic) -> Measure | None:
    """Returns what a list's whole was compared with in the last sentence that has figures, if with one thing alone:
    比上年减少1.40万元。其中：…."""
    before = [one.claim for one in reading.out if not one.claim.aside]
    last = before[-1] if before else None
    if last is None or last.topic.key != whole.key or last.measure not in (Measure.CHANGE, Measure.RATE):
        return None
    moved = [one for one in before if one.sentence == last.sentence and one.measure in (Measure.CHANGE, Measure.RATE)]
    return last.against if len({one.against for one in moved}) == 1 and last.sentence >= reading.sentence - 1 else None


def _goes_on(reading: Reading) -> bool:
    """机构运行经费支出决算64.32万元。支出包括：… continues the topic of the sentence before."""
    words = [piece.text for piece in reading.said.run]
    spoken = bool(reading.topics) and bool(reading.out) and reading.section != FREE
    return spoken and bool(words) and all(word in WORDS.heads_alone for word in words)


def _has_result(reading: Reading) -> bool:
    """True where the last sentence with figures states a result: then its parts are results too."""
    last = reading.out[-1].claim.sentence if reading.out else -1
    return any(one.claim.sentence == last and one.claim.measure is Measure.FINAL for one in reading.out)


def _is_of_several(reading: Reading) -> bool:
    """True for 其中 behind 。 or ； in a report, after amounts of several things: its whole is ambiguous."""
    if reading.section not in (FREE, "other") or not reading.since_figure.paused:
        return False
    last = reading.out[-1].claim.sentence if reading.out else -1
    said_of = {
        one.claim.topic.key for one in reading.out if one.claim.sentence == last and one.claim.measure in AMOUNTS
    }
    return len(said_of) > 1


def _score_before(reading: Reading) -> Topic | None:
    """得分93.6分，其中：…: a score is the whole of the scores behind it, although no words name it as a subject."""
    last = reading.out[-1] if reading.out else None
    scored = last is not None and last.figure.unit == "分" and last.claim.sentence >= reading.sentence - 1
    return last.claim.topic if last and scored else None


def open_list_of_grades(reading: Reading, token: Token, following: Token | None) -> None:
    """评价等级为优的6个: opens a list by grade, unless the words name the grade of what was just counted."""
    names = load_phrases().grades.names
    counted = bool(reading.out) and any(piece.kind != "list" for piece in reading.said.run)
    said_so = following is not None and following.kind == "unknown" and following.text.startswith(names)
    if counted or not said_so or not counts_grade(reading.text[token.end :]):
        hear(reading.said, replace(token, kind="unknown"), following, reading.year)
        return
    end_clause(reading)
    open_grades(reading)
