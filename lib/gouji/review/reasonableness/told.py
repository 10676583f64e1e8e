"""What sentences tell of a project beside the form annexed for it: what was reached, and whether it is the same one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.narrative.spoken import Spoken, said, spoken
from gouji.checks.stated_score import OWN_SCORE, is_rounded
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.evaluation.indicators import Indicator, indicators
from gouji.facts.evaluation.paragraphs import plain
from gouji.facts.fact import Fact, RecognisedTable
from gouji.facts.shown import shown_amount
from gouji.labels import normalise
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import ReasonablenessRule
from gouji.runtime.word_lists import any_of

#: So many characters in common tell that two names may be of one project.
_ALIKE = 3
_SHORTEST = 2


def review_told(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """One observation for each indicator whose result the form's paragraphs count, and one for each form whose money
    is told of a project of another name."""
    index = spoken(material.facts)
    for form in material.facts.forms.values():
        if form.grid is not None and not form.grid.cut:
            yield from _results(rule, material, form, index)
            yield from _namesakes(rule, material, form, index)


def _results(
    rule: ReasonablenessRule, material: Material, form: RecognisedTable, index: Spoken
) -> Iterator[Observation]:
    told = [fact for fact in index.of(Measure.COUNT) if fact.block in form.mentioned_in and _is_plain(fact, rule)]
    for one in indicators(form, material.facts):
        found = [fact for fact in told if _is_of(fact, one, rule)]
        if not found or one.actual is None:
            continue
        matter = f"{form.label} {one.name}"
        known = {one.actual.number, one.target.number if one.target else one.actual.number}
        if any(fact.figure.value in known for fact in found):
            yield Observation(rule, matter, Outcome.CLEAR)
            continue
        fact = found[0]
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"文中称{said(fact).topic.phrase}{shown_amount(fact)}，{form.label}完成值为{one.actual_text}，哪一个数有误？",
            f"{fact.where}称{said(fact).topic.phrase}{shown_amount(fact)}，{form.label}“{one.name}”完成值为"
            f"{one.actual_text}。{rule.looks}",
            (fact.id, one.score.id),
        )


def _is_plain(fact: Fact, rule: ReasonablenessRule) -> bool:
    claim = said(fact)
    planned = any(word in f"{claim.topic.phrase}{claim.words}" for word in rule.totals)
    return claim.group < 0 and not planned and not any(word in fact.quote for word in rule.unless)


def _is_of(fact: Fact, one: Indicator, rule: ReasonablenessRule) -> bool:
    """审结案件5846件 is of the indicator 审结案件数, counted in one unit."""
    names = [re.sub(any_of(rule.words), "", normalise(name)) for name in (said(fact).topic.phrase, one.name)]
    alike = names[0] == names[1] and len(names[0]) >= _SHORTEST
    return alike and one.actual is not None and one.actual.unit == fact.figure.unit


def _namesakes(
    rule: ReasonablenessRule, material: Material, form: RecognisedTable, index: Spoken
) -> Iterator[Observation]:
    """A project of another name with the form's budget, execution and not its score."""
    cells = [material.facts.get(form.key, *at) for at in (("total", "adjusted"), ("total", "executed"))]
    score = material.facts.get(form.key, "sum", "score")
    budget, executed = cells
    if form.mentioned_in or not budget or not executed or not score or not executed.amount or not score.amount:
        return
    for fact in index.of(Measure.FINAL):
        phrase = plain(said(fact).topic.phrase)
        if fact.amount != executed.amount or phrase in _others(material, form) or not _alike(phrase, form, rule):
            continue
        beside = index.sentence(said(fact))
        planned = any(one.amount == budget.amount for one in beside if said(one).measure in BUDGETS)
        scored = [one for one in beside if one.figure.unit == "分" and OWN_SCORE.search(said(one).words)]
        if planned and scored and scored[0].amount != score.amount and not is_rounded(scored[0], score):
            yield _named_otherwise(rule, form, (fact, scored[0], score))
            return


def _named_otherwise(rule: ReasonablenessRule, form: RecognisedTable, facts: tuple[Fact, Fact, Fact]) -> Observation:
    spent, told, printed = facts
    name = said(spent).topic.phrase
    return Observation(
        rule,
        f"{form.label} 名称",
        Outcome.RAISED,
        f"“{name}”与自评表“{form.subject}”预算数、执行数相同，得分为何分别是{shown_amount(told)}、{shown_amount(printed)}？",
        f"{spent.where}称“{name}”得{shown_amount(told)}，{form.label}总分{shown_amount(printed)}，两处预算数和执行数"
        f"（{shown_amount(spent)}）相同，名称不同。若是同一项目，名称和得分都应一致。{rule.looks}",
        (spent.id, told.id, printed.id),
    )


def _others(material: Material, form: RecognisedTable) -> set[str]:
    return {plain(one.subject) for one in material.facts.forms.values() if one is not form}


def _alike(phrase: str, form: RecognisedTable, rule: ReasonablenessRule) -> bool:
    """True for 审判业务项目 and 案件审判业务费: names with some characters in common."""
    names = [re.sub(any_of(rule.between), "", name) for name in (phrase, plain(form.subject))]
    parts = (names[0][at : at + _ALIKE] for at in range(len(names[0]) - _ALIKE + 1))
    return any(part in names[1] for part in parts)
