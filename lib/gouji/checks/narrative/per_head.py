"""Checks figures per head: the amount over the number of heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.readings import alone, judged
from gouji.checks.narrative.spoken import STATED, Spoken, is_earlier, said, spoken, unbound
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.layouts.phrases import PerHead, load_phrases
from gouji.runtime.word_lists import any_of

#: Amounts to which a figure per head may refer.
_SPENT = (*STATED, *BUDGETS, Measure.PRIOR)
_PER = re.compile(any_of(WORDS.per_head))
_KEPT = re.compile(any_of(WORDS.kept))
_EACH = re.compile(f"每({any_of(WORDS.behind_each)}|.)")
_AVERAGE = re.compile(f"({any_of(WORDS.before_average)})均")
#: Characters that headlines of the “三公” expenses have in common whatever they are of.
_IN_ANY = frozenset("公务费支出经用国内")


def per_heads(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each 人均…元 with the amount and the heads of its paragraph; 人均接待费 with 公务接待费 wherever it is
    stated."""
    index = spoken(facts)
    for fact in index.of(Measure.PER_HEAD):
        if in_report(fact) and _definition(fact, ()) is None:
            continue
        if fact.figure.dimension != "money":
            yield unbound(rule, fact, "人均数的总数未公布")
            continue
        near = [one for one in index.paragraph(said(fact)) if not said(one).loose and one.id != fact.id]
        near = sorted(near, key=lambda one: (said(one).order > said(fact).order, said(one).order))
        amounts, heads = _defined_heads(index, fact, near)
        before = ([], []) if amounts and heads else _right_before_both(index, fact)
        amounts, heads = before if all(before) else (amounts, heads)
        if not (amounts and heads):
            amounts, heads = _near_amounts(fact, near), _near_heads(fact, near)
        if not (amounts and amounts[0].amount and heads and all(one.amount for one in heads)):
            yield unbound(rule, fact, "人均数的金额或人数为0或未公布")
            continue
        readings = [(alone(amount), alone(head)) for amount in amounts[:3] for head in heads[::-1]]
        single = all(before) or len({one.amount for one in heads}) == 1 or _right_before(fact, heads)
        sure = len({one.amount for one in amounts}) == 1 and single and not _are_apart(amounts[0], heads[-1])
        yield judged(rule, fact, readings, facts, sure, "人均数的金额或人数未公布")


def _are_apart(amount: Fact, head: Fact) -> bool:
    """True for an amount and a count that are of two headlines: 公务用车运行维护费18万元…，公务接待120批，批均600元."""
    if amount.claim is None or head.claim is None:
        return False
    topics = (said(amount).topic, said(head).topic)
    alike = (set(topics[0].phrase) & set(topics[1].phrase)) - _IN_ANY
    return all(one.known for one in topics) and topics[0].key != topics[1].key and not alike


