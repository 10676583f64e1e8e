"""Finds the measure of a figure from the words before it."""

from __future__ import annotations

import re

from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.narrative.reading import AMOUNTS, Reading, named_in
from gouji.facts.narrative.said import MEASURES, Said
from gouji.facts.narrative.tokens import Number, Token
from gouji.facts.narrative.word_lists import WORDS
from gouji.layouts.phrases import FREE, load_phrases
from gouji.runtime.word_lists import any_of

#: A number without a unit is money where it has at least this many decimals and its words name an amount.
_OF_MONEY = 2
_STEM = 2
#: Words that state a rise or fall starting from the figure before them.
_MOVES = ("up", "down", "up_short", "down_short", "either", "becomes", "flat")
_PAID = (Measure.FINAL, *BUDGETS)
#: Words for what was done, not planned.
_DONE = re.compile(any_of(WORDS.done))


def measure_of(reading: Reading, number: Number, said: Said, following: Token | None) -> Measure:
    """Returns the measure of a figure: that of the first of these questions that the words before it answer."""
    if number.family == "points" or said.later:
        return Measure.OTHER
    if number.family == "rate":
        return _rate_measure(reading, number, said)
    return (
        _of_one(number, said, following)
        or _planned_measure(reading, number, said)
        or _compared_measure(reading, number, said, following)
        or _moved_measure(reading, number, said)
        or _earlier_measure(reading, said)
        or _plain_measure(reading, number, said, following)
    )


def _of_one(number: Number, said: Said, following: Token | None) -> Measure | None:
    """人均5万元, 单价3元, 满分10分: a figure per unit, or a limit; no amount of the account."""
    if number.unit == "分" and following is not None and following.text.startswith("得"):
        return Measure.OTHER
    if said.per_head:
        return Measure.OTHER if said.prior or said.comparing or said.origin else Measure.PER_HEAD
    if said.price or "元/" in number.unit or (number.bound and said.silent and not said.target):
        return Measure.OTHER
    return None


def _planned_measure(reading: Reading, number: Number, said: Said) -> Measure | None:
    """目标100个, 计划投入5万元: a target, or, for money, a budget."""
    planned = said.measures[-1] if said.measures and said.measures[-1] is not Measure.FINAL else None
    if planned and number.bound and number.family == "money":
        return planned
    if said.plans and number.family == "money" and not number.bound and not said.limit:
        return Measure.BUDGET
    planned_too = reading.in_item.planning and _is_planned_too(reading, number, said)
    results = any(token.text.startswith(WORDS.carried_out) for token in said.run)
    targeted = reading.in_sentence.target and number.family == "count" and not results
    if said.target or number.bound or planned_too or targeted or (said.share and _of_target(said)):
        return Measure.TARGET
    return None


def _compared_measure(reading: Reading, number: Number, said: Said, following: Token | None) -> Measure | None:
    """比上年5万元, 低于预算数1万元: the amount compared with, or the difference from it."""
    if said.comparing and said.beyond and not (following and following.kind in _MOVES):
        return Measure.OTHER
    if said.comparing or (said.origin and (said.prior or said.sign is not None)):
        return said.against if said.against in MEASURES.values() and said.against else Measure.PRIOR
    if said.relation in ("<", ">") and said.against and number.family == "money":
        if _restates(reading, number, said.against):
            return said.against
        amount_of_last_year = said.against is Measure.PRIOR and said.last.endswith(WORDS.amount_ends)
        return Measure.OTHER if amount_of_last_year else Measure.CHANGE
    return None


def _moved_measure(reading: Reading, number: Number, said: Said) -> Measure | None:
    """增加1万元, 追加1万元; in 增加到6万元 it is the resulting amount."""
    if said.becomes and reading.in_clause.spoken.per_head:
        return Measure.OTHER  # 车均由3.30万元降到3.00万元
    if said.becomes:
        return Measure.FINAL if number.family == "money" else Measure.COUNT
    if said.sign is not None and not _says_done(reading, number, said):
        return Measure.CHANGE
    return Measure.ADJUSTMENT if said.adjusting and number.family == "money" else None


def _earlier_measure(reading: Reading, said: Said) -> Measure | None:
    """上年5万元, 由5万元: the amount of the year before."""
    from_there = said.origin and not said.measures
    earlier = from_there or said.prior or reading.in_sentence.prior or _goes_on_with_prior(reading, said)
    earlier = earlier or in_prior_list(reading, said)
    return Measure.PRIOR if earlier else None


def _plain_measure(reading: Reading, number: Number, said: Said, following: Token | None) -> Measure:
    """A count or an amount of the account."""
    joined = said.silent and said.run and said.run[0].kind == "list"
    if reading.in_clause.moving and number.family == "money" and joined:
        return Measure.CHANGE
    return Measure.COUNT if number.family == "count" else _amount_measure(reading, number, said, following)


def _says_done(reading: Reading, number: Number, said: Said) -> bool:
    """压减超载牲畜14400只 in a report: a verb with its object, not a comparison."""
    compared = said.compared or reading.in_item.against is not None or said.direction is None
    named = [token for token in said.run if said.direction and token.start >= said.direction.end]
    objects = any(token.kind == "unknown" and len(token.text) > 1 for token in named)
    return reading.section == FREE and number.family == "count" and objects and not compared


def _is_planned_too(reading: Reading, number: Number, said: Said) -> bool:
    """计划改造危房1250套，发放补贴1095户: the second is planned too, unless it has the first's unit or was done."""
    if number.family != "count" or not said.run or _DONE.search("".join(token.text for token in said.run)):
        return False
    units = {one.figure.unit for one in reading.out if one.claim.sentence == reading.sentence}
    return number.unit not in units


