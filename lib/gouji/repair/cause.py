"""Defines causes: suspects, the conflicts that they explain, and alternatives. Each cause becomes one finding."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.checks.check import Check
from gouji.facts.fact import Fact
from gouji.intervals import ScaledAmount
from gouji.repair.polytope import Range
from gouji.repair.slip_names import NamedSlip
from gouji.repair.weights import Cost
from gouji.runtime.immutable import immutable


@immutable()
class Suspect:
    """A figure that may be wrong.

    `implied` is the value that the other figures imply, a scaled integer; None where they only bound it. `range` is the
    range of values with which every check holds. `rough`: `implied` rests on percentages alone, which give a range and
    no value to the last digit. `slip` is the slip of the pen that explains the printed figure, None for none.
    `cost` is the weight of assuming that it is wrong. `omitted`: it is blank and should be filled in.
    """

    fact: Fact
    implied: ScaledAmount | None = None
    omitted: bool = False
    range: Range = (None, None)
    slip: NamedSlip | None = None
    cost: Cost = field(default_factory=lambda: Cost(0, ()))
    rough: bool = False


@dataclass(slots=True)
class Cause:
    """One cause of conflicts.

    `suspects` are, if `located`, the figure that is wrong (or the blank cells of one row); else the figures that
    arithmetic cannot distinguish, likeliest first. `conflicts` are the checks that they explain. `others` would
    explain them too, but are much less likely. `partial`: the correction breaks other checks, so more is wrong.
    """

    suspects: list[Suspect]
    conflicts: list[Check]
    located: bool
    others: list[Suspect] = field(default_factory=list)
    partial: bool = False
