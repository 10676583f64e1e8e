"""What is told once: suspects, the conflicts they explain, and what else would explain them."""

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
    """A figure that may be wrong, the value that the others imply for it (None where they only bound it), the range
    of values with which every check holds, the slip of the pen that explains it, and what it costs to hold it wrong."""

    fact: Fact
    implied: ScaledAmount | None = None
    omitted: bool = False
    range: Range = (None, None)
    slip: NamedSlip | None = None
    cost: Cost = field(default_factory=lambda: Cost(0, ()))


@dataclass(slots=True)
class Cause:
    """Suspects that arithmetic cannot tell apart, likeliest first, or one that is `located` (or blank cells of one
    row), and the conflicts they explain. `others`: figures that would explain them too, but are much less likely.
    `partial`: the correction breaks other checks, so that more is wrong than was found."""

    suspects: list[Suspect]
    conflicts: list[Check]
    located: bool
    others: list[Suspect] = field(default_factory=list)
    partial: bool = False
