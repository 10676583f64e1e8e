"""Finds the two figures whose quotient a percentage of a report is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from gouji.checks.check import Terms
from gouji.checks.derived.by_name import by_name
from gouji.checks.derived.derivation import Derivation
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.vicinity import (
    around,
    has_cue,
    in_sentence,
    is_rate,
    money,
    reported,
    shared_characters,
    telling_characters,
    words_of,
)
from gouji.checks.narrative.spoken import Spoken, is_earlier, role, said, same_kind
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.intervals import SCALE
from gouji.layouts.phrases import load_phrases

#: Numerators and denominators that are tried.
_PARTS = 6
_BASES = 10
#: Characters that a rate's name and its part have in common (回收率, 收回386份), or a part and its base.
_ALIKE = 2
#: Parts and bases that are tried far off, where the percentage is precise enough.
_FEW = 3
_FAR = 60
#: A part that is among this many figures before a rate stands right before it.
_BESIDE = 2
#: A formula printed out: （1,164.00/1,200.00）×100%=97.00%.
_DIVIDED = ("/", "÷", "／")
_PLANNED = (*BUDGETS, Measure.TARGET)
_HUNDRED = 100 * SCALE
_OF = re.compile(r"(?:占|为|是|达|相当于|达到)(?P<base>[^占为是达]{2,14}?)的?$")


def quotients(index: Spoken, fact: Fact) -> tuple[list[Derivation], Iterable[Derivation], bool]:
    """Returns (certain, possible, sure).

    `certain` are the quotients to which a rate's words point, `possible` all others that the figures around it make,
    the nearest first. `sure`: the words leave no choice, because the part has the rate's name and stands right before
    it, in a sentence with its base.
    """
    near = _usable_figures(index, fact)
    before = [one for one in near if is_earlier(one, fact)]
    if has_cue(fact, "change"):
        return list(_changes_of(fact, before[:_PARTS])), (), True
    certain: list[Derivation] = []
    sure = False
    if own := by_name(index, fact):
        return [own], (), True
    if len(before) > 1 and said(before[0]).words.startswith(_DIVIDED):
        return list(_quotients_over(fact, before[1], before[:1])), (), True
    if base := _named_base(index, fact):
        parts = [one for one in before[:_PARTS] if said(one).order > said(base).order]
        certain = [one for part in parts for one in _quotients_over(fact, part, [base])][:1]
        sure = True
    elif said(fact).words == "占" and before and said(before[0]).order == said(fact).order - 1:
        close = [one for one in near if abs(said(one).sentence - said(fact).sentence) <= 1]
        certain = [one for one in _quotients_over(fact, before[0], close) if one.distance(index.facts) <= 100]
        sure = bool(list(_quotients_over(fact, before[0], in_sentence(near, said(fact)))))
    elif said(fact).words and (part := _part_of_rate(fact, before)):
        here = [one for one in in_sentence(near, said(part)) if _may_be_plan(fact, one)]
        bases = list(dict.fromkeys([*here, *_bases_by_words(index, part)]))
        certain = [one for one in _quotients_over(fact, part, bases) if not is_upside_down(fact, one, index)]
        beside = said(fact).order - said(part).order <= _BESIDE and said(part).sentence == said(fact).sentence
        sure = beside and bool(list(_quotients_over(fact, part, here))) and not _is_measured_elsewhere(fact, part)
    return certain, _possible_quotients(index, fact, near), sure


def is_upside_down(fact: Fact, quotient: Derivation, index: Spoken) -> bool:
    """True for more than the whole, if the rate says no more than the whole:
    应接收86400条，实收82134条，接收率95.06%."""
    part, base = (index.facts.facts[terms[0][1]].amount or 0 for terms in (quotient.top, quotient.per))
    return (fact.amount or 0) <= _HUNDRED and part > base


def _possible_quotients(index: Spoken, fact: Fact, near: Sequence[Fact]) -> Iterator[Derivation]:
    """Yields the quotients that the figures around a rate make, then those with a base further away."""
    before = [one for one in near if is_earlier(one, fact)]
    for part in near[:_PARTS]:
        yield from _quotients_over(fact, part, near)
    yield from _part_of_two(fact, before)
    yield from _part_of_fewer(fact, before)
    for part in before[:_PARTS]:
        yield from _quotients_over(fact, part, _persons_asked(part, before))
    far = [one for one in reported(index, fact) if not per_unit(one)]
    for part in before[:_FEW]:
        yield from _quotients_over(fact, part, far, _FAR)


def achieved(index: Spoken, fact: Fact) -> tuple[list[Derivation], bool]:
    """Returns what a completion in a report may be made of, and whether a plan is stated.

    The part is the result before it, or the whole of the list in which that stands. The base is what was planned in its
    sentence, with the same words, or for everything.
    """
    here = [one for one in in_sentence(_usable_figures(index, fact), said(fact)) if is_earlier(one, fact)]
    done = [one for one in here if not _is_plan(one)]
    whole = next((one for one in done if said(one).group < 0), None)
    parts = list(dict.fromkeys(one for one in (*done[:1], whole) if one is not None))
    if said(fact).rated:
        parts = [one for one in parts if _is_done_with(fact, one) and _is_of(fact, one)]
    found: list[Derivation] = []
    sure = False
    for part in parts:
        planned = [one for one in here if _is_plan(one) and same_kind(one, part)]
        same = _bases_by_words(index, part)
        bases = [*planned, *same]
        if not bases and said(part).group < 0 and (said(fact).rated or said(fact).against in BUDGETS):
            bases = _plan_of_all(index, part)
        bases = [one for one in bases if _is_that_plan(fact, one)]
        found += _quotients_over(fact, part, list(dict.fromkeys(bases)))
        verbatim = bool(same) and said(same[0]).words == said(part).words
        sure = sure or bool(planned) or verbatim or bool(bases and not same)
    return found, sure


def _may_be_plan(fact: Fact, one: Fact) -> bool:
    """False for money that was spent, if the rate is a completion: its part is a share of it; and for a budget that the
    rate does not name (年初预算…，调整后预算执行率…)."""
    if said(fact).measure is not Measure.COMPLETION:
        return True
    return not (money(one) and role(one) == "spent") and (said(one).measure not in BUDGETS or _is_that_plan(fact, one))


def _is_plan(one: Fact) -> bool:
    """True for a budget, a target, and a count that was allowed (编制)."""
    return said(one).measure in _PLANNED or role(one) == "planned"


def _is_that_plan(fact: Fact, plan: Fact) -> bool:
    """False if the rate names another plan: 调整后预算执行率 is not of the initial budget, 年初预算完成率 only of
    that."""
    initial = said(plan).measure is Measure.INITIAL
    words = said(fact).words
    return not (("调整" in words and initial) or ("年初" in words and not initial))


def _plan_of_all(index: Spoken, part: Fact) -> list[Fact]:
    """Returns the plan for all the money of a report: the largest that is stated before."""
    plans = [one for one in reported(index, part) if said(one).measure in BUDGETS and same_kind(one, part)]
    largest = max(plans, key=lambda one: one.amount or 0, default=None)
    return [largest] if largest and (largest.amount or 0) >= (part.amount or 0) else []


def _usable_figures(index: Spoken, fact: Fact) -> list[Fact]:
    """Returns the figures around a rate of which it may be made: no standards, no changes, and scores only for a rate
    of scores."""
    scored = "分" in said(fact).words
    return [
        one
        for one in around(index, fact)
        if not per_unit(one) and said(one).measure is not Measure.CHANGE and (scored or one.figure.unit != "分")
    ]


def _is_of(fact: Fact, part: Fact) -> bool:
    """True if a rate has no name of its own (会议费控制率), or shares its name with its part's words."""
    name = said(fact).words.removesuffix("为").removesuffix(said(fact).rated)
    own = len(telling_characters(name)) >= _ALIKE
    return not own or shared_characters(name, words_of(part)) >= _ALIKE


