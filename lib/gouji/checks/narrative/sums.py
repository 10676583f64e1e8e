"""Lists in sentences: parts against their whole, closing totals, shares that make up 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.narrative.spoken import Spoken, said, same_kind, spoken, unbound, usable
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.listings import is_economic
from gouji.facts.narrative.tokens import chinese_numeral
from gouji.facts.narrative.topics import is_headline
from gouji.intervals import SCALE, Verdict
from gouji.layouts.phrases import load_phrases

_SUMMED = (Measure.FINAL, Measure.COUNT, *BUDGETS)
_HUNDRED = 100 * SCALE
_PAIR = 2
_ABOVE = re.compile(
    r"^(?:以上|上述|前述|以上共)?(?P<count>[二两三四五六七八九十]+|\d+)项|^(?:以上|上述|前述)(?P<noun>[\u4e00-\u9fff]{2})"
)
_FAR = 40
_TAIL = 2
_WORDS_FOR_MONEY = ("支出", "收入", "经费", "费用", "资金", "项目")
#: A last part that takes in all that is not named before it.
_REST = re.compile(
    r"^(?:公务用车)?其他(?:各项|各类)?(?:支出|用车|费用|收入|项目|方面|资金|用途)*$|其他(?:支出|用车|方面支出|方面)$"
)


def parts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Each list behind 其中 with its whole: equal where the list names every part, else at most as much."""
    index = spoken(facts)
    for group in _groups(index).values():
        for members in _alike(group):
            for side in _sides(members):
                yield from _against_whole(rule, index, side)


def _groups(index: Spoken) -> dict[int, list[Fact]]:
    groups: dict[int, list[Fact]] = {}
    for fact in index.claims:
        if said(fact).group >= 0:
            groups.setdefault(said(fact).group, []).append(fact)
    return groups


def _sides(members: list[Fact]) -> list[list[Fact]]:
    """收、支总计…，其中年初结转…，本年收入…，本年支出…，年末结转…: what stands on either side of both totals."""
    whole = said(members[0]).whole
    if whole is None or len(whole.final) != _PAIR:
        return [members]
    spent = [one for one in members if said(one).topic.key.endswith((".expenditure", "expenditure[total].total"))]
    spent_ids = {one.id for one in spent}
    return [side for side in ([one for one in members if one.id not in spent_ids], spent) if side]


def _alike(group: Sequence[Fact]) -> list[list[Fact]]:
    """The amounts of a list by measure and unit: only those can be added up."""
    kinds: dict[tuple[Measure, str], list[Fact]] = {}
    for fact in group:
        claim = said(fact)
        if claim.measure in _SUMMED and not claim.closes:
            kinds.setdefault((claim.measure, fact.figure.dimension), []).append(fact)
    return [members for members in kinds.values() if members]


def _against_whole(rule: Rule, index: Spoken, members: list[Fact]) -> Iterator[Check]:
    first = said(members[0])
    members = _without_grandchildren(members)
    exact = [fact for fact in members if fact.amount is not None and not said(fact).loose and not said(fact).aside]
    if not members:
        return
    seen: dict[str, Fact] = {}
    for fact in exact:
        if said(fact).topic.key in seen:
            return
        seen[said(fact).topic.key] = fact
    whole = _whole(index, members)
    if not exact or whole is None or whole in exact:
        return
    everything = len(exact) == len(members) and _names_all(exact, whole, index)
    if _exceeds(exact, whole):
        exact = _up_to_whole(_without_inner_sums(exact), whole)
    terms = tuple((1, fact.id) for fact in exact)
    if everything:
        yield Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)
    elif first.depth > 1 and not first.bracketed and len(exact) > 1 and _exceeds(exact, whole):
        yield unbound(rule, members[0], "所列各项的层次不明")
    else:
        yield Check(-1, rule, whole.named, "<=", terms, ((1, whole.id),), verdict=Verdict.CONSISTENT)


def _without_grandchildren(members: list[Fact]) -> list[Fact]:
    """The parts that are not, by definition, parts of another part that is listed too (购置费 beside 购置及运行费)."""
    keys = {said(fact).topic.key for fact in members}
    inner = {part for family in load_phrases().families if family.whole in keys for part in family.parts}
    return [fact for fact in members if said(fact).topic.key not in inner]


