"""Writes the messages of findings in the auditor's words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from gouji.checks.check import Check, Checks
from gouji.checks.gap import gap
from gouji.facts.fact import Fact
from gouji.facts.shown import in_unit, told_amount
from gouji.findings import titles
from gouji.findings.bounds import printable_ends
from gouji.findings.directions import turned
from gouji.findings.finding import Finding, Repair, one_a_print
from gouji.findings.form import named
from gouji.findings.naming import beside, spoken
from gouji.findings.suggested import shown_value
from gouji.findings.told import Told, told_checks
from gouji.intervals import MONEY_UNITS, places_of, unscaled
from gouji.repair.cause import Cause
from gouji.repair.corrections import only_asks
from gouji.repair.polytope import Range
from gouji.repair.slip_names import NamedSlip

_MOST_NAMED = 4
#: Told of figures that arithmetic cannot tell apart; what begins their list.
UNDECIDED, LISTED = "仅凭勾稽关系不能判断哪一个数字有误，须核对账表。", "可能有误的数字"
#: Told where a correction breaks other checks.
PARTIAL = "此处更正后仍有其他勾稽关系不成立，有误的不止这一处。"

#: Of findings that rest on a table whose columns were concluded.
WITHOUT_RULES = "有关表格没有框线，各栏是按文字间隔识别的，请先核对原表再认定。"
#: Of findings that rest on a table which ends with the last page there is.
CUT = "有关表格止于页末，其后的页没有提供或不能读取，可能缺下一页，请先补齐再认定。"
#: Of findings that rest on a table of a sheet that hides some of its rows.
HIDDEN = "有关表格有被隐藏的行，其中的数字没有纳入审核，请先取消隐藏核对再认定。"


class Said(NamedTuple):
    """Title and message of a finding, and its details: what papers with tables show in them."""

    title: str
    message: str
    details: str = ""


def blank_total(finding: Finding) -> Said:
    """Returns the words for cells of a row that are not filled in."""
    facts, repairs = finding.suspects, finding.repairs
    first = facts[0]
    table, row = first.where.split(" · ")[0], first.row_name or "合计"
    columns = "、".join(fact.column_name for fact in facts)
    implied = "，".join(f"{repair.fact.column_name}应为{repair.value}{repair.fact.figure.unit}" for repair in repairs)
    at = f"{table}{first.row_code or ''}“{row}”"
    title = f"{at}未填列，是否漏填？"
    message = f"{at}的{columns}为空，而与之勾稽的数字不为零。"
    return Said(title, message, f"据以推算：{implied}。" if implied else "")


def located(finding: Finding, checks: Checks) -> Said:
    """Returns the words for a figure that arithmetic locates: what contradicts it, what it should be, and the slip that
    may have made it."""
    facts, conflicts = one_a_print(finding.suspects), checks.distinct(finding.checks)
    fact, word = facts[0], turned(facts[0], conflicts, checks)
    own = titles.own_repair(fact, finding.repairs)
    told = told_checks(conflicts, finding.suspects, checks)
    message = f"按公布数，{len(told)}项勾稽关系不成立。"
    if word is not None:
        message += f"{word.figures}。"
    elif own is not None:
        message += _value_in_words(own, finding)
    else:
        message += bounds_in_words(fact, finding.candidates[0].range)
    message += _further(facts) if facts[1:] else ""
    message += f"此处印数疑为笔误：{finding.slip}。" if finding.slip else ""
    details = violated(conflicts, checks, finding.suspects)
    return Said(titles.located(facts, conflicts, finding.repairs, checks), message, details)


def _further(facts: Sequence[Fact]) -> str:
    """Returns the words for the figures that must be corrected together with the first. Those of its own name are told
    by their sentences."""
    if any(spoken(one) != spoken(facts[0]) or not one.quote for one in facts[1:]):
        return f"须与之同时更正：{named(facts[1:])}。"
    return f"同一部分另有{len(facts) - 1}处印作此数，须一并更正：{'；'.join(f'“{one.quote}”' for one in facts[1:])}。"


def among_displaced(finding: Finding, checks: Checks) -> Said:
    """Returns the words for a located figure of a table whose rows print each other's amounts: what it should be can
    only be said of all rows together."""
    fact, conflicts = finding.suspects[0], checks.distinct(finding.checks)
    told = told_checks(conflicts, finding.suspects, checks)
    title, message = titles.located([fact], conflicts, (), checks), f"按公布数，{len(told)}项勾稽关系不成立。"
    same = next((one for one in finding.corroborating if one.amount and one.amount == fact.amount), None)
    if same is not None:
        title = f"{spoken(fact)}印作{told_amount(fact)}，与{beside(same, fact)}相同，疑为误列"
        message += f"此处印数与{named([same])}相同，可能误列了该数。"
    message += "本表金额与科目错行（见另一项错误），此处应为多少，须按账上科目与各行一并核对。"
    return Said(title, message, finding.details)


def _value_in_words(own: Repair, finding: Finding) -> str:
    """Returns the words for what a located figure should be, with the range of a value that only percentages imply."""
    fact = own.fact
    value = in_unit(shown_value(own.text, own.value, fact, finding), fact)
    if own.rough:
        low, high = printable_ends(finding.candidates[0].range, fact)
        within = f"（{low}至{high}{fact.figure.unit}）" if low is not None and high is not None else ""
        return f"据其余数字中的百分比推算，此处应约为{value}{within}。"
    return f"据其余数字推算，此处应为{value}。{_printed_elsewhere(own, finding)}"


def _printed_elsewhere(own: Repair, finding: Finding) -> str:
    """Returns where the value is printed that a located figure should have; "" for nowhere. Anything may be zero: a
    zero elsewhere counts only where it must be the same quantity."""
    tied = {
        number for check in finding.checks if check.tie and own.fact.id in check.fact_ids for number in check.fact_ids
    }
    same = [
        fact
        for fact in one_a_print(finding.corroborating)
        if fact.amount is not None
        and (fact.amount or fact.id in tied)
        and fact.figure.unit == own.fact.figure.unit
        and unscaled(fact.amount, fact.figure.unit) == own.value
        and (own.value or fact.id in tied)
    ]
    return f"另有{len(same)}处印作此数，相互印证：{named(same)}。" if same else ""


def undecided(finding: Finding, checks: Checks) -> Said:
    """Returns the words for figures that arithmetic cannot tell apart."""
    facts, conflicts = one_a_print(finding.suspects), checks.distinct(finding.checks)
    title, told = titles.undecided(conflicts, checks), algebras(conflicts, checks)
    if all(only_asks(check) for check in conflicts):
        return Said(title, "数字如无误，须说明原因。", f"{told}。所涉数字：{named(facts, 8)}。")
    missing = "、".join(dict.fromkeys(text for check in conflicts for text in check.missing))
    message = UNDECIDED + (f"未公布：{missing}。" if missing else "")
    return Said(title, message, f"{violated(conflicts, checks)}{LISTED}：{named(facts, 8)}。")


def hint(fact: Fact, slip: NamedSlip) -> str:
    """Returns the words that one of several suspects would be a slip of the pen, and which."""
    value = "" if slip.value is None else f"{unscaled(slip.value, fact.figure.unit).normalize():f}{fact.figure.unit}"
    return f"其中{spoken(fact)}若原为{value}，则印数可由笔误（{slip.name}）解释。"


def copied(fact: Fact, above: Fact) -> str:
    """Returns the words for a suspected rate that is printed as the one above."""
    return f"{spoken(fact)}与上一处比率（{spoken(above)}）相同，可能是照抄上一处。"


def copied_total(fact: Fact, total: Fact) -> str:
    """Returns the words for a part that prints the amount of its total, which other parts make up."""
    return f"此处印数与合计（{named((total,))}）相同，可能是误填合计数。"


def less_likely(cause: Cause) -> str:
    """Returns the words for the likeliest of the figures that would explain the conflicts too, with the reason why it
    is much less likely."""
    if not cause.others:
        return ""
    other = cause.others[0]
    own = {reason for reason, _, _ in cause.suspects[0].cost.lines}
    against = [reason for reason, weight, _ in other.cost.lines if weight > 0 and reason not in own]
    why = f"：{'；'.join(against)}" if against else ""
    return f"另有{len(cause.others)}处改动也能使之成立，如{spoken(other.fact)}，但可能性小得多{why}。"


def plain(value: Decimal, fact: Fact, checks: Checks) -> Decimal:
    """Returns a value with the decimals of the document's precision in the fact's unit, or more if it needs more."""
    places = _places(fact)
    needed = max(0, -int(value.normalize().as_tuple().exponent))
    return value.quantize(Decimal(1).scaleb(-max(places, needed)))


def _places(fact: Fact) -> int:
    """Returns the decimals of the document's precision, by the fact's radius (u/2 in scaled yuan)."""
    if not fact.radius:
        return max(fact.figure.decimals, 2) if fact.figure.unit in MONEY_UNITS else fact.figure.decimals
    return places_of(fact.radius, fact.figure.unit)


def bounds_in_words(fact: Fact, limits: Range) -> str:
    """Returns the words for a figure that the others bound but do not determine."""
    unit = fact.figure.unit
    low, high = (None if end is None else f"{end}{unit}" for end in printable_ends(limits, fact))
    if low is None and high is None:
        return "其余数字不能推算此处应为多少，须核对账表。"
    if low is None or high is None:
        return f"据其余数字推算，此处应{'不大于' if low is None else '不小于'}{high or low}，应为多少须核对账表。"
    return f"据其余数字推算，此处应{f'在{low}至{high}之间' if low != high else f'为{low}'}。"


def violated(conflicts: Sequence[Check], checks: Checks, suspects: Sequence[Fact] = ()) -> str:
    """Returns a sentence of violated identities; "" for none."""
    told = algebras(checks.distinct(conflicts), checks, suspects)
    return f"不成立的勾稽关系：{told}。" if told else ""


def algebras(conflicts: Sequence[Check], checks: Checks, suspects: Sequence[Fact] = ()) -> str:
    """Returns the violated identities, the suspects on their left.

    One stands in brackets: title（270.90 ≠ 270.91，差0.01万元）. Several are numbered by title: （1）title：…；（2）….
    Those of one title are told apart by their scopes.
    """
    told = told_checks(conflicts, suspects, checks)
    by_title: dict[str, list[Told]] = {}
    for one in told:
        by_title.setdefault(one.check.rule.title, []).append(one)
    if len(told) == 1:
        return f"{told[0].check.rule.title}（{_algebra(told[0], checks)}）"
    if len(by_title) == 1:
        return "".join(f"{title}：{_algebras(some, checks)}" for title, some in by_title.items())
    return "；".join(
        f"（{number}）{title}：{_algebras(some, checks)}"
        for number, (title, some) in enumerate(by_title.items(), start=1)
    )


def _algebras(told: Sequence[Told], checks: Checks) -> str:
    """Returns the identities of one title, each with its scope where there are several."""
    if len(told) == 1:
        return _algebra(told[0], checks)
    more = f"等{len(told)}项" if len(told) > _MOST_NAMED else ""
    return "、".join(f"{one.name}（{_algebra(one, checks)}）" for one in told[:_MOST_NAMED]) + more


def _algebra(one: Told, checks: Checks) -> str:
    """Returns an identity with its difference, and the number of statements that say the same."""
    apart = gap(one.check, checks)
    places = f"（{len(one.places)}处）" if len(one.places) > 1 else ""
    algebra = checks.algebra(one.check).replace("（空）", "（印数为空）")
    return f"{algebra}{places}" + (f"，差{apart}" if apart else "")
