"""Questions on shares and rates above 100 %.

A share of what contains the part is never above (满意度, 占…总额). A rate of a budget may be, with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gouji.checks.narrative.completeness import HUNDRED
from gouji.checks.narrative.spoken import said, spoken
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_amount
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.rules import ReasonablenessRule
from gouji.runtime.word_lists import any_of

#: What is received and what is spent: neither takes the other in.
_SIDES = ("收入", "支出")


def review_bounded(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each rate named by `words` right before it, and for each share of a base that ends
    with one of `totals`."""
    for fact in material.facts.statements():
        if fact.claim is None or fact.figure.unit != "%" or fact.amount is None:
            continue
        name = _base_of_share(fact, rule) or _words_of_rate(fact, rule)
        if not name:
            continue
        if fact.amount <= HUNDRED:
            yield Observation(rule, name, Outcome.CLEAR)
            continue
        yield Observation(
            rule,
            name,
            Outcome.RAISED,
            f"{name}{shown_amount(fact)}，为何超过100%？",
            f"{fact.where}称{name}{shown_amount(fact)}：部分不会多于包含它的全部。{rule.looks}",
            (fact.id,),
        )


def review_above_budget(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for each rate of money spent or received (`words`). It asks about rates above 100 %,
    unless their sentence says why (`unless`)."""
    for fact in spoken(material.facts).of(Measure.COMPLETION):
        name = said(fact).rated
        if fact.figure.unit != "%" or not name.endswith(rule.words):
            continue
        matter = f"{fact.where} {said(fact).topic.phrase}{name}"
        explained = said(fact).against is not None or any(word in fact.quote for word in rule.unless)
        if explained or (fact.amount or 0) <= HUNDRED:
            yield Observation(rule, matter, Outcome.CLEAR)
            continue
        yield Observation(
            rule,
            matter,
            Outcome.RAISED,
            f"{name}{shown_amount(fact)}，超过100%，为何没有说明？",
            f"{fact.where}称{said(fact).topic.phrase}{name}{shown_amount(fact)}，没有说明超支或追加。{rule.looks}",
            (fact.id,),
        )


def _base_of_share(fact: Fact, rule: ReasonablenessRule) -> str:
    """Returns the base of a share that contains its part; "" if it may not."""
    claim = said(fact)
    if claim.measure is not Measure.SHARE or claim.base is None or claim.against is not None:
        return ""
    base, part = claim.base.phrase, claim.topic.phrase
    mixed = any(side in part and other in base for side, other in (_SIDES, _SIDES[::-1]))
    total = base.endswith(rule.totals) or _name_behind(rule.totals).search(claim.words)
    if mixed or not total or any(word in f"{base}{part}" for word in rule.unless):
        return ""
    return f"{part}占{base}"


def _words_of_rate(fact: Fact, rule: ReasonablenessRule) -> str:
    """Returns the words of a rate, up to its name; "" for any other figure."""
    claim = said(fact)
    match = _name_behind(rule.words).search(claim.words) if claim.measure in (Measure.OTHER, Measure.SHARE) else None
    if match is None or any(word in f"{claim.words}{claim.behind}" for word in rule.unless):
        return ""
    return claim.words[: match.end("name")]


@lru_cache(maxsize=8)
def _name_behind(words: tuple[str, ...]) -> re.Pattern[str]:
    """Returns the name of a rate or a base, with at most a verb behind it."""
    return re.compile(rf"(?P<name>{any_of(words)})[^\d，。]{{0,3}}$")
