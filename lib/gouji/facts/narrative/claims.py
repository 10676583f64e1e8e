"""Turns a figure and its words into claims."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.figure import Figure, State
from gouji.facts.narrative.measures import base_measure, budget_in_base, in_prior_list, named_rate
from gouji.facts.narrative.reading import AMOUNTS, NOBODY, Reading, Stated
from gouji.facts.narrative.said import Said
from gouji.facts.narrative.tokens import Number, Token
from gouji.facts.narrative.topics import base
from gouji.facts.narrative.word_lists import WORDS
from gouji.labels import normalise
from gouji.layouts.phrases import FREE

#: A word of direction this close before its figure is printed as part of it.
_NEAR = 4
_YEARS = re.compile(r"20\d\d(?=年)")
#: The marks between the clauses of a sentence.
_MARKS = "。；，：、（）;,:()"
_OPENING, _CLOSING = ("（", "("), ("）", ")")
_EARLIER = "以前年度的增减或比率"
#: Figures that relate amounts.
_RELATIONS = (Measure.CHANGE, Measure.RATE, Measure.SHARE, Measure.COMPLETION)
_BEHIND = re.compile(rf"[^{_MARKS}\d]{{0,16}}")


def claims_of(
    reading: Reading, number: Number, measure: Measure, said: Said, own: Sequence[Topic], around: tuple[str, str]
) -> Iterator[Claim]:
    """Yields one claim, or one for each quantity that a single amount states (收、支总计; 年初预算和支出决算均为)."""
    quantities = _quantities(measure, said, own)
    plain = _claim(reading, number, measure, said, own[0], around)
    if measure not in AMOUNTS or (said.share and measure is Measure.FINAL):
        at = reading.in_clause.listed
        topic = own[at] if 0 < at < len(own) else own[0]
        listed = at if len(own) == 1 else 0
        yield replace(plain, topic=topic, listed=listed) if listed or topic is not own[0] else plain
        return
    if reading.in_clause.listed or said.each:
        at = reading.in_clause.listed
        chosen = [quantities[at]] if len(quantities) > 1 and at < len(quantities) else (quantities if not at else [])
        if not chosen:
            yield replace(plain, loose="与前文各项不能一一对应")
    else:
        further = reading.in_clause.amounts and _repeats(said) and len(quantities) > reading.in_clause.amounts
        chosen = quantities[reading.in_clause.amounts :] if further else quantities
    said_so = said.measures or said.run or said.each or reading.in_clause.listed or said.becomes or said.completion
    counted = measure is Measure.COUNT or _first_amount(reading, own[0]) or _titled(reading, own[0])
    explicit = bool(said_so or said.compared or counted or not reading.in_clause.inherited)
    for topic, of, reading_of in chosen:
        loose = plain.loose or ("" if explicit or topic is NOBODY else "未说明是什么金额")
        stated = "" if loose or plain.aside else reading_of
        if stated or loose != plain.loose or of is not measure or topic is not own[0] or reading.order != plain.order:
            yield replace(plain, order=reading.order, topic=topic, measure=of, reading=stated, loose=loose)
        else:
            yield plain


def _first_amount(reading: Reading, topic: Topic) -> bool:
    """接待稽察组11批次，96人次，0.86万元: money right behind the counts of a list item belongs to that item."""
    last = reading.out[-1].claim if reading.out else None
    return bool(reading.lists) and last is not None and last.measure is Measure.COUNT and last.topic == topic


def _titled(reading: Reading, topic: Topic) -> bool:
    """True for the first amount of a paragraph that begins with its subject and a colon: 收入：792.22万元."""
    name, colon, _ = reading.text.replace("：", ":").partition(":")
    return bool(colon) and not reading.out and not reading.lead and topic.known and normalise(name) == topic.phrase


def _repeats(said: Said) -> bool:
    return not said.run and not said.measures


def _quantities(measure: Measure, said: Said, own: Sequence[Topic]) -> list[tuple[Topic, Measure, str]]:
    measures = said.measures if len(said.measures) > 1 and measure in said.measures else [measure]
    found: list[tuple[Topic, Measure, str]] = []
    for topic in own:
        for one in measures:
            readings = topic.readings(one) if not (one is Measure.FINAL and said.completion) else ()
            found.extend((topic, one, entry) for entry in readings or ("",))
    return found


def _claim(
    reading: Reading, number: Number, measure: Measure, said: Said, topic: Topic, around: tuple[str, str]
) -> Claim:
    clause = reading.in_clause
    clause.contained = _is_contained(said) or (clause.contained and _goes_on_behind_a_mark(said))
    inside = reading.lists[-1] if reading.lists and not clause.contained else None
    beside = -1
    if measure in (Measure.COMPLETION, Measure.SHARE) and reading.in_clause.relation:
        beside = reading.order - 1 if reading.out else -1
    against = _against(reading, measure, said, topic)
    return Claim(
        order=reading.order,
        measure=measure,
        topic=topic,
        sentence=reading.sentence,
        paragraph=reading.paragraph,
        sign=_sign(reading, number, measure, said),
        against=against,
        base=base(said.base_run, reading.section, reading.accounts) if said.share else None,
        beside=beside,
        whole=inside.whole if inside else None,
        group=inside.number if inside else -1,
        depth=len(reading.lists),
        bracketed=bool(inside and inside.bracketed),
        complete=bool(inside and inside.complete),
        contained=clause.contained,
        closes=said.closes,
        relation=_limit(number, said) if measure is Measure.TARGET else "",
        rated=said.rated or (named_rate(reading, said) if measure is Measure.SHARE else ""),
        done=said.done,
        words=around[0],
        behind=around[1],
        aside=reading.in_item.reason,
        loose=_loose(number, measure, said, topic)
        or _of_unnamed_part(measure, said, inside is not None)
        or _of_another_year(reading, measure, against, said)
        or _of_earlier_year(reading, number, measure, said, topic)
        or _of_another_scope(reading, number, measure),
    )


def _against(reading: Reading, measure: Measure, said: Said, topic: Topic) -> Measure | None:
    """Returns what a figure is measured by: what it is a change from, completes or is a share of."""
    if measure is Measure.COMPLETION:
        return _completed_against(said)
    if measure is Measure.SHARE:
        return budget_in_base(said)
    return said.against or reading.in_item.against or compared_as_its_whole(reading, measure, topic)


def compared_as_its_whole(reading: Reading, measure: Measure, topic: Topic) -> Measure | None:
    """Returns what a part's change is from where its words do not say: that of its whole (比上年减少1万元。其中：
    公务接待费2万元，减少0.3万元). Returns None for a part with a budget or an earlier amount of its own."""
    if not reading.lists or measure not in (Measure.CHANGE, Measure.RATE):
        return None
    own = {
        one.claim.measure
        for one in reading.out
        if one.claim.sentence == reading.sentence and one.claim.topic.key == topic.key
    }
    return None if own.intersection((Measure.COMPLETION, Measure.PRIOR, *BUDGETS)) else reading.lists[-1].changes_from


def _is_contained(said: Said) -> bool:
    """含上年结转43.20万元: an amount contained in the item before is no item of its own."""
    return bool(said.run) and said.run[0].text.startswith("含")


def _goes_on_behind_a_mark(said: Said) -> bool:
    """含信息化60万元、培训90万元: the second is contained as the first is."""
    return bool(said.run) and said.run[0].kind == "list"


def _of_another_year(reading: Reading, measure: Measure, against: Measure | None, said: Said) -> str:
    """Returns why a figure of a sentence about another year is not used. With 与上年相比, in a sentence about last
    year, the figure may be this year's (`_of_earlier_year`)."""
    if reading.later:
        return "以后年度的数字"
    if reading.in_sentence.passed and measure in (Measure.CHANGE, Measure.RATE):
        return "不能确定是哪一项的增减"
    changed = measure in (Measure.CHANGE, Measure.RATE) and against is not Measure.PRIOR
    rated = measure is Measure.COMPLETION and said.rated
    return _EARLIER if reading.in_sentence.prior and (changed or rated) else ""


