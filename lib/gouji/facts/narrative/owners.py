"""Finds the topic of a figure: from the words before it, or from the subject spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.narrative.funds import of_its_fund
from gouji.facts.narrative.reading import AMOUNTS, NOBODY, Reading, Stated, close_list_of_uses
from gouji.facts.narrative.said import Said
from gouji.facts.narrative.tokens import Number
from gouji.facts.narrative.topics import headline, together
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.word_lists import any_of

_REFERRING = re.compile(f"^(?:{any_of(WORDS.pointing)})(?:{any_of(WORDS.pointed_at)})$")


#: Other words for a heading's subject: 项目支出 as 用于专项业务工作的经费支出.
_ACTUAL = re.compile(rf"^(?:{any_of(WORDS.actual)})[\u4e00-\u9fff]{{0,3}}$")
_ACTUALLY = re.compile(any_of(WORDS.carried_out))
#: What changes are from.
_COMPARED = (Measure.PRIOR, *BUDGETS)
_SIDE_ENDS = re.compile(f"(?:{any_of(WORDS.side_ends)})$")
_FORMULA = re.compile("|".join(WORDS.formulas))
#: Words that qualify a change and name no topic.
_BASIS = re.compile(
    rf"(?:{any_of(WORDS.manner_first)})?[\u4e00-\u9fff]{{0,4}}(?:{any_of(WORDS.bases)})(?:计算|相比|比较)?"
)
_MANNER = re.compile(
    f"{any_of(WORDS.manner_within)}|^(?:{any_of(WORDS.manner_first)})|^(?:{any_of(WORDS.manner_alone)})+$"
)


def own_topics(reading: Reading, measure: Measure, number: Number, said: Said, named: list[Topic]) -> list[Topic]:
    """Returns the topics of a figure. They become the present subject of `reading`, where later figures refer to them.

    `named` are the topics that the words before the figure name.
    """
    fixed = _topics_by_word(reading, measure, said, named)
    if fixed is not None:
        return fixed
    named = _resolve(reading, measure, number, said, named)
    if not named:
        return _inherited(reading, measure, number, said)
    if _is_subject_at_once(reading, measure, number, named):
        reading.topics = named
    if _leaves_subject(reading, measure, named):
        return named
    if measure is Measure.COUNT and _ACTUAL.match(named[0].phrase):
        named = _targeted(reading, number) or named
    if measure in (Measure.CHANGE, Measure.RATE) and _is_manner(reading, named):
        return reading.topics
    if reading.topics and (number.unit == "分" or (_is_action(said) and not _begins_sentence(reading))):
        return named
    reading.in_sentence.passed = named[0].key in load_phrases().passing.get(reading.section, ())
    if not reading.in_sentence.passed:
        _make_subject(reading, measure, number, named)
    return named


def _topics_by_word(reading: Reading, measure: Measure, said: Said, named: list[Topic]) -> list[Topic] | None:
    """Returns the topics of a total, an amount per head, or an amount that is a share; None for other figures."""
    if said.closes and measure in AMOUNTS:
        total = Topic("合计", f"~合计 {reading.paragraph}.{len(reading.out)}")
        reading.topics = named or [total]
        return reading.topics
    if said.closes and measure in (Measure.CHANGE, Measure.RATE) and reading.lists and not named:
        return [reading.lists[0].whole]  # 合计较上年增加25万元
    if measure is Measure.PER_HEAD:
        return named or [Topic("人均", "人均")]
    if said.share and measure in AMOUNTS:
        return named or [NOBODY]
    return None


def _resolve(reading: Reading, measure: Measure, number: Number, said: Said, named: list[Topic]) -> list[Topic]:
    """Returns what the words mean where they stand: 该项目, a fund's 本年支出, several subjects of one amount."""
    named = _of_kind(reading, of_its_fund(reading, _referred(reading, named)))
    if len(named) > 1 and measure in AMOUNTS and number.value and not said.severally:
        named = [together(named)] if not _on_both_sides(named) else named
    if measure is Measure.FINAL and not reading.out and named and _FORMULA.search(named[0].phrase) and reading.lead:
        return reading.lead
    if measure is Measure.FINAL and _is_elsewhere(reading, named):
        return reading.topics
    return named


