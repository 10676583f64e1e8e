"""What a finding rests on, ready to be shown: its candidates with values and weights, and rows in printed values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil, floor

from gouji.checks.check import VERDICT_NAMES, Check, Checks, Terms
from gouji.facts.claim import Measure
from gouji.facts.fact import Fact
from gouji.findings.finding import Finding, Repair, shown_text
from gouji.findings.wording import plain
from gouji.intervals import Verdict, places_of, unscaled
from gouji.repair.cause import Suspect

#: A row of more figures than this is told without its zeros.
_WIDE = 8
#: Decimals beyond those of the figure with which a range is told that no printable value lies in.
_SPARE = 2
_QUOTIENT = Decimal("0.0001")
_TURNED = "相反的表述"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that may be wrong: its `value` by the others as it would be printed (`to`), the least and the greatest
    value with which every check holds, and the checks that do not hold or do with it as it is printed.

    `meant` is what its slip of the pen was made from, where that is not the implied value. None: not determined, not
    bounded. The ends are the first and the last value that can be printed with the figure's
    decimals.
    """

    suspect: Suspect
    to: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    meant: Decimal | None
    testimony: tuple[Check, ...]
    vouchers: tuple[Check, ...]

    @property
    def fact(self) -> Fact:
        """The figure."""
        return self.suspect.fact

    @property
    def printed(self) -> str:
        """The figure as printed."""
        return shown_text(self.fact)

    @property
    def bounded(self) -> str:
        """`155.43至155.47万元`, `不小于12.00万元`; "" where that says no more than the value, or nothing is bounded."""
        unit = self.fact.figure.unit
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return "" if self.low == self.value else f"{self.low}{unit}"
            return f"{self.low}至{self.high}{unit}"
        if self.low is not None:
            return f"不小于{self.low}{unit}"
        return "" if self.high is None else f"不大于{self.high}{unit}"

    @property
    def weight(self) -> int | None:
        """What it costs to hold it wrong; None where it was not weighed."""
        return self.suspect.cost.weight if self.suspect.cost.lines else None

    @property
    def reasons(self) -> str:
        """The lines that made the weight: `表中数字由决算系统生成，出错较少（100）；…（−5×2）`."""
        return "；".join(
            f"{reason}（{weight}{f'×{times}' if times > 1 else ''}）".replace("（-", "（−")
            for reason, weight, times in self.suspect.cost.lines
        )

    @property
    def slip(self) -> str:
        """The slip of the pen that may explain it, with what was meant where that is not the implied value."""
        slip = self.suspect.slip
        if slip is None:
            return ""
        return slip.name + (f"（原为{self.meant}）" if self.meant is not None else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A check as a row of a table: what it says, with printed values, and how it ended (`kind`: a verdict's value)."""

    title: str
    scope: str
    identity: str
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    unit: str
    verdict: str
    kind: str
    missing: str


def stands_in_identities(finding: Finding) -> bool:
    """True for a finding on figures that checks join: such can be located, or not."""
    return bool(finding.suspects) and any(check.terms for check in finding.checks)


def candidates_of(finding: Finding, checks: Checks) -> list[Candidate]:
    """A finding's candidates, the likeliest first."""
    return [_candidate(one, finding, checks) for one in finding.candidates]


def less_likely_of(finding: Finding, checks: Checks) -> list[Candidate]:
    """The figures that would explain a finding too, but are much less likely, the likeliest first."""
    found = [_candidate(one, finding, checks) for one in finding.less_likely]
    return sorted(found, key=lambda one: one.weight or 0)


def vouchers_of(fact: Fact, finding: Finding, checks: Checks) -> tuple[Check, ...]:
    """The equalities that hold with a figure as it is printed and compare more than zeros: they speak for it."""
    return tuple(
        check
        for check in checks.on(fact)
        if check.made
        and check.operator == "="
        and check.verdict is not Verdict.CONFLICT
        and check not in finding.support
        and any(checks.facts.facts[number].amount for number in check.fact_ids)
    )


def row_of(check: Check, checks: Checks) -> Row:
    """A check as a row."""
    return Row(
        title=check.rule.title,
        scope=check.scope,
        identity=told(check, checks),
        left=checks.side_value(check, "left") if check.terms else None,
        right=checks.side_value(check, "right") if check.terms else None,
        difference=_difference(check, checks),
        unit=checks.unit(check),
        verdict="未填列" if check.blank else VERDICT_NAMES[check.verdict],
        kind=check.verdict.value,
        missing="、".join(check.missing),
    )


def gap_of(check: Check, checks: Checks) -> str:
    """By how much both sides are apart, `2.75万元`; "" where nothing is."""
    difference = _difference(check, checks)
    return f"{abs(difference):f}{checks.unit(check)}" if difference else ""


def _difference(check: Check, checks: Checks) -> Decimal | None:
    """Left − right; of a quotient to four decimals."""
    difference = checks.difference(check)
    return difference.quantize(_QUOTIENT) if difference and check.per else difference


def told(check: Check, checks: Checks) -> str:
    """A check with printed values; a long sum without its zeros, which are counted: `5 ≠ 2 + 3.1（另有21个0）`."""
    if len(check.terms) <= _WIDE or check.per:
        return checks.algebra(check)
    left, right = _without_zeros(check.left, checks), _without_zeros(check.right, checks)
    short = replace(check, left=left, right=right)
    zeros = sum(not checks.facts.facts[number].blank for _, number in {*check.terms} - {*short.terms})
    return checks.algebra(short) + (f"（另有{zeros}个0）" if zeros else "")


def _without_zeros(terms: Terms, checks: Checks) -> Terms:
    """The terms that are not zero; the first where all are."""
    return tuple(term for term in terms if checks.facts.facts[term[1]].amount) or terms[:1]


def _candidate(suspect: Suspect, finding: Finding, checks: Checks) -> Candidate:
    fact = suspect.fact
    value, meant = (
        None if one is None else plain(unscaled(one, fact.figure.unit), fact, checks)
        for one in (suspect.implied, _meant(suspect))
    )
    word = fact.claim is not None and fact.claim.measure is Measure.DIRECTION
    low, high = _ends(suspect, _places(fact))
    if low is not None and high is not None and low > high:
        low, high = _ends(suspect, _places(fact) + _SPARE)
    return Candidate(
        suspect=suspect,
        to=_TURNED if word else "" if value is None else Repair(fact, value).to,
        value=value,
        low=low,
        high=high,
        meant=meant,
        testimony=_testimony(fact, finding.checks),
        vouchers=vouchers_of(fact, finding, checks),
    )


def _testimony(fact: Fact, conflicts: Sequence[Check]) -> tuple[Check, ...]:
    return tuple(check for check in conflicts if fact.id in {*check.fact_ids, *check.claims, *check.concerns})


def _places(fact: Fact) -> int:
    """The decimals of a figure, by the document's precision."""
    return places_of(fact.radius, fact.figure.unit) if fact.radius else fact.figure.decimals


def _ends(suspect: Suspect, places: int) -> tuple[Decimal | None, Decimal | None]:
    """The ends of a range in the figure's unit, rounded inwards to so many decimals."""
    low, high = suspect.range
    unit, last = suspect.fact.figure.unit, Decimal(1).scaleb(-places)
    return (
        None if low is None else unscaled(ceil(low), unit).quantize(last, ROUND_CEILING),
        None if high is None else unscaled(floor(high), unit).quantize(last, ROUND_FLOOR),
    )


def _meant(suspect: Suspect) -> int | None:
    slip = suspect.slip
    return None if slip is None or slip.value == suspect.implied else slip.value
