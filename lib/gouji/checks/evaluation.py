"""Annexed self-evaluation forms, bound: the money and its parts, rates of execution, weights and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.check import Check, Terms
from gouji.checks.ratio import Ratio, holds
from gouji.checks.rules import Rule
from gouji.checks.stated_score import stated_scores
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
    sure = len(readings) == 1 and any(row in layout.closing for row in sources)
    if check.made and not holding and not sure:
        return check.judged(verdict=Verdict.UNBOUND, reason="资金来源的层次或范围不能确定")
    return check


def rates(rule: Rule, facts: Facts) -> Iterator[Check]:
    """Each 执行率 is the execution's share of the year's budget; one of the year's first budget is a rate too."""
    for key in facts.forms:
        for row in facts.rows(key, "rate"):
            rate, executed = facts.get(key, row, "rate"), facts.get(key, row, "executed")
            bases = [facts.get(key, row, column) for column in ("adjusted", "initial")]
            of = [one for one in bases if one and one.amount and not one.blank]
            if rate and rate.figure.printed and rate.figure.unit in RATE_UNITS and executed and of:
                yield _rate(rule, rate, executed, of, facts)


def _rate(rule: Rule, rate: Fact, executed: Fact, of: Sequence[Fact], facts: Facts) -> Check:
    """The check on the budget that gives the rate, else on the adjusted one."""
    checks = [
        Check(-1, rule, rate.where, "=", ((1, rate.id),), ((1, executed.id),), per=((1, base.id),)) for base in of
    ]
    if executed.amount is None or rate.amount is None:
        return checks[0].judged(verdict=Verdict.NOT_CHECKED, reason=f"{executed.where}无法识别")
    good = [check for check in checks if holds(Ratio.of(check, facts))]
    return (good or checks)[0].judged(verdict=Verdict.CONSISTENT)


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
        check = _summed(rule, table, total, _cells(facts, key, rows, "score"))
        if check.made and _weight(facts, key, rows) != _aim(facts, key) and not _has_room(facts, key, rows):
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
    """No score is above its weight."""
    for key in facts.forms:
        for row in facts.rows(key, "score"):
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
        return check.judged(verdict=Verdict.NOT_CHECKED, reason=f"{'、'.join(doubtful)}无法识别")
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
}
