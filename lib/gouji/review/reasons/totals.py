"""Questions on the reasons for changes of totals: those of all funds beside those of fiscal funds."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.intervals import ScaledAmount
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasons.causes import StatedReason, causes, claim_of, compared, subjects
from gouji.review.reasons.rule import ReasonRule
from gouji.review.reasons.tell import clause, doubted, money, name, printed, value
from gouji.review.reasons.vocabulary import vocabulary

_HUNDRED = 100
_TOLD_APART = "收支总计与财政拨款的变动原因"
_SWAPPED = "财政拨款与其他资金的此消彼长"


def explained_apart(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks if all funds and fiscal funds went the same way by reasons on different sides of the account, although the
    change of fiscal funds must be more than the whole change of all funds."""
    found = [cause for cause in material.once(causes) if cause.amount and cause.against is Measure.PRIOR]
    whole = next((cause for cause in found if cause.scope == "all" and _sides_moved(cause)), None)
    fiscal = next((cause for cause in found if cause.scope == "fiscal" and _sides_moved(cause)), None)
    if whole is None or fiscal is None:
        return
    share = material.threshold("reasons_main_share")
    outweighs = fiscal.size * share > whole.size * _HUNDRED
    if whole.sign != fiscal.sign or _sides_moved(whole) & _sides_moved(fiscal) or not outweighs:
        yield Observation(rule, _TOLD_APART, Outcome.CLEAR)
        return
    unit = fiscal.change.figure.unit if fiscal.amount is None else fiscal.amount.figure.unit
    least = money(int(fiscal.size * share / _HUNDRED), unit)
    yield Observation(
        rule,
        _TOLD_APART,
        Outcome.RAISED,
        f"收支总计{clause(whole)}归因于“{whole.text}”，财政拨款{clause(fiscal)}归因于“{fiscal.text}”，两种说法如何衔接？",
        f"{whole.block.where}与{fiscal.block.where}各说一个原因。若“{fiscal.text}”是财政拨款变动的主要原因（占{share.normalize():f}%以上，"
        f"即{least}以上），它已大于收支总计的全部变动，总体说明却没有提到。"
        f"{_implication(whole, fiscal, material, unit)}{rule.looks}",
        tuple(fact.id for cause in (whole, fiscal) for fact in (cause.amount, cause.rate) if fact),
        (whole.quoted, fiscal.quoted),
    )


def _sides_moved(cause: StatedReason) -> frozenset[str]:
    """Returns the sides of the account that a reason says moved as its change did."""
    items = vocabulary().items
    return frozenset(items[key].side for one in cause.moved if one.sign == cause.sign for key in one.items)


def _implication(whole: StatedReason, fiscal: StatedReason, material: Material, unit: str) -> str:
    """Returns what follows if last year's funds were all fiscal: the side named for all funds went the other way."""
    prior = prior_totals(material)
    side = next(iter(_sides_moved(whole)))
    now = value(material, f"expenditure[total].{side}") if side in ("basic", "project") else None
    if prior is None or prior[0] != prior[1] or now is None or whole.sign > 0:
        return ""
    most = prior[0] - fiscal.size
    if (now.amount or 0) <= most:
        return ""
    risen = money((now.amount or 0) - most, unit)
    return (
        f"倒算上年收支总计与财政拨款总计均为{money(prior[0], unit)}；"
        f"若财政拨款减少的{money(fiscal.size, unit)}全由该原因造成，则“{whole.text}”所指的一侧（{name(now)}）"
        f"由至多{money(most, unit)}升至{money(now.amount or 0, unit)}，反而增加{risen}。"
    )


def prior_totals(material: Material) -> tuple[ScaledAmount, ScaledAmount] | None:
    """Returns last year's totals of all funds and of fiscal funds, by the changes that sentences state; None without
    them."""
    stated = [_stated_total(material, scope) for scope in ("all", "fiscal")]
    if not (stated[0] and stated[1]):
        return None
    (whole, change), (fiscal, fiscal_change) = stated[0], stated[1]
    return (whole.amount or 0) - (change.amount or 0), (fiscal.amount or 0) - (fiscal_change.amount or 0)


def _stated_total(material: Material, scope: str) -> tuple[Fact, Fact] | None:
    """Returns a grand total and its change since last year, as one paragraph states them."""
    paths, wrong = vocabulary().scopes[scope], material.once(doubted)
    facts = material.facts.statements()
    for change in facts:
        claim = claim_of(change)
        if claim.measure is not Measure.CHANGE or compared(claim) is not Measure.PRIOR or claim.aside or claim.loose:
            continue
        if change.amount is None or change.id in wrong or not (_grand_totals(subjects(claim)) & paths):
            continue
        for total in facts[max(0, change.id - facts[0].id - 8) : change.id - facts[0].id]:
            other = claim_of(total)
            same = other.paragraph == claim.paragraph and other.topic.key == claim.topic.key
            if same and other.measure is Measure.FINAL and total.amount is not None and total.id not in wrong:
                return total, change
    return None


def _grand_totals(paths: frozenset[str]) -> frozenset[str]:
    return frozenset(path for path in paths if "[grand_total]" in path)


def swapped(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks if fiscal funds fell (or rose) and other funds took their place, but no reason mentions those."""
    stated = [_stated_total(material, scope) for scope in ("all", "fiscal")]
    if not (stated[0] and stated[1]):
        return
    (whole, change), (fiscal, fiscal_change) = stated[0], stated[1]
    moved, fiscal_moved = (change.amount or 0) - (fiscal_change.amount or 0), fiscal_change.amount or 0
    now, before = (whole.amount or 0) - (fiscal.amount or 0), (whole.amount or 0) - (fiscal.amount or 0) - moved
    prior = abs((fiscal.amount or 0) - fiscal_moved)
    large = abs(fiscal_moved) * _HUNDRED >= prior * material.threshold("reasons_swap_change")
    offset = abs(moved) * _HUNDRED >= abs(fiscal_moved) * material.threshold("reasons_swap_offset")
    mentioned = any(rule.pattern.search(cause.text) for cause in material.once(causes))
    if moved * fiscal_moved >= 0 or not large or not offset or mentioned:
        yield Observation(rule, _SWAPPED, Outcome.CLEAR)
        return
    unit = fiscal_change.figure.unit
    yield Observation(
        rule,
        _SWAPPED,
        Outcome.RAISED,
        f"财政拨款{'减少' if fiscal_moved < 0 else '增加'}{money(fiscal_moved, unit)}，财政拨款以外的资金"
        f"{'增加' if moved > 0 else '减少'}{money(moved, unit)}，全文为何没有说明？",
        f"收支总计{printed(whole)}，比上年{printed(change)}；财政拨款总计{printed(fiscal)}，比上年{printed(fiscal_change)}。"
        f"倒算财政拨款以外的资金由{money(before, unit)}变为{money(now, unit)}，所述变动原因均未提及。{rule.looks}",
        (whole.id, change.id, fiscal.id, fiscal_change.id),
    )
