"""One quantity printed twice: what its parts excuse, by where the two prints stand."""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from test_judge import RULE, make_fact, with_figure

from gouji.checks.batch import Batch
from gouji.checks.check import Check
from gouji.checks.judge import judge
from gouji.checks.system import build_system
from gouji.facts.fact import Concept, Fact, Part
from gouji.intervals import VERDICTS

CELL, OTHER_TABLE, OTHER_COLUMN, SENTENCE = "cell", "another table", "another column", "sentence"
RADIUS, PARTS = 3, 5


def fact_at(number: int, where: str) -> Fact:
    """A figure of a place, in the column `total` of the 支出决算表 unless that says otherwise."""
    part = Part.NARRATIVE if where == SENTENCE else Part.TABLES
    fact = make_fact(number, "basic" if where == OTHER_COLUMN else "total", part)
    if where == OTHER_TABLE:
        fact = replace(fact, concept=Concept("general_budget", str(number), "total"))
    return fact


def verdict(one: str, other: str, difference: int, before: int = 0) -> str:
    """The verdict on two prints, each a sum of five parts, behind `before` figures of other columns."""
    facts = [with_figure(make_fact(at, f"column{at}", Part.TABLES), 1, RADIUS, "万元") for at in range(before)]
    for where, amount in ((one, 1000 + difference), (other, 1000)):
        facts.append(with_figure(fact_at(len(facts), where), amount, RADIUS, "万元"))
    check = Check(0, RULE, "", "=", ((1, before),), ((1, before + 1),))
    parts = np.full((len(facts), 1), PARTS)
    judged = judge(build_system([check], facts), Batch.of([facts]), parts)
    assert judged.ties.all()
    with pytest.raises(FrozenInstanceError):
        judged.codes = judged.codes  # type: ignore[misc]
    return VERDICTS[judged.codes[0, 0]].value


#: Where the two stand, and how many radii a sum of five parts may be off by.
EXCUSED = [
    (CELL, CELL, 0),
    (CELL, OTHER_TABLE, PARTS),
    (CELL, OTHER_COLUMN, PARTS),
    (OTHER_TABLE, OTHER_COLUMN, PARTS),
    (CELL, SENTENCE, 2),
    (SENTENCE, OTHER_TABLE, 2),
    (SENTENCE, SENTENCE, 2),
]


@pytest.mark.parametrize("before", [0, 1, 2])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("one", "other", "radii"), EXCUSED)
def test_parts_excuse_a_difference(one: str, other: str, radii: int, sign: int, before: int) -> None:
    for first, second in ((one, other), (other, one)):
        assert verdict(first, second, 0, before) == "consistent"
        if radii:
            assert verdict(first, second, sign * radii * RADIUS, before) == "rounding"
        assert verdict(first, second, sign * (radii * RADIUS + 1), before) == "conflict"