def _is_elsewhere(reading: Reading, named: Sequence[Topic]) -> bool:
    """True for the heading's word where the sentence has just told the budget of what other sections are of:
    三公经费财政拨款年初预算…，支出决算… below 三、支出决算. Also for 支出 behind a budget: 人员经费预算5万元，支出…."""
    last = reading.out[-1].claim if reading.out else None
    if len(named) != 1 or last is None:
        return False
    if _is_result_of_planned(reading, named[0], last):
        return True
    if named[0].phrase == WORDS.spent:
        planned = last.sentence == reading.sentence and last.measure in BUDGETS and reading.topics == [last.topic]
        return planned and not any(side in last.topic.phrase for side in WORDS.sides)
    if named[0].phrase not in load_phrases().words["final"]:
        return False
    own = last.sentence == reading.sentence and last.measure in BUDGETS and not last.topic.known
    hinted = (word for section, words in load_phrases().hints.items() if section != reading.section for word in words)
    return own and reading.topics == [last.topic] and any(word in last.topic.phrase for word in hinted)


def _is_result_of_planned(reading: Reading, named: Topic, last: Claim) -> bool:
    """True for 实际采购金额 behind the budget of a kind of goods: 货物采购预算30万元，实际采购金额27万元."""
    planned = last.measure in BUDGETS and last.order >= reading.in_item.first and reading.topics == [last.topic]
    return planned and named.known and bool(_ACTUALLY.match(named.phrase)) and last.topic.key != named.key


def _is_subject_at_once(reading: Reading, measure: Measure, number: Number, named: Sequence[Topic]) -> bool:
    """True for the topics of a score, and for those of a headline's rate of completion."""
    scored = measure is Measure.OTHER and number.unit == "分"
    return scored or (measure is Measure.COMPLETION and named[0].known and reading.section != FREE)


def _leaves_subject(reading: Reading, measure: Measure, named: Sequence[Topic]) -> bool:
    """True for a figure beside the present subject, which stays: a target, a result, money saved (节约3.80万元)."""
    if measure in (Measure.OTHER, Measure.TARGET, Measure.COMPLETION) and reading.topics:
        return True
    fallen = named[0].phrase in WORDS.fallen and not _begins_sentence(reading)
    return fallen and bool(reading.topics) and reading.topics[0].known


def _make_subject(reading: Reading, measure: Measure, number: Number, named: list[Topic]) -> None:
    """Makes the topics the present subject; those of money are also remembered as the last subject of money."""
    reading.topics, reading.in_clause.inherited = named, False
    if measure in AMOUNTS and number.family == "money":
        reading.money = named


def _of_kind(reading: Reading, named: list[Topic]) -> list[Topic]:
    """基本支出…，项目支出…，其他支出…: a kind of expenditure beside others, not the class of that name."""
    if not named or named[0].phrase != "其他支出" or not named[0].known:
        return named
    beside = {one.claim.topic.key for one in reading.out if one.claim.sentence == reading.sentence}
    among_kinds = any(key.endswith((".basic", ".project", ".operating")) for key in beside)
    return [Topic("其他支出", "其他支出")] if among_kinds else named


def _on_both_sides(named: Sequence[Topic]) -> bool:
    """收入总计和支出总计: two totals of the same amount, not one of both."""
    return any("收" in topic.phrase for topic in named) and any("支" in topic.phrase for topic in named)


def _targeted(reading: Reading, number: Number) -> list[Topic]:
    """计划建成高标准农田8.4万亩，实际建成8.4万亩: the result has the topic of the last target in its unit."""
    targets = [one for one in reading.out if one.claim.measure is Measure.TARGET and one.figure.unit == number.unit]
    return [targets[-1].claim.topic] if targets else []


def _referred(reading: Reading, named: list[Topic]) -> list[Topic]:
    """该项目, 该资金: the paragraph's first topic; 该项支出: its last one."""
    first = reading.out[0].claim.topic if reading.out else None
    if named and named[0].phrase in load_phrases().same_subject and reading.topics:
        return reading.topics[:1]
    return [first] if named and first and _REFERRING.match(named[0].phrase) else named


