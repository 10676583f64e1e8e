"""Checks totals: behind a list, of sums by definition, on both sides of a balance, of shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, takewhile

from gouji.checks.check import Check, Terms
from gouji.checks.derived.derivation import Derivation, check_named, choose_check
from gouji.checks.derived.per_unit import per_unit
from gouji.checks.derived.sums import totals
from gouji.checks.derived.vicinity import in_report, is_weight
from gouji.checks.narrative import balanced
from gouji.checks.narrative.lines import lists_of_lines
from gouji.checks.narrative.parts import SUMMED
from gouji.checks.narrative.spoken import Spoken, keys_of, role, said, same_kind, spoken, unbound, usable
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import BUDGETS, CHANGES, Claim, Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.narrative.tokens import chinese_numeral
from gouji.facts.narrative.word_lists import WORDS as NARRATIVE
from gouji.intervals import Verdict
from gouji.layouts.phrases import Balance, load_phrases
from gouji.runtime.immutable import immutable
from gouji.runtime.word_lists import any_of

_ABOVE = re.compile(
    rf"^(?:{any_of((*WORDS.above, *WORDS.above_number))})?(?P<count>[二两三四五六七八九十]+|\d+)"
    rf"(?:{any_of(NARRATIVE.above_in)})|^(?:{any_of(WORDS.above)})(?P<noun>[\u4e00-\u9fff]{{2}})"
)
_FAR = 40
#: A total of a kind of thing: 编制合计. Of so many counts some may be parts of others.
_NOUN = re.compile(r"^(?P<noun>[\u4e00-\u9fff]{2,4})(?:合计|共计|总计)$")
_MOST_OF_KIND = 8


def closing_totals(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks A、B、C，合计D: the total is the sum of the amounts listed before it in the sentence."""
    index = spoken(facts)
    for fact in index.claims:
        claim = said(fact)
        if not claim.closes or claim.measure in CHANGES or fact.amount is None or claim.loose:
            continue
        listed = _with_whole(index, fact, _closed(index, fact))
        if in_report(fact):
            yield _in_report(rule, index, fact, listed)
            continue
        if len(listed) < 2 or any(said(one).loose or one.amount is None for one in listed):
            yield unbound(rule, fact, "合计的各项不全或为约数")
            continue
        terms = tuple((1, one.id) for one in listed)
        yield Check(-1, rule, fact.named, "=", ((1, fact.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def _in_report(rule: Rule, index: Spoken, fact: Fact, listed: list[Fact]) -> Check:
    """Returns the check of a total in a report, which may be that of another row of the figures around it."""
    certain, possible = totals(index, fact)
    if len(listed) > 1 and not any(said(one).loose or one.amount is None for one in listed):
        certain = [Derivation(fact, tuple((1, one.id) for one in listed)), *certain]
    check = choose_check(rule, certain, possible, index.facts, True)
    if check is None and len(listed) > 1:
        check = check_named(rule, certain[:1], index.facts, True)
    return check or unbound(rule, fact, "合计的各项不全或为约数")


def _closed(index: Spoken, total: Fact) -> list[Fact]:
    """Returns the amounts that a total behind a list adds up: those of its sentence; behind 以上三项 the last three."""
    claim = said(total)
    above = _ABOVE.match(claim.topic.phrase)
    near = index.before(claim)[-_FAR:] if above else index.sentence(claim)
    listed = [
        one
        for one in near
        if said(one).order < claim.order
        and said(one).measure in (*SUMMED, Measure.PRIOR)
        and (above or said(one).group == claim.group)
        and one.figure.dimension == total.figure.dimension
        and not said(one).contained
        and not (in_report(one) and per_unit(one))
    ]
    listed = [one for one in listed if not is_weight(index, one) and _is_deducted(one) == _is_deducted(total)]
    if above is None and (kind := _NOUN.search(claim.topic.phrase)) and claim.measure is Measure.COUNT:
        return _of_kind(listed, total, kind["noun"])
    if above is None:
        return _as_counted(_of_own_clause(listed, total), total)
    own = [one for one in listed if said(one).measure is claim.measure]
    if above["noun"]:
        return [one for one in own if above["noun"] in said(one).topic.phrase]
    count = chinese_numeral(above["count"]) if not above["count"].isdigit() else int(above["count"])
    return own[-count:] if count <= len(own) else []


def _with_whole(index: Spoken, total: Fact, listed: list[Fact]) -> list[Fact]:
    """Returns what a total adds up where that is more than its list's whole: the whole and what was told behind its
    parts (在职98人，其中女职工40人，离退休30人，共计128人); [] where these do not make it."""
    whole = next((one for one in index.sentence(said(total)) if _is_whole_of(one, total)), None)
    if whole is None or (total.amount or 0) <= (whole.amount or 0):
        return listed
    rest = (total.amount or 0) - (whole.amount or 0)
    for at in range(1, len(listed)):
        if sum(one.amount or 0 for one in listed[at:]) == rest:
            return [whole, *listed[at:]]
    return [] if said(total).measure is Measure.COUNT else listed


def _is_whole_of(one: Fact, total: Fact) -> bool:
    """True for the amount of what a list divides, in a total's measure and unit."""
    claim, of = said(one), said(total).whole
    return (
        of is not None and claim.topic.key == of.key and claim.measure is said(total).measure and same_kind(one, total)
    )


def _is_deducted(fact: Fact) -> bool:
    """True for points taken off a score, which add up to no score: 共扣4.4分，最终得分95.6分."""
    return fact.figure.unit == "分" and any(word in said(fact).topic.phrase for word in WORDS.deducted)


def _of_own_clause(listed: list[Fact], total: Fact) -> list[Fact]:
    """Returns what stands behind the semicolon that ends an earlier total: 收入：…，合计8万元；支出：…，合计8万元."""
    own = [one for one in listed if one.quote == total.quote]
    closed = any(said(one).closes for one in listed if one.quote != total.quote)
    return own if closed and len(own) > 1 else listed


def _of_kind(listed: Sequence[Fact], total: Fact, noun: str) -> list[Fact]:
    """Returns the counts right before a total that have its noun (行政编制60人，事业编制40人，编制合计100人); or those
    among them that make the total, as some may be parts of others."""
    own = list(takewhile(lambda one: said(one).topic.phrase.endswith(noun), reversed(listed)))
    for size in range(2, min(len(own), _MOST_OF_KIND) + 1):
        for some in combinations(own[:_MOST_OF_KIND], size):
            if sum(one.amount or 0 for one in some) == total.amount:
                return list(some)
    return own[::-1]


def _as_counted(listed: list[Fact], total: Fact) -> list[Fact]:
    """Returns the counts of what there is, without those planned beside them: 编制93人；实有88人，退休4人，合计92人."""
    actual = [one for one in listed if role(one) != "planned"]
    counted = said(total).measure is Measure.COUNT and role(total) != "planned"
    return actual if counted and len(actual) > 1 else listed


def families(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks subjects that are sums of others by definition, where all of them are stated somewhere in the text."""
    index = spoken(facts)
    first: dict[tuple[str, Measure], Fact] = {}
    for fact in index.claims:
        claim = said(fact)
        summed = claim.measure in SUMMED and claim.topic.known
        if summed and not claim.loose and not claim.aside and fact.amount is not None:
            for key in keys_of(claim):
                first.setdefault((key, claim.measure), fact)
    for family in load_phrases().families:
        for measure in (Measure.FINAL, *BUDGETS):
            whole = first.get((family.whole, measure))
            members = _parts_stated(first, family.parts, measure)
            stated = [member for member in members if member]
            if measure is Measure.FINAL and whole and balanced.is_the_years(facts, family.whole, whole, stated):
                continue
            if measure is Measure.FINAL and whole and 1 < len(stated) < len(members):
                terms = tuple((1, member.id) for member in stated)
                yield Check(-1, rule, whole.named, "<=", terms, ((1, whole.id),), verdict=Verdict.CONSISTENT)
            alike = len({said(one).against for one in (whole, *members) if one}) == 1
            if whole and all(members) and alike and not _lists_more(index, whole, stated):
                yield _sum(rule, whole, stated)
    for lines in lists_of_lines(index):
        if lines.complete:
            yield _sum(rule, lines.whole, lines.members)


def _parts_stated(
    first: Mapping[tuple[str, Measure], Fact], keys: Sequence[str], measure: Measure
) -> list[Fact | None]:
    """Returns the statement of each part; for one that is not stated, those of its own parts if all of them are
    (公务用车购置费, 公务用车运行维护费), else None."""
    found: list[Fact | None] = []
    for key in keys:
        own = first.get((key, measure))
        inner = [
            [first.get((part, measure)) for part in one.parts] for one in load_phrases().families if one.whole == key
        ]
        complete = next((parts for parts in inner if all(parts)), None)
        found += complete if own is None and complete else [own]
    return found


def _lists_more(index: Spoken, whole: Fact, members: Sequence[Fact]) -> bool:
    """True where the list of these parts names others too, and adds up to the whole with them (购置费…、运行维护费…、
    其他交通费用…)."""
    first = said(members[0])
    if first.group < 0 or len({said(one).group for one in members}) > 1:
        return False
    group = [one for one in index.sentence(first) if said(one).group == first.group and usable(one)]
    listed = [one for one in group if said(one).measure is first.measure and same_kind(one, whole)]
    return len(listed) > len(members) and sum(one.amount or 0 for one in listed) == whole.amount


def family_changes(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks the change of a sum by definition = the sum of its parts' changes; 持平 is a change of zero.

    Each may be the rounded change or the difference of rounded amounts, and so be off by a whole last digit.
    """
    index = spoken(facts)
    for family in load_phrases().families:
        for against in (Measure.PRIOR, *BUDGETS):
            whole = next(iter(_changed(index, family.whole, against)), None)
            members = _parts_changed(index, family.parts, against, whole) if whole else []
            if whole and members and any(one.amount for one in (whole, *members)):
                yield replace(_sum(rule, whole, members), times=2)


def _parts_changed(index: Spoken, keys: Sequence[str], against: Measure, whole: Fact) -> list[Fact]:
    """Returns the change of every part of a whole, the nearest one of each; for a part without one, those of its own
    parts. Returns [] where one is missing."""
    found: list[Fact] = []
    for key in keys:
        changed = sorted(_changed(index, key, against), key=lambda one: abs(one.id - whole.id))
        inner = [] if changed else _inner(index, key, against, whole)
        if not changed and not inner:
            return []
        found += changed[:1] or inner
    return found


def _inner(index: Spoken, key: str, against: Measure, whole: Fact) -> list[Fact]:
    """Returns the changes of the parts of a part: 公务用车购置费 and 公务用车运行维护费 instead of their sum."""
    family = next((one for one in load_phrases().families if one.whole == key), None)
    return _parts_changed(index, family.parts, against, whole) if family else []


def _changed(index: Spoken, key: str, against: Measure) -> list[Fact]:
    """Returns the stated changes of a subject's final amount, in figures or as 持平."""
    changes = index.topic_stated(key, Measure.CHANGE)
    flat = [one for one in index.topic_stated(key, Measure.DIRECTION) if _is_flat(said(one))]
    compared = [one for one in (*changes, *flat) if said(one).against is against and not said(one).listed]
    return sorted(compared, key=lambda one: one.id)


def _is_flat(claim: Claim) -> bool:
    return claim.relation == "=" and claim.base is not None and claim.base.key == Measure.FINAL.name


def _sum(rule: Rule, whole: Fact, members: Sequence[Fact]) -> Check:
    terms = tuple((1, member.id) for member in members)
    return Check(-1, rule, whole.named, "=", ((1, whole.id),), terms, defines=True, verdict=Verdict.CONSISTENT)


def balances(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks opening balance and income against expenditure and closing balance, where a sentence states all four."""
    index = spoken(facts)
    for balance in load_phrases().balances:
        sides = [[_plainly(index, key) for key in side] for side in (balance.left, balance.right)]
        if not all(one is not None for side in sides for one in side):
            sides = [list(side) for side in _of_one_sentence(index, balance)]
        if all(one is not None for side in sides for one in side):
            left, right = (tuple((1, one.id) for one in side if one) for side in sides)
            yield Check(-1, rule, facts.facts[left[0][1]].where, "=", left, right, verdict=Verdict.CONSISTENT)


def _of_one_sentence(index: Spoken, balance: Balance) -> tuple[Sequence[Fact | None], Sequence[Fact | None]]:
    """Returns both sides where one sentence states each quantity once. There 本年 names the year's own income and
    expenditure, whatever it may name elsewhere (年初财政拨款结转…，本年财政拨款收入…，本年财政拨款支出…，年末…)."""
    keys = (*balance.left, *balance.right)
    for first in index.topic_stated(keys[0], Measure.FINAL):
        near = [one for one in index.sentence(said(first)) if said(one).measure is Measure.FINAL and usable(one)]
        own = [[one for one in near if said(one).topic.key == key and _is_of_the_year(one)] for key in keys]
        if all(len(found) == 1 for found in own):
            found = [one for (one,) in own]
            return found[: len(balance.left)], found[len(balance.left) :]
    return [None], [None]


def _is_of_the_year(fact: Fact) -> bool:
    return "|" not in said(fact).reading or said(fact).topic.phrase.startswith(WORDS.this_year)


def _plainly(index: Spoken, key: str) -> Fact | None:
    """Returns the first statement of a quantity by a phrase with no other meaning."""
    found = [one for one in index.topic_stated(key, Measure.FINAL) if "|" not in said(one).reading]
    return found[0] if found else None


def limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks parts that may never be more than their whole (授予中小企业合同金额 of 政府采购支出总额)."""
    index = spoken(facts)
    for limit in load_phrases().limits:
        found = [next(iter(index.topic_stated(key, Measure.FINAL)), None) for key in (limit.part, limit.whole)]
        part, whole = found
        if part and whole:
            yield Check(-1, rule, part.named, "<=", ((1, part.id),), ((1, whole.id),), verdict=Verdict.CONSISTENT)

    yield from _kinds_apart(rule, index)


def _kinds_apart(rule: Rule, index: Spoken) -> Iterator[Check]:
    """Checks kinds told in paragraphs of their own that do not overlap: together they are at most their whole."""
    for kinds in load_phrases().kinds_apart:
        whole = next(iter(index.topic_stated(kinds.whole, Measure.FINAL)), None)
        told = [index.topic_stated(key, Measure.FINAL) for key in kinds.parts]
        stated = [of_one[0] for of_one in told if len({one.amount for one in of_one}) == 1]
        overlap = any(index.topic_stated(key, Measure.FINAL) for key in kinds.unless)
        if whole is None or overlap or len(stated) < len(told) or not _are_apart(stated, whole):
            continue
        terms = tuple((1, one.id) for one in stated)
        yield Check(-1, rule, whole.named, "<=", terms, ((1, whole.id),), verdict=Verdict.CONSISTENT)


def _are_apart(members: Sequence[Fact], whole: Fact) -> bool:
    """False for kinds of one paragraph, for one named within another (国内接待费…，其中外事接待费…) and for one that is
    all of the whole, so that the other may be contained in it."""
    paragraphs = {said(one).paragraph for one in members}
    inner = {listed.key for one in members if (listed := said(one).whole)}
    before = [one.quote.partition(one.figure.text)[0] for one in members]
    contained = any(word in words for words in before for word in WORDS.containing)
    return (
        len(paragraphs) == len(members)
        and inner <= {said(whole).topic.key, ""}
        and not contained
        and all(one.amount != whole.amount for one in members)
    )


def prior_limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that parts which may never be more than their whole were not more last year either: this year's less its
    change, for both.

    Uses only totals that balance; others may be the year's income alone.
    """
    index = spoken(facts)
    for limit in load_phrases().prior_limits:
        if not balanced.balances(index, limit.whole):
            continue
        part, whole = _last_year(index, limit.part), _last_year(index, limit.whole)
        if part and whole:
            scope = facts.facts[part.terms[0][1]].where
            words = (*part.words, *whole.words)
            yield Check(-1, rule, scope, "<=", part.terms, whole.terms, claims=words, verdict=Verdict.CONSISTENT)


@immutable()
class _LastYear:
    """Last year's amount: this year's less its change, or this year's where words (持平) say so."""

    terms: Terms
    words: tuple[int, ...] = ()


def _last_year(index: Spoken, key: str) -> _LastYear | None:
    """Returns last year's amount of a headline by its table, else by its first statement; None where nothing is
    stated."""
    concept = concept_from_path(key)
    cell = index.facts.get(concept.table, concept.row, concept.column)
    now = cell if cell and cell.amount else next(iter(index.topic_stated(key, Measure.FINAL)), None)
    if now is None:
        return None
    changes = [one for one in index.topic_stated(key, Measure.CHANGE) if said(one).against is Measure.PRIOR]
    if changes and same_kind(changes[0], now):
        return _LastYear(((1, now.id), (-1, changes[0].id)))
    words = index.topic_stated(key, Measure.DIRECTION)
    flat = [one.id for one in words if said(one).against is Measure.PRIOR and said(one).relation == "="]
    return _LastYear(((1, now.id),), tuple(flat[:1])) if flat else None
