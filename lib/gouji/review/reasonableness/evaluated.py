"""Money that the account says was evaluated, and totals that the annexed report tells, beside the accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from gouji.checks.narrative.spoken import said, spoken
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Facts
from gouji.facts.narrative.concepts import concept_from_path
from gouji.facts.shown import shown_amount
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.quantities import Amount, amount_of, off_by
from gouji.review.reasonableness.rules import ReasonablenessRule
from gouji.runtime.word_lists import any_of

#: So many characters before the first total may say that it is another (预算总收入).
_BEFORE = 8


def review_evaluated(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """One observation for each amount of money of projects that were evaluated (`words`, with `totals` in the sentence
    and none of `unless`): raised where it is more than `times_most` times `whole`."""
    whole = amount_of(rule.whole, rule.whole_name, material)
    if not isinstance(whole, Amount) or whole.amount <= 0:
        return
    most = Fraction(material.threshold(rule.times_most)) * (
        whole.amount + sum(off_by(one, material) for _, one in whole.figures)
    )
    for fact in spoken(material.facts).of(Measure.FINAL):
        named = any(word in said(fact).words for word in rule.words) and any(one in fact.quote for one in rule.totals)
        if not named or not fact.amount or fact.figure.dimension != "money" or _is_excused(rule, fact):
            continue
        matter = f"{fact.where} {shown_amount(fact)}"
        if fact.amount <= most:
            yield Observation(rule, matter, Outcome.CLEAR)
            continue
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"自评项目涉及资金{shown_amount(fact)}，为何多于{whole.name}{whole.shown}？",
            f"{fact.where}称自评项目涉及资金{shown_amount(fact)}，而{whole.name}只有{whole.shown}。{rule.looks}",
            (fact.id, *(one.id for _, one in whole.figures)),
        )


def _is_excused(rule: ReasonablenessRule, fact: Fact) -> bool:
    return any(word in fact.quote for word in rule.unless)


def review_totals_told(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """One observation for each sentence of a report (under `headings`) that tells all income and all spending
    (`words`): raised where one of the two is among the totals of the accounts (`columns`) and the other is not."""
    for block in material.document.blocks:
        titled = any(word in heading.title for heading in block.section for word in rule.headings)
        if block.grid is not None or not titled:
            continue
        for match in _told(rule.words).finditer(block.text):
            facts = [fact for fact in material.facts.statements() if fact.block == block.index]
            pair = [_at(facts, block.place.start + match.start(name)) for name in ("income", "spending")]
            told = block.text[max(0, match.start() - _BEFORE) : match.end()]
            if all(pair) and not any(word in told for word in rule.unless):
                yield from _judged(rule, material, [one for one in pair if one])


@lru_cache(maxsize=4)
def _told(words: tuple[str, ...]) -> re.Pattern[str]:
    """全院总收入1000.00万元，总支出900.00万元."""
    amount = r"(?:为|是|共|共计|[:：])?(?P<{}>\d[\d,，]*(?:\.\d+)?)(?:万元|元)"
    return re.compile(
        rf"(?:{any_of(words)})收入{amount.format('income')}[，,、；;](?:{any_of(words)})支出{amount.format('spending')}"
    )


def _at(facts: Sequence[Fact], start: int) -> Fact | None:
    return next((one for one in facts if one.place.start <= start < one.place.end), None)


def _judged(rule: ReasonablenessRule, material: Material, pair: Sequence[Fact]) -> Iterator[Observation]:
    totals = [_totals(rule, material.facts, side) for side in range(len(pair))]
    known = [any(_same(one, fact) for one in own) for own, fact in zip(totals, pair, strict=True)]
    # 收入总计 is 支出总计: either side may show that the report speaks of these accounts.
    if not any(_same(one, fact) for own in totals for one in own for fact in pair):
        return
    matter = f"{pair[0].where} 总收入、总支出"
    differing = [side for side, of in enumerate(known) if not of and totals[side]]
    if not differing:
        yield Observation(rule, matter, Outcome.CLEAR)
        return
    side = differing[-1]
    name, fact, cells = ("总收入", "总支出")[side], pair[side], totals[side]
    yield Observation(
        rule,
        matter,
        Outcome.RAISED,
        f"所附报告称{name}{shown_amount(fact)}，为何与决算的{shown_amount(cells[0])}不同？",
        f"{fact.where}称{name}{shown_amount(fact)}，{cells[0].named}为{shown_amount(cells[0])}。{rule.looks}",
        (fact.id, cells[0].id),
    )


def _same(one: Fact, other: Fact) -> bool:
    return abs((one.amount or 0) - (other.amount or 0)) <= one.radius + other.radius


def _totals(rule: ReasonablenessRule, facts: Facts, side: int) -> list[Fact]:
    """The accounts' totals of income (0) or spending (1), as tables print them and sentences state them."""
    index, found = spoken(facts), []
    for path in rule.columns[side::2]:
        concept = concept_from_path(path)
        cell = facts.get(concept.table, concept.row, concept.column)
        found += [cell] if cell and cell.amount and not cell.repeated else []
        found += [one for one in index.topic_stated(path, Measure.FINAL) if one.amount]
    return found