def _inherited(reading: Reading, measure: Measure, number: Number, said: Said) -> list[Topic]:
    """Returns the inherited topic: that of money for money, that of the change for a rate behind it."""
    last = reading.out[-1].claim if reading.out else None
    beside = last is not None and last.measure in (*AMOUNTS, Measure.PRIOR) and last.sentence == reading.sentence
    if said.share and last and beside and not (said.each or reading.since_figure.closed):
        return [last.topic]
    if said.each and len(reading.topics) > 1:
        return reading.topics
    if measure is Measure.RATE and last and last.measure is Measure.CHANGE and last.sentence == reading.sentence:
        return [last.topic]
    money = bool(reading.money) and reading.money[0].known and number.family == "money"
    if money and measure in AMOUNTS and said.measures and _is_counted(reading):
        return reading.money
    if number.family == "money" and measure in (Measure.CHANGE, Measure.PRIOR) and _is_counted(reading):
        return reading.money or reading.topics or [NOBODY]
    whole_rate = said.rated and reading.section == FREE and bool(reading.lists) and not _has_pair(reading)
    if measure is Measure.PRIOR and reading.lists and reading.lists[-1].prior and not reading.topics:
        return [NOBODY]  # 上年收入5万元，其中预算3万元: a part, whatever it is
    if reading.lists and ((not reading.topics and measure not in AMOUNTS) or whole_rate):
        whole = reading.lists[-1].whole
        if measure is Measure.COMPLETION and reading.section != FREE:
            close_list_of_uses(reading)
        return [whole]
    if measure in AMOUNTS and (other := _other_side(reading, said)):
        reading.topics = [other]
    if not reading.topics and measure in AMOUNTS and said.measured_by and not reading.lists:
        reading.topics = [Topic(said.measured_by, f"~{said.measured_by} {reading.paragraph}.{len(reading.out)}")]
    if not reading.topics and measure in AMOUNTS and any(token.kind == "carrier" for token in said.run):
        words = "".join(token.text for token in said.run)
        reading.topics = [Topic(words, f"~{words} {reading.paragraph}.{len(reading.out)}")]
    return reading.topics or [NOBODY]


def _other_side(reading: Reading, said: Said) -> Topic | None:
    """Returns the other side of the subject, where only that is named: 事业收入75万元，支出70万元; 年初18，年末27."""
    words = "".join(token.text for token in said.run) + said.measured_by
    phrase = _SIDE_ENDS.sub("", reading.topics[0].phrase) if reading.topics else ""
    for side, other in WORDS.other_side.items():
        if phrase.endswith(side) and other not in phrase and words.startswith(other):
            return headline(phrase.removesuffix(side) + other, reading.section)
    for first, last in WORDS.year_end.items():
        if first in phrase and words == last:
            return headline(phrase.replace(first, last), reading.section)
    return None


def _has_pair(reading: Reading) -> bool:
    """其中：中央资金预算数…，执行数…，执行率: the present item has a plan and a result of its own."""
    keys = {topic.key for topic in reading.topics}
    own = [
        one.claim.measure
        for one in reading.out
        if one.claim.topic.key in keys and one.claim.group == reading.lists[-1].number
    ]
    return len(set(own)) > 1


def _is_manner(reading: Reading, named: Sequence[Topic]) -> bool:
    """同比按同口径减少…: words that name nothing of the section only qualify a headline's change."""
    if reading.section == FREE or not reading.topics:
        return False
    if _BASIS.fullmatch(named[0].phrase):
        return True
    compared = reading.said.compared or reading.in_item.against is not None
    return compared and reading.topics[0].known and bool(_MANNER.search(named[0].phrase))


def _is_counted(reading: Reading) -> bool:
    """True where the present subject was last mentioned with a count: a change in money does not refer to it."""
    keys = {topic.key for topic in reading.topics}
    last = next((one.claim for one in reversed(reading.out) if one.claim.topic.key in keys), None)
    return last is not None and last.measure is Measure.COUNT


