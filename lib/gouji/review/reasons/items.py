"""Questions on items that reasons name, beside what the account says about them: amounts, changes, other reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.facts.claim import CHANGES, Measure
from gouji.facts.fact import Fact
from gouji.intervals import ScaledAmount, unscaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasons.causes import Moved, StatedReason, causes, claim_of, compared, subjects
from gouji.review.reasons.rule import ReasonRule
from gouji.review.reasons.tell import clause, doubted, money, name, printed, value
from gouji.review.reasons.vocabulary import vocabulary

_HUNDRED = 100
_CLAUSES = re.compile(r"[，,；;。]")
_TOTALS = ("narrative.operating.amount", "three_public.actual.total", "general_budget[total].basic")


def too_small(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks about a rise explained by items whose whole amounts are less than half of it."""
    for cause in material.once(causes):
        if cause.sign <= 0 or not cause.size or not _only_items(cause) or cause.change.id in material.once(doubted):
            continue
        of = f"{cause.block.where} · {cause.change.row_name}"
        amounts = _amounts(cause, material)
        if amounts is None:
            yield Observation(rule, of, Outcome.UNKNOWN, message=f"“{cause.text}”所指项目没有公布金额")
        elif not _falls_short(cause, amounts, material):
            yield Observation(rule, of, Outcome.CLEAR)
        else:
            yield _ask_about_small(rule, cause, of, amounts, material)


def _ask_about_small(
    rule: ReasonRule, cause: StatedReason, of: str, amounts: Sequence[Fact], material: Material
) -> Observation:
    rise = money(cause.size, cause.amount.figure.unit if cause.amount else "")
    share = f"{material.threshold('reasons_main_share').normalize():f}%"
    named = "、".join(f"{name(fact)}{printed(fact)}" for fact in amounts)
    opposite = next((other for one in cause.moved for other in _contrary_reasons(cause, one, material)), None)
    against = (
        f"{opposite.block.where}又称“{opposite.text}”（与{opposite.against.value}比），说法相反。" if opposite else ""
    )
    alike = f"“{cause.moved[0].word}”如果指全部公用经费，等于没有说明原因。" if _is_circular(cause) else ""
    return Observation(
        rule,
        of,
        Outcome.RAISED,
        f"{cause.change.row_name}{clause(cause)}归因于“{cause.text}”，而{named}，如何解释增加的{rise}？",
        f"{cause.block.where}：“{cause.text}”。{named}，即使全为增加额，也不足{rise}的{share}。{alike}{against}{rule.looks}",
        (*(fact.id for fact in (cause.amount, cause.rate) if fact), *(fact.id for fact in amounts)),
        (cause.quoted, *((opposite.quoted,) if opposite else ())),
    )


def _only_items(cause: StatedReason) -> bool:
    """True if every clause of a reason names an item that is said to have moved as the change did."""
    clauses = [clause for clause in _CLAUSES.split(cause.text) if clause.strip()]
    named = [any(one.word in clause for one in cause.moved) for clause in clauses]
    return bool(named) and all(named) and all(one.sign == cause.sign for one in cause.moved)


def _paths(cause: StatedReason, key: str) -> tuple[str, ...]:
    """Returns the concepts of an item in a reason: of all funds or of fiscal funds, like the change that it
    explains."""
    item = vocabulary().items[key]
    return item.all if cause.scope == "all" else item.fiscal


def _is_circular(cause: StatedReason) -> bool:
    """True if an item may be the very thing that is explained."""
    return any(_is_explained_item(cause, key) for one in cause.moved for key in one.items)


def _is_explained_item(cause: StatedReason, key: str) -> bool:
    return bool(cause.subjects & {*_paths(cause, key)})


def _amounts(cause: StatedReason, material: Material) -> list[Fact] | None:
    """Returns the greatest amount that each item of a reason may stand for; None if one is not published. Leaves out an
    item that is itself explained."""
    found: list[Fact] = []
    for one in cause.moved:
        readings = [key for key in one.items if not _is_explained_item(cause, key)]
        facts = [fact for key in readings for path in _paths(cause, key) if (fact := value(material, path)) is not None]
        if not facts:
            return None
        found.append(max(facts, key=lambda fact: fact.amount or 0))
    return found


def _falls_short(cause: StatedReason, amounts: Sequence[Fact], material: Material) -> bool:
    together = sum({fact.concept.path: fact.amount or 0 for fact in amounts}.values())
    return together * _HUNDRED < cause.size * material.threshold("reasons_main_share")


