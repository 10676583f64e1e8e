"""Reads counts by grade: 评价等级为“优”的6个、“良”的2个, 14个项目为“优”."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from gouji.facts.claim import Measure, Topic
from gouji.facts.narrative.reading import NOBODY, BeforeBracket, OpenList, Reading
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import load_phrases
from gouji.runtime.word_lists import any_of

#: The least number of grades in a list by grade.
_FEWEST = 2


@cache
def _grade() -> re.Pattern[str]:
    names = "|".join(sorted(load_phrases().grades.names, key=lambda name: -len(name)))
    return re.compile(f"(?:{any_of(WORDS.graded)})(?P<grade>{names})$")


#: The number that got a grade, right behind it, in a unit that is no score, share or money.
_HOW_MANY = re.compile(r"[^，,。；;、：:\d]{0,12}\d[\d,]*\s*(?![\d.,]|分|%|％|‰|[百千万亿]*元)")


def counts_grade(behind: str) -> bool:
    """True for 优的6个, where the words behind 评价等级为 go on with how many; not for 优；…自评得分95分."""
    return bool(_HOW_MANY.match(re.sub(r"[（(][^（()）]*[)）]", "", behind)))


def grade_follows(behind: str) -> bool:
    """True where the words up to the next mark name a grade too (优的6个；良的2个)."""
    names = "|".join(sorted(load_phrases().grades.names, key=lambda name: -len(name)))
    clause = re.split("[。；;]", behind, maxsplit=1)[0]
    return bool(re.search(f'(?:^|[为是“"‘\\s级次果])(?:{names})(?=[”"’的为等级\\d、，,]|$)', clause))


def open_grades(reading: Reading) -> None:
    """Opens a list by grade, or continues it: every grade given is named."""
    reading.before_bracket = BeforeBracket()
    if reading.lists and reading.lists[-1].graded:
        return
    if reading.lists and not any(one.claim.group == reading.lists[-1].number for one in reading.out):
        reading.lists[-1] = replace(reading.lists[-1], whole=NOBODY, complete=True, graded=True)
        return
    number = reading.next_list()
    reading.lists.append(OpenList(number, NOBODY, True, bool(reading.brackets), graded=True))
    reading.topics = []


def count_grade(reading: Reading) -> bool:
    """14个项目为“优”: takes the grade as the topic of the count. True where the words behind a count name one."""
    last = reading.out[-1] if reading.out else None
    if last is None or last.claim.measure is not Measure.COUNT or not reading.said.run:
        return False
    match = _grade().search("".join([token.text for token in reading.said.run]))
    if match is None:
        return False
    if last.claim.sentence != reading.sentence or last.figure.unit == "分":
        return False
    if not (reading.lists and reading.lists[-1].graded):
        open_grades(reading)
    inside = reading.lists[-1]
    topic = Topic(match["grade"], match["grade"])
    whole = inside.whole if inside.whole is not NOBODY else None
    reading.out[-1] = replace(
        last, claim=replace(last.claim, topic=topic, group=inside.number, whole=whole, complete=True)
    )
    reading.topics = [topic]
    return True


def join_grades(reading: Reading) -> None:
    """自评“优”8个、“良”2个、“中”1个: makes a list by grade of adjacent counts whose words end in grades."""
    found = [
        (at, match["grade"])
        for at, one in enumerate(reading.out)
        if one.claim.sentence == reading.sentence
        and one.claim.measure is Measure.COUNT
        and (match := _named_grade().search(one.claim.topic.phrase))
    ]
    grades = [grade for _, grade in found]
    units = {reading.out[at].figure.dimension for at, _ in found}
    together = {reading.out[at].claim.group for at, _ in found if reading.out[at].claim.complete}
    if len(together) == 1 and all(reading.out[at].claim.complete for at, _ in found):
        return
    if len(found) < _FEWEST or len(set(grades)) < len(found) or len(units) > 1:
        return
    number = reading.next_list()
    named = {reading.out[at].claim.topic.key: Topic(grade, grade) for at, grade in found}
    for at, one in enumerate(reading.out):
        topic = named.get(one.claim.topic.key)
        if topic is not None and one.claim.sentence == reading.sentence:
            claim = replace(one.claim, topic=topic, group=number, whole=None, complete=True, depth=1)
            reading.out[at] = replace(one, claim=claim)


@cache
def _named_grade() -> re.Pattern[str]:
    names = "|".join(sorted(load_phrases().grades.names, key=lambda name: -len(name)))
    return re.compile(f"(?:^|{any_of((*WORDS.graded, *WORDS.evaluated))})(?P<grade>{names})(?:的?项目)?$")