def _of_earlier_year(reading: Reading, number: Number, measure: Measure, said: Said, topic: Topic) -> str:
    """Returns why a change, share or completion of a year before the account's is not used: 2021年支出5万元，比上年减少
    1万元. It is this year's where the same item stated this year's amount (支出4万元，2021年5万元，减少1万元), or where
    it is the difference of the two amounts stated."""
    if measure not in _RELATIONS or said.this_year:
        return ""
    if in_prior_list(reading, said):
        return _EARLIER
    own = [one for one in reading.out if one.claim.topic.key == topic.key]
    in_item = any(one.claim.measure is Measure.FINAL for one in own if one.claim.order >= reading.in_item.first)
    slip = measure in (Measure.CHANGE, Measure.RATE) and not _tells_of_years(reading)
    if not reading.in_sentence.of_earlier_year or in_item or slip:
        return ""
    last = reading.out[-1].claim if reading.out else None
    beside = measure is Measure.RATE and last is not None and last.measure is Measure.CHANGE and not last.loose
    return "" if beside or (measure is Measure.CHANGE and _is_difference(own, number)) else _EARLIER


def _tells_of_years(reading: Reading) -> bool:
    """True for a paragraph that names this year or two earlier ones: where one earlier year stands alone, it may be a
    slip of the pen (2022年支出5万元，比2022年减少1万元)."""
    years = set(_YEARS.findall(reading.text))
    return len(years) > 1 or str(reading.year) in years


