"""Questions on spending that the annex (self-evaluation) reports, beside what the accounts themselves spent."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gouji.document.model import Place
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.intervals import MONEY_UNITS, scaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.reasonableness.quantities import Amount, Lacking, amount_of, off_by
from gouji.review.reasonableness.ratio_words import ratio_in_words
from gouji.review.reasonableness.rules import ReasonablenessRule

#: The section of statements that are in none of the 情况说明's sections.
_ANNEXED = "free"


def review_annex(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation. It asks if the largest spending that the annex states is far above every scope of the
    accounts."""
    annexed = [fact for fact in material.facts.statements() if fact.section == _ANNEXED and fact.amount]
    stated = [fact for fact in annexed if _is_spending(fact, rule, material)]
    if not stated:
        return
    fact = max(stated, key=lambda one: one.amount or 0)
    if (fact.amount or 0) < scaled(material.threshold(rule.amount_least), "万元"):
        return
    scopes = [amount_of(item.path, item.name, material) for item in rule.scopes]
    known = [one for one in scopes if isinstance(one, Amount)]
    if not known:
        why = next(one.why for one in scopes if isinstance(one, Lacking))
        yield Observation(rule, rule.title, Outcome.UNKNOWN, message=why)
        return
    times = Fraction(material.threshold(rule.times_most))
    scope = known[0]
    if (fact.amount or 0) <= times * (scope.amount + sum(off_by(one, material) for _, one in scope.figures)):
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    yield _ask(rule, fact, known)


def _ask(rule: ReasonablenessRule, fact: Fact, scopes: list[Amount]) -> Observation:
    amount = f"{fact.figure.text.strip()}"
    claim = fact.claim
    name = claim.topic.phrase if claim else ""
    against = [
        f"{one.name}{one.shown}"
        + (f"的{ratio_in_words(Fraction(fact.amount or 0, one.amount), '')}" if one.amount > 0 else "")
        for one in scopes
    ]
    return Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"附件（{fact.where}）称{name}实际支出{amount}，而{scopes[0].name}只有{scopes[0].shown}，由哪个单位列入决算？",
        f"附件所述支出{amount}为{'、'.join(against)}。{rule.looks}",
        (fact.id,),
        (Quote(fact.where, fact.quote or amount, Place(fact.place.line, fact.place.start, fact.place.end)),),
    )


def _is_spending(fact: Fact, rule: ReasonablenessRule, material: Material) -> bool:
    claim = fact.claim
    if claim is None or claim.measure is not Measure.FINAL or fact.figure.unit not in MONEY_UNITS or claim.loose:
        return False
    said = f"{claim.done}{claim.words}"
    if not any(word in said for word in rule.words) or any(word in said for word in rule.unless):
        return False
    return _in_annex(fact, rule, material)


def _in_annex(fact: Fact, rule: ReasonablenessRule, material: Material) -> bool:
    """True if a heading above says so."""
    titles = [heading.title for heading in material.document.blocks[fact.block].section]
    return any(word in title for title in titles for word in rule.headings)
