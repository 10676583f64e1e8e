"""Questions on ratios, one quantity divided by another, that surely lie outside their range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from gouji.intervals import MONEY_UNITS, QuotientTerm, ratio_extremes, scaled
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.reasonableness.peers import Range, range_among_peers
from gouji.review.reasonableness.quantities import Amount, Lacking, Side, amount_of, concerns, off_by
from gouji.review.reasonableness.ratio_words import ratio_in_words
from gouji.review.reasonableness.rules import RatioRule, ReasonablenessRule
from gouji.rules.thresholds import thresholds
from gouji.runtime.immutable import immutable


@immutable()
class Judged:
    """A ratio of a document: its sides, its value, and on which side of which range it surely lies."""

    ratio: RatioRule
    of: Amount
    to: Amount
    value: Fraction
    range: Range
    side: Side

    @property
    def shown(self) -> str:
        """Returns `14.61%`, `78.13元`, `7.76倍`."""
        return ratio_in_words(self.value, self.ratio.unit)

    @property
    def line(self) -> str:
        """Returns the line beyond which it lies: `2%`."""
        line = self.range.least if self.side == "below" else self.range.most
        return "" if line is None else ratio_in_words(line, self.ratio.unit, exact=True)


def review_ratios(rule: ReasonablenessRule, material: Material) -> Iterator[Observation]:
    """Yields one observation for all ratios of a rule.

    It asks about those out of range. It is clear if one was judged, and unknown if none could be judged because a
    figure is missing. Yields nothing if there is nothing to judge.
    """
    results = [judge(ratio, material) for ratio in rule.ratios]
    main = [result for ratio, result in zip(rule.ratios, results, strict=True) if not ratio.supporting]
    judged = [one for one in results if isinstance(one, Judged)]
    beyond = [one for one in judged if one.side]
    if any(not one.ratio.supporting for one in beyond):
        yield _ask(rule, beyond)
    elif any(isinstance(one, Judged) for one in main):
        yield Observation(rule, rule.title, Outcome.CLEAR)
    elif lacking := next((one for one in main if isinstance(one, Lacking)), None):
        yield Observation(rule, rule.title, Outcome.UNKNOWN, message=lacking.why)


def judge(ratio: RatioRule, material: Material) -> Judged | Lacking | None:
    """Returns a ratio in a document; None if its amounts are too small, or its conditions do not hold."""
    of = amount_of(ratio.of, ratio.of_name, material, ratio.optional)
    if isinstance(of, Lacking):
        return of
    if not (of.amount > 0 or (ratio.zero_counts and not of.amount)) or not _reaches(of, ratio.of_least, material):
        return None
    if unmet := _condition(ratio, material):
        return unmet if isinstance(unmet, Lacking) else None
    to = amount_of(ratio.to, ratio.to_name, material, ratio.optional)
    if isinstance(to, Lacking):
        return to
    if to.amount <= 0 or not _reaches(to, ratio.to_least, material):
        return None
    factor = 100 if ratio.unit == "%" else 1
    value = Fraction(factor * of.amount, to.amount)
    among = range_among_peers(ratio, material) or _own_range(ratio, material)
    side = _side_of_line((value, value), among)
    if side:  # Only then does it matter what the figures may be off by.
        extremes = ratio_extremes(_parts(of, to, material), factor)
        side = _side_of_line(extremes, among) if extremes else ""
    return Judged(ratio, of, to, value, among, side)


def _condition(ratio: RatioRule, material: Material) -> Lacking | bool:
    """Returns True, or what is missing, if a path of `printed` has no amount or one of `zero` has one."""
    for paths, wanted in ((ratio.printed, True), (ratio.zero, False)):
        for path in paths:
            found = amount_of(path, path, material, ratio.optional)
            if isinstance(found, Lacking):
                return found
            if bool(found.amount) != wanted:
                return True
    return False


def _reaches(amount: Amount, name: str, material: Material) -> bool:
    """True if an amount reaches a threshold (in 万元; counts in their own unit)."""
    unit = "万元" if amount.unit in MONEY_UNITS else amount.unit
    return not name or amount.amount >= scaled(material.threshold(name), unit)


def _own_range(ratio: RatioRule, material: Material) -> Range:
    """Returns the range by the rule's own thresholds."""
    least, most = (Fraction(material.threshold(name)) if name else None for name in (ratio.least, ratio.most))
    return Range(least, most, below=_why(ratio.least, material), above=_why(ratio.most, material))


def _why(name: str, material: Material) -> str:
    """Why a line lies where it lies; "" where the parameters moved it."""
    stated = thresholds().get(name)
    return stated.why if stated and stated.default == material.threshold(name) else ""


def _side_of_line(extremes: tuple[Fraction, Fraction], among: Range) -> Side:
    """Returns the side on which a ratio surely lies: beyond a line with all values that its figures may stand for."""
    if among.least is not None and extremes[1] < among.least:
        return "below"
    return "above" if among.most is not None and extremes[0] > among.most else ""


def _parts(of: Amount, to: Amount, material: Material) -> list[QuotientTerm]:
    """Returns the figures of both sides. One that stands on both appears once, with both weights."""
    weights: dict[int, list[int]] = {}
    known: dict[int, tuple[int, int]] = {}
    for place, side in enumerate((of, to)):
        for sign, fact in side.figures:
            weights.setdefault(fact.id, [0, 0])[place] += sign
            known[fact.id] = fact.amount or 0, off_by(fact, material)
    parts = [QuotientTerm(top, bottom, *known[fact]) for fact, (top, bottom) in weights.items()]
    constants = ((1, 0, of), (0, 1, to))
    return parts + [QuotientTerm(top, bottom, side.amount, 0) for top, bottom, side in constants if not side.figures]


def _ask(rule: ReasonablenessRule, beyond: Sequence[Judged]) -> Observation:
    main = next(one for one in beyond if not one.ratio.supporting)
    others = [one for one in beyond if one is not main]
    also = "".join(f"，{_fill_in(one.ratio.also, one)}" for one in others if one.ratio.also)
    reasons = [_describe_ratio(one) for one in (main, *others)]
    return Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        _fill_in(main.ratio.asks, main).replace("{also}", also),
        f"{''.join(reasons)}{rule.looks}",
        concerns([one.of for one in (main, *others)] + [one.to for one in (main, *others) if rule.yields_to]),
    )


def _describe_ratio(one: Judged) -> str:
    """Returns what was divided by what, the result, the line that it is beyond, and why that line lies there if the
    ratio does not tell its own reason."""
    algebra = f"{one.of.name}{one.of.shown} ÷ {one.to.name}{one.to.shown} = {one.shown}"
    summed = f"（{one.to.name}：{one.to.parts}）" if len(one.to.figures) > 1 else ""
    relation = "低于" if one.side == "below" else "超过"
    why = one.range.below if one.side == "below" else one.range.above
    tells = _fill_in(one.ratio.tells, one)
    line = f"{relation}{one.range.named}{one.line}" + (f"（{why}）" if why and not tells else "")
    return f"{algebra}{summed}，{line}。{tells}"


def _fill_in(text: str, one: Judged) -> str:
    values = {"of": one.of.shown, "to": one.to.shown, "value": one.shown, "line": one.line, "where": one.of.where}
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
