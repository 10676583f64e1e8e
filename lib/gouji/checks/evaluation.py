"""Binds annexed self-evaluation forms: the money and its parts, rates of execution, weights and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from gouji.checks.check import UNNUMBERED, Check, term_of, unreadable_reason
from gouji.checks.deductions import deductions
from gouji.checks.form_points import deducted, score_rates
from gouji.checks.graded_projects import grade_counts, mean_scores, score_bands
from gouji.checks.project_statements import project_statements
from gouji.checks.ratio import Ratio, holds
from gouji.checks.report_score import report_scores, report_weights
from gouji.checks.rules import Rule
from gouji.checks.score_parts import part_limits, part_weights, row_means, score_parts
from gouji.checks.stated_score import stated_scores
from gouji.checks.whole_score import unit_scores, whole_scores
from gouji.facts.fact import Fact, Facts, RecognisedTable
from gouji.intervals import RATE_UNITS, SCALE, Verdict
from gouji.layouts.evaluation import load_evaluation

_MONEY = ("initial", "adjusted", "executed")
#: All weights of a form come to this many points.
_WHOLE = 100 * SCALE
#: A sum of one part is that part; nobody prints a division into one.
_FEWEST = 2


def funds(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks 年度资金总额, of budget and execution, against the sum of its sources, and against 基本支出 plus
    项目支出."""
    layout = load_evaluation()
    for key, table in facts.forms.items():
        for column in _MONEY:
            total = facts.get(key, "total", column)
            if total is None:
                continue
            rows = facts.rows(key, column)
            sources = [row for row in rows if row in layout.sources or row.startswith("?")]
            if len(sources) >= _FEWEST:
                yield _check_sources(rule, table, total, sources, facts)
            natures = _cells(facts, key, [row for row in rows if row in layout.natures], column)
            if len(natures) >= _FEWEST:
                yield _check_sum(rule, table, total, natures)


def _check_sources(rule: Rule, table: RecognisedTable, total: Fact, sources: Sequence[str], facts: Facts) -> Check:
    """Checks the whole against its sources: all of them, or only those that no other source contains, whichever holds.
    If neither holds, the check is undecided, unless the list is complete and no source in it can contain another."""
    layout = load_evaluation()
    inner = {part for row in sources for part in layout.divided.get(row, ())}
    outer = [row for row in sources if row not in inner]
    column = total.concept.column
    readings = [_cells(facts, table.key, rows, column) for rows in dict.fromkeys((tuple(sources), tuple(outer)))]
    holding = [one for one in readings if sum(part.amount or 0 for part in one) == (total.amount or 0)]
    check = _check_sum(rule, table, total, (holding or readings)[0])
    sure = len(readings) == 1 and (any(row in layout.closing for row in sources) or _adds_up(table, sources, facts))
    if check.made and not holding and not sure and not _is_exceeded(total, readings):
        return check.judged(verdict=Verdict.UNBOUND, reason="资金来源的层次或范围不能确定")
    return check


def _adds_up(table: RecognisedTable, sources: Sequence[str], facts: Facts) -> bool:
    """True if the sources add up to the whole in another column of the money: then the list is complete."""
    for column in _MONEY:
        total = facts.get(table.key, "total", column)
        parts = sum(one.amount or 0 for one in _cells(facts, table.key, sources, column))
        if total is not None and total.amount and total.amount == parts:
            return True
    return False


def _is_exceeded(total: Fact, readings: Sequence[Sequence[Fact]]) -> bool:
    """True if one source alone is more than the whole, and none is negative."""
    amounts = [part.amount or 0 for one in readings for part in one]
    return min(amounts, default=0) >= 0 and max(amounts, default=0) > (total.amount or 0) + 2 * total.radius


def rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that each 执行率 is execution ÷ the year's budget. Execution ÷ the first budget is accepted too."""
    for key in facts.forms:
        tried = [found for row in facts.rows(key, "rate") if (found := _possible_rate_checks(rule, key, row, facts))]
        adjusted = any(len(one) > 1 and _rate_holds(one[0], facts) and not _rate_holds(one[1], facts) for one in tried)
        for checks in tried:
            yield _choose_base(checks[:1] if adjusted else checks, facts)


def _possible_rate_checks(rule: Rule, key: str, row: str, facts: Facts) -> list[Check]:
    """Returns the checks of a rate on the year's budget and on its first budget, for those that are printed."""
    rate, executed = facts.get(key, row, "rate"), facts.get(key, row, "executed")
    bases = [facts.get(key, row, column) for column in ("adjusted", "initial")]
    if not rate or not rate.figure.printed or rate.figure.unit not in RATE_UNITS or not executed:
        return []
    of = [one for one in bases if one and one.amount and not one.blank]
    sides = term_of(rate), term_of(executed)
    return [Check(UNNUMBERED, rule, rate.where, "=", *sides, per=term_of(base)) for base in of]