def _is_done_with(fact: Fact, part: Fact) -> bool:
    """True if the word of a rate says what was done with an amount (到位率 of what was received)."""
    rated = load_phrases().rated(said(fact).rated)
    return rated is None or said(part).measure is Measure.COUNT or role(part) == rated.part


def _is_measured_elsewhere(fact: Fact, part: Fact) -> bool:
    """True for a rate that needs no figures of the text (满意度, 知晓率), unless answers are counted for it."""
    return not may_be_slip(fact) and part.figure.unit not in WORDS.answers


def together(index: Spoken, fact: Fact) -> list[Derivation]:
    """Returns 合计占抽样户数的90.8% as the sum of the two figures before it."""
    before = [one for one in _usable_figures(index, fact) if is_earlier(one, fact)]
    return list(_part_of_two(fact, before)) if has_cue(fact, "total") else []


def may_be_slip(fact: Fact) -> bool:
    """False for a rate that is measured elsewhere (满意度100%): a slip found there is chance."""
    return not has_cue(fact, "independent")


def is_explicit(fact: Fact) -> bool:
    """True if the words name the base (占到位资金的…): then no other figures are meant."""
    claim = said(fact)
    return claim.base is not None or claim.beside >= 0 or claim.against in (Measure.INITIAL, Measure.ADJUSTED)


