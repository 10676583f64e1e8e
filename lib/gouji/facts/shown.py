"""Shows figures to people."""

from __future__ import annotations

import re

from gouji.facts.fact import Fact

#: Spaces between digits and words; those between digits may be a misprint and stay.
_SPACES = re.compile(r"(?<=\d)\s+(?=[^\d\s.,，])|(?<=[^\d\s.,，])\s+(?=\d)")
#: Quotation marks within others.
_INNER = {"“": "‘", "”": "’"}


def shown_text(fact: Fact) -> str:
    """Returns a figure as printed, or （空）."""
    return fact.figure.text.strip() or "（空）"


def shown_amount(fact: Fact) -> str:
    """Returns a figure as printed, with its unit."""
    text = shown_text(fact)
    return text if fact.blank or _is_word(text) else in_unit(text, fact)


def told_amount(fact: Fact) -> str:
    """Returns a figure as printed, with its unit, for a sentence that sets it beside a computed one: without the spaces
    that some documents print between a number and its unit or the word before it (减少 3.59 万元)."""
    return _SPACES.sub("", shown_amount(fact))


def nested(text: str) -> str:
    """Returns a text with single quotation marks within double ones: `“‘三公’经费”`. A line whose marks do not match
    stays as it is."""
    return "\n".join(map(_nested_line, text.split("\n")))


def _nested_line(line: str) -> str:
    depth, made = 0, []
    for char in line:
        depth -= char == "”"
        made.append(_INNER.get(char, char) if depth > 0 else char)
        depth += char == "“"
        if not 0 <= depth <= len(_INNER):
            return line
    return line if depth else "".join(made)


def _is_word(text: str) -> bool:
    """True for 无, which says that there is nothing without a number."""
    return text.startswith(("无", "没有", "未"))


def in_unit(text: str, fact: Fact) -> str:
    """Returns a value of a figure with the figure's unit behind it, unless it stands there or within (1个团组). Behind
    the first half of a unit (0.30万) only the other half follows."""
    unit = fact.figure.unit
    if unit in text:
        return text
    return f"{text}{unit[1:]}" if len(unit) > 1 and text.endswith(unit[0]) else f"{text}{unit}"
