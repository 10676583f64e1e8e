"""Questions on 比上年: what a sentence says about last year, beside last year's own account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.derived.vicinity import in_report
from gouji.checks.narrative.changes import quantity
from gouji.checks.narrative.spoken import Spoken, said, spoken, usable
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.shown import shown_amount
from gouji.intervals import SCALE, QuotientTerm, ScaledAmount, Verdict, ratio_extremes
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.years.amounts import Amount, amounts_of, money, unit_of
from gouji.review.years.model import YearRule
from gouji.runtime.immutable import immutable

_TOLD = (Measure.CHANGE, Measure.PRIOR, Measure.RATE, Measure.DIRECTION)
_PERCENT = 100 * SCALE


@immutable()
class Said:
    """What a sentence says about last year.

    `fact` says it, `now` is this year's amount, and `paths` are the concepts that its quantity may be. `implied` is
    last year's amount with its radius; None if only a rate or a direction is stated.
    """

    fact: Fact
    now: Fact | None
    paths: tuple[str, ...]
    implied: ScaledAmount | None = None
    radius: ScaledAmount = 0

    @property
    def named(self) -> str:
        """Returns the quantity, for people."""
        return self.fact.row_name or said(self.fact).topic.phrase


def statements(facts: Facts) -> Iterator[Said]:
    """Returns all statements about last year, on quantities that have a place in the tables or a name of their own."""
    index = spoken(facts)
    changed: set[tuple[str, int]] = set()
    for fact in index.claims:
        claim = said(fact)
        if claim.measure is Measure.CHANGE and claim.against is Measure.PRIOR:
            changed.add((claim.topic.key, claim.sentence))
    for fact in index.claims:
        claim = said(fact)
        if claim.measure not in _TOLD or not claim.topic.final or in_report(fact) or not usable(fact):
            continue
        if claim.measure is not Measure.PRIOR and claim.against is not Measure.PRIOR:
            continue
        spare = claim.measure in (Measure.RATE, Measure.DIRECTION)
        if not (spare and (claim.topic.key, claim.sentence) in changed):
            yield _to_statement(index, fact)


def _to_statement(index: Spoken, fact: Fact) -> Said:
    claim = said(fact)
    entry = claim.topic.final[claim.listed if claim.listed < len(claim.topic.final) else 0]
    paths = tuple(one.strip() for one in entry.split("|"))
    if claim.measure is Measure.PRIOR:
        return Said(fact, None, paths, fact.amount, fact.radius)
    now = quantity(index, fact) if claim.measure is Measure.CHANGE else _amount_of_this_year(index, fact)
    if now is None or now.amount is None:
        return Said(fact, None, paths)
    flat = claim.measure is Measure.DIRECTION and claim.relation == "="
    if claim.measure is Measure.CHANGE or flat:
        change = 0 if flat else (fact.amount or 0)
        return Said(fact, now, paths, now.amount - change, now.radius + max(fact.radius, now.radius if flat else 0))
    return Said(fact, now, paths)


def _amount_of_this_year(index: Spoken, fact: Fact) -> Fact | None:
    """Returns this year's amount for the subject of a rate or a direction."""
    found = index.stated(said(fact).topic, (Measure.FINAL,), said(fact))
    return next((one for one in found if one.figure.dimension == "money"), None)


def holds(one: Said, then: Amount) -> bool | None:
    """Returns whether last year's account confirms a statement; None if the statement has nothing to compare."""
    claim = said(one.fact)
    if one.implied is not None:
        return abs(one.implied - then.amount) <= one.radius + then.radius
    if one.now is None or one.now.amount is None:
        return None
    if claim.measure is Measure.RATE:
        return _rate_holds(one.fact, one.now, then)
    if not claim.relation:
        return None
    return one.now.amount < then.amount if claim.relation == "<" else one.now.amount > then.amount


def _rate_holds(rate: Fact, now: Fact, then: Amount) -> bool | None:
    """True for a rate that the amounts allow, or that is one unit of its last digit away (it was cut off)."""
    parts = (QuotientTerm(1, 0, now.amount or 0, now.radius), QuotientTerm(-1, 1, then.amount, then.radius))
    extremes = ratio_extremes(parts, _PERCENT)
    if extremes is None or rate.amount is None:
        return None
    return extremes[0] - 2 * rate.radius <= rate.amount <= extremes[1] + 2 * rate.radius


@immutable()
class Break:
    """A statement that last year's account contradicts, with that account's print of the quantity."""

    said: Said
    then: Amount

    @property
    def gap(self) -> ScaledAmount:
        """Returns last year's amount as stated less as published; 0 if no amount is stated."""
        return 0 if self.said.implied is None else self.said.implied - self.then.amount


def compared(facts: Facts, prior: Facts) -> Iterator[tuple[Said, Break | bool | None]]:
    """Returns each statement about last year with its result: True, a break, or None if last year's account does not
    print the quantity."""
    for one in statements(facts):
        prints = [then for path in one.paths for then in amounts_of(prior, path)]
        held = [(then, holds(one, then)) for then in prints]
        if any(answer for _, answer in held):
            yield one, True
        else:
            first = next((then for then, answer in held if answer is False), None)
            yield one, Break(one, first) if first else None


