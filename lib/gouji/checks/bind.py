"""Turns rules into checks: finds the facts that each rule instance joins, and decides which instances can be
compared."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.annexed import BINDERS as ANNEXED
from gouji.checks.check import UNNUMBERED, Check, Terms, unreadable_reason
from gouji.checks.evaluation import BINDERS as EVALUATION
from gouji.checks.narrative import BINDERS as NARRATIVE
from gouji.checks.operand import Operand
from gouji.checks.rules import Rule
from gouji.checks.structure import Condition, Instance, conditions_of, instances_of
from gouji.facts.fact import Fact, Facts, Status
from gouji.intervals import Verdict
from gouji.runtime.faults import contain
from gouji.runtime.immutable import immutable


@immutable()
class _Unknown:
    """A condition that cannot be decided, and why."""

    what: str
    why: str
    verdict: Verdict


def bind(rules: tuple[Rule, ...], facts: Facts) -> list[Check]:
    """Returns every instance of every rule on these facts, not yet evaluated.

    The verdict is `unbound` or `not_checked` where a side was not published or cannot be read. Else it is `consistent`,
    a placeholder until the system is solved.
    """
    checks: list[Check] = []
    for rule in rules:
        if rule.kind in BINDERS and rule.speaks_of(facts):
            for check in _bound(rule, facts):
                checks.append(check.judged(id=len(checks)))
    return checks


def _bound(rule: Rule, facts: Facts) -> list[Check]:
    """Returns the instances of a rule; if the program fails on it, one that was not checked and says so."""

    def not_checked(reason: str) -> list[Check]:
        return [Check(UNNUMBERED, rule, rule.title, "=", (), (), reason=reason, verdict=Verdict.NOT_CHECKED)]

    return contain(f"规则“{rule.title}”", lambda: list(BINDERS[rule.kind](rule, facts)), not_checked)


def _bind_identities(rule: Rule, facts: Facts) -> Iterator[Check]:
    conditions = [_decide_condition(condition, facts) for condition in conditions_of(rule, facts)]
    if any(condition is False for condition in conditions):
        return
    unknown = next((one for one in conditions if isinstance(one, _Unknown)), None)
    if unknown:
        yield Check(
            -1, rule, rule.title, "=", (), (), missing=(unknown.what,), reason=unknown.why, verdict=unknown.verdict
        )
        return
    yield from (_check(rule, instance, facts) for instance in instances_of(rule, facts))


def _decide_condition(condition: Condition, facts: Facts) -> bool | _Unknown:
    """Returns whether a `when` line holds. It is unknown, not zero, if its table was not published or cannot be
    read."""
    for need in condition.needs:
        if need.status is Status.MISSING:
            return _Unknown(need.table, "适用条件所在的表未公布", Verdict.UNBOUND)
        illegible = need.fact is not None and facts.facts[need.fact].amount is None
        if need.status is Status.UNREADABLE or illegible:
            return _Unknown(need.table, "适用条件无法辨认", Verdict.NOT_CHECKED)
    return sum(sign * (facts.facts[fact].amount or 0) for sign, fact in condition.terms) == 0


def _check(rule: Rule, instance: Instance, facts: Facts) -> Check:
    missing: list[str] = []
    unreadable: list[str] = []
    for operand in instance.operands:
        if operand.unreadable:
            unreadable.append(operand.unreadable)
        elif unknown := _name_unrecognised(operand, facts):
            unreadable.append(unknown)
        elif operand.absent:
            missing.append(operand.absent)
        unreadable += _places_of_illegible(operand.terms, facts)
    if not instance.operands and facts.illegible:
        unreadable += _places_of_illegible((*instance.left, *instance.right), facts)
    verdict, reason = _verdict_before_solving(instance, unreadable, facts)
    return check_of(UNNUMBERED, rule, instance, tuple(missing), reason, verdict)


def _places_of_illegible(terms: Terms, facts: Facts) -> list[str]:
    """Returns the places of the figures that cannot be read, or that are printed twice."""
    if not facts.illegible:
        return []
    return [facts.facts[number].where for _, number in terms if number in facts.illegible]


def check_of(
    number: int,
    rule: Rule,
    instance: Instance,
    missing: tuple[str, ...] = (),
    reason: str = "",
    verdict: Verdict = Verdict.UNBOUND,
) -> Check:
    """Returns an instance as a check. `missing` names what was not published, `reason` says why no check is made."""
    return Check(
        id=number,
        rule=rule,
        scope=instance.scope,
        operator=instance.operator,
        left=instance.left,
        right=instance.right,
        defines=instance.defines,
        missing=missing,
        reason=reason,
        verdict=verdict,
    )


def _verdict_before_solving(instance: Instance, unreadable: list[str], facts: Facts) -> tuple[Verdict, str]:
    """Returns the verdict that needs no arithmetic, with its reason: `consistent` where the sides can be compared."""
    if unreadable:
        return Verdict.NOT_CHECKED, unreadable_reason(unreadable)
    if not instance.published:
        return Verdict.UNBOUND, "一方未公布"
    if _all_blank(instance.left, facts):
        if _all_blank(instance.right, facts):
            return Verdict.UNBOUND, "各方均未填列"
        if instance.operator == "<=":
            return Verdict.UNBOUND, "一方未填列"
    return Verdict.CONSISTENT, ""


def _all_blank(terms: Terms, facts: Facts) -> bool:
    blanks = facts.blanks
    if terms and terms[0][1] not in blanks:  # nearly always: it saves a loop
        return False
    return all(number in blanks for _, number in terms)


def _name_unrecognised(operand: Operand, facts: Facts) -> str:
    """Names the rows or columns with figures that were not recognised and may belong to an operand; "" for none."""
    if not operand.unknown:
        return ""
    figures = [fact for number in operand.unknown if (fact := facts.facts[number]).amount]
    names = dict.fromkeys(_name_line(fact, operand.unknown_is) for fact in figures)
    return f"{facts.table(operand.table).label}“{'、'.join(names)}”{operand.unknown_is}" if names else ""


def _name_line(fact: Fact, of: str) -> str:
    return fact.column_name if of == "栏" else fact.row_name or "无名"


#: What makes the checks of a rule, by its kind (see `gouji.checks.binders`).
BINDERS = {"identity": _bind_identities, **NARRATIVE, **ANNEXED, **EVALUATION}
