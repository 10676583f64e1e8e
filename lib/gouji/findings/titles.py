"""Writes the titles of findings: which figure, how it is printed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.checks.check import Check, Checks, Terms
from gouji.checks.gap import gap
from gouji.facts.claim import CHANGES, Measure
from gouji.facts.fact import Fact, Part
from gouji.facts.shown import in_unit, shown_amount
from gouji.findings.directions import turned
from gouji.findings.finding import Repair, one_a_print
from gouji.intervals import RATE_UNITS
from gouji.repair.change import contrary

#: The decimals shown of a computed amount.
_MOST_PLACES = 4
#: How the title of a question asks: why it is so, and of what could not be proved, whether it is wrong.
WHY, WHETHER = "，是何原因？", "，是否有误？"


def asked(title: str, ending: str = WHY) -> str:
    """Returns the title of a question, with a question mark."""
    return title if title.endswith("？") else title + ending


def located(facts: Sequence[Fact], conflicts: Sequence[Check], repairs: Sequence[Repair], checks: Checks) -> str:
    """Returns `第三部分 七（二） · 公务接待费决算印作3万元，公开07表为0.25万元`."""
    fact = facts[0]
    if (word := turned(fact, conflicts, checks)) is not None:
        return f"{fact.where}称{fact.row_name}{word.says}，而{word.figures}"
    further = len(one_a_print(facts)) - 1
    more = f"（另有{further}处须一并更正）" if further else ""
    return f"{_name(fact)}印作{shown_amount(fact)}，{_contradiction_of(fact, conflicts, repairs, checks)}{more}"


def own_repair(fact: Fact, repairs: Sequence[Repair]) -> Repair | None:
    """The correction of a figure itself; None where only other figures have one."""
    return next((one for one in repairs if one.fact.id == fact.id), None)


def undecided(conflicts: Sequence[Check], checks: Checks) -> str:
    """Returns `本年收入合计印作664.53万元，各项之和为664.80万元` for the first check, and the number of checks."""
    more = f"（共{len(conflicts)}项勾稽不成立）" if len(conflicts) > 1 else ""
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
        return f"{_name(facts[0])}印作{shown_amount(facts[0])}，{_other_side(facts[0], check, checks)}"
    return f"{check.scope}：{check.rule.title}不成立，两边相差{gap(check, checks)}"


def _contrary_words(check: Check, checks: Checks) -> str | None:
    """Returns `第三部分 一2 · 商品和服务支出称减少8.12万元，又称增长4.7%`, for a change and its rate with contrary
    words."""
    if check.rule.kind != "rate" or len(check.left) != 1:
        return None
    rate = checks.facts.facts[check.left[0][1]]
    change = contrary(rate, checks.facts.facts)
    if change is None or change.id not in check.fact_ids:
        return None
    return f"{rate.where} · {rate.row_name}称{_change_in_words(change)}，又称{_change_in_words(rate)}"


def _change_in_words(fact: Fact) -> str:
    """Returns a change in its words: `减少8.12万元`."""
    text = shown_amount(fact)
    return text if text[:1] in "增减上下升降" else f"{'减少' if fact.signed < 0 else '增加'}{text}"


def _contradiction_of(fact: Fact, conflicts: Sequence[Check], repairs: Sequence[Repair], checks: Checks) -> str:
    """Returns what is wrong with a located figure: what contradicts it most plainly, else what the others imply."""
    graver = [check for check in conflicts if check.rule.severity == "error"] or conflicts
    alone = [check for check in graver if _stands_alone(fact, check)]
    if alone:
        return _other_side(fact, min(alone, key=lambda check: _plainness(check, checks)), checks)
    if own := own_repair(fact, repairs):
        return f"据其余数字推算应为{in_unit(own.to, fact)}"
    if conflicts[0].rule.kind == "prior_limit":
        return f"而{checks.algebra(conflicts[0])}"
    return f"与其他数字不符：{conflicts[0].rule.title}"


def _stands_alone(fact: Fact, check: Check) -> bool:
    """True if a figure alone is one side of a check."""
    sides = (check.left,) if check.per else (check.left, check.right)
    return any(len(terms) == 1 and terms[0][1] == fact.id and terms[0][0] == 1 for terms in sides)


def _plainness(check: Check, checks: Checks) -> tuple[bool, bool, bool]:
    """Returns a sort key: checks against one printed figure come first, and those against tables before others."""
    tabled = any(checks.facts.facts[number].part is Part.TABLES for number in check.fact_ids)
    return bool(check.per), len(check.terms) != 2, not tabled


def _other_side(fact: Fact, check: Check, checks: Checks) -> str:
    """Returns what the other side of a check says, if `fact` is one side."""
    if check.per:
        return f"按公布数计算为{_value(checks.quotient(check), fact)}"
    if check.rule.kind == "of_nothing":
        return "而所述金额为0"
    on_left = len(check.left) == 1 and check.left[0][1] == fact.id
    terms, side = (check.right, "right") if on_left else (check.left, "left")
    facts = _facts(terms, checks)
    relation = "" if check.operator == "=" else "大于" if on_left else "小于"
    if len(facts) == 1 and terms[0][0] == 1 and not (check.constant or check.missing):
        where, printed = beside(facts[0], fact), shown_amount(facts[0])
        if facts[0].blank:
            return f"{where}未填列"
        return f"{relation}{where}的{printed}" if relation else f"{where}为{printed}"
    value = _value(checks.side_value(check, side), fact)
    if not value:
        return "而对应的各项没有填列"
    summed = all(sign == 1 for sign, _ in terms) and not check.constant
    if relation:
        return f"{relation}{'各项之和' if summed else '按公布数计算的'}{value}"
    return f"各项之和为{value}" if summed else f"按公布数计算为{value}"


def _name(fact: Fact) -> str:
    """Returns a figure's place and name. Leaves out its measure where its words already say it."""
    if fact.claim is None:
        return fact.named
    if fact.claim.measure not in (Measure.OTHER, Measure.PER_HEAD, Measure.PRIOR):
        return f"{fact.where} · {topic(fact)}"
    return f"{fact.where} · {fact.row_name}{'上年数' if fact.claim.measure is Measure.PRIOR else ''}"


