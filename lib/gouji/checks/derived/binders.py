"""Makes checks of the rules about a report's derived figures."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.check import Check
from gouji.checks.derived.defined import by_definition
from gouji.checks.derived.derivation import choose_check
from gouji.checks.derived.per_unit import per_unit, per_units
from gouji.checks.derived.rates import excusing, may_be_slip, quotients
from gouji.checks.derived.repeats import repeats
from gouji.checks.derived.rows import is_exceeded, is_first, parted, rows, wholes
from gouji.checks.derived.sums import is_total, remainders, totals
from gouji.checks.derived.vicinity import has_cue, in_report, is_plain, is_rate, opens_with
from gouji.checks.narrative.spoken import said, spoken
from gouji.checks.rules import Rule
from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact, Facts

_AMOUNTS = (Measure.FINAL, Measure.COUNT, Measure.PRIOR, *BUDGETS)


def derived_rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks percentages whose words name no measure (回收率: what was collected, over what was sent out); outside
    reports, those whose name defines them."""
    index = spoken(facts)
    defined = {fact: made for fact in index.claims if _is_named(fact) and (made := by_definition(index, fact))}
    for made in defined.values():
        yield made.check(rule)
    for fact in _in_reports(facts, Measure.OTHER):
        if is_rate(fact) and fact.amount and fact not in defined:
            certain, possible, sure = quotients(index, fact)
            others = excusing(index, fact, certain, possible)
            if check := choose_check(rule, certain, others, facts, sure, may_be_slip(fact)):
                yield check


def _is_named(fact: Fact) -> bool:
    """True for a rate that no other rule checks: a completion in a report is checked as one."""
    measure = said(fact).measure
    return is_rate(fact) and (measure is Measure.OTHER or (measure is Measure.COMPLETION and not in_report(fact)))


def derived_per_units(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks amounts per unit: quotients and standards."""
    index = spoken(facts)
    for fact in _in_reports(facts, *_AMOUNTS, Measure.OTHER, Measure.PER_HEAD):
        if fact.amount and not is_rate(fact) and per_unit(fact):
            certain, possible, sure = per_units(index, fact)
            if check := choose_check(rule, certain, possible, facts, sure):
                yield check


def derived_totals(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks figures that are totals by their words (一共, 两项共) and that close no list of the text."""
    index = spoken(facts)
    for fact in _in_reports(facts, *_AMOUNTS):
        if not said(fact).closes and is_plain(fact) and is_total(index, fact) and not per_unit(fact):
            certain, possible = totals(index, fact)
            if check := choose_check(rule, certain, possible, facts, False):
                yield check


def derived_remainders(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks figures that are remainders by their words (尚余, 缺口)."""
    index = spoken(facts)
    for fact in _in_reports(facts, *_AMOUNTS):
        if is_plain(fact) and has_cue(fact, "left") and not per_unit(fact):
            certain, possible, sure = remainders(index, fact)
            if check := choose_check(rule, certain, possible, facts, sure):
                yield check


def derived_rows(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks rows of amounts that no words tie to a total. They are certain only if the words say that the row is
    complete."""
    index = spoken(facts)
    tied = {one.id for one in index.claims if said(one).group >= 0}
    for row in rows(index):
        certain, possible = wholes(index, row)
        if own := parted(index, row):
            certain = [own, *certain]
        sure = opens_with(row[0], "row") and not any(one.id in tied for one in row) and is_first(index, certain)
        sure = sure or own is not None or is_exceeded(index, row)
        if check := choose_check(rule, certain, possible, facts, sure):
            yield check


def derived_repeats(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks figures that are printed again with two digits exchanged."""
    yield from (one.check(rule) for one in repeats(spoken(facts)))


def _in_reports(facts: Facts, *measures: Measure) -> list[Fact]:
    """Returns the figures of annexed reports in these measures, without those in reasons and approximate ones."""
    return [
        one
        for one in spoken(facts).claims
        if in_report(one) and said(one).measure in measures and not said(one).aside and said(one).loose != "约数"
    ]
