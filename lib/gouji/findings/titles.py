"""Writes the titles of findings: which figure, how it is printed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.check import Check, Checks, Terms
from gouji.checks.gap import gap
from gouji.facts.fact import Fact, Part
from gouji.facts.shown import in_unit, told_amount
from gouji.findings.against import against_of
from gouji.findings.directions import turned
from gouji.findings.finding import Repair, one_a_print
from gouji.findings.naming import beside, common_name, joined, spoken, spoken_place, table_of
from gouji.findings.suggested import as_grouped
from gouji.repair.change import contrary

#: How the title of a question asks: why it is so, and of what could not be proved, whether it is wrong.
WHY, WHETHER = "，是何原因？", "，是否有误？"


def asked(title: str, ending: str = WHY) -> str:
    """Returns the title of a question, with a question mark."""
    return title if title.endswith("？") else title + ending


def located(facts: Sequence[Fact], conflicts: Sequence[Check], repairs: Sequence[Repair], checks: Checks) -> str:
    """Returns `第三部分 七（二）公务接待费决算印作3万元，应为0.25万元（见公开07表）`."""
    fact = facts[0]
    if (word := turned(fact, conflicts, checks)) is not None:
        return f"{fact.where}称{fact.row_name}{word.says}，而{word.figures}"
    more = _further(fact, one_a_print(facts)[1:])
    return f"{spoken(fact)}印作{told_amount(fact)}，{_contradiction_of(fact, conflicts, repairs, checks)}{more}"


def _further(fact: Fact, others: Sequence[Fact]) -> str:
    """Returns where the other figures stand that must be corrected together with the first
    (`（20801“人力资源”须一并更正）`), or their number; "" for none."""
    if not others:
        return ""
    if all(spoken(one) == spoken(fact) for one in others):
        return f"（同一部分另有{len(others)}处须一并更正）"
    if len(others) == 1:
        return f"（{beside(others[0], fact).removesuffix('的')}须一并更正）"
    return f"（另有{len(others)}处须一并更正）"


def own_repair(fact: Fact, repairs: Sequence[Repair]) -> Repair | None:
    """Returns the correction of a figure itself; None where only other figures have one."""
    return next((one for one in repairs if one.fact.id == fact.id), None)


def undecided(conflicts: Sequence[Check], checks: Checks) -> str:
    """Returns `公开01表“本年收入合计”的收入决算数664.53万元与各项之和664.80万元不一致，差0.27万元` for the first
    check, and the number of checks."""
    more = f"（共{len(conflicts)}项勾稽关系不成立）" if len(conflicts) > 1 else ""
    return _describe_conflict(conflicts[0], checks) + more


def _describe_conflict(check: Check, checks: Checks) -> str:
    """Returns what does not hold, by one check on figures that cannot be told apart."""
    if (differ := _contrary_words(check, checks)) is not None:
        return differ
    word = next((checks.facts.facts[number] for number in check.claims), None)
    if check.rule.kind == "prior_limit":
        return f"{check.scope}：{checks.algebra(check)}"
    if word is not None and (said := turned(word, [check], checks)) is not None:
        return f"{word.where}称{word.row_name}{said.says}，而{said.figures}"
    facts = _facts(check.left, checks)
    if len(facts) == 1 and not facts[0].blank:
        return _describe_sides(facts[0], check, checks)
    return f"{spoken_place(check.scope)}：“{check.rule.title}”不成立，两边相差{gap(check, checks)}"


def _describe_sides(fact: Fact, check: Check, checks: Checks) -> str:
    """Returns what does not hold between a figure and the other side of a check, and by how much."""
    against, off = against_of(fact, check, checks), gap(check, checks)
    if against.relation or against.words:
        return f"{spoken(fact)}{told_amount(fact)}{against.told}"
    apart = f"，差{off}" if off else ""
    if against.fact is not None and (name := common_name(fact, against.fact)):
        places = f"{table_of(fact)}与{table_of(against.fact)}的{name}不一致"
        return f"{places}（{told_amount(fact)}、{told_amount(against.fact)}）{apart}"
    return f"{spoken(fact)}{told_amount(fact)}与{against.where}{against.value}不一致{apart}"


def _contrary_words(check: Check, checks: Checks) -> str | None:
    """Returns `第三部分 一2的商品和服务支出称减少8.12万元，又称增长4.7%`, for a change and its rate with contrary
    words."""
    if check.rule.kind != "rate" or len(check.left) != 1:
        return None
    rate = checks.facts.facts[check.left[0][1]]
    change = contrary(rate, checks.facts.facts)
    if change is None or change.id not in check.fact_ids:
        return None
    return f"{joined(rate.where, rate.row_name)}称{_change_in_words(change)}，又称{_change_in_words(rate)}"


def _change_in_words(fact: Fact) -> str:
    """Returns a change in its words: `减少8.12万元`."""
    text = told_amount(fact)
    return text if text[:1] in "增减上下升降" else f"{'减少' if fact.signed < 0 else '增加'}{text}"


def _contradiction_of(fact: Fact, conflicts: Sequence[Check], repairs: Sequence[Repair], checks: Checks) -> str:
    """Returns what is wrong with a located figure: what contradicts it most plainly, else what the others imply."""
    graver = [check for check in conflicts if check.rule.severity == "error"] or conflicts
    own = own_repair(fact, repairs)
    # A cell left blank contradicts nothing plainly: it is told of only where there is nothing else to tell.
    filled = [check for check in graver if not check.blank]
    alone = [check for check in (filled if filled or own else graver) if _stands_alone(fact, check)]
    if alone:
        plainest = min(alone, key=lambda check: _plainness(check, own is not None, checks))
        return against_of(fact, plainest, checks).corrected(fact, own)
    if own is not None:
        return (
            f"据其余数字推算{'应约为' if own.rough else '应为'}{in_unit(as_grouped(own.text, own.value, fact), fact)}"
        )
    if conflicts[0].rule.kind == "prior_limit":
        return f"而{checks.algebra(conflicts[0])}"
    return f"与其他数字不符（{conflicts[0].rule.title}）"


def _stands_alone(fact: Fact, check: Check) -> bool:
    """True if a figure alone is one side of a check."""
    sides = (check.left,) if check.per else (check.left, check.right)
    return any(len(terms) == 1 and terms[0][1] == fact.id and terms[0][0] == 1 for terms in sides)


def _plainness(check: Check, known: bool, checks: Checks) -> tuple[bool, bool, bool, bool]:
    """Returns a sort key: checks against one printed figure come first, and those against tables before others. Where
    it is known what a figure should be, what it may not exceed comes last."""
    tabled = any(checks.facts.facts[number].part is Part.TABLES for number in check.fact_ids)
    return known and check.operator != "=", bool(check.per), len(check.terms) != 2, not tabled


def _facts(terms: Terms, checks: Checks) -> list[Fact]:
    return [checks.facts.facts[number] for _, number in terms]
