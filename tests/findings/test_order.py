"""Papers list findings by what matters: severity, then the amount at stake."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from gouji import Audit
from gouji.findings.finding import SEVERITIES, Finding
from gouji.findings.order import at_stake, ordered
from gouji.intervals import MONEY_UNITS, scaled


def wan(amount: str) -> int:
    """An amount of 万元 in scaled yuan."""
    return scaled(Decimal(amount), "万元")


def with_rule(sample: Audit, rule: str) -> Finding:
    """The sample's first finding by a rule."""
    return next(one for one in sample.findings.findings if one.rule == rule)


def test_errors_come_first_and_larger_amounts_before_smaller(sample: Audit) -> None:
    found = sample.findings.findings
    keys = [(SEVERITIES.index(one.severity), -at_stake(one, sample.checks)) for one in found]
    assert keys == sorted(keys)
    questions = [at_stake(one, sample.checks) for one in sample.findings.of("question")]
    assert questions[0] > wan("2990")
    assert questions[-1] == 0


def test_a_slip_of_the_pen_comes_behind_money_outside_the_account(sample: Audit) -> None:
    rules = [one.rule for one in sample.findings.findings]
    assert rules.index("reasonableness.annex_scope") < rules.index("reasonableness.other_accounts")
    assert rules.index("reasonableness.other_accounts") < rules.index("form.blank_total")


def test_the_amount_of_an_error_is_its_difference(sample: Audit) -> None:
    errors = sample.findings.of("error")
    assert [at_stake(one, sample.checks) for one in errors] == [wan("2.75"), wan("0.01"), 0]


def test_a_question_is_not_about_the_total_that_it_compares_with(sample: Audit) -> None:
    question = with_rule(sample, "reasons.source_swapped")
    total = wan("385.28")
    assert total in {fact.amount for fact in question.suspects}
    assert at_stake(question, sample.checks) == wan("250.58")
    alone = replace(question, suspects=tuple(one for one in question.suspects if one.amount == total))
    assert at_stake(alone, sample.checks) == total


def test_numbers_of_people_and_rates_are_no_amounts(sample: Audit) -> None:
    for rule in ("reasons.unmeasured", "reasons.counted_none"):
        question = with_rule(sample, rule)
        assert all(fact.figure.unit not in MONEY_UNITS for fact in question.suspects)
        assert at_stake(question, sample.checks) == 0


def test_form_comes_behind_substance_of_the_same_amount(sample: Audit) -> None:
    questions = [one for one in sample.findings.of("question") if not at_stake(one, sample.checks)]
    formal = [one.rule.startswith(("form.", "disclosure.")) for one in questions]
    assert formal == sorted(formal)
    assert set(formal) == {True, False}


def test_the_order_does_not_depend_on_the_order_given(sample: Audit) -> None:
    found = [one for one in sample.findings.findings if one.suspects]
    shuffled = [*found]
    Random(1).shuffle(shuffled)
    assert shuffled != found
    told = [(one.severity, at_stake(one, sample.checks)) for one in ordered(shuffled, sample.checks)]
    assert told == [(one.severity, at_stake(one, sample.checks)) for one in found]
    assert ordered(found, sample.checks) == tuple(found)
