"""Questions that want one answer about one thing are one question, and others at the same place are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji import Audit
from gouji.document.model import Place
from gouji.facts.fact import Facts
from gouji.review.answers import answers, parse_answers
from gouji.review.families import review_rule
from gouji.review.joined import joined, quoted_once
from gouji.review.observation import Observation, Outcome, Quote
from support.facts import make_text_facts

QUESTIONS = {"reasons.kept_to", "reasons.item_too_small", "timing.midyear"}


@pytest.fixture(scope="module")
def stated() -> Facts:
    """Two changes of one amount, one with its rate, and one of another amount."""
    return make_text_facts(
        "七、财政拨款“三公”经费支出决算情况说明",
        "公务接待费支出4.00万元，比上年减少12.34万元，下降75.52%；公务用车运行维护费支出9.00万元，比上年减少12.34万元，"
        "下降57.83%；因公出国（境）费支出1.00万元，比上年减少3.21万元，下降76.25%。",
    )


def asks(rule: str, *concerns: int, quotes: tuple[Quote, ...] = (), outcome: Outcome = Outcome.RAISED) -> Observation:
    """A question of a rule about figures and words."""
    return Observation(
        review_rule(rule), "、".join(map(str, concerns)), outcome, f"{rule}？", f"因为{rule}。", concerns, quotes
    )


def number(facts: Facts, text: str, turn: int = 0) -> int:
    """The id of a figure as printed."""
    return [fact.id for fact in facts.facts if fact.figure.text.replace(" ", "") == text][turn]


def words(line: int, start: int, end: int, text: str = "") -> Quote:
    """Words at a place."""
    return Quote("第五部分", text or "字" * (end - start), Place(line, start, end))


def test_the_weightier_question_holds_the_other_whole(stated: Facts) -> None:
    amount, rate = number(stated, "减少12.34万元"), number(stated, "下降75.52%")
    quotes = (words(3, 0, 4), words(3, 8, 12))
    small = asks("reasons.item_too_small", amount, rate, quotes=quotes[:1])
    kept = asks("reasons.kept_to", amount, quotes=quotes[1:])
    (only,) = joined((small, kept), stated)
    assert (only.rule.id, only.title, only.further) == ("reasons.kept_to", kept.title, (small,))
    assert only.message == f"{kept.message}\n同一事项还须说明：{small.title}{small.message}"
    assert (only.concerns, only.quotes) == ((amount, rate), (quotes[1], quotes[0]))
    assert set(only.basis) == {*kept.rule.basis, *small.rule.basis}


def test_two_further_points_are_numbered(stated: Facts) -> None:
    amount = number(stated, "减少12.34万元")
    asked = [asks(f"reasons.{name}", amount) for name in ("empty", "item_too_small", "kept_to")]
    (only,) = joined(asked, stated)
    assert [one.rule.id for one in only.further] == ["reasons.empty", "reasons.item_too_small"]
    assert "还须说明：\n（1）reasons.empty？因为reasons.empty。\n（2）reasons.item_too_small？" in only.message


def test_equal_changes_printed_twice_are_one_only_with_digits_enough(stated: Facts) -> None:
    first, second = (number(stated, "减少12.34万元", turn) for turn in (0, 1))
    assert first != second
    two = (asks("reasons.kept_to", first), asks("reasons.item_too_small", second))
    assert len(joined(two, stated)) == 1
    three, other = number(stated, "减少3.21万元"), number(stated, "减少12.34万元")
    facts = list(stated.facts)
    facts[other] = replace(facts[other], amount=facts[three].amount, radius=0)
    round_amounts = replace(stated, facts=tuple(facts))
    two = (asks("reasons.kept_to", three), asks("reasons.item_too_small", other))
    assert joined(two, round_amounts) == two


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("reasons.item_too_small", "减少3.21万元"),  # another change
        ("reasons.item_too_small", "4.00万元"),  # the same amount, but none to explain
        ("reasonableness.annex_scope", "减少12.34万元"),  # the same figure, another answer
        ("reasonableness.other_income", "减少12.34万元"),  # a rule that shares its answer with none
    ],
)
def test_questions_about_different_things_stay_apart(stated: Facts, rule: str, text: str) -> None:
    kept = asks("reasons.kept_to", number(stated, "减少12.34万元"), number(stated, "4.00万元"))
    two = (kept, asks(rule, number(stated, text)))
    assert joined(two, stated) == two


def test_one_sentence_about_two_changes_joins_nothing(stated: Facts) -> None:
    """A reason may be quoted for its own change, and again as contradicting another's."""
    said = (words(3, 0, 9),)
    two = (
        asks("reasons.explained_apart", number(stated, "减少3.21万元"), quotes=said),
        asks("reasons.item_too_small", number(stated, "减少12.34万元"), quotes=said),
    )
    assert joined(two, stated) == two


def test_words_join_questions_about_them_only_where_they_overlap(stated: Facts) -> None:
    midyear = asks("timing.midyear", quotes=(words(8, 0, 4), words(9, 10, 30)))
    within, beside = (asks("reasons.still_planned", 1, quotes=(words(9, at, at + 9),)) for at in (12, 30))
    (lead, other) = joined((midyear, within, beside), stated)
    assert (lead.further, other) == ((within,), beside)
    assert lead.quotes == midyear.quotes  # the words of the other are within its own


def test_what_was_not_asked_joins_nothing(stated: Facts) -> None:
    amount = number(stated, "减少12.34万元")
    two = (asks("reasons.kept_to", amount, outcome=Outcome.CLEAR), asks("reasons.empty", amount))
    assert joined(two, stated) == two


def test_what_only_a_third_question_connects_stays_apart(stated: Facts) -> None:
    """The reason that joins the first question does not draw another after it."""
    one, other = number(stated, "减少12.34万元"), number(stated, "减少3.21万元")
    asked = (asks("reasons.kept_to", one), asks("reasons.item_too_small", one, other), asks("reasons.empty", other))
    assert [each.rule.id for each in joined(asked, stated)] == ["reasons.kept_to", "reasons.empty"]


def test_a_quotation_within_another_is_dropped() -> None:
    whole, part, other = words(4, 0, 20), words(4, 5, 9), words(5, 5, 9)
    wider = words(4, 5, 9, "前后文字和字字字字")
    assert quoted_once((part, whole, other, whole)) == (whole, other)
    assert quoted_once((part, wider)) == (wider,)


def test_the_sample_is_asked_once_about_each_matter(sample: Audit) -> None:
    pairs = {(one.rule.id, each.rule.id) for one in sample.review for each in one.further}
    assert pairs == {
        ("timing.midyear", "reasons.still_planned"),
        ("reasons.source_swapped", "reasons.explained_apart"),
        ("reasons.kept_to", "reasons.item_too_small"),
        ("reasonableness.annex_scope", "reasons.key_project"),
    }
    ids = [one.rule for one in sample.findings.findings]
    assert not {each for _, each in pairs} & set(ids)


def test_the_answers_name_rules_that_ask() -> None:
    assert len(answers()) >= 3


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("[reasons.kept_to, reasons.none]", "reasons.none is no rule that asks questions"),
        ("[reasons.kept_to, reasons.kept_to]", "reasons.kept_to asks for two answers"),
        ("[]", "0.rules"),
    ],
)
def test_malformed_answers_are_refused(rules: str, said: str) -> None:
    with pytest.raises(ValueError, match=rf"review/answers\.yaml: .*{said}"):
        parse_answers(f"- {{answer: 原因, rests_on: change, rules: {rules}}}", QUESTIONS)
