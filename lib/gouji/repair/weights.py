"""Weighs the assumption that a figure is wrong, with reasons: reads `weights.yaml` and finds which of its lines
apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

from gouji.checks.check import Check
from gouji.checks.ratio import is_exact
from gouji.facts.claim import Measure
from gouji.facts.fact import Part
from gouji.intervals import SCALE, ScaledAmount, Verdict
from gouji.repair.change import Change, Kind, contrary
from gouji.repair.corrections import Corrections, is_omitted
from gouji.repair.slip_names import NamedSlip
from gouji.repair.solve import touched_by
from gouji.runtime.immutable import immutable
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_yaml
from gouji.slips import SlipKind

_LIMITED: Mapping[Measure, Literal["share", "completion"]] = {
    Measure.SHARE: "share",
    Measure.COMPLETION: "completion",
}


class _Line(StrictModel):
    """One line of the table: counted up to `most` times."""

    id: str
    weight: int
    reason: str
    most: int = 1


class Weights(StrictModel):
    """The table of weights. `decisive`: by how much the next repair must be heavier for the first to be located.
    `unlikely`: by measure, from how many percent on a percentage is unlikely."""

    decisive: int
    unlikely: Mapping[Literal["share", "completion"], int]
    kinds: tuple[_Line, ...]
    evidence: tuple[_Line, ...]

    def line(self, name: str) -> _Line:
        """Returns the line with an id. Raises KeyError if the table has none."""
        found = next((one for one in (*self.kinds, *self.evidence) if one.id == name), None)
        if found is None:
            raise KeyError(name)
        return found


@cache
def load_weights() -> Weights:
    """Returns the packaged table, validated."""
    text = files("gouji.repair").joinpath("weights.yaml").read_text(encoding="utf-8")
    return Weights.model_validate(load_yaml(text))


@immutable()
class Cost:
    """A repair's weight and the lines that made it: (reason, weight, times)."""

    weight: int
    lines: tuple[tuple[str, int, int], ...]


def cost_of(
    changes: Sequence[Change],
    values: dict[int, ScaledAmount],
    slips: Mapping[Change, NamedSlip],
    state: Corrections,
) -> Cost:
    """Returns the weight of a repair whose numbers take `values` (facts without a value are only bounded)."""
    table = load_weights()
    counted = Counter(_line_of_kind(change, state) for change in changes)
    counted.update(_lines_of_evidence(changes, values, state))
    counted.update("strong_slip" if slip.strong else "slip" for slip in slips.values())
    counted.update("unlikely_rate" for change, slip in slips.items() if _is_unlikely(change, slip, state))
    lines = []
    for name, times in counted.items():
        line = table.line(name)
        lines.append((line.reason, line.weight, times if line in table.kinds else min(times, line.most)))
    return Cost(sum(weight * times for _, weight, times in lines), tuple(lines))


def _is_unlikely(change: Change, slip: NamedSlip, state: Corrections) -> bool:
    """True for a percentage such as 985.70% that a shifted decimal point makes of 98.57%."""
    fact = state.checks.facts.facts[change.first]
    claim = fact.claim
    if claim is None or fact.figure.unit != "%" or slip.name != SlipKind.SHIFTED.value or slip.value is None:
        return False
    if claim.measure not in _LIMITED:
        return False
    most = load_weights().unlikely[_LIMITED[claim.measure]] * SCALE
    return slip.value < most <= (fact.amount or 0)


def _line_of_kind(change: Change, state: Corrections) -> str:
    fact = state.checks.facts.facts[change.first]
    if change.kind is not Kind.NUMBER:
        return "word"
    if is_omitted(fact, state.checks):
        return "omitted"
    if fact.part is Part.NARRATIVE:
        return "narrative"
    return "table" if fact.amount or _is_total_of_more(fact.id, state) else "empty"


def _is_total_of_more(number: int, state: Corrections) -> bool:
    """True for a total that is zero although its parts are not. Leaving it out is as likely as putting a part in."""
    sums = (check for check in state.checks.on(number) if check.defines and check.left == ((1, number),))
    return any(check.verdict is Verdict.CONFLICT for check in sums)


def _lines_of_evidence(changes: Sequence[Change], values: dict[int, ScaledAmount], state: Corrections) -> Iterator[str]:
    """Yields the id of each line of evidence that applies, once for each time it does."""
    after = state.with_values(values)
    for check in touched_by(changes, state, ()):
        before, now = _is_exact(check, state), _is_exact(check, after)
        if before and not now:
            yield "print_lost" if check.tie else "exact_lost"
        elif now and before is False:
            yield "exact_gained"
    for change in changes:
        fact = state.checks.facts.facts[change.first]
        if any(check.verdict is Verdict.CONFLICT for check in state.checks.about(fact)):
            yield "words"
        if change.kind is Kind.NUMBER and contrary(fact, state.checks.facts.facts):
            yield "words_differ"


def _is_exact(check: Check, state: Corrections) -> bool | None:
    """True if the printed digits of amounts agree, False if they agree only by rounding, None if neither."""
    if state.violated(check) or not any(state.amount(number) for number in check.fact_ids):
        return None
    if check.per:
        return is_exact(state.ratio(check))
    return state.residual(check) == 0 if check.operator == "=" else None