def excusing(
    index: Spoken, fact: Fact, certain: Sequence[Derivation], possible: Iterable[Derivation]
) -> Iterator[Derivation]:
    """Yields the possible quotients that may be meant instead of the certain ones. Those of figures of tables may
    always be.

    Leaves out those that turn a certain one upside down, and those that an earlier rate belongs to: a rate copied from
    the line above would fit one of these.
    """
    before = index.claims[max(0, said(fact).order - _BASES) : said(fact).order]
    rates = [one for one in before if is_rate(one)]
    last = said(rates[-1]).order if rates else -1
    parts = {one.top[0][1] for one in certain}
    for one in possible:
        part, base = (index.facts.facts[terms[0][1]] for terms in (one.top, one.per))
        if part.claim is None or base.claim is None:
            yield one
            continue
        apart = part.id not in parts and not _may_be_plan(fact, base)  # one quarter of another
        if not certain or (base.id not in parts and said(part).order > last and not apart):
            yield one


def _named_base(index: Spoken, fact: Fact) -> Fact | None:
    """Returns the last figure before it whose words are those of the named base: 为到位资金的98%."""
    match = _OF.search(said(fact).words)
    if match is None or said(fact).base is not None:
        return None
    words = match["base"]
    near = reported(index, fact)[:_BASES]
    wanted = telling_characters(words)
    alike = [one for one in near if wanted and wanted == telling_characters(_topic_of(one))]
    own = [one for one in alike if wanted <= telling_characters(said(one).words)]  # the topic may be of a clause before
    alike = own or alike
    return alike[0] if alike else _only_so_called(near, words.removesuffix("数"))


def _only_so_called(near: Sequence[Fact], name: str) -> Fact | None:
    """Returns the one amount whose words contain a base's name: 上级资金到位1176万元…兑付1117.2万元，为到位数的95%."""
    called = [one for one in near if len(name) >= _ALIKE and name in words_of(one)]
    return called[0] if len({one.amount for one in called}) == 1 else None


def _topic_of(fact: Fact) -> str:
    return said(fact).topic.phrase


