"""Facts to checks: bind every rule, solve the system once, give every instance its outcome."""

from __future__ import annotations

from dataclasses import replace

from gouji.checks.bind import bind
from gouji.checks.check import Check, Checks
from gouji.checks.form import form_checks
from gouji.checks.parts import count_parts
from gouji.checks.ratio import Ratio, holds, is_cut_off, is_exact
from gouji.checks.rules import Rule, load_rules, rule
from gouji.checks.system import build_system
from gouji.facts.fact import Fact, Facts, Part
from gouji.intervals import RATE_UNITS, Verdict, judge_at_most, judge_equal, judge_less, tie_agreement, tie_tolerance


def tie_out(facts: Facts, rules: tuple[Rule, ...] | None = None) -> Checks:
    """Ties out `facts` by `rules` (default: all packaged ones). Exact; nothing is raised for what a document lacks."""
    rules = load_rules() if rules is None else rules
    bound = bind(rules, facts)
    system = build_system(bound, facts)
    parts = count_parts(bound, facts)
    judged = [
        _judge(check, residual, tolerance, parts, facts)
        for check, residual, tolerance in zip(bound, system.residuals(), system.tolerances(), strict=True)
    ]
    return Checks(facts, (*judged, *form_checks(rules, facts, len(judged))))


def _judge(check: Check, residual: int, tolerance: int, parts: dict[int, int], facts: Facts) -> Check:
    if not check.made or not check.terms:
        return check
    if check.per:
        return _judge_quotient(check, facts)
    if check.claims or check.constant:
        return _judge_words(check, residual + check.constant, tolerance)
    omitted = bool(residual) and _has_blank_side(check, facts)
    same, agreement = _same_quantity(check, facts, omitted), 0
    if same and check.operator == "=":
        one, other = (facts.facts[fact] for fact in same)
        radii = _radii(one, other, omitted)
        tolerance = tie_tolerance(*radii, _parts(one, other, parts))
        agreement = tie_agreement(*radii)
    elif omitted:
        tolerance += max(facts.facts[fact].radius for _, fact in check.terms)
    judged = replace(
        check, residual=residual, tolerance=tolerance, agreement=agreement, tie=bool(same) and check.operator == "="
    )
    if omitted:
        return replace(judged, verdict=Verdict.UNBOUND, reason="一方未填列", blank=True)
    if check.operator == "<=":
        return replace(judged, verdict=judge_at_most(residual, tolerance))
    return replace(judged, verdict=judge_equal(residual, tolerance, agreement))


def _judge_quotient(check: Check, facts: Facts) -> Check:
    """A percentage that no true values give is wrong; cut off by less than its last digit it is a matter of form."""
    ratio = Ratio.of(check, facts)
    residual = 0 if ratio.truth is None else round(ratio.p - ratio.truth)
    if holds(ratio):
        verdict = Verdict.CONSISTENT if is_exact(ratio) else Verdict.ROUNDING
        return replace(check, residual=residual, verdict=verdict)
    conflict = replace(check, residual=residual, verdict=Verdict.CONFLICT)
    percent = facts.facts[ratio.figure].figure.unit in RATE_UNITS
    return replace(conflict, rule=rule("narrative.cut_off")) if percent and is_cut_off(ratio) else conflict


def _judge_words(check: Check, residual: int, tolerance: int) -> Check:
    """A direction in words, or a total of 100 %."""
    judged = replace(check, residual=residual, tolerance=tolerance)
    judge = {"<": judge_less, "<=": judge_at_most, "=": judge_equal}[check.operator]
    return replace(judged, verdict=judge(residual, tolerance))


def _radii(one: Fact, other: Fact, omitted: bool) -> tuple[int, int]:
    """The radii of two prints of one quantity; a blank in the other's unit would be printed as finely as that."""
    if omitted and one.figure.unit == other.figure.unit:
        return (max(one.radius, other.radius),) * 2
    return one.radius, other.radius


def _parts(one: Fact, other: Fact, parts: dict[int, int]) -> int:
    """How many parts excuse a difference between two prints of one quantity.

    None for an only child, which is the same figure printed again; at most two, one unit of the last digit, where a
    sentence repeats a table: it copies a figure, it does not add up.
    """
    if _is_only_child(one, other):
        return 1
    several = max(parts.get(one.id, 1), parts.get(other.id, 1))
    return min(several, 2) if Part.NARRATIVE in (one.part, other.part) else several


def _is_only_child(one: Fact, other: Fact) -> bool:
    """True for two rows of one column of one table: a parent with a single child, the same figure printed again."""
    return (one.concept.table, one.concept.column) == (other.concept.table, other.concept.column) and bool(one.cell)


def _same_quantity(check: Check, facts: Facts, omitted: bool) -> tuple[int, int] | None:
    """The two facts of a check that joins one quantity printed twice: two figures, everything else not printed; or the
    one figure on each side, where one of them should have been printed."""
    if omitted:
        return (check.left[0][1], check.right[0][1]) if len(check.left) == len(check.right) == 1 else None
    printed = [fact for _, fact in check.terms if not facts.facts[fact].blank]
    left = [fact for _, fact in check.left if not facts.facts[fact].blank]
    if len(printed) == 2 and len(left) == 1:
        return printed[0], printed[1]
    return None


def _has_blank_side(check: Check, facts: Facts) -> bool:
    sides = (check.left, check.right)
    return any(side and all(facts.facts[fact].blank for _, fact in side) for side in sides)