def _choose_base(checks: Sequence[Check], facts: Facts) -> Check:
    """Returns the check on the budget with which the rate holds, else the first."""
    illegible = [fact.where for number in checks[0].fact_ids if (fact := facts.facts[number]).amount is None]
    if illegible:
        return checks[0].judged(verdict=Verdict.NOT_CHECKED, reason=unreadable_reason(illegible))
    good = [check for check in checks if _rate_holds(check, facts)]
    return (good or list(checks))[0].judged(verdict=Verdict.CONSISTENT)


def _rate_holds(check: Check, facts: Facts) -> bool:
    """True if the printed amounts give the rate."""
    legible = all(facts.facts[number].amount is not None for number in check.fact_ids)
    return legible and holds(Ratio.of(check, facts))


def weights(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that the weights of all indicators, and that of the money where it has one, add up to the weight in the
    sum's row."""
    for key, table in facts.forms.items():
        total = facts.get(key, "sum", "weight")
        if total is not None and (rows := _summed_rows(facts, key)):
            check = _check_sum(rule, table, total, _cells(facts, key, rows, "weight"))
            if check.made and _is_printed_twice(facts, key, rows):
                check = check.judged(verdict=Verdict.NOT_CHECKED, reason="分值分层列示，层次不能确定")
            elif (
                check.made
                and _is_unweighted(facts, key, rows)
                and _sum_of_weights(facts, key, rows) < _total_weight(facts, key)
            ):
                check = check.judged(verdict=Verdict.NOT_CHECKED, reason="预算执行率有得分而未列分值，分值不能汇总")
            yield check


def scores(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that all scores add up to the score in the sum's row, if their weights add up to its weight."""
    for key, table in facts.forms.items():
        total, rows = facts.get(key, "sum", "score"), _summed_rows(facts, key)
        if total is None or not rows:
            continue
        rows = _rows_reaching(facts, key, rows, total)
        check = _check_sum(rule, table, total, _cells(facts, key, rows, "score"))
        if check.made and not _on_one_scale(facts, key):
            check = check.judged(verdict=Verdict.NOT_CHECKED, reason="得分与分值不是同一尺度")
        elif (
            check.made
            and _sum_of_weights(facts, key, rows) != _total_weight(facts, key)
            and not _has_room(facts, key, rows)
        ):
            check = check.judged(verdict=Verdict.NOT_CHECKED, reason="所列分值之和不等于总分值，得分不能汇总")
        elif check.made and any(_is_unscored(facts, key, row) for row in rows):
            check = check.judged(verdict=Verdict.NOT_CHECKED, reason="有分值的指标未列得分")
        yield check


def _summed_rows(facts: Facts, key: str) -> list[str]:
    """Returns the rows whose weights and scores make up the sum: every indicator, and the money unless it is an
    indicator too."""
    indicators = [row for row in (*facts.rows(key, "weight"), *facts.rows(key, "score")) if "." in row]
    indicators = list(dict.fromkeys(indicators))
    if not indicators:
        return []
    money = (facts.get(key, "total", "weight"), facts.get(key, "total", "score"))
    if not any(one and one.figure.printed for one in money):
        return indicators
    alone = _sum_of_weights(facts, key, indicators) == _total_weight(facts, key)
    return indicators if alone else ["total", *indicators]


def _rows_reaching(facts: Facts, key: str, rows: list[str], total: Fact) -> list[str]:
    """Returns the rows. Adds or leaves out the money if only then they add up to the score in the sum's row."""
    other = [row for row in rows if row != "total"] if "total" in rows else ["total", *rows]
    sums = [sum(one.amount or 0 for one in _cells(facts, key, each, "score")) for each in (rows, other)]
    return (
        other
        if total.amount == sums[1] != sums[0] and _sum_of_weights(facts, key, other) >= _total_weight(facts, key)
        else rows
    )


def _is_printed_twice(facts: Facts, key: str, rows: Sequence[str]) -> bool:
    """True if the weights are so much more than the sum's that classes must be printed as well as their indicators."""
    return 2 * _sum_of_weights(facts, key, rows) > 3 * _total_weight(facts, key)


def _on_one_scale(facts: Facts, key: str) -> bool:
    """False if weights are fractions of one, or if most scores are above their weights: then scores are in
    hundredths."""
    pairs = [
        (score.amount or 0, weight.amount or 0)
        for row in facts.rows(key, "score")
        if "." in row and (score := facts.get(key, row, "score")) and (weight := facts.get(key, row, "weight"))
    ]
    above = sum(score > weight for score, weight in pairs)
    return not pairs or (sum(weight for _, weight in pairs) > 2 * SCALE and 2 * above <= len(pairs))


def _is_unweighted(facts: Facts, key: str, rows: Sequence[str]) -> bool:
    """True if the money is among the rows and prints a score, but no weight."""
    weight, score = facts.get(key, "total", "weight"), facts.get(key, "total", "score")
    return "total" in rows and bool(score and score.amount) and not (weight and weight.figure.printed)


def _has_room(facts: Facts, key: str, rows: Sequence[str]) -> bool:
    """True if the money's weight is not printed, and the weight that the indicators leave covers its score: that is its
    weight."""
    score = facts.get(key, "total", "score")
    left = _total_weight(facts, key) - _sum_of_weights(facts, key, rows)
    return _is_unweighted(facts, key, rows) and score is not None and (score.amount or 0) <= left


def _is_unscored(facts: Facts, key: str, row: str) -> bool:
    """True for a weight whose score is blank: it may be printed in a merged cell elsewhere."""
    weight, score = facts.get(key, row, "weight"), facts.get(key, row, "score")
    return bool(weight and weight.amount) and (score is None or score.blank)


def _total_weight(facts: Facts, key: str) -> int:
    total = facts.get(key, "sum", "weight")
    return _WHOLE if total is None or not total.amount else total.amount


def _sum_of_weights(facts: Facts, key: str, rows: Sequence[str]) -> int:
    return sum(fact.amount or 0 for row in rows if (fact := facts.get(key, row, "weight")))


def class_weights(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that the weights of the indicators of a class add up to what its label states: 产出指标（50分）."""
    for key, table in facts.forms.items():
        rows = facts.rows(key, "weight")
        for label in (row for row in rows if row.isdigit()):
            own = [row for row in rows if row.startswith(f"{label}.")]
            total = facts.get(key, label, "weight")
            if total is not None and own:
                yield _check_sum(rule, table, total, _cells(facts, key, own, "weight"))


def limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Checks that no score is above its weight, in the rows of the money, of the indicators and of the sum."""
    for key in facts.forms:
        if _on_one_scale(facts, key):
            rows = facts.rows(key, "score")
            for row, below in zip_longest(rows, rows[1:], fillvalue=""):
                if not ("." in below and _is_unscored(facts, key, below)):  # else one score is printed for several
                    yield from _check_score_limit(rule, key, row, facts)


def _check_score_limit(rule: Rule, key: str, row: str, facts: Facts) -> Iterator[Check]:
    score, weight = facts.get(key, row, "score"), facts.get(key, row, "weight")
    if score and weight and score.figure.printed and weight.figure.printed and not score.repeated:
        yield Check(UNNUMBERED, rule, score.where, "<=", term_of(score), term_of(weight), verdict=Verdict.CONSISTENT)


def _cells(facts: Facts, key: str, rows: Sequence[str], column: str) -> list[Fact]:
    """Returns the facts of rows in a column, including those that could not be read."""
    found = (facts.get(key, row, column) or facts.get(key, row, f"?{column}") for row in rows)
    return [fact for fact in found if fact]


def _check_sum(rule: Rule, table: RecognisedTable, total: Fact, parts: Sequence[Fact]) -> Check:
    """Checks a total against its parts. Leaves it undecided if a part cannot be read or recognised, or may be on
    another page."""
    check = Check(UNNUMBERED, rule, total.where, "=", term_of(total), tuple((1, one.id) for one in parts), defines=True)
    doubtful = [one.where for one in (total, *parts) if one.amount is None or one.repeated or _is_unrecognised(one)]
    if table.grid is not None and table.grid.cut:
        doubtful.append(f"{table.label}的后续部分")
    if doubtful:
        return check.judged(verdict=Verdict.NOT_CHECKED, reason=unreadable_reason(doubtful))
    if total.blank and all(one.blank for one in parts):
        return check.judged(verdict=Verdict.UNBOUND, reason="各方均未填列")
    return check.judged(verdict=Verdict.CONSISTENT)


def _is_unrecognised(fact: Fact) -> bool:
    return fact.concept.row.startswith("?") or (fact.concept.column.startswith("?") and not fact.blank)


#: Rule kind → binder; each takes the rule and the facts and yields checks without ids.
BINDERS = {
    "evaluation_funds": funds,
    "evaluation_rate": rates,
    "evaluation_weights": weights,
    "evaluation_class_weights": class_weights,
    "evaluation_scores": scores,
    "evaluation_limit": limits,
    "evaluation_deducted": deducted,
    "evaluation_score_rate": score_rates,
    "evaluation_stated": stated_scores,
    "evaluation_told": project_statements,
    "evaluation_report": report_scores,
    "evaluation_report_weights": report_weights,
    "evaluation_grades": grade_counts,
    "evaluation_bands": score_bands,
    "evaluation_mean": mean_scores,
    "evaluation_whole": whole_scores,
    "evaluation_whole_open": unit_scores,
    "evaluation_parts_told": score_parts,
    "evaluation_row_mean": row_means,
    "evaluation_part_weights": part_weights,
    "evaluation_part_limits": part_limits,
    "evaluation_deductions": deductions,
}