def _without_inner_sums(members: list[Fact]) -> list[Fact]:
    """Without those that make up the part before them: 基本支出1400，人员经费1200，公用经费200 names two levels.

    Only headlines of the accounts: of other parts it may be a coincidence.
    """
    kept: list[Fact] = []
    at = 0
    while at < len(members):
        kept.append(members[at])
        total, end = 0, at + 1
        while end < len(members) and total < (members[at].amount or 0):
            total += members[end].amount or 0
            end += 1
        inner = total == (members[at].amount or 0) and total and end - at > _PAIR
        inner = inner and all(is_headline(said(one).topic.phrase) for one in members[at + 1 : end])
        at = end if inner else at + 1
    return kept


def _up_to_whole(members: list[Fact], whole: Fact) -> list[Fact]:
    """The first parts, where they alone make up the whole: what is named after them is no part of it."""
    total = 0
    for number, fact in enumerate(members, start=1):
        total += fact.amount or 0
        if total == whole.amount and total and number > 1:
            rest = members[number:]
            defined = any(_is_defined(said(one).topic) or _ends_alike(members[:number], one) for one in rest)
            return members if defined else members[:number]
    return members


def _ends_alike(members: Sequence[Fact], other: Fact) -> bool:
    """护理员培训、社工培训、登记员培训: names that end in the same words are parts of one whole."""
    tail = _tail([said(one).topic.phrase for one in members])
    return len(tail) >= _TAIL and tail not in _WORDS_FOR_MONEY and said(other).topic.phrase.endswith(tail)


def _tail(phrases: Sequence[str]) -> str:
    """The longest ending that all of them have."""
    shortest = min(phrases, key=len)
    return next(shortest[at:] for at in range(len(shortest) + 1) if all(one.endswith(shortest[at:]) for one in phrases))


def _is_defined(topic: Topic) -> bool:
    """True for what is a part by definition: a headline, an account, a grade, 其他…."""
    graded = topic.phrase in load_phrases().grades.names
    return topic.known or graded or is_economic(topic.phrase) or bool(_REST.search(topic.phrase))


def _exceeds(members: Sequence[Fact], whole: Fact) -> bool:
    return sum(fact.amount or 0 for fact in members) > (whole.amount or 0) + sum(fact.radius for fact in members)