def _defined_heads(index: Spoken, fact: Fact, near: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Returns the expense and the count of a per-head figure of the “三公” expenses."""
    before = [one for one in near if said(one).order == said(fact).order - 1 and said(one).measure is Measure.COUNT]
    defined = _definition(fact, before)
    if defined is None:
        return [], []
    concept = concept_from_path(defined.of)
    printed = index.facts.get(concept.table, concept.row, concept.column)
    amounts = index.topic_stated(defined.of, Measure.FINAL) or ([printed] if printed else [])
    counts = [one for one in near if said(one).measure is Measure.COUNT and one.figure.unit in defined.units]
    heads = [one for one in counts if one.amount and any(word in said(one).topic.phrase for word in defined.counted)]
    heads = [one for one in heads if _is_head(said(fact).topic.phrase, one)]
    return [one for one in amounts if one.amount][:1], heads


def _right_before_both(index: Spoken, fact: Fact) -> tuple[list[Fact], list[Fact]]:
    """Returns the amount and the count of one thing right before a figure that names none itself:
    购置执法执勤用车2辆，支出46.64万元，平均每辆23.32万元. A count of some is returned behind that of all, which
    the amount may be of as well: 5人次，其中…1人次，支出3万元."""
    pair = [index.at(said(fact).order - back) for back in (1, 2)]
    both = [one for one in pair if one is not None and said(one).sentence == said(fact).sentence]
    amounts = [one for one in both if said(one).measure is Measure.FINAL and one.figure.dimension == "money"]
    heads = [one for one in both if said(one).measure is Measure.COUNT]
    words = _EACH.sub("", _PER.sub("", said(fact).topic.phrase))
    if len(amounts) != 1 or len(heads) != 1 or words or any(said(one).loose for one in both):
        return [], []
    alike = said(amounts[0]).topic.key == said(heads[0]).topic.key or _are_of_vehicles(amounts[0], heads[0])
    counted = heads[0].figure.unit in _units(said(fact).topic.phrase)
    return (amounts, [*_of_all(index, heads[0]), *heads]) if alike and counted else ([], [])


def _are_of_vehicles(amount: Fact, count: Fact) -> bool:
    """True for 购置费36万元，购置公务用车2辆 and 运行维护费64万元，保有量32辆."""
    if count.figure.unit not in WORDS.units_of_vehicles or "车" not in said(amount).topic.phrase:
        return False
    kept = bool(_KEPT.search(said(amount).topic.phrase)) and not _bought(count)
    return (_bought(amount) and _bought(count)) or kept


def _of_all(index: Spoken, part: Fact) -> list[Fact]:
    """Returns the count of all of which a count in a list tells some (5人次，其中…1人次), if there is one."""
    if said(part).group < 0:
        return []
    counts = [one for one in index.sentence(said(part)) if said(one).measure is Measure.COUNT and one.amount]
    return [one for one in counts if said(one).group < 0 and one.figure.unit == part.figure.unit][-1:]


def _definition(fact: Fact, before: Sequence[Fact]) -> PerHead | None:
    """Returns the definition of a per-head figure of the “三公” expenses, by its words and those of the count before
    it."""
    phrase = "".join(said(one).topic.phrase for one in (fact, *before))
    return next((one for one in load_phrases().per_heads if any(word in phrase for word in one.words)), None)


def _near_amounts(fact: Fact, near: Sequence[Fact]) -> list[Fact]:
    """Returns the amounts spent, of the subject that the figure names where one is stated (also with 0), nearest
    last."""
    money = [one for one in near if one.figure.dimension == "money"][::-1]
    if _bought(fact):
        return [one for one in money if said(one).measure in STATED and _bought(one) and is_earlier(one, fact)]
    own = [one for one in money if _of_same_words(said(fact).topic.phrase, said(one).topic.phrase)]
    for found in ([one for one in own if one.amount] or own, [one for one in money if one.amount]):
        spent = [one for one in found if said(one).measure in STATED]
        if amounts := spent or [one for one in found if said(one).measure in _SPENT and said(one).group < 0]:
            return amounts
    return []


def _near_heads(fact: Fact, near: Sequence[Fact]) -> list[Fact]:
    counts = [one for one in near if said(one).measure is Measure.COUNT]
    heads = [one for one in counts if _is_head(said(fact).topic.phrase, one)]
    if _bought(fact):
        return [one for one in heads if is_earlier(one, fact)][-1:]
    return [one for one in heads if one.amount]


def _bought(fact: Fact) -> bool:
    """True for the price or number of vehicles bought, not for spending on those that are kept."""
    phrase = said(fact).topic.phrase
    return any(word in phrase for word in WORDS.bought) and not _KEPT.search(phrase)


def _right_before(fact: Fact, heads: Sequence[Fact]) -> bool:
    """True where the last head count stands right before the figure, in no list: 216人次，人均144.63元."""
    last = next((one for one in heads[::-1] if said(one).order < said(fact).order), heads[0])
    near = said(last).order == said(fact).order - 1 and said(last).sentence == said(fact).sentence
    return near and said(last).group < 0


def _of_same_words(per_head: str, subject: str) -> bool:
    """True where the subject contains the words behind 均: 车均运行维护费 and 公务用车运行维护费."""
    words = set(_PER.sub("", per_head)) - set("费用支出为")
    return bool(words) and words <= set(subject)


def _is_head(per_head: str, count: Fact) -> bool:
    return count.figure.unit in _units(per_head) and _bought(count) == ("购置" in per_head)


def _units(per_head: str) -> tuple[str, ...]:
    """Returns what the heads of a figure are counted in."""
    each = _EACH.search(per_head)
    units: tuple[str, ...] = next((units for word, units in WORDS.heads.items() if word in per_head), WORDS.heads["人"])
    if each and each[1] not in WORDS.heads:
        units = (each[1],)
    if (by := _AVERAGE.search(per_head)) is not None:
        units = (by[1],)
    return units