def prior_year(rule: YearRule, material: Material) -> Iterator[Observation]:
    """Asks about 比上年 and stated figures of last year that last year's account contradicts. Leaves to another rule
    what a passage says was restated."""
    yield from _observe(rule, material, restated=False)


def restated(rule: YearRule, material: Material) -> Iterator[Observation]:
    """Asks about statements of the same kind if their passage says that figures were restated."""
    yield from _observe(rule, material, restated=True)


def _observe(rule: YearRule, material: Material, restated: bool) -> Iterator[Observation]:
    if material.prior is None:
        return
    breaks: list[Break] = []
    seen: set[str] = set()
    for one, found in compared(material.facts, material.prior):
        words = _word_of_restatement(rule, material, one)
        if isinstance(found, Break) and not _is_doubted(one, material):
            if bool(words) is restated:
                breaks.append(found)
            continue
        matter = f"{one.fact.where} · {one.named}与上年相比"
        if restated or matter in seen:
            continue
        seen.add(matter)
        why = "所用的数字本身有错误，另见" if isinstance(found, Break) else f"上年决算没有公布{one.named}"
        clear = found is True
        yield Observation(rule, matter, Outcome.CLEAR if clear else Outcome.UNKNOWN, "", "" if clear else why)
    yield from (_ask(rule, material, group, restated) for group in _group_breaks(breaks))


def _is_doubted(one: Said, material: Material) -> bool:
    """True if an error is reported for a figure on which the comparison rests."""
    facts = [one.fact, *([one.now] if one.now else [])]
    return any(check.verdict is Verdict.CONFLICT for fact in facts for check in material.checks.on(fact))


def _group_breaks(breaks: Sequence[Break]) -> list[list[Break]]:
    """Groups breaks by what they share: one difference in several sentences is one matter, and so is one quantity."""
    groups: dict[object, list[Break]] = {}
    for one in breaks:
        groups.setdefault(abs(one.gap) or one.said.paths, []).append(one)
    return list(groups.values())


def _ask(rule: YearRule, material: Material, group: Sequence[Break], restated: bool) -> Observation:
    first = group[0]
    year = (material.facts.year or 0) - 1
    named = f"{year}年" if material.facts.year else "上年"
    more = f"（另有{len(group) - 1}处）" if len(group) > 1 else ""
    implied = f"推算{named}为{_implied_in_words(first, material)}" if first.said.implied is not None else "说的是上年"
    published = f"而{named}决算公布为{first.then.printed}{more}"
    title = f"{first.said.fact.where}称{first.said.named}{_statement_in_words(first)}，{implied}，{published}"
    if restated:
        title += "：上年数已追溯调整"
        closing = "请核对调整事项的批准文件和调整分录。"
    else:
        title += "，上年数是否经追溯调整？"
        closing = "请核对上年决算批复；如经追溯调整或口径变化，应有调整事项的说明。"
    return Observation(
        rule,
        f"{first.said.fact.where} · {first.said.named}与上年相比",
        Outcome.RAISED,
        title,
        "；".join(_describe_break(one, material) for one in group) + f"。{closing}",
        concerns=tuple(dict.fromkeys(one.said.fact.id for one in group)),
    )


def _implied_in_words(one: Break, material: Material) -> str:
    fact = one.said.now or one.said.fact
    unit = fact.figure.unit if fact.figure.dimension == "money" else unit_of(material.facts)
    return money(one.said.implied or 0, unit)


def _statement_in_words(one: Break) -> str:
    """Returns what the sentence says, in short: 与上年相比减少27.3万元."""
    claim = said(one.said.fact)
    if claim.measure is Measure.PRIOR:
        return f"上年为{shown_amount(one.said.fact)}"
    text = shown_amount(one.said.fact)
    spoken_of = claim.measure is Measure.DIRECTION or not re.match(r"[\d.,，]", text)
    return f"与上年相比{text}" if spoken_of else f"与上年相比{'减少' if claim.sign < 0 else '增加'}{text}"


def _describe_break(one: Break, material: Material) -> str:
    now = f"本年{shown_amount(one.said.now)}，" if one.said.now else ""
    implied = f"，上年应为{_implied_in_words(one, material)}" if one.said.implied is not None else ""
    gap = ""
    if one.gap:
        unit = one.said.now.figure.unit if one.said.now else unit_of(material.facts)
        gap = f"，差{money(abs(one.gap), unit)}"
    return (
        f"{one.said.fact.where}：{one.said.named}{now}{_statement_in_words(one)}{implied}；"
        f"上年决算{one.then.where}为{one.then.printed}{gap}"
    )


def _word_of_restatement(rule: YearRule, material: Material, one: Said) -> str:
    """Returns the word by which the passage says that last year's figures were restated; "" if it has none."""
    text = material.document.blocks[one.fact.block].text if material.document.blocks else ""
    return next((word for word in rule.words if word in text), "")