def _is_difference(own: Sequence[Stated], number: Number) -> bool:
    """True where an amount is the difference of the last amounts of this year and of the year before in `own`."""
    amounts = {one.claim.measure: one.figure for one in own}
    pair = (amounts.get(Measure.FINAL), amounts.get(Measure.PRIOR))
    values = [figure.value for figure in pair if figure and figure.value is not None and figure.unit == number.unit]
    return len(values) == len(pair) and abs(values[0] - values[1]) == abs(number.value)


def _of_another_scope(reading: Reading, number: Number, measure: Measure) -> str:
    """Returns why a change that leaves something out, or money of some months, is not used."""
    if reading.in_item.excluding and measure in (Measure.CHANGE, Measure.RATE):
        return "剔除部分因素后的增减"
    related = number.family == "money" or measure in _RELATIONS
    return "年中某一时点的数字" if reading.in_item.partial and related and reading.section != FREE else ""


def _limit(number: Number, said: Said) -> str:
    """Returns > for a target that is a minimum, < for a maximum."""
    if number.bound == "至":
        return ""
    if "上" in number.bound:
        return ">"
    return "<" if number.bound else said.limit


def _completed_against(said: Said) -> Measure | None:
    if said.share:
        return base_measure(said)
    if said.against:
        return said.against
    if said.target:
        return Measure.TARGET
    return said.measures[-1] if said.measures and said.measures[-1] is not Measure.FINAL else None


def _sign(reading: Reading, number: Number, measure: Measure, said: Said) -> int:
    """Returns 1 for a rise, −1 for a fall: from the words, or, for a figure without any, from the change it repeats."""
    if measure is Measure.ADJUSTMENT:
        return said.adjusting
    if number.family == "points":
        falls = said.sign == -1 if said.sign is not None else said.relation == "<"
        return -1 if falls and number.value > 0 else 1
    if measure not in (Measure.CHANGE, Measure.RATE):
        return 1
    if said.sign is None and said.relation in ("<", ">"):
        return 1 if said.relation == ">" else -1
    if said.sign is None:
        return reading.out[-1].claim.sign if reading.out else 1
    return 1 if said.sign <= 0 and number.value < 0 else said.sign


def _loose(number: Number, measure: Measure, said: Said, topic: Topic) -> str:
    if number.about or said.about:
        return "约数"
    if measure is Measure.COMPLETION and said.rated and (said.partial or said.comparing or said.compared):
        return "年中某一时点或上年的比率"
    if measure is Measure.OTHER:
        return "限额、单价或其他比率，无可核对的数字"
    if said.later:
        return "以后年度的数字"
    if topic is NOBODY and measure in AMOUNTS:
        return "未说明对象"
    return ""


def _of_unnamed_part(measure: Measure, said: Said, listed: bool) -> str:
    """Returns why a part's change is not used that is named by no more than what its money is from, as a whole may be
    too (收入减少27.3万元，其中财政拨款减少30万元): it is none of the whole."""
    named = "".join(token.text for token in said.run)
    return "未说明对象" if listed and measure in (Measure.CHANGE, Measure.RATE) and named in WORDS.sources_alone else ""


def begins(reading: Reading, token: Token, measure: Measure, said: Said) -> int:
    """Returns where a figure begins: for a change, at the word that gives its sign (减少27.3万元), if that stands
    before it."""
    word = said.direction
    points = token.number is not None and token.number.family == "points"
    if word is None or not (points or measure in (Measure.CHANGE, Measure.RATE)):
        return token.start
    if reading.in_clause.listed and reading.out and word.start < reading.out[-1].end:
        return token.start
    between = reading.text[word.end : token.start].strip()
    bracketed = reading.text[word.start - 1 : word.start] in _OPENING and between[:1] in _CLOSING
    return word.start - bracketed if len(between) <= _NEAR else token.start


def words_around(text: str, token: Token, last: int) -> tuple[str, str]:
    """Returns the words of a figure's clause before it, from the last mark or figure (`last`) on, and those behind it
    up to the next mark or figure."""
    before = max(last, max([text.rfind(mark, last, token.start) for mark in _MARKS]) + 1)
    behind = _BEHIND.match(text, token.end)
    return text[before : token.start].strip(), behind.group().strip() if behind else ""


def printed(reading: Reading, start: int, end: int, number: Number) -> Figure:
    text = unicodedata.normalize("NFC", reading.text[start:end])
    unit = number.unit or (reading.unit if number.family == "bare" else "")
    if number.readings:
        return Figure(text, None, unit, 0, State.UNREADABLE, number.readings)
    return Figure(text, number.value, unit, number.decimals, State.NUMBER if number.value else State.ZERO)
