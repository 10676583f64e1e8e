"""Findings in the auditor's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from gouji.checks.check import Check, Checks
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact, Part
from gouji.findings.finding import Repair, shown_text
from gouji.intervals import MONEY_UNITS, places_of, unscaled
from gouji.repair.cause import Cause
from gouji.repair.corrections import is_word
from gouji.repair.polytope import Range
from gouji.repair.slip_names import NamedSlip

_MOST_NAMED = 4
#: Told where a correction breaks other checks.
PARTIAL = "此处更正后仍有其他勾稽不成立，有误的不止这一处。"

#: Of findings that rest on a table whose columns were concluded.
WITHOUT_RULES = "有关表格没有框线，各栏是按文字间隔识别的，请先核对原表再认定。"
#: Of findings that rest on a table which ends with the last page there is.
CUT = "有关表格止于页末，其后的页没有提供或不能读取，可能缺下一页，请先补齐再认定。"


def tell(
    facts: Sequence[Fact],
    located: bool,
    conflicts: Sequence[Check],
    repairs: Sequence[Repair],
    corroborating: Sequence[Fact],
    checks: Checks,
    slip: str,
    limits: Range = (None, None),
) -> tuple[str, str]:
    """Title and message of a finding; `slip` is the slip of the pen that may have made the located figure, `limits`
    the range that the others leave it."""
    if all(fact.blank for fact in facts):
        return _blank(facts, repairs)
    if located:
        title, message = _located(facts, conflicts, repairs, corroborating, checks, limits)
        return title, message + (f"此处印数疑为笔误：{slip}。" if slip else "")
    return _undecided(facts, conflicts, checks)


def hint(fact: Fact, slip: NamedSlip) -> str:
    """That one of several suspects would be a slip of the pen, and of what."""
    value = "" if slip.value is None else f"{unscaled(slip.value, fact.figure.unit).normalize():f}{fact.figure.unit}"
    return f"其中{fact.named}若原为{value}，则印数可由笔误（{slip.name}）解释。"


def less_likely(cause: Cause) -> str:
    """The likeliest of the figures that would explain the conflicts too, and why it is much less likely."""
    if not cause.others:
        return ""
    other = cause.others[0]
    own = {reason for reason, _, _ in cause.suspects[0].cost.lines}
    against = [reason for reason, weight, _ in other.cost.lines if weight > 0 and reason not in own]
    why = f"：{'；'.join(against)}" if against else ""
    return f"另有{len(cause.others)}处改动也能使之成立，如{other.fact.named}，但可能性小得多{why}。"


def form(check: Check, facts: Sequence[Fact]) -> str:
    """Message of a finding that joins no figures in an identity: how a table is filled in, what words say."""
    if check.rule.kind in _SAID:
        return _SAID[check.rule.kind](check, facts)
    if check.rule.kind == "unrecognised":
        names = dict.fromkeys(
            (fact.column_name if fact.concept.column.startswith("?") else fact.row_name) or "无名" for fact in facts
        )
        return f"{check.scope}中的“{'、'.join(names)}”有金额，但不能识别其含义，与之有关的勾稽未核对。"
    if facts:
        return f"{check.scope}印为“{shown_text(facts[0])}”，不是可辨认的金额，与之有关的勾稽均未核对。"
    return f"{check.scope}没有任何数字，也没有“0”或“无”；{check.rule.title}。"


def _listed(check: Check, facts: Sequence[Fact]) -> str:
    named, cells = facts[0], facts[1:]
    if named.claim and named.claim.measure is Measure.LISTED:
        return f"{named.where}列举“{named.row_name}”，而{cells[0].where}为空或0，请核对所列内容。"
    return f"{named.where}所列内容没有“{cells[0].row_name}”，而{cells[0].where}为{_amount(cells[0])}，金额较大。"


def _counted(check: Check, facts: Sequence[Fact]) -> str:
    count, money = facts[0], facts[1]
    return f"{count.where}称{count.row_name}{_amount(count)}，而{money.named}为{_amount(money)}，请说明原因。"


def _below_target(check: Check, facts: Sequence[Fact]) -> str:
    rate, target = facts[0], facts[1]
    return f"{rate.where}：{target.row_name}目标{_amount(target)}，完成{_amount(rate)}，未达到目标，请核对原因。"


def _from_nothing(check: Check, facts: Sequence[Fact]) -> str:
    rate, change, now = facts[0], facts[1], facts[2]
    return f"{rate.where}称{now.row_name}{_amount(now)}、{_amount(change)}，上年数为0，{_amount(rate)}无从计算。"


def _noted(check: Check, facts: Sequence[Fact]) -> str:
    return f"{check.scope}的附注称无数据，而表中列有{_named(facts)}。"


def _unfilled(check: Check, facts: Sequence[Fact]) -> str:
    first = "、".join(f"“…{quote}…”" for quote in check.missing[:3])
    return f"全文有{len(check.missing)}处待填内容未填（如{first}），多于所列数字：这是未填列的样表，不是决算。"


def _left_open(check: Check, facts: Sequence[Fact]) -> str:
    quotes = "、".join(f"“…{quote}…”" for quote in dict.fromkeys(check.missing))
    return f"{check.scope}有{len(check.missing)}处待填内容未填列或未删去：{quotes}。"


_SAID: dict[str, Callable[[Check, Sequence[Fact]], str]] = {
    "listed_accounts": _listed,
    "count_money": _counted,
    "target": _below_target,
    "zero_base": _from_nothing,
    "note_of_nothing": _noted,
    "unfilled": _unfilled,
    "placeholder": _left_open,
}


def plain(value: Decimal, fact: Fact, checks: Checks) -> Decimal:
    """A value with the decimals the document's precision gives the fact's unit, never fewer than it needs."""
    places = _places(fact)
    needed = max(0, -int(value.normalize().as_tuple().exponent))
    return value.quantize(Decimal(1).scaleb(-max(places, needed)))


def _places(fact: Fact) -> int:
    """Decimals of the document's precision, from the fact's radius (u/2 in scaled yuan)."""
    if not fact.radius:
        return max(fact.figure.decimals, 2) if fact.figure.unit in MONEY_UNITS else fact.figure.decimals
    return places_of(fact.radius, fact.figure.unit)


def _blank(facts: Sequence[Fact], repairs: Sequence[Repair]) -> tuple[str, str]:
    first = facts[0]
    table, row = first.where.split(" · ")[0], first.row_name or "合计"
    code = f"{first.row_code} " if first.row_code else ""
    columns = "、".join(fact.column_name for fact in facts)
    implied = "，".join(f"{repair.fact.column_name}应为{repair.value}{repair.fact.figure.unit}" for repair in repairs)
    title = f"{table}“{code}{row}”未填列"
    message = f"{table}“{code}{row}”的{columns}为空，而与之勾稽的数字不为零"
    return title, message + (f"；据以推算：{implied}。" if implied else "。")


def _located(
    facts: Sequence[Fact],
    conflicts: Sequence[Check],
    repairs: Sequence[Repair],
    corroborating: Sequence[Fact],
    checks: Checks,
    limits: Range,
) -> tuple[str, str]:
    fact, printed = facts[0], _amount(facts[0])
    title = f"{fact.named}：{printed}与其他数字不符"
    against = _named(corroborating)
    said = "称" if fact.part is Part.NARRATIVE else "列"
    subject = f"{fact.row_name}{fact.column_name}" if fact.part is Part.NARRATIVE else ""
    message = f"{fact.where}{said}{subject}{printed}，{len(conflicts)}项勾稽不成立：{_algebras(conflicts, checks)}。"
    if against:
        message += f"与之相对：{against}。"
    if repairs:
        message += f"据其余数字推算，此处应为{repairs[0].value}{fact.figure.unit}。"
    else:
        message += _bounded(fact, limits)
    with_it = [one for one in facts[1:] if one.place != fact.place]
    if with_it:
        message += f"须与之同时更正：{_named(with_it)}。"
    return title, message


def _bounded(fact: Fact, limits: Range) -> str:
    """What is told of a figure that the others do not determine."""
    if is_word(fact):
        return f"与之相关的数字表明，此处“{fact.figure.text}”一词说反了。"
    unit = fact.figure.unit
    low, high = (None if end is None else f"{unscaled(round(end), unit).normalize():f}{unit}" for end in limits)
    if low is None and high is None:
        return "其余数字不能推算此处应为多少，须核对账表。"
    if low is None or high is None:
        return f"据其余数字推算，此处应{'不大于' if low is None else '不小于'}{high or low}，应为多少须核对账表。"
    return f"据其余数字推算，此处应在{low}至{high}之间。"


def _undecided(facts: Sequence[Fact], conflicts: Sequence[Check], checks: Checks) -> tuple[str, str]:
    title = f"{conflicts[0].scope}：{conflicts[0].rule.title}不成立"
    message = f"{_algebras(conflicts, checks)}。仅凭勾稽不能判断其中哪一个数字有误，可能是：{_named(facts, 8)}。"
    missing = [text for check in conflicts for text in check.missing]
    if missing:
        message += f"（未公布：{'、'.join(dict.fromkeys(missing))}）"
    return title, message


def _algebras(conflicts: Sequence[Check], checks: Checks) -> str:
    """The violated identities, those of one rule together: title（270.90 = 270.91，差 0.01万元）."""
    by_rule: dict[str, list[str]] = {}
    for check in conflicts:
        told = f"{checks.algebra(check)}，差{_gap(check, checks)}{checks.unit(check)}"
        by_rule.setdefault(check.rule.title, []).append(told)
    return "；".join(
        f"{title}（{'；'.join(told[:_MOST_NAMED])}{'等' if len(told) > _MOST_NAMED else ''}）"
        for title, told in by_rule.items()
    )


def _gap(check: Check, checks: Checks) -> Decimal:
    """The difference as told: that of a quotient to four decimals."""
    gap = abs(checks.difference(check) or Decimal(0))
    return gap.quantize(Decimal("0.0001")) if check.per else gap


def _named(facts: Sequence[Fact], most: int = _MOST_NAMED) -> str:
    named = [f"{fact.named} {_amount(fact)}" for fact in facts[:most]]
    return "；".join(named) + (f"等{len(facts)}处" if len(facts) > most else "")


def _amount(fact: Fact) -> str:
    text = shown_text(fact)
    return text if fact.blank or text.endswith(fact.figure.unit) else f"{text}{fact.figure.unit}"
