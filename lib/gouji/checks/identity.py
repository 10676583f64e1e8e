"""The language identities are written in: linear expressions over concept paths.

total = basic + project                                  columns of the current row
{column} = sum([children].{column})                      a selector names a set of rows
summary[total].income = sum(income[overall].total)       another table
expenditure <= summary[{row}].expenditure                an inequality
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from gouji.runtime.immutable import immutable

Operator = Literal["=", "<=", "<"]

#: Row selectors: each stands for the rows of a table that a document prints.
SELECTORS = frozenset({"children", "roots", "lines", "overall", "under"})

_SIDES = re.compile(r"^(?P<left>.+?)\s*(?P<operator><=|=)\s*(?P<right>.+)$")
_TERM = re.compile(
    r"\s*(?P<sign>[+-])?\s*(?P<sum>sum\()?(?P<path>(?:[a-z_]*\[[\w*]+\]\.?)?(?:[a-z_][a-z0-9_.]*)?)(?(sum)\))\s*"
)
_PATH = re.compile(r"^(?:(?P<table>[a-z_]+)?\[(?P<row>\w+)\]\.)?(?P<column>[a-z_][a-z0-9_.]*)$")


@immutable()
class Reference:
    """`table[row].column`; an empty table or row means the current one. `row` may be a selector."""

    table: str
    row: str
    column: str


@immutable()
class Term:
    """A reference with its sign."""

    sign: int
    reference: Reference


@immutable()
class Identity:
    """left (= | <=) right."""

    left: tuple[Term, ...]
    operator: Operator
    right: tuple[Term, ...]


@cache
def parse_identity(text: str) -> Identity:
    """Parses an identity, each text once. Raises ValueError, quoting the part that cannot be read."""
    sides = _SIDES.match(text.strip())
    if sides is None:
        raise ValueError(f"{text!r} has no = or <=")
    operator: Operator = "<=" if sides["operator"] == "<=" else "="
    return Identity(_terms(sides["left"]), operator, _terms(sides["right"]))


@cache
def parse_sum(text: str) -> tuple[Term, ...]:
    """Parses one side of an identity: concept paths added and subtracted. Raises ValueError as `parse_identity`."""
    return _terms(text.strip())


@cache
def parse_reference(text: str) -> Reference:
    """Parses one concept path. Raises ValueError where it is none."""
    text = text.strip()
    if text.startswith("three_public."):
        return Reference("three_public", "-", text.removeprefix("three_public."))
    match = _PATH.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no concept path")
    return Reference(match["table"] or "", match["row"] or "", match["column"])


def _terms(text: str) -> tuple[Term, ...]:
    terms: list[Term] = []
    position = 0
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or match.end() == position or not match["path"] or (terms and not match["sign"]):
            raise ValueError(f"cannot read {text[position:]!r}")
        reference = parse_reference(match["path"])
        if (reference.row in SELECTORS) != bool(match["sum"]):
            raise ValueError(f"{match['path']!r}: a set of rows, and only that, stands in sum()")
        terms.append(Term(-1 if match["sign"] == "-" else 1, reference))
        position = match.end()
    return tuple(terms)
