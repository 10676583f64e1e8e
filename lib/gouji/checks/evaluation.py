"""Annexed self-evaluation forms, bound: the money and its parts, rates of execution, weights and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from gouji.checks.check import Check, Terms, unreadable_reason
from gouji.checks.ratio import Ratio, holds
from gouji.checks.rules import Rule
from gouji.checks.score_parts import score_parts
from gouji.checks.stated_score import stated_scores
from gouji.checks.told_form import told_forms
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
    """年度资金总额, of budget and execution, is the sum of its sources; 基本支出 and 项目支出 make it once more."""
    layout = load_evaluation()
    for key, table in facts.forms.items():
        for column in _MONEY:
            total = facts.get(key, "total", column)
            if total is None:
                continue
            rows = facts.rows(key, column)
            sources = [row for row in rows if row in layout.sources or row.startswith("?")]
            if len(sources) >= _FEWEST:
                yield _of_sources(rule, table, total, sources, facts)
            natures = _cells(facts, key, [row for row in rows if row in layout.natures], column)
            if len(natures) >= _FEWEST:
                yield _summed(rule, table, total, natures)


def _of_sources(rule: Rule, table: RecognisedTable, total: Fact, sources: Sequence[str], facts: Facts) -> Check:
    """The whole against its sources: all of them, or those that no other of them takes in, whichever holds. Where
    neither does, that is certain only of a whole list in which none may take in another."""
    layout = load_evaluation()
    inner = {part for row in sources for part in layout.divided.get(row, ())}
    outer = [row for row in sources if row not in inner]
    column = total.concept.column
    readings = [_cells(facts, table.key, rows, column) for rows in dict.fromkeys((tuple(sources), tuple(outer)))]
    holding = [one for one in readings if sum(part.amount or 0 for part in one) == (total.amount or 0)]
    check = _summed(rule, table, total, (holding or readings)[0])
    sure = len(readings) == 1 and (any(row in layout.closing for row in sources) or _adds_up(table, sources, facts))
    if check.made and not holding and not sure and not _is_exceeded(total, readings):
        return check.judged(verdict=Verdict.UNBOUND, reason="资金来源的层次或范围不能确定")
    return check


def _adds_up(table: RecognisedTable, sources: Sequence[str], facts: Facts) -> bool:
    """True where the sources come to the whole in another column of the money: then the list is whole."""
    for column in _MONEY:
        total = facts.get(table.key, "total", column)
        parts = sum(one.amount or 0 for one in _cells(facts, table.key, sources, column))
        if total is not None and total.amount and total.amount == parts:
            return True
    return False


def _is_exceeded(total: Fact, readings: Sequence[Sequence[Fact]]) -> bool:
    """True where one source alone is more than the whole, and none is negative."""
    amounts = [part.amount or 0 for one in readings for part in one]
    return min(amounts, default=0) >= 0 and max(amounts, default=0) > (total.amount or 0) + 2 * total.radius


def rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Each 执行率 is the execution's share of the year's budget; one of the year's first budget is a rate too."""
    for key in facts.forms:
        tried = [found for row in facts.rows(key, "rate") if (found := _rate(rule, key, row, facts))]
        adjusted = any(len(one) > 1 and _gives(one[0], facts) and not _gives(one[1], facts) for one in tried)
        for checks in tried:
            yield _judged_rate(checks[:1] if adjusted else checks, facts)


def _rate(rule: Rule, key: str, row: str, facts: Facts) -> list[Check]:
    """The checks of a rate on the year's budget and on its first budget, of those that are printed."""
    rate, executed = facts.get(key, row, "rate"), facts.get(key, row, "executed")
    bases = [facts.get(key, row, column) for column in ("adjusted", "initial")]
    if not rate or not rate.figure.printed or rate.figure.unit not in RATE_UNITS or not executed:
        return []
    of = [one for one in bases if one and one.amount and not one.blank]
    return [Check(-1, rule, rate.where, "=", _alone(rate), _alone(executed), per=_alone(base)) for base in of]


