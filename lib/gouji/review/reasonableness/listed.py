"""A count of vehicles or staff and the kinds listed of it: 共有车辆10辆，其中：应急保障用车2辆、特种专业技术用车6辆."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.narrative.parts import groups
from gouji.checks.narrative.spoken import said, spoken, usable
from gouji.checks.narrative.wholes import whole_of
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.intervals import Verdict, unscaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import ListedKinds, ReasonablenessRule

#: A list of one kind only picks it out.
_FEWEST = 2


def review_listed(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """One observation for each list of several known kinds and nothing else: raised where the kinds come to less than
    the whole, and no check has told so."""
    index = spoken(material.facts)
    for group in groups(index).values():
        members = [one for one in group if said(one).measure is Measure.COUNT]
        if len(members) < _FEWEST or not all(usable(one) for one in members):
            continue
        whole = whole_of(index, members)
        if whole is None or whole in members or whole.claim is None or not _are_kinds(rule, members, whole):
            continue
        if any(word in members[0].quote for word in rule.unless) or _is_told(material, (whole, *members)):
            continue
        yield _judged(rule, members, whole)


def _are_kinds(rule: ReasonablenessRule, members: Sequence[Fact], whole: Fact) -> bool:
    """True where each part is of a kind of its own, of what the whole counts, in its unit."""
    name, phrases = said(whole).topic.phrase, [said(one).topic.phrase for one in members]
    alike = all(one.figure.unit == whole.figure.unit for one in members)
    return alike and any(_all_named(one, phrases) for one in rule.listings if _is_whole(one, name))


def _is_whole(one: ListedKinds, name: str) -> bool:
    return any(word in name for word in one.wholes) and not any(word in name for word in one.unless)


def _all_named(one: ListedKinds, phrases: Sequence[str]) -> bool:
    named = [next((kind for kind in one.kinds if kind in phrase), "") for phrase in phrases]
    return all(named) and len(set(named)) == len(named)


def _is_told(material: Material, facts: Sequence[Fact]) -> bool:
    return any(check.verdict is Verdict.CONFLICT for fact in facts for check in material.checks.on(fact))


def _judged(rule: ReasonablenessRule, members: Sequence[Fact], whole: Fact) -> Observation:
    name, unit = said(whole).topic.phrase.removeprefix("有"), whole.figure.unit
    matter = f"{whole.where} {name}"
    left = (whole.amount or 0) - sum(one.amount or 0 for one in members)
    if left <= 0:
        return Observation(rule, matter, Outcome.CLEAR)
    parts = "、".join(f"{said(one).topic.phrase}{shown_amount(one)}" for one in members)
    rest = f"{unscaled(left, unit).normalize():f}{unit}"
    return Observation(
        rule,
        matter,
        Outcome.RAISED,
        f"{name}{shown_amount(whole)}，所列各类少{rest}，其余是什么？",
        f"{whole.where}称{name}{shown_amount(whole)}，其中{parts}，合计少{rest}。{rule.looks}",
        (whole.id, *(one.id for one in members)),
    )
