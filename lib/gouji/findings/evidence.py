"""Prepares the evidence of a finding for display: its candidates with values, ranges, weights and checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.checks.check import Check, Checks
from gouji.facts.fact import Fact
from gouji.facts.shown import shown_text
from gouji.findings.bounds import is_rough, printable_ends
from gouji.findings.directions import turned
from gouji.findings.finding import Finding, Repair, distinct_candidates
from gouji.findings.wording import plain
from gouji.intervals import Verdict, unscaled
from gouji.repair.cause import Suspect
from gouji.repair.weights import load_weights


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that may be wrong.

    `value` is the amount that the others imply, `to` how it would be printed. `low` and `high` are the least and the
    greatest value with which every check holds, among the values that can be printed with the figure's decimals.
    `meant` is what its slip of the pen was made from, if that is not the implied value. None: not determined, not
    bounded. `testimony` are the checks that fail with the figure as printed, `vouchers` those that hold.
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
        """Returns the figure."""
        return self.suspect.fact

    @property
    def printed(self) -> str:
        """Returns the figure as printed."""
        return shown_text(self.fact)

    @property
    def bounded(self) -> str:
        """Returns the range: `155.43至155.47万元`, `不小于12.00万元`. Returns "" if it adds nothing to the value, or if
        nothing is bounded."""
        unit = self.fact.figure.unit
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return "" if self.low == self.value else f"{self.low}{unit}"
            if self.fact.claim is not None and self.high < 0 and self.fact.signed < 0:
                # A fall is told by its size (减少3.59万元), and so is its range.
                return f"{-self.high}至{-self.low}{unit}"
            return f"{self.low}至{self.high}{unit}"
        if self.low is not None:
            return f"不小于{self.low}{unit}"
        return "" if self.high is None else f"不大于{self.high}{unit}"

    @property
    def weight(self) -> int | None:
        """Returns the weight of assuming that the figure is wrong; None if it was not weighed."""
        return self.suspect.cost.weight if self.suspect.cost.lines else None

    @property
    def reasons(self) -> str:
        """Returns the lines that add up to the weight: `表中数字由决算系统生成，出错较少（100）；…（−5×2）`."""
        return "；".join(
            f"{reason}（{weight}{f'×{times}' if times > 1 else ''}）".replace("（-", "（−")
            for reason, weight, times in self.suspect.cost.lines
        )

    @property
    def slip(self) -> str:
        """Returns the slip of the pen that may explain the figure, with what was meant if that is not the implied
        value."""
        slip = self.suspect.slip
        if slip is None:
            return ""
        return slip.name + (f"（原为{self.meant}）" if self.meant is not None else "")


def stands_in_identities(finding: Finding) -> bool:
    """True for a finding on figures that checks join: such figures can be located."""
    return bool(finding.suspects) and any(check.terms for check in finding.checks)


def adds_up(finding: Finding) -> bool:
    """True for a contradiction whose checks, times their multipliers, add up to the impossible. Percentages are no sums
    and are left out."""
    return finding.joint is not None and not any(check.per for check in finding.joint.checks)


def candidates_of(finding: Finding, checks: Checks) -> list[Candidate]:
    """Returns a finding's candidates, the likeliest first."""
    return [_candidate(one, finding, checks) for one in distinct_candidates(finding)]


def less_likely_of(finding: Finding, checks: Checks) -> list[Candidate]:
    """Returns the figures that would explain a finding too but are much less likely, the likeliest first."""
    found = [_candidate(one, finding, checks) for one in finding.less_likely]
    return sorted(found, key=lambda one: one.weight or 0)


def why_less(other: Candidate, finding: Finding) -> str:
    """Returns why a figure is less likely than the first candidate: what counts against it alone, else what it
    lacks."""
    kinds = {kind.reason: kind.weight for kind in load_weights().kinds}
    first, lines = finding.candidates[0].cost.lines, other.suspect.cost.lines
    usual = max((kinds[reason] for reason, _, _ in first if reason in kinds), default=0)
    own = {reason for reason, _, _ in first}
    against = [
        one for one, weight, _ in lines if weight > 0 and one not in own and kinds.get(one, weight + usual) > usual
    ]
    lacking = [one for one, weight, _ in first if weight < 0 and one not in {reason for reason, _, _ in lines}]
    return "；".join(against) or (f"无此旁证：{'、'.join(lacking)}" if lacking else "")


def vouchers_of(fact: Fact, finding: Finding, checks: Checks) -> tuple[Check, ...]:
    """Returns the equalities that hold with a figure as printed and compare more than zeros: they support the print."""
    return tuple(
        check
        for check in checks.on(fact)
        if check.made
        and check.operator == "="
        and check.verdict is not Verdict.CONFLICT
        and check not in finding.support
        and any(checks.facts.facts[number].amount for number in check.fact_ids)
    )


def _candidate(suspect: Suspect, finding: Finding, checks: Checks) -> Candidate:
    fact = suspect.fact
    value, meant = (
        None if one is None else plain(unscaled(one, fact.figure.unit), fact, checks)
        for one in (suspect.implied, _value_meant(suspect))
    )
    word = turned(fact, finding.checks, checks)
    low, high = printable_ends(suspect.range, fact)
    return Candidate(
        suspect=suspect,
        to=word.word if word else "" if value is None else Repair(fact, value, is_rough(suspect)).to,
        value=value,
        low=low,
        high=high,
        meant=meant,
        testimony=_conflicts_on(fact, finding.checks),
        vouchers=vouchers_of(fact, finding, checks),
    )


def _conflicts_on(fact: Fact, conflicts: Sequence[Check]) -> tuple[Check, ...]:
    return tuple(check for check in conflicts if fact.id in {*check.fact_ids, *check.claims, *check.concerns})


def _value_meant(suspect: Suspect) -> int | None:
    slip = suspect.slip
    return None if slip is None or slip.value == suspect.implied else slip.value