def _judged_rate(checks: Sequence[Check], facts: Facts) -> Check:
    """The check on the budget that gives the rate, else on the first."""
    illegible = [fact.where for number in checks[0].fact_ids if (fact := facts.facts[number]).amount is None]
    if illegible:
        return checks[0].judged(verdict=Verdict.NOT_CHECKED, reason=unreadable_reason(illegible))
    good = [check for check in checks if _gives(check, facts)]
    return (good or list(checks))[0].judged(verdict=Verdict.CONSISTENT)


def _gives(check: Check, facts: Facts) -> bool:
    """True where the printed amounts give the rate."""
    legible = all(facts.facts[number].amount is not None for number in check.fact_ids)
    return legible and holds(Ratio.of(check, facts))


def weights(rule: Rule, facts: Facts) -> Iterator[Check]:
    """The weights of all indicators, and that of the money where it has one, come to the weight of the sum's row."""
    for key, table in facts.forms.items():
        total = facts.get(key, "sum", "weight")
        if total is not None and (rows := _scored(facts, key)):
            check = _summed(rule, table, total, _cells(facts, key, rows, "weight"))
            if check.made and _is_unweighted(facts, key, rows) and _weight(facts, key, rows) < _aim(facts, key):
                check = check.judged(verdict=Verdict.NOT_CHECKED, reason="预算执行率有得分而未列分值，分值不能汇总")
            yield check


def scores(rule: Rule, facts: Facts) -> Iterator[Check]:
    """The scores of all of them come to the score of the sum's row; only where their weights do to its weight."""
    for key, table in facts.forms.items():
        total, rows = facts.get(key, "sum", "score"), _scored(facts, key)
        if total is None or not rows:
            continue
        rows = _reaching(facts, key, rows, total)
        check = _summed(rule, table, total, _cells(facts, key, rows, "score"))
        if check.made and not _on_one_scale(facts, key):
            check = check.judged(verdict=Verdict.NOT_CHECKED, reason="得分与分值不是同一尺度")
        elif check.made and _weight(facts, key, rows) != _aim(facts, key) and not _has_room(facts, key, rows):
            check = check.judged(verdict=Verdict.NOT_CHECKED, reason="所列分值之和不等于总分值，得分不能汇总")
        elif check.made and any(_is_unscored(facts, key, row) for row in rows):
            check = check.judged(verdict=Verdict.NOT_CHECKED, reason="有分值的指标未列得分")
        yield check


def _scored(facts: Facts, key: str) -> list[str]:
    """The rows whose weights and scores make the sum: every indicator, and the money unless it is an indicator too."""
    indicators = [row for row in (*facts.rows(key, "weight"), *facts.rows(key, "score")) if "." in row]
    indicators = list(dict.fromkeys(indicators))
    if not indicators:
        return []
    money = (facts.get(key, "total", "weight"), facts.get(key, "total", "score"))
    if not any(one and one.figure.printed for one in money):
        return indicators
    alone = _weight(facts, key, indicators) == _aim(facts, key)
    return indicators if alone else ["total", *indicators]


def _reaching(facts: Facts, key: str, rows: list[str], total: Fact) -> list[str]:
    """The rows, or those with the money taken in or left out, where only they come to the score of the sum."""
    other = [row for row in rows if row != "total"] if "total" in rows else ["total", *rows]
    sums = [sum(one.amount or 0 for one in _cells(facts, key, each, "score")) for each in (rows, other)]
    return other if total.amount == sums[1] != sums[0] and _weight(facts, key, other) >= _aim(facts, key) else rows


def _on_one_scale(facts: Facts, key: str) -> bool:
    """False where weights are fractions of one, or most scores are above their weights: scores are in hundredths."""
    pairs = [
        (score.amount or 0, weight.amount or 0)
        for row in facts.rows(key, "score")
        if "." in row and (score := facts.get(key, row, "score")) and (weight := facts.get(key, row, "weight"))
    ]
    above = sum(score > weight for score, weight in pairs)
    return not pairs or (sum(weight for _, weight in pairs) > 2 * SCALE and 2 * above <= len(pairs))


def _is_unweighted(facts: Facts, key: str, rows: Sequence[str]) -> bool:
    """True where the money is among the rows and prints a score, but no weight."""
    weight, score = facts.get(key, "total", "weight"), facts.get(key, "total", "score")
    return "total" in rows and bool(score and score.amount) and not (weight and weight.figure.printed)


