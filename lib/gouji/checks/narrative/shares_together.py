"""Checks the shares of one whole together: of a list that names every part, and of kinds that cannot overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import Check
from gouji.checks.narrative.completeness import HUNDRED, is_of_whole, share_of
from gouji.checks.narrative.nested import is_of_unstated_base, outer_base
from gouji.checks.narrative.parts import groups
from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.narrative.wholes import whole_of
from gouji.checks.rules import Rule
from gouji.checks.word_lists import WORDS
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.intervals import Verdict
from gouji.layouts.phrases import load_phrases

_PAIR = 2


def shares_totals(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that the shares of a list that names every part add up to 100 %, and that those of kinds that cannot
    overlap (公开招标, 非公开招标) are together no more."""
    index = spoken(facts)
    told: set[int] = set()
    for group in groups(index).values():
        shares = [one for one in group if said(one).measure is Measure.SHARE and not said(one).loose]
        if len(shares) < 2 or any(one.amount is None for one in shares):
            continue
        members = [one for one in group if said(one).measure is Measure.FINAL and not said(one).loose]
        whole = whole_of(index, members) if members else None
        total = sum(one.amount or 0 for one in members)
        stated = [share_of(one, index) for one in members]
        if whole is None or len(members) != len(shares) or None in stated or whole.amount != total or not total:
            continue
        if not all(is_of_whole(index, said(one), whole) for one in shares) or outer_base(index, said(shares[0])):
            continue
        if any(is_of_unstated_base(index, one, part) for one, part in zip(stated, members, strict=True) if one):
            continue
        told.update(one.id for one in shares)
        terms = tuple((1, one.id) for one in shares)
        yield Check(-1, rule, members[0].where, "=", terms, (), constant=-HUNDRED, verdict=Verdict.CONSISTENT)
    for kinds in _kinds_apart(index):
        if told.isdisjoint(one.id for one in kinds) and not any(_has_amount(index, one) for one in kinds):
            terms = tuple((1, one.id) for one in kinds)
            yield Check(-1, rule, kinds[0].where, "<=", terms, (), constant=-HUNDRED, verdict=Verdict.CONSISTENT)


def _kinds_apart(index: Spoken) -> Iterator[list[Fact]]:
    """Yields the shares of one base in one sentence that are of kinds that cannot overlap: parts of a sum by
    definition, or something and what is not that."""
    by_base: dict[tuple[int, str, str], list[Fact]] = {}
    for one in index.of(Measure.SHARE):
        claim = said(one)
        bases = (claim.base.key if claim.base else "", claim.whole.key if claim.whole else "")
        if one.amount is not None and one.figure.unit == "%" and any(bases) and not claim.rated and not claim.against:
            by_base.setdefault((claim.sentence, *bases), []).append(one)
    for shares in by_base.values():
        keys = [said(one).topic.key for one in shares]
        if len(set(keys)) < len(keys):
            continue
        for family in load_phrases().families:
            kinds = [one for one in shares if said(one).topic.key in family.parts]
            if len(kinds) >= _PAIR:
                yield kinds
        yield from _opposites(shares)


def _has_amount(index: Spoken, share: Fact) -> bool:
    """True for a share whose sentence states its amount too, with which it is checked alone."""
    claims = [said(one) for one in index.sentence(said(share))]
    return any(one.measure is Measure.FINAL and one.topic.key == said(share).topic.key for one in claims)


def _opposites(shares: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yields pairs of something and what is not that: 公开招标占60%，非公开招标占40%."""
    by_phrase = {said(one).topic.phrase: one for one in shares}
    for phrase, one in by_phrase.items():
        other = next((by_phrase[f"{word}{phrase}"] for word in WORDS.negations if f"{word}{phrase}" in by_phrase), None)
        if other is not None:
            yield [one, other]