def topic(fact: Fact) -> str:
    """Returns the name of a stated figure: `公务接待费决算`, `就业率` (a rate is not called a share),
    `再就业人员完成率`."""
    if fact.claim is not None and fact.claim.measure is Measure.SHARE and fact.row_name.endswith("率"):
        return fact.row_name
    return f"{fact.row_name.removesuffix('有') or fact.row_name}{fact.column_name}"


def beside(other: Fact, fact: Fact) -> str:
    """Returns the place of another figure, as briefly as the first figure's place allows: `公开07表`, `20801
    人力资源`."""
    if other.part is Part.NARRATIVE:
        same = fact.part is Part.NARRATIVE and fact.where == other.where
        name = "" if _subject_words(other) == _subject_words(fact) else _subject_words(other)
        if same:
            return f"同一部分{name or '另处'}"
        return f"{other.where} · {name}" if name else other.where
    table, *rest = other.where.split(" · ")
    if fact.part is Part.NARRATIVE:
        return table
    own_table, *own = fact.where.split(" · ")
    if table == own_table:
        return " · ".join(one for one in rest if one not in own) or "另一栏"
    return table if rest == own else other.where


def _subject_words(fact: Fact) -> str:
    return f"{fact.row_name}{fact.column_name}" if fact.part is Part.NARRATIVE else ""


def _value(value: Decimal | None, fact: Fact) -> str:
    """Returns a computed value as the figure would print it; "" if there is none."""
    if value is None:
        return ""
    places = max(0, fact.figure.decimals)
    if fact.figure.unit not in RATE_UNITS:
        needed = -int(value.normalize().as_tuple().exponent)
        places = min(_MOST_PLACES, max(places, needed))
    text = f"{round(value, places):{',' if ',' in fact.figure.text else ''}f}{fact.figure.unit}"
    if fact.claim is not None and fact.claim.measure in CHANGES and (value < 0) != (fact.signed < 0):
        return f"{'减少' if value < 0 else '增加'}{text.removeprefix('-')}"
    return text.removeprefix("-") if fact.claim is not None else text


def _facts(terms: Terms, checks: Checks) -> list[Fact]:
    return [checks.facts.facts[number] for _, number in terms]