def _has_room(facts: Facts, key: str, rows: Sequence[str]) -> bool:
    """True where the money's weight is not printed and what the indicators leave of the sum's has room for its score:
    that is its weight."""
    score = facts.get(key, "total", "score")
    left = _aim(facts, key) - _weight(facts, key, rows)
    return _is_unweighted(facts, key, rows) and score is not None and (score.amount or 0) <= left


def _is_unscored(facts: Facts, key: str, row: str) -> bool:
    """True for a weight whose score is left blank: it may be printed in a merged cell elsewhere."""
    weight, score = facts.get(key, row, "weight"), facts.get(key, row, "score")
    return bool(weight and weight.amount) and (score is None or score.blank)


def _aim(facts: Facts, key: str) -> int:
    total = facts.get(key, "sum", "weight")
    return _WHOLE if total is None or not total.amount else total.amount


def _weight(facts: Facts, key: str, rows: Sequence[str]) -> int:
    return sum(fact.amount or 0 for row in rows if (fact := facts.get(key, row, "weight")))


def class_weights(rule: Rule, facts: Facts) -> Iterator[Check]:
    """产出指标（50分）: the weights of its indicators come to what its label says."""
    for key, table in facts.forms.items():
        rows = facts.rows(key, "weight")
        for label in (row for row in rows if row.isdigit()):
            own = [row for row in rows if row.startswith(f"{label}.")]
            total = facts.get(key, label, "weight")
            if total is not None and own:
                yield _summed(rule, table, total, _cells(facts, key, own, "weight"))


def limits(rule: Rule, facts: Facts) -> Iterator[Check]:
    """No score is above its weight, in the row of the money, of an indicator, or of the sum."""
    for key in facts.forms:
        if _on_one_scale(facts, key):
            rows = facts.rows(key, "score")
            for row, below in zip_longest(rows, rows[1:], fillvalue=""):
                if not ("." in below and _is_unscored(facts, key, below)):  # else one score is printed for several
                    yield from _limit(rule, key, row, facts)


def _limit(rule: Rule, key: str, row: str, facts: Facts) -> Iterator[Check]:
    score, weight = facts.get(key, row, "score"), facts.get(key, row, "weight")
    if score and weight and score.figure.printed and weight.figure.printed and not score.repeated:
        yield Check(-1, rule, score.where, "<=", _alone(score), _alone(weight), verdict=Verdict.CONSISTENT)


def _cells(facts: Facts, key: str, rows: Sequence[str], column: str) -> list[Fact]:
    """The facts of rows in a column, also those that could not be read there."""
    found = (facts.get(key, row, column) or facts.get(key, row, f"?{column}") for row in rows)
    return [fact for fact in found if fact]


def _summed(rule: Rule, table: RecognisedTable, total: Fact, parts: Sequence[Fact]) -> Check:
    """A total against its parts; not checked where a part cannot be read, is not known, or may be on another page."""
    check = Check(-1, rule, total.where, "=", _alone(total), tuple((1, one.id) for one in parts), defines=True)
    doubtful = [one.where for one in (total, *parts) if one.amount is None or one.repeated or _unknown(one)]
    if table.grid is not None and table.grid.cut:
        doubtful.append(f"{table.label}的后续部分")
    if doubtful:
        return check.judged(verdict=Verdict.NOT_CHECKED, reason=unreadable_reason(doubtful))
    if total.blank and all(one.blank for one in parts):
        return check.judged(verdict=Verdict.UNBOUND, reason="各方均未填列")
    return check.judged(verdict=Verdict.CONSISTENT)


def _unknown(fact: Fact) -> bool:
    return fact.concept.row.startswith("?") or (fact.concept.column.startswith("?") and not fact.blank)


def _alone(fact: Fact) -> Terms:
    return ((1, fact.id),)


#: Rule kind → binder; each takes the rule and the facts and yields checks without ids.
BINDERS = {
    "evaluation_funds": funds,
    "evaluation_rate": rates,
    "evaluation_weights": weights,
    "evaluation_class_weights": class_weights,
    "evaluation_scores": scores,
    "evaluation_limit": limits,
    "evaluation_stated": stated_scores,
    "evaluation_told": told_forms,
    "evaluation_whole": whole_scores,
    "evaluation_whole_open": unit_scores,
    "evaluation_parts_told": score_parts,
}
