"""Questions on budgets said to be strictly kept, beside lines far above theirs."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.claim import BUDGETS, Measure
from gouji.facts.fact import Fact
from gouji.intervals import ScaledAmount, unscaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasons.causes import StatedReason, causes, claim_of, subjects
from gouji.review.reasons.rule import ReasonRule
from gouji.review.reasons.sentences import annexed
from gouji.review.reasons.tell import doubted, money, printed, value
from gouji.review.reasons.vocabulary import vocabulary

_HUNDRED = 100
_DIGITS = 3
_OPERATING = "narrative.operating.amount"
_TOTAL = "general_budget[total].total"


def kept_to(rule: ReasonRule, material: Material) -> Iterator[Observation]:
    """Asks if the budget of the whole, or of a line, is said to have been kept, and that line or another is far above
    its budget."""
    found = [cause for cause in material.once(causes) if _says_budget_kept(cause)]
    over = _far_above_budget(material)
    whole = next((cause for cause in found if cause.sign == 0 and _is_whole(cause, material)), None)
    for cause in found:
        line = next((fact for fact in over if _of_one(fact, cause)), None)
        if line is None and cause is whole:
            line = _largest(over, material)
        if line is not None:
            yield _ask(rule, cause, line, material)
        elif cause is whole:
            yield Observation(rule, cause.block.where, Outcome.CLEAR)


def _says_budget_kept(cause: StatedReason) -> bool:
    return cause.claim.against in BUDGETS and bool(vocabulary().steady.search(cause.text))


def _is_whole(cause: StatedReason, material: Material) -> bool:
    """True for a total, and for a line that is all of it."""
    if cause.scope:
        return True
    total = value(material, _TOTAL)
    finals = (fact for fact in material.facts.statements() if claim_of(fact).measure is Measure.FINAL)
    own = next((fact for fact in finals if _of_one(fact, cause)), None)
    return own is not None and total is not None and bool(own.amount) and own.amount == total.amount


def _of_one(fact: Fact, cause: StatedReason) -> bool:
    return claim_of(fact).topic.key == cause.claim.topic.key and claim_of(fact).paragraph == cause.claim.paragraph


def _far_above_budget(material: Material) -> list[Fact]:
    """Returns the rates and completions of lines far above their budget, in printed order."""
    wrong, far = material.once(doubted), material.threshold("reasons_over_budget")
    found = []
    for fact in material.facts.statements():
        claim = claim_of(fact)
        if claim.against not in BUDGETS or claim.aside or claim.loose or fact.amount is None or fact.id in wrong:
            continue
        above = unscaled(fact.amount, "%") - (_HUNDRED if claim.measure is Measure.COMPLETION else 0)
        if claim.measure in (Measure.RATE, Measure.COMPLETION) and above >= far:
            found.append(fact)
    return found


def _is_of_account(fact: Fact, material: Material) -> bool:
    return claim_of(fact).topic.known and fact.block not in material.once(annexed)


def _largest(over: list[Fact], material: Material) -> Fact | None:
    """Returns the line of the account that is farthest above its budget."""
    of_account = (fact for fact in over if _is_of_account(fact, material))
    return max(of_account, key=lambda fact: fact.amount or 0, default=None)


def _ask(rule: ReasonRule, cause: StatedReason, line: Fact, material: Material) -> Observation:
    rate = claim_of(line).measure is Measure.RATE
    against = claim_of(line).against
    base = against.value if against else "预算"
    change = _stated_change(line, material) if rate else None
    said = (
        f"比{base}{f'{printed(change)}、' if change else ''}{printed(line)}" if rate else f"完成{base}的{printed(line)}"
    )
    return Observation(
        rule,
        f"{cause.block.where} · {line.row_name}",
        Outcome.RAISED,
        f"{cause.block.where}称“{cause.text}”，{line.row_name}{said}，如何解释？",
        f"{cause.block.where}：{cause.change.row_name}与{base}相比，“{cause.text}”；{line.where}：{line.row_name}{said}。"
        f"{_implications(line, change, material)}{rule.looks}",
        (cause.change.id, line.id, *((change.id,) if change else ())),
        (cause.quoted,),
    )


def _stated_change(line: Fact, material: Material) -> Fact | None:
    """Returns the amount of change stated beside a rate; None if there is none."""
    of = claim_of(line)
    return next(
        (
            fact
            for fact in material.facts.statements()
            if claim_of(fact).measure is Measure.CHANGE
            and claim_of(fact).topic.key == of.topic.key
            and claim_of(fact).against is of.against
            and claim_of(fact).paragraph == of.paragraph
        ),
        None,
    )


def _implications(line: Fact, change: Fact | None, material: Material) -> str:
    """Returns what the stated change implies for the line's budget, and for the rest of a total that was kept."""
    now = value(material, claim_of(line).topic.key)
    if change is None or now is None or change.amount is None:
        return ""
    unit = change.figure.unit
    initial = (now.amount or 0) - change.amount
    said = f"倒算{line.row_name}的预算为{money(initial, unit)}"
    return f"{said}{_cell_alike(initial, unit, material)}。{_budget_of_rest(line, now, initial, unit, material)}"


def _cell_alike(initial: ScaledAmount, unit: str, material: Material) -> str:
    """Returns another cell with the very same figure: the budget may have been taken from it."""
    if len(money(initial, "").replace(".", "").strip("0")) < _DIGITS and unit:
        return ""
    rows = material.facts.rows("basic_expenditure", "amount")
    cells = (material.facts.get("basic_expenditure", row, "amount") for row in rows)
    same = next((cell for cell in cells if cell and cell.row_code and cell.amount == initial), None)
    return f"（与{same.where}{printed(same)}相同，请核对是否取错了数）" if same is not None else ""


def _budget_of_rest(line: Fact, now: Fact, initial: ScaledAmount, unit: str, material: Material) -> str:
    """Returns what is left for staff if the whole is basic expenditure and its total was kept."""
    paths = (
        _TOTAL,
        "general_budget[total].basic",
        "basic_expenditure[public].amount",
        "basic_expenditure[personnel].amount",
    )
    total, basic, public, personnel = (value(material, path) for path in paths)
    planned = next((fact for fact in material.facts.statements() if _plans_total(fact)), None)
    if not (total and basic and public and personnel and planned) or _OPERATING not in subjects(claim_of(line)):
        return ""
    if not (total.amount == basic.amount == planned.amount and public.amount == now.amount):
        return ""
    staff = (total.amount or 0) - initial
    less = staff - (personnel.amount or 0)
    return (
        f"财政拨款{printed(total)}全为基本支出而总额未变，则人员经费预算为{money(staff, unit)}，"
        f"实际{printed(personnel)}，少{money(less, unit)}，请说明是否由人员经费调剂到公用经费。"
        if less > 0
        else ""
    )


def _plans_total(fact: Fact) -> bool:
    return claim_of(fact).measure in BUDGETS and _TOTAL in subjects(claim_of(fact)) and fact.amount is not None