def moved_otherwise(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks about an item that a reason names, if the account says that it moved the other way, or by less than half of
    the change."""
    changes = material.once(_changes)
    for cause in material.once(causes):
        for one in cause.moved:
            stated = _stated_change_of(cause, one, changes)
            if stated is None or cause.sign == 0:
                continue
            of = f"{cause.block.where} · {cause.change.row_name} · {one.word}"
            sign = claim_of(stated).sign if stated.amount else 0
            short = _explains_too_little(cause, stated, material)
            if sign == one.sign and not short:
                yield Observation(rule, of, Outcome.CLEAR)
                continue
            way = "增加" if one.sign > 0 else "减少"
            yield Observation(
                rule,
                of,
                Outcome.RAISED,
                f"{cause.change.row_name}{clause(cause)}归因于“{cause.text}”，{stated.where}却称{stated.row_name}{printed(stated)}，如何解释？",
                f"{cause.block.where}以{one.word}{way}为原因，{stated.where}所述{stated.row_name}为{printed(stated)}，"
                f"{'金额不足以解释变动' if sign == one.sign else '方向相反'}。{rule.looks}",
                (cause.change.id, stated.id),
                (cause.quoted,),
            )


def _changes(material: Material) -> list[Fact]:
    """Returns the amounts of change that sentences state, without reasons and doubtful figures."""
    wrong = material.once(doubted)
    return [
        fact
        for fact in material.facts.statements()
        if claim_of(fact).measure in CHANGES
        and claim_of(fact).measure is not Measure.ADJUSTMENT
        and not claim_of(fact).aside
        and not claim_of(fact).loose
        and fact.amount is not None
        and fact.id not in wrong
    ]


def _stated_change_of(cause: StatedReason, one: Moved, changes: Sequence[Fact]) -> Fact | None:
    """Returns the change stated for an item, against the base of the explained change; None for a word that may mean
    several items."""
    if len(one.items) > 1 or _is_explained_item(cause, one.items[0]):
        return None
    paths = {*_paths(cause, one.items[0])}
    alike = [fact for fact in changes if compared(claim_of(fact)) is cause.against and subjects(claim_of(fact)) & paths]
    return next((fact for fact in alike if claim_of(fact).measure is Measure.CHANGE), next(iter(alike), None))


def _explains_too_little(cause: StatedReason, stated: Fact, material: Material) -> bool:
    """True if a reason with only one item is less than half of what it explains."""
    if (
        claim_of(stated).measure is not Measure.CHANGE
        or len(cause.moved) != 1
        or not _only_items(cause)
        or not cause.size
    ):
        return False
    return abs(stated.amount or 0) * _HUNDRED < cause.size * material.threshold("reasons_main_share")


def both_ways(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks about an item that rose by one reason and fell by another."""
    seen: set[tuple[str, ...]] = set()
    found = [cause for cause in material.once(causes) if _is_total(cause)]
    for cause in found:
        for one in cause.moved:
            for other in _contrary_reasons(cause, one, material):
                pair = tuple(sorted({one.word, *(moved.word for moved in other.moved if _overlap(one, moved))}))
                if pair in seen or _is_asked_already(cause, material) or _is_asked_already(other, material):
                    continue
                seen.add(pair)
                yield Observation(
                    rule,
                    "、".join(pair),
                    Outcome.RAISED,
                    f"{cause.block.where}称“{cause.text}”，{other.block.where}称“{other.text}”，{'、'.join(pair)}是增加还是减少？",
                    f"{cause.block.where}：{cause.change.row_name}与{cause.against.value}比{clause(cause)}，“{cause.text}”；"
                    f"{other.block.where}：{other.change.row_name}与{other.against.value}比{clause(other)}，“{other.text}”。{rule.looks}",
                    (cause.change.id, other.change.id),
                    (cause.quoted, other.quoted),
                )
    if found and not seen:
        yield Observation(rule, "同一项目的增减说法", Outcome.CLEAR)


def _is_asked_already(cause: StatedReason, material: Material) -> bool:
    """True if the reason is asked about as too small: that question mentions the other reason too."""
    if cause.sign <= 0 or not cause.size or not _only_items(cause):
        return False
    amounts = _amounts(cause, material)
    return amounts is not None and _falls_short(cause, amounts, material)


def _is_total(cause: StatedReason) -> bool:
    return bool(cause.scope or cause.subjects & {*_TOTALS})


def _overlap(one: Moved, other: Moved) -> bool:
    return one.sign == -other.sign and bool({*one.items} & {*other.items})


def _contrary_reasons(cause: StatedReason, one: Moved, material: Material) -> Iterator[StatedReason]:
    """Returns other reasons for totals by which an item moved the other way.

    They compare with the same year or budget, or a change among them is large. All funds and fiscal funds may move
    differently because of their projects, and so may changes against the year before and against the budget.
    """
    for other in material.once(causes):
        if other is cause or not (_is_total(cause) and _is_total(other)):
            continue
        overlapping = [moved for moved in other.moved if _overlap(one, moved)]
        sides = {vocabulary().items[key].side for moved in overlapping for key in moved.items}
        alike = cause.against is other.against
        unlike = {cause.scope, other.scope} == {"all", "fiscal"} or not alike
        if not overlapping or (unlike and "basic" not in sides):
            continue
        largest = unscaled(max(_rate(cause), _rate(other)), "%")
        if alike or largest >= material.threshold("reasons_large_rate"):
            yield other


def _rate(cause: StatedReason) -> ScaledAmount:
    return abs(cause.rate.amount or 0) if cause.rate else 0