def _is_action(said: Said) -> bool:
    """True for 到位, 结余: what was done with the money mentioned before."""
    words = [piece for piece in said.run if piece.kind not in ("connective", "carrier", "list")]
    return bool(words) and all(piece.kind == "action" for piece in words)


def _begins_sentence(reading: Reading) -> bool:
    """True for the first words of a sentence (or of an item behind ；) of the 情况说明: they name its topic."""
    return reading.since_figure.paused and reading.section != FREE


def spread_list(reading: Reading) -> None:
    """Assigns figures in a row behind 分别 to the things named last: A…元、B…元，分别占75%、25%. Figures of the next
    row (下降21.9%、5.28%) go to the same things."""
    if not reading.in_clause.listed:
        return
    several = reading.in_clause.listed + 1
    row = reading.out[-several:]
    if _is_change_with_its_rate(reading, row):
        reading.out[-1] = replace(row[1], claim=replace(row[1].claim, topic=row[0].claim.topic, listed=0))
        return
    if reading.in_clause.spoken.each and len({one.claim.topic.key for one in row}) > 1:
        reading.in_sentence.row = [one.claim.topic for one in row]
        return
    if row[0].claim.measure in AMOUNTS or len(row[0].claim.topic.final) > 1:
        return
    compared = _compared_before(reading, several) or _bases_before(reading, several)
    if reading.in_clause.spoken.each and (against := compared):
        reading.out[-several:] = [
            replace(one, claim=replace(one.claim, against=base, listed=0))
            for one, base in zip(row, against, strict=True)
        ]
        return
    named = _named_before(reading, several) if reading.in_clause.spoken.each else reading.in_sentence.row
    if len(named) == several:
        reading.in_sentence.row = named
        reading.out[-several:] = [
            replace(one, claim=replace(one.claim, measure=row[0].claim.measure, topic=topic, listed=0, loose=""))
            for one, topic in zip(row, named, strict=True)
        ]


def _is_change_with_its_rate(reading: Reading, row: Sequence[Stated]) -> bool:
    """True for 收、支总计各增加200万元、增长7.5%: the rate is that of the change before it, not of the next thing. With
    a change of each (分别增加5万元、增长1%，减少3万元、下降2%) it is not certain whose."""
    if [one.claim.measure for one in row] != [Measure.CHANGE, Measure.RATE]:
        return False
    changes = [
        one for one in reading.out if one.claim.sentence == reading.sentence and one.claim.measure is Measure.CHANGE
    ]
    return len(changes) == 1 and row[0].claim.sign == row[1].claim.sign


def _compared_before(reading: Reading, several: int) -> list[Measure | None]:
    """Returns what the changes before a row of rates compare with: 较预算减少8万元，较上年减少4万元，分别下降17%、9%.
    Returns [] where they are of several subjects, or compare with one thing."""
    row = [one.claim for one in reading.out[-several:]]
    changes = [
        one.claim
        for one in reading.out[:-several]
        if one.claim.sentence == reading.sentence and one.claim.measure is Measure.CHANGE
    ][-several:]
    rated = all(one.measure is Measure.RATE for one in row)
    against = [one.against for one in changes]
    alike = {one.topic.key for one in (*row, *changes)}
    return against if rated and len(alike) == 1 and len(set(against)) == several else []


def _bases_before(reading: Reading, several: int) -> list[Measure | None]:
    """Returns the amounts that a row of changes compares with, one each: 比预算3万元、上年2万元分别减少2万元、1万元."""
    row = [one.claim for one in reading.out[-several:]]
    bases = [one.claim for one in reading.out[-2 * several : -several]]
    beside = all(one.sentence == reading.sentence and one.measure in _COMPARED for one in bases)
    of_one = len({one.topic.key for one in (*row, *bases)}) == 1
    distinct = len({one.measure for one in bases}) == several
    return [one.measure for one in bases] if beside and of_one and distinct else []


def _named_before(reading: Reading, several: int) -> list[Topic]:
    amounts = [
        one.claim.topic
        for one in reading.out[:-several]
        if one.claim.sentence == reading.sentence and one.claim.measure in AMOUNTS and not one.claim.closes
    ]
    return list({topic.key: topic for topic in amounts}.values())[-several:]