def _whole(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """The amount a list is of: that of its subject in the same measure; without a subject, the amount before it."""
    claim = said(members[0])
    if claim.complete and claim.measure is Measure.COUNT:
        return counted_before(index, members)
    if claim.whole is not None and claim.whole.phrase:
        found = index.stated(claim.whole, BUDGETS if claim.measure in BUDGETS else (claim.measure,), claim)
        found = [
            fact for fact in found if fact.figure.dimension == members[0].figure.dimension and _may_head(fact, claim)
        ]
        if claim.measure in BUDGETS:
            total = sum(fact.amount or 0 for fact in members)
            fitting = [fact for fact in found if fact.amount == total]
            found = fitting or (found if len({fact.amount for fact in found}) == 1 else [])
        if found:
            return found[0]
        if not claim.whole.known and (near := _counted_beside(index, members)):
            return near
    if not claim.complete:
        return None
    before = [
        fact
        for fact in index.before(claim)
        if said(fact).measure is claim.measure
        and said(fact).paragraph == claim.paragraph
        and said(fact).sentence == claim.sentence - 1
        and fact.figure.dimension == members[0].figure.dimension
        and not said(fact).loose
    ]
    passing = load_phrases().passing.get(members[0].section, ())
    return before[0] if len(before) == 1 and said(before[0]).topic.key not in passing else None


def _counted_beside(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """车辆6辆，价值114.68万元，其中应急保障用车3辆…: the amount of the parts' kind in the words before the list."""
    claim = said(members[0])
    before = [
        one
        for one in index.sentence(claim)
        if said(one).order < claim.order
        and said(one).group != claim.group
        and said(one).measure is claim.measure
        and same_kind(one, members[0])
        and usable(one)
    ]
    if len(before) != 1 or claim.whole is None:
        return None
    between = index.claims[said(before[0]).order + 1 : min(said(one).order for one in members)]
    return before[0] if all(said(one).topic.key == claim.whole.key for one in between) else None


def _may_head(fact: Fact, claim: Claim) -> bool:
    """A table's cell, a headline said anywhere, or an amount said before the list."""
    return fact.claim is None or claim.whole is None or claim.whole.known or said(fact).order < claim.order


def counted_before(index: Spoken, members: Sequence[Fact]) -> Fact | None:
    """What a complete list of counts adds up to: the count before it in its paragraph, where that is certain."""
    claim = said(members[0])
    found = [
        fact
        for fact in index.before(claim)
        if said(fact).paragraph == claim.paragraph
        and said(fact).measure in (Measure.COUNT, Measure.PRIOR)
        and said(fact).group != claim.group
        and fact.figure.dimension == members[0].figure.dimension
        and not said(fact).loose
    ]
    total = sum(fact.amount or 0 for fact in members)
    fitting = [fact for fact in found if fact.amount == total]
    if fitting:
        return fitting[-1]
    grades = load_phrases().grades
    if claim.topic.phrase.startswith(grades.names):
        found = [fact for fact in found if any(word in said(fact).topic.phrase for word in grades.of)][-1:] or found
    return found[-1] if len({fact.amount for fact in found}) == 1 else None


def _names_all(members: Sequence[Fact], whole: Fact, index: Spoken) -> bool:
    """True where a list names every part: its words say so, its last part is 其他…, its parts are all that the whole
    has by definition, or its shares make up 100 %."""
    claim = said(members[0])
    if len(members) < 2:
        return False
    if claim.complete or _takes_in_the_rest(members, whole):
        return True
    if _complement(members) or _are_all_scores(members):
        return True
    keys = {said(fact).topic.key for fact in members}
    whole_key = said(whole).topic.key if whole.claim else whole.concept.path
    if any(family.whole == whole_key and keys == set(family.parts) for family in load_phrases().families):
        return True
    shares = [_share_of(fact, index) for fact in members]
    given = [share for share in shares if share is not None]
    total = sum(share.amount or 0 for share in given)
    return len(given) == len(members) and abs(total - _HUNDRED) <= sum(share.radius for share in given)


def _takes_in_the_rest(members: Sequence[Fact], whole: Fact) -> bool:
    """A last part 其他…, in a list of counts or one that names the better part of its whole."""
    last = said(members[-1])
    if not _REST.search(last.topic.phrase):
        return False
    return last.measure is Measure.COUNT or 2 * sum(fact.amount or 0 for fact in members) > (whole.amount or 0)


def _are_all_scores(members: Sequence[Fact]) -> bool:
    """决策、过程、产出、效益: the indicators that a score is the sum of."""
    if any(one.figure.unit != "分" for one in members):
        return False
    phrases = [said(one).topic.phrase for one in members]
    return any(
        len(members) == len(words) and all(any(word in phrase for phrase in phrases) for word in words)
        for words in load_phrases().scores
    )


def _complement(members: Sequence[Fact]) -> bool:
    """国内公务接待费 and 国（境）外公务接待费: there is no third kind."""
    phrases = [said(fact).topic.phrase for fact in members]
    return len(phrases) == _PAIR and any(
        one in phrases[first]
        and other not in phrases[first]
        and other in phrases[1 - first]
        and one not in phrases[1 - first]
        for one, other in load_phrases().complements
        for first in (0, 1)
    )


def _share_of(part: Fact, index: Spoken) -> Fact | None:
    for fact in index.sentence(said(part)):
        claim = said(fact)
        if (
            claim.measure is Measure.SHARE
            and claim.topic.key == said(part).topic.key
            and claim.group == said(part).group
        ):
            return fact if not claim.loose and fact.amount is not None else None
    return None


def closing_totals(rule: Rule, facts: Facts) -> Iterator[Check]:
    """A、B、C，合计D: the total is the sum of the amounts listed before it in the sentence."""
    index = spoken(facts)
    for fact in index.claims:
        claim = said(fact)
        if not claim.closes or fact.amount is None or claim.loose:
            continue
        listed = _closed(index, fact)
        if len(listed) < 2 or any(said(one).loose or one.amount is None for one in listed):
            yield unbound(rule, fact, "合计的各项不全或为约数")
            continue
        terms = tuple((1, one.id) for one in listed)
        yield Check(-1, rule, fact.named, "=", ((1, fact.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _closed(index: Spoken, total: Fact) -> list[Fact]:
    """What a total behind a list adds up: the amounts of its sentence; behind 以上三项 the last three."""
    claim = said(total)
    above = _ABOVE.match(claim.topic.phrase)
    near = index.before(claim)[-_FAR:] if above else index.sentence(claim)
    listed = [
        one
        for one in near
        if said(one).order < claim.order
        and said(one).measure in (*_SUMMED, Measure.PRIOR)
        and (above or said(one).group == claim.group)
        and one.figure.dimension == total.figure.dimension
    ]
    if above is None:
        return listed
    own = [one for one in listed if said(one).measure is claim.measure]
    if above["noun"]:
        return [one for one in own if above["noun"] in said(one).topic.phrase]
    count = chinese_numeral(above["count"]) if not above["count"].isdigit() else int(above["count"])
    return own[-count:] if count <= len(own) else []


def families(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Subjects that are by definition the sum of others, where all of them are stated somewhere in the text."""
    index = spoken(facts)
    first: dict[tuple[str, Measure], Fact] = {}
    for fact in index.claims:
        claim = said(fact)
        if (
            claim.measure in (*_SUMMED, Measure.CHANGE)
            and claim.topic.known
            and not claim.loose
            and not claim.aside
            and fact.amount is not None
        ):
            first.setdefault((claim.topic.key, claim.measure), fact)
    for family in load_phrases().families:
        for measure in (Measure.FINAL, Measure.CHANGE, *BUDGETS):
            whole = first.get((family.whole, measure))
            members = [first.get((key, measure)) for key in family.parts]
            if whole and all(members) and len({said(one).against for one in (whole, *members) if one}) == 1:
                terms = tuple((1, member.id) for member in members if member)
                yield Check(
                    -1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT
                )


def balances(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Opening balance and income against expenditure and closing balance, where a sentence states all four."""
    index = spoken(facts)
    for balance in load_phrases().balances:
        sides = [[_plainly(index, key) for key in side] for side in (balance.left, balance.right)]
        if all(one is not None for side in sides for one in side):
            left, right = (tuple((1, one.id) for one in side if one) for side in sides)
            yield Check(-1, rule, facts.facts[left[0][1]].where, "=", left, right, verdict=Verdict.CONSISTENT)


def _plainly(index: Spoken, key: str) -> Fact | None:
    """Where a quantity is stated by a phrase that means nothing else."""
    found = [one for one in index.topic_stated(key, Measure.FINAL) if "|" not in said(one).reading]
    return found[0] if found else None


def limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Parts that may never be more than their whole (授予中小企业合同金额 of 政府采购支出总额)."""
    index = spoken(facts)
    for limit in load_phrases().limits:
        found = [next(iter(index.topic_stated(key, Measure.FINAL)), None) for key in (limit.part, limit.whole)]
        part, whole = found
        if part and whole:
            yield Check(-1, rule, part.named, "<=", ((1, part.id),), ((1, whole.id),), verdict=Verdict.CONSISTENT)


def shares_totals(rule: Rule, facts: Facts) -> Iterator[Check]:
    """The shares of a list that names every part make up 100 %."""
    index = spoken(facts)
    for group in _groups(index).values():
        shares = [one for one in group if said(one).measure is Measure.SHARE and not said(one).loose]
        if len(shares) < 2 or any(one.amount is None for one in shares):
            continue
        members = [one for one in group if said(one).measure is Measure.FINAL and not said(one).loose]
        whole = _whole(index, members) if members else None
        total = sum(one.amount or 0 for one in members)
        stated = [_share_of(one, index) for one in members]
        if whole is None or len(members) != len(shares) or None in stated or whole.amount != total or not total:
            continue
        terms = tuple((1, one.id) for one in shares)
        yield Check(-1, rule, members[0].where, "=", terms, (), constant=-_HUNDRED, verdict=Verdict.CONSISTENT)
