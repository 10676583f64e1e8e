"""Many departments side by side, read from the ledger: which to visit and why, and the list for the follow-up.

    view = begin({"ledger": "out/ledger"})
    visits(view)
    write_follow_up(view.ranked, Path("follow-up.xlsx"))

`load` queries the ledger; `ranking`, `outliers`, `digits` and `changes` compute; `charts`, `show` and `follow_up` tell.
"""

from gouji.portfolio.follow_up import write_follow_up
from gouji.portfolio.show import (
    changed,
    compared_total,
    digit_tests,
    digits,
    heat_map,
    kinds,
    leave,
    outliers,
    points,
    rules,
    scoring,
    slips,
    spread,
    summary,
    visits,
)
from gouji.portfolio.start import PARAMETERS, begin

__all__ = [
    "PARAMETERS",
    "begin",
    "changed",
    "compared_total",
    "digit_tests",
    "digits",
    "heat_map",
    "kinds",
    "leave",
    "outliers",
    "points",
    "rules",
    "scoring",
    "slips",
    "spread",
    "summary",
    "visits",
    "write_follow_up",
]
