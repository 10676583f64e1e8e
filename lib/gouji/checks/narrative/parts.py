"""Checks lists in sentences (其中…): their parts against their whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.completeness import (
    are_summed,
    exceeds,
    is_by_definition,
    kinds_within,
    names_all,
    shares_make_all,
    up_to_whole,
    without_grandchildren,
    without_inner_sums,
)
from gouji.checks.narrative.cuts import cuts
from gouji.checks.narrative.differences import without_gross
from gouji.checks.narrative.inner_lists import is_list_of, without_outer_items
from gouji.checks.narrative.no_parts import without_contracts, without_inner, without_retired, without_values
from gouji.checks.narrative.restated import first_said
from gouji.checks.narrative.spoken import Spoken, said, spoken, unbound, usable
from gouji.checks.narrative.wholes import whole_of, whole_of_shares
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, Claim, Measure, Topic
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.listings import is_economic
from gouji.facts.narrative.topics import is_headline
from gouji.intervals import Verdict

#: Pieces of concept paths of money left at either end of the year.
_BALANCES = ("opening", "closing")
#: What opens a list that goes on over semicolons.
_LISTED = re.compile("[：:]")
SUMMED = (Measure.FINAL, Measure.COUNT, *BUDGETS)


def parts(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks each list behind 其中 with its whole: equal where the list names every part, else at most as much."""
    index = spoken(facts)
    for group in groups(index).values():
        for members in _alike([one for one in group if first_said(index, one) is None]):
            for side in _sides(members):
                for cut in cuts(side):
                    yield from _against_whole(rule, index, cut)


def groups(index: Spoken) -> dict[int, list[Fact]]:
    groups: dict[int, list[Fact]] = {}
    for fact in index.claims:
        if said(fact).group >= 0:
            groups.setdefault(said(fact).group, []).append(fact)
    return groups


def _sides(members: list[Fact]) -> list[list[Fact]]:
    """Returns the parts on either side of both totals: 收、支总计…，其中年初结转…，本年收入…，本年支出…，年末结转…."""
    whole = said(members[0]).whole
    if whole is None or len(whole.final) != 2:
        return [members]
    spent = [one for one in members if said(one).topic.key.endswith((".expenditure", "expenditure[total].total"))]
    spent_ids = {one.id for one in spent}
    return [side for side in ([one for one in members if one.id not in spent_ids], spent) if side]


def _alike(group: Sequence[Fact]) -> list[list[Fact]]:
    """Groups the amounts of a list by measure and unit, because only those can be added up. The printed base of a share
    (占本年支出2000万元的78%) is none of them."""
    kinds: dict[tuple[Measure, str], list[Fact]] = {}
    for fact in group:
        claim = said(fact)
        if claim.measure in SUMMED and not claim.closes and claim.base is None:
            kinds.setdefault((claim.measure, _dimension(fact)), []).append(fact)
    return [members for members in kinds.values() if members]


def _dimension(fact: Fact) -> str:
    """Returns the dimension of an amount; vehicles are counted by 辆 or 台 alike."""
    vehicles = fact.figure.unit in WORDS.units_of_vehicles and said(fact).topic.phrase.endswith(("车", "车辆"))
    return WORDS.units_of_vehicles[0] if vehicles else fact.figure.dimension


def _against_whole(rule: Rule, index: Spoken, members: list[Fact]) -> Iterator[Check]:
    first = said(members[0])
    yield from _within_others(rule, members)
    members = _true_parts(without_gross(without_grandchildren(members)), index)
    exact = [fact for fact in members if fact.amount is not None and not said(fact).loose and not said(fact).aside]
    if not members:
        return
    if len({said(fact).topic.key for fact in exact}) < len(exact):
        return
    whole = whole_of_shares(index, exact) or whole_of(index, members)
    if not exact or whole is None or whole in exact or not _may_be_of(whole, exact):
        return
    if not are_summed(exact, whole):
        return
    exact = list(without_outer_items(index, whole, exact)) if first.depth > 1 else exact
    everything = len(exact) == len(members) and names_all(exact, whole, index)
    if exceeds(exact, whole):
        exact = without_inner(exact, index)
    if everything and (is_by_definition(exact, whole) or shares_make_all(exact, whole, index)):
        yield _sum(rule, whole, exact)
        return
    if exceeds(exact, whole):
        first_item = _without_next_item(exact, index) if in_report(members[0]) else _of_first_item(exact, whole, index)
        everything = everything and (in_report(members[0]) or len(first_item) == len(exact))
        exact = first_item
    if exceeds(exact, whole):
        exact = up_to_whole(without_inner_sums(exact), whole)
    terms = tuple((1, fact.id) for fact in exact)
    if everything:
        yield _sum(rule, whole, exact)
    elif _is_of_unclear_level(index, first, whole, exact):
        yield unbound(rule, members[0], "所列各项的层次不明")
    else:
        yield Check(-1, rule, whole.named, "<=", terms, ((1, whole.id),), verdict=Verdict.CONSISTENT)