def _goes_on_with_prior(reading: Reading, said: Said) -> bool:
    """上年公务接待费5.00万元，60批次620人次: adjacent figures behind last year's are last year's too."""
    last = reading.out[-1].claim if reading.out else None
    plainly = said.silent and not said.run and not said.this_year
    return plainly and last is not None and last.measure is Measure.PRIOR and last.sentence == reading.sentence


def in_prior_list(reading: Reading, said: Said) -> bool:
    """True for a part of the year before's amount: 上年支出5万元，其中：项目支出2万元."""
    return bool(reading.lists) and reading.lists[-1].prior and not said.this_year


def _restates(reading: Reading, number: Number, measure: Measure) -> bool:
    """True for 低于预算数5.00万元 where the budget has just been stated as 5.00."""
    return any(
        one.claim.sentence == reading.sentence and one.claim.measure is measure and one.figure.value == number.value
        for one in reading.out
    )


def _amount_measure(reading: Reading, number: Number, said: Said, following: Token | None) -> Measure:
    zero = number.value == 0 and (said.measures or _ends_clause(following))
    if number.family == "bare" and not zero and (number.decimals != _OF_MONEY or not (said.measures or said.run)):
        return Measure.OTHER
    if said.completion:
        planned = said.against or (said.measures[-1] if said.measures else Measure.FINAL)
        return Measure.FINAL if _is_of_budget_stated(reading, number, planned, following) else planned
    if said.share:
        return base_measure(said) or Measure.FINAL
    if said.planned and not said.measures and reading.section == FREE and not reading.in_sentence.default_said:
        return Measure.BUDGET
    return said.measures[-1] if said.measures else reading.in_clause.counted or reading.in_sentence.default


def _is_of_budget_stated(reading: Reading, number: Number, planned: Measure, following: Token | None) -> bool:
    """预算985万元，完成预算资金886.5万元，完成率90%: that much of the budget stated before was spent. Where a rate
    follows at once (完成预算36.5万元的81.4%) it is the budget."""
    if planned not in BUDGETS or not _ends_clause(following):
        return False
    before = [one for one in reading.out if one.claim.sentence == reading.sentence and one.figure.unit == number.unit]
    stated = [one for one in before if one.claim.measure in BUDGETS]
    return len(stated) == len(before) > 0 and all(one.figure.value != number.value for one in stated)


def _ends_clause(following: Token | None) -> bool:
    return following is None or following.kind in ("comma", "semicolon", "stop", "close")


def _rate_measure(reading: Reading, number: Number, said: Said) -> Measure:
    if said.target and said.last == "的" and not number.bound:
        return Measure.COMPLETION
    if number.bound or said.announces or (said.target and not said.completion):
        return Measure.TARGET
    if said.prior and not said.compared and said.sign is None:
        return Measure.OTHER
    if said.comparing and said.share and said.against is Measure.PRIOR and said.sign is None:
        return Measure.OTHER  # 较上年占比30.22%下降8个百分点
    if said.becomes or (said.share and said.origin and said.sign is None):
        return Measure.OTHER  # 占比由32.10%下降到29.70%
    last = reading.out[-1].claim.measure if reading.out else None
    if said.completion:
        return Measure.OTHER if last is Measure.TARGET and reading.out[-1].figure.unit == "%" else Measure.COMPLETION
    if said.share:
        return Measure.COMPLETION if base_measure(said) else Measure.SHARE
    if said.sign is not None:
        return Measure.RATE
    if reading.in_clause.relation:
        return Measure.COMPLETION if reading.in_clause.relation == "completion" else Measure.SHARE
    if said.measures and said.measures[-1] is not Measure.FINAL:
        return Measure.COMPLETION
    if named_rate(reading, said):
        return Measure.SHARE
    if said.silent and not named_in(reading, said):
        if last is Measure.CHANGE:
            return Measure.RATE
        if last in AMOUNTS and reading.brackets:
            return Measure.SHARE
    return Measure.OTHER


def named_rate(reading: Reading, said: Said) -> str:
    """Returns the part that names a share: 办结率 behind 办结118条, 优秀率; "" for other percentages."""
    name = "".join(token.text for token in said.run if token.kind != "connective")
    if not name.endswith("率") or not said.silent:
        return ""
    if name in load_phrases().grades.rates:
        return name
    parts = [one.claim for one in reading.out if one.claim.sentence == reading.sentence]
    part = name.removesuffix("率")
    named = any(
        (one.measure is Measure.COUNT and one.topic.phrase.endswith(part))
        or (one.measure in _PAID and part in load_phrases().paid and part in f"{one.topic.phrase}{one.done}")
        for one in parts
    )
    return name if named and len(part) >= _STEM else ""


def base_measure(said: Said) -> Measure | None:
    """Returns the budget or target whose share is really a completion (占年初预算的98%)."""
    if _of_target(said):
        return Measure.TARGET
    kinds = [MEASURES[token.kind] for token in said.base_run if token.kind in MEASURES]
    named = [token for token in said.base_run if token.kind not in MEASURES and token.kind != "connective"]
    return kinds[-1] if kinds and kinds[-1] is not Measure.FINAL and not named else None


def budget_in_base(said: Said) -> Measure | None:
    """Returns which budget a share refers to: 占项目支出年初预算的100%."""
    kinds = [MEASURES[token.kind] for token in said.base_run if token.kind in MEASURES]
    return kinds[-1] if kinds and kinds[-1] is not Measure.FINAL else None


def _of_target(said: Said) -> bool:
    """占目标任务的80.40%, 占计划5,000亩的104%: the base is a target."""
    return any(token.kind == "target" for token in said.base_run)