def _part_of_rate(fact: Fact, before: Sequence[Fact]) -> Fact | None:
    """Returns what a rate measures: the figure before it that shares most words with its name, the last of equals. For
    执行率 and the like, returns the last amount that was received or spent."""
    here = [one for one in before[:_PARTS] if said(one).paragraph == said(fact).paragraph]
    here = [one for one in here if said(one).measure not in _PLANNED]
    best = max(here, key=lambda one: shared_characters(said(fact).words, words_of(one)), default=None)
    if best is not None and shared_characters(said(fact).words, words_of(best)) >= _ALIKE:
        return best
    if said(fact).measure is not Measure.COMPLETION:
        return None
    here = [one for one in here if _is_of(fact, one)]
    rated = load_phrases().rated(said(fact).rated) if said(fact).rated else None
    return next((one for one in here if role(one) == (rated.part if rated else "spent")), None)


def _bases_by_words(index: Spoken, part: Fact) -> list[Fact]:
    """Returns the figures of the report before a part that are about the same thing: planned for it, or stated in its
    very words (2022年…，2022年…)."""
    found = [one for one in reported(index, part) if same_kind(one, part)]
    alike = [one for one in found if _same_matter(one, part)]
    planned = [one for one in alike if said(one).measure in _PLANNED]
    planned += [one for one in alike if one not in planned and said(one).paragraph != said(part).paragraph]
    words = said(part).words
    same = [one for one in found if words and said(one).words == words]
    return [*same[:1], *planned[:_PARTS]]


def _persons_asked(part: Fact, before: Sequence[Fact]) -> list[Fact]:
    """Returns the persons asked, counted in another unit than the answers: 调查牧民400人，收回386份."""
    return [one for one in before if part.figure.unit in WORDS.answers and one.figure.unit in WORDS.asked]


def _same_matter(one: Fact, other: Fact) -> bool:
    """True if the subjects of two figures share most of their characters."""
    first, second = (telling_characters(_topic_of(each)) for each in (one, other))
    common = len(first & second)
    return common >= _ALIKE and 2 * common > min(len(first), len(second))


def _quotients_over(fact: Fact, part: Fact, bases: Sequence[Fact], most: int = _BASES) -> Iterator[Derivation]:
    for base in bases[:most]:
        alike = same_kind(base, part) or (part.figure.unit in WORDS.answers and base.figure.unit in WORDS.asked)
        alike = alike or (part.figure.unit in WORDS.persons and base.figure.unit in WORDS.persons)
        if base.id != part.id and alike and base.amount:
            sign = -1 if (part.amount or 0) < 0 else 1
            yield Derivation(fact, ((sign, part.id),), ((1, base.id),))


def _part_of_two(fact: Fact, before: Sequence[Fact]) -> Iterator[Derivation]:
    """Returns the two figures before it as one part: 满意96份、较满意45份，满意率…."""
    for one, other in itertools.pairwise(before):
        if same_kind(one, other):
            together: Terms = ((1, one.id), (1, other.id))
            for base in before[2:_BASES]:
                if same_kind(base, one) and (base.amount or 0) >= (one.amount or 0) + (other.amount or 0):
                    yield Derivation(fact, together, ((1, base.id),))


def _part_of_fewer(fact: Fact, before: Sequence[Fact]) -> Iterator[Derivation]:
    """Returns the figure before a rate over those that there were without those left out:
    参加120人，缺考10人，通过99人，通过率90%."""
    for part in before[:1]:
        for less, base in itertools.combinations(before[1:_PARTS], 2):
            left_out = any(word in said(less).words for word in WORDS.left_out)
            if left_out and same_kind(part, less) and same_kind(less, base) and (base.amount or 0) > (less.amount or 0):
                yield Derivation(fact, ((1, part.id),), ((1, base.id), (-1, less.id)))


def _changes_of(fact: Fact, before: Sequence[Fact]) -> Iterator[Derivation]:
    """Returns the ways of a 变动率: the difference of two figures over one of them, or a change over the amount that it
    starts from."""
    for one in before:
        for base in before:
            if base.id != one.id and same_kind(one, base) and base.amount:
                yield Derivation(fact, ((1, one.id), (-1, base.id)), ((1, base.id),))
                yield Derivation(fact, ((1, one.id),), ((1, base.id),))
