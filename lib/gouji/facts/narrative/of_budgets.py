"""Recognises changes of budgets (公务接待费年初预算10万元，比上年减少2万元；支出决算8万元 compares two years' budgets),
and changes from a budget whose words do not say so (年初预算10万元，支出决算8万元，少支出2万元)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.facts.claim import BUDGETS, CHANGES, Claim, Measure, Topic
from gouji.facts.narrative.reading import Stated
from gouji.facts.narrative.word_lists import WORDS

#: Words that show that the result, no longer the budget, is the subject.
_RESULTS = (Measure.FINAL, Measure.COUNT, Measure.COMPLETION, Measure.PER_HEAD)
_MORE_OR_LESS = tuple(WORDS.more_or_less)


def of_budgets(stated: Sequence[Stated]) -> list[Stated]:
    """Marks the changes and rates behind a budget of their subject, as long as no result of it was stated.

    Their `base` becomes the budget's measure and `against` something other than last year's result. Expects the
    claims of one paragraph in printed order.
    """
    found = list(stated)
    last: dict[tuple[str, int], Measure] = {}
    settled: set[tuple[str, int]] = set()
    for at, one in enumerate(found):
        claim = one.claim
        key = (claim.topic.key, claim.sentence)
        if claim.measure in BUDGETS and claim.against is not None:
            continue  # 比预算5.00万元下降40%: what the result is compared with
        if claim.measure in BUDGETS or claim.measure in _RESULTS:
            last[key] = claim.measure
            settled |= {key} if claim.measure in _RESULTS else set()
        elif claim.measure in CHANGES and last.get(key) in BUDGETS and _is_of_budgets(claim, key in settled):
            base = Topic(last[key].value, last[key].name)
            found[at] = replace(one, claim=replace(claim, against=Measure.OTHER, base=base))
    return found


def _is_of_budgets(claim: Claim, settled: bool) -> bool:
    """True for words that compare with another budget (比上年预算). Also for words that compare with last year, where
    no result is `settled` yet or named (支出决算比上年减少)."""
    if claim.done:
        return False
    return claim.against is Measure.OTHER or (claim.against is Measure.PRIOR and not settled)


def from_budgets(stated: Sequence[Stated]) -> list[Stated]:
    """Marks changes told in words such as 多支出 as compared with the only budget of their subject in the sentence."""
    found = list(stated)
    for at, one in enumerate(found):
        claim = one.claim
        if claim.measure is Measure.CHANGE and claim.against is None and one.figure.text.startswith(_MORE_OR_LESS):
            before = [
                each.claim.measure
                for each in found[:at]
                if each.claim.topic == claim.topic and each.claim.sentence == claim.sentence
            ]
            budgets = [measure for measure in before if measure in BUDGETS]
            if len(budgets) == 1 and Measure.FINAL in before and Measure.PRIOR not in before:
                found[at] = replace(one, claim=replace(claim, against=budgets[0]))
    return found
