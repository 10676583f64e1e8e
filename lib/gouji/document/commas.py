"""Recognises text whose cells are separated by commas (CSV), so that an error can name it."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice

#: The fewest rows of a table, and the fewest cells of each.
_FEWEST_ROWS, _FEWEST_CELLS = 4, 3
#: Of so many lines is judged, of those that are as long as rows can be: with a quote that does not end they are one
#: field, and of these `csv` takes no more than 131,072 characters.
_LINES, _LONGEST = 200, 500


def is_parted_by_commas(text: str) -> bool:
    """True for a text without tabs, most of whose lines are no sentences and have the same number of cells, separated
    by commas."""
    lines = [line for line in islice(text.splitlines(), _LINES) if line.strip()]
    if any("\t" in line for line in lines):
        return False
    told = (line for line in lines if "。" not in line and len(line) <= _LONGEST)
    rows = [row for row in csv.reader(told) if len(row) >= _FEWEST_CELLS]
    alike = max(Counter(map(len, rows)).values(), default=0)
    return alike >= _FEWEST_ROWS and 2 * alike > len(lines)
