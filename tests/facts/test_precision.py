"""The precision of a document's parts: from what is printed, trailing zeros being dropped by spreadsheets."""

from __future__ import annotations

import pytest

from gouji.facts.figure import parse_figure
from gouji.facts.precision import document_precision

SIX = [f"{number}.123456" for number in range(1, 30)]
TWO = [f"{number}.25" for number in range(1, 30)]


@pytest.mark.parametrize(
    ("document", "part", "decimals"),
    [
        (TWO, ["162", "270.9"], 2),
        (TWO, ["5", "3", "2"], 2),
        (SIX, ["1.19", "1.72"], 2),
        (SIX, ["5", "3", "2"], 6),
        (SIX, ["1.5"], 6),
        (SIX, [f"{number}.5" for number in range(1, 13)], 1),
    ],
    ids=["zeros dropped", "round amounts", "cents of a finer document", "round in it", "one tenth", "many of its own"],
)
def test_a_small_part_shares_the_precision_of_the_document_unless_its_cents_say_otherwise(
    document: list[str], part: list[str], decimals: int
) -> None:
    figures = [("whole", text) for text in document] + [("part", text) for text in part]
    found = document_precision((name, parse_figure(text, "万元")) for name, text in figures)
    assert found["part", "万元"] == decimals