def _is_of_unclear_level(index: Spoken, first: Claim, whole: Fact, exact: Sequence[Fact]) -> bool:
    """True for a list inside another whose items come to more than the whole: they may be items of the outer one."""
    inner = first.depth > 1 and not first.bracketed and len(exact) > 1 and exceeds(exact, whole)
    known = _beside(whole, first) or is_list_of(index, whole, exact)
    return inner and not known and not all(is_economic(said(fact).topic.phrase) for fact in exact)


def _sum(rule: Rule, whole: Fact, members: Sequence[Fact]) -> Check:
    terms = tuple((1, fact.id) for fact in members)
    return Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _true_parts(members: list[Fact], index: Spoken) -> list[Fact]:
    """Returns the members without what is, by its words, no part of the whole."""
    whole = whole_of(index, members) if members else None
    if whole is None:
        return members
    return without_retired(without_contracts(without_values(members, whole), whole), whole)


def _within_others(rule: Rule, members: Sequence[Fact]) -> Iterator[Check]:
    """Checks parts that are within another part of the list (授予小微企业, 授予中小企业): they are at most that."""
    for narrow, wide in kinds_within([fact for fact in members if usable(fact)]):
        yield Check(-1, rule, wide.named, "<=", ((1, narrow.id),), ((1, wide.id),), verdict=Verdict.CONSISTENT)


def _may_be_of(whole: Fact, members: Sequence[Fact]) -> bool:
    """False for impossible parts.

    年末结转和结余3.20万元。其中：…（项）9.60万元: only headlines and balances are parts of a balance, not what
    accounts spent, and none is of the year's beginning. The year's income is no part of what was there before.
    支出…，其中：…收入…: income is no part of expenditure.
    """
    key = said(whole).topic.key if whole.claim else whole.concept.path
    phrases = [said(one).topic.phrase for one in members]
    sides = [_side(phrase) for phrase in (said(whole).topic.phrase if whole.claim else "", *phrases)]
    if sides[0] and any(side and side != sides[0] for side in sides[1:]):
        return False
    if "opening" in key and any(said(one).topic.key.startswith("income[") for one in members):
        return False
    if "closing" in key and any("opening" in said(one).topic.key for one in members):
        return False
    left = any(word in key for word in _BALANCES)
    return not left or all(is_headline(phrase) or re.search("结[转余]", phrase) for phrase in phrases)


def _side(phrase: str) -> str:
    """Returns the side of the accounts that a phrase names at its end; "" where it names none, or both."""
    found = [side for side in WORDS.any_totals if side in phrase]
    return found[0] if len(found) == 1 else ""


def _without_next_item(members: list[Fact], index: Spoken) -> list[Fact]:
    """Returns the parts up to a semicolon that is followed by a whole with its own parts."""
    wholes = _wholes_behind(members, index)
    items = Counter(one.quote for one in members)
    for number, one in enumerate(members[1:], start=1):
        if one.quote != members[0].quote and (said(one).topic in wholes or items[one.quote] > items[members[0].quote]):
            return members[:number]
    return members


def _of_first_item(members: list[Fact], whole: Fact, index: Spoken) -> list[Fact]:
    """Returns the parts up to the semicolon behind which the next item of whole and part begins.

    教育支出300万元，其中职业教育200万元；卫生健康支出500万元，其中…: 500 has parts of its own, or is more
    than 300. A list behind 其中： goes on over semicolons.
    """
    first = members[0]
    if _LISTED.search(first.quote) or whole.quote != first.quote:
        return members
    wholes = _wholes_behind(members, index)
    for number, one in enumerate(members):
        if one.quote != first.quote and (said(one).topic in wholes or (one.amount or 0) > (whole.amount or 0)):
            return members[:number]
    return members


def _wholes_behind(members: Sequence[Fact], index: Spoken) -> set[Topic | None]:
    """Returns what has parts of its own in the paragraph, and so is the next item where it stands behind a semicolon.

    Parts in brackets say nothing where the first member has such too: 其中：基本支出80万元（包括…）；项目支出20万元….
    """
    claims = [said(one) for one in index.paragraph(said(members[0]))]
    bracketed = {claim.whole for claim in claims if claim.bracketed}
    wholes = {claim.whole for claim in claims if not claim.bracketed}
    return wholes if said(members[0]).topic in bracketed else wholes | bracketed


def _beside(whole: Fact, first: Claim) -> bool:
    """True where the whole stands right before its parts: 保有量38辆，其中：一般公务用车4辆…."""
    counted = first.measure is Measure.COUNT and whole.claim is not None
    return counted and said(whole).order == first.order - 1
