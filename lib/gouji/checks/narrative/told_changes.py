"""Asks about changes that a list tells of its parts, where they come to no change that is told of the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.parts import groups
from gouji.checks.narrative.readings import Reading, judged
from gouji.checks.narrative.spoken import Spoken, said, same_kind, spoken, usable
from gouji.checks.ratio import Ratio, holds
from gouji.checks.rules import Rule
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.topics import is_account
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases

#: Each may be the difference of rounded amounts.
_TIMES = 2
_FEWEST, _SEVERAL = 2, 3
_UNSTATED = "总额未公布"


def told_changes(rule: Rule, facts: Facts, summed: Collection[int]) -> Iterator[Check]:
    """Checks 三公经费48万元，比预算减少15万元，比上年下降10%，其中：甲18万元，减少2万元；…: the parts' changes come to
    one that is told of the whole, in an amount or by a rate.

    Such lists do not say what the changes are from, or have no amounts, or the whole has only a rate. Leaves out those
    with a part in `summed`, which are checked as sums.
    """
    index = spoken(facts)
    for group in groups(index).values():
        parts = [one for one in group if said(one).measure is Measure.CHANGE and usable(one)]
        if not _are_all_kinds(group, parts) or any(one.id in summed for one in parts):
            continue
        whole = said(parts[0]).whole
        before = [one for one in index.paragraph(said(parts[0])) if said(one).order < said(parts[0]).order]
        told = [one for one in before if whole and said(one).topic.key == whole.key and said(one).group < 0]
        told = [one for one in told if usable(one)]
        yield from _against_told(rule, index, parts, told)


def _against_told(rule: Rule, index: Spoken, parts: Sequence[Fact], told: Sequence[Fact]) -> Iterator[Check]:
    """Yields the check with the change that fits, else with the first; none where the whole's are not known."""
    amounts = [one for one in told if said(one).measure is Measure.FINAL and same_kind(one, parts[0])]
    moved = [one for one in told if said(one).measure in (Measure.CHANGE, Measure.RATE) and not said(one).listed]
    against = said(parts[0]).against
    moved = [one for one in moved if against is None or said(one).against is against]
    by_definition = against is not None and {said(one).topic.key for one in parts} in _families()
    if by_definition and any(said(one).measure is Measure.CHANGE for one in moved):
        return  # `family_changes` checks these
    if not amounts or not moved or len({one.amount for one in amounts}) > 1 or _says_otherwise(told):
        return
    checks = [_check(rule, index.facts, one, amounts[-1], parts) for one in moved]
    fitting = next((one for one, fits in checks if fits), None)
    check = fitting or checks[0][0]
    if check.verdict is not Verdict.UNBOUND:
        yield check


def _check(rule: Rule, facts: Facts, moved: Fact, whole: Fact, parts: Sequence[Fact]) -> tuple[Check, bool]:
    """Returns the check of the parts' changes with one change of the whole, and whether it holds."""
    terms = tuple((1, one.id) for one in parts)
    if said(moved).measure is Measure.CHANGE:
        apart = abs((moved.amount or 0) - sum(one.amount or 0 for one in parts))
        radius = sum(one.radius for one in (moved, *parts))
        left = ((1, moved.id),)
        check = Check(-1, rule, moved.named, "=", left, terms, times=_TIMES, verdict=Verdict.CONSISTENT)
        return check, apart <= _TIMES * radius
    reading: Reading = (terms, ((1, whole.id), *((-1, one.id) for one in parts)))
    check = judged(rule, moved, [reading], facts, True, _UNSTATED)
    return check, check.verdict is Verdict.UNBOUND or holds(Ratio.of(check, facts))


def _says_otherwise(told: Sequence[Fact]) -> bool:
    """True where a direction in words is told of the whole too: 与上年持平 is a change without a figure."""
    return any(said(one).measure is Measure.DIRECTION for one in told)


def _are_all_kinds(group: Sequence[Fact], parts: Sequence[Fact]) -> bool:
    """True for changes of headlines, each told once, that are all usual kinds of their whole: the parts of a sum by
    definition, those whose amounts the list adds up, or several."""
    keys = [said(one).topic.key for one in parts]
    if len(parts) < _FEWEST or len(set(keys)) < len(keys) or any(in_report(one) for one in parts):
        return False
    claims = [said(one) for one in parts]
    whole = claims[0].whole
    if whole is None or not whole.known or is_account(whole) or any(is_account(claim.topic) for claim in claims):
        return False
    alike = len({claim.against for claim in claims}) == 1 and all(same_kind(one, parts[0]) for one in parts)
    named = {said(one).topic.key for one in group if said(one).measure in (Measure.FINAL, Measure.CHANGE)}
    known = all(claim.topic.known for claim in claims) and named == set(keys)
    if any(load_phrases().all_parts_of(key) & named for key in keys):
        return False  # a part, and parts of that
    return alike and known and (len(parts) >= _SEVERAL or set(keys) in _families())


def _families() -> list[set[str]]:
    return [set(one.parts) for one in load_phrases().families]
