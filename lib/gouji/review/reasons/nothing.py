"""Questions on statements that nothing took place, beside sentences in which it did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gouji.document.model import Block
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.labels import YEAR, years_in_digits
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote
from gouji.review.reasons.causes import claim_of
from gouji.review.reasons.rule import Activity, ReasonRule
from gouji.review.reasons.sentences import annexed, sentences
from gouji.review.reasons.tell import money, printed, value

_MOST = 4
_AROUND = 12
_COUNTED = (Measure.COUNT, Measure.FINAL)


def held(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks once about activities that are counted as none, but described elsewhere as held in the year."""
    counted = [(one, fact) for one in rule.activities if (fact := _statement_of_none(one, material)) is not None]
    if not counted:
        return
    of = "、".join(activity.name for activity, _ in counted)
    matters = [
        (activity, fact, list(_sentences_of_activity(activity, fact, rule, material))) for activity, fact in counted
    ]
    matters = [one for one in matters if one[2]]
    if not matters:
        yield Observation(rule, of, Outcome.CLEAR)
        return
    zeros = "、".join(f"{_as_printed(fact)}" for _, fact, _ in matters)
    quotes = tuple({one.place: one for _, _, found in matters for one in found}.values())
    longest = max(quotes, key=lambda one: len(one.text))
    count = f"等{len(quotes)}处" if len(quotes) > 1 else ""
    examples = "；".join(f"{one.where}“{one.text}”" for one in quotes[:_MOST])
    yield Observation(
        rule,
        "、".join(activity.name for activity, _, _ in matters),
        Outcome.RAISED,
        f"{matters[0][1].where}称{zeros}，文中却记有“{longest.text}”{count}，{rule.asks}",
        f"{matters[0][1].where}：{zeros}；而{examples}{'等' if len(quotes) > _MOST else ''}。{rule.looks}",
        tuple(fact.id for _, fact, _ in matters),
        quotes,
    )


@lru_cache(maxsize=64)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _statement_of_none(activity: Activity, material: Material) -> Fact | None:
    """Returns the statement that counts none of an activity, or pays nothing for it; None if there is none."""
    zero = _compile(activity.zero)
    found = None
    for fact in material.once(_zeros):
        claim = claim_of(fact)
        if zero.search(f"{claim.words}{fact.figure.text}{claim.behind}"):
            found = found if found and claim.measure is not Measure.COUNT else fact
            if claim.measure is Measure.COUNT:
                break
    return found


def _zeros(material: Material) -> tuple[Fact, ...]:
    """Returns the zeros that sentences of the 情况说明 state."""
    stated = (one for one in material.facts.statements() if one.amount == 0 and one.section not in ("", "free"))
    return tuple(one for one in stated if claim_of(one).measure in _COUNTED and not claim_of(one).aside)


def _as_printed(fact: Fact) -> str:
    """Returns `政府采购支出总额0万元`; for a count, the words around it too: `举办0次节庆`."""
    claim = claim_of(fact)
    if claim.measure is Measure.FINAL:
        return f"“{claim.topic.phrase}{fact.figure.text}”"
    return f"“{claim.words[-_AROUND:]}{fact.figure.text}{claim.behind[:_AROUND]}”"


def _sentences_of_activity(activity: Activity, none: Fact, rule: ReasonRule, material: Material) -> Iterator[Quote]:
    """Returns the sentences of this year in which an activity is held, without the paragraph that counts none."""
    pattern, year = _compile(activity.held), str(material.facts.year or "")
    for block, start, end in sentences(material, activity.anchors):
        match = pattern.search(block.text, start, end)
        if match is None or block.index == none.block or rule.guard.search(block.text, start, end):
            continue
        years = {*YEAR.findall(years_in_digits(block.text), start, match.end())}
        if not (year and years) or year in years:
            yield quote(block, *match.span())


def key_project(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks if no key project is said to have been paid for, but a report on a project is annexed."""
    none = next((fact for fact in material.facts.statements() if _no_money(fact, rule)), None)
    if none is None:
        return
    reports = (material.document.blocks[number] for number in sorted(material.once(annexed)))
    report = next((block for block in reports if _is_report(block, rule)), None)
    amounts = [fact for fact in material.once(_amounts_in_reports) if _is_spent(fact)]
    if report is None or not amounts:
        yield Observation(rule, "重点项目", Outcome.CLEAR)
        return
    largest = max(amounts, key=lambda fact: fact.amount or 0)
    own = value(material, "expenditure[total].project")
    named = own is not None and any(fact.amount == own.amount for fact in material.once(_amounts_in_reports))
    spent, own_asked = money(largest.amount or 0, largest.figure.unit), ""
    less = f"；本单位的项目支出{printed(own)}却没有自评" if own and own.amount and not named else ""
    if less:
        own_asked = "，本单位的项目为何没有自评"
    yield Observation(
        rule,
        "重点项目",
        Outcome.RAISED,
        f"{none.where}称{none.row_name}{printed(none)}，附件评价的{spent}项目由哪个单位实施{own_asked}？",
        f"{none.where}：{none.row_name}{printed(none)}；附件“{report.text.strip()}”所述支出为{spent}{less}。{rule.looks}",
        (none.id, largest.id, *((own.id,) if less and own else ())),
        (quote(report, 0, len(report.text)),),
    )


def _no_money(fact: Fact, rule: ReasonRule) -> bool:
    claim = claim_of(fact)
    return fact.amount == 0 and claim.measure is Measure.FINAL and bool(rule.quantities.search(claim.topic.phrase))


def _is_report(block: Block, rule: ReasonRule) -> bool:
    return len(block.text) < 60 and rule.pattern.search(block.text) is not None


def _amounts_in_reports(material: Material) -> tuple[Fact, ...]:
    """Returns the amounts of money that annexed reports state."""
    reports = material.once(annexed)
    return tuple(one for one in material.facts.statements() if one.block in reports and one.figure.unit.endswith("元"))


def _is_spent(fact: Fact) -> bool:
    """True for an amount paid in the project, by words that name a project's or special funds' expenditure."""
    claim = claim_of(fact)
    return claim.measure is Measure.FINAL and not claim.loose and fact.amount is not None and "支出" in claim.words
