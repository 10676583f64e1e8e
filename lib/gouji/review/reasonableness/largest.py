"""Questions on one item that takes up most of what many items share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gouji.intervals import scaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.quantities import Lacking, amount_of, off_by
from gouji.review.reasonableness.ratio_words import ratio_in_words
from gouji.review.reasonableness.rules import ReasonablenessRule, cell


def review_largest(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation. It asks about the largest row below `base` if its share of `whole` is above the line."""
    whole = amount_of(rule.whole, rule.whole_name, material)
    if isinstance(whole, Lacking):
        yield Observation(rule, rule.title, Outcome.UNKNOWN, message=whole.why)
        return
    if whole.amount < scaled(material.threshold(rule.amount_least), "万元"):
        return
    reference = cell(rule.whole)
    rows = [row for row in material.facts.rows(reference.table) if row.startswith(rule.base) and row != rule.base]
    found = [material.facts.get(reference.table, row, reference.column) for row in rows if row not in rule.unless]
    facts = [fact for fact in found if fact is not None and fact.amount and not fact.repeated]
    if not facts:
        return
    fact = max(facts, key=lambda one: one.amount or 0)
    most = whole.amount + sum(off_by(one, material) for _, one in whole.figures)
    least = Fraction(100 * ((fact.amount or 0) - off_by(fact, material)), most)
    if least <= Fraction(material.threshold(rule.share_most)):
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    share = ratio_in_words(Fraction(100 * (fact.amount or 0), whole.amount), "%")
    amount = f"{fact.figure.text.strip()}{fact.figure.unit}"
    line = ratio_in_words(Fraction(material.threshold(rule.share_most)), "%", exact=True)
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{whole.where}{fact.row_name}{amount}，占{rule.whole_name}{whole.shown}的{share}，用于何事？",
        f"{fact.row_name}{amount} ÷ {rule.whole_name}{whole.shown} = {share}，超过界限{line}。{rule.looks}",
        (fact.id,),
    )
