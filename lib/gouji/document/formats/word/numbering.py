"""Works out automatic numbering: the number that Word prints before a paragraph, which is nowhere in the file's
text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from gouji.document.formats.word.names import Element, child, number, switch, value, w
from gouji.document.formats.word.numerals import numeral
from gouji.document.formats.word.styles import Styles

_PART = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list. `restart` is the number of levels above it whose use starts it anew, by default all of
    them."""

    start: int
    style: str
    text: str
    gap: str
    restart: int
    arabic: bool
    paragraph_style: str


@dataclass(slots=True)
class _List:
    """One numbered list (`w:num`).

    `counts` are the numbers reached by level; lists with one definition share them. `restarts` are the numbers at which
    the list starts levels anew, `begun` the levels that it has used.
    """

    counts: dict[int, int]
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document, with the counts that they have reached. Paragraphs must be asked for in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        definitions = {} if root is None else _definitions(root)
        counts: dict[str, dict[int, int]] = {name: {} for name in definitions}
        for one in () if root is None else root.findall(w("num")):
            name = value(one, "abstractNumId") or ""
            if name in definitions:
                own = _List(counts[name], dict(definitions[name]))
                _override(own, one)
                self._lists[one.get(w("numId"), "")] = own

    def printed(self, paragraph: Element) -> str:
        """Returns the number before a paragraph and the gap behind it ("" if it has none), and counts on."""
        found, level = self._place(paragraph)
        if found is None or level not in found.levels:
            return ""
        _count(found, level)
        own = found.levels[level]
        if own.style == "bullet":
            return ""
        text = _PART.sub(lambda part: _one(found, int(part[1]) - 1, own.arabic), own.text)
        return text + _gap(own.gap, text) if text else ""

    def _place(self, paragraph: Element) -> tuple[_List | None, int]:
        """Returns the list and level of a paragraph: its own, or else its style's."""
        style = self._styles.of_paragraph(paragraph)
        by_style, style_level = self._styles.numbering(style)
        own = child(paragraph, "pPr", "numPr")
        name, level = value(own, "numId"), value(own, "ilvl")
        found = self._lists.get(by_style if name is None else name)
        if level is not None:
            return found, number(level)
        if name is None and found is not None and style_level is None:
            style_level = next((at for at, one in found.levels.items() if one.paragraph_style == style), 0)
        return found, style_level or 0


def _definitions(root: Element) -> dict[str, dict[int, _Level]]:
    """Returns the levels of each definition. A definition that only refers to a list style has the levels of that
    style's definition."""
    found = root.findall(w("abstractNum"))
    levels = {one.get(w("abstractNumId"), ""): _levels(one) for one in found}
    styled = {link: one.get(w("abstractNumId"), "") for one in found if (link := value(one, "styleLink"))}
    for one in found:
        if behind := styled.get(value(one, "numStyleLink") or ""):
            levels[one.get(w("abstractNumId"), "")] = levels[behind]
    return levels


def _levels(element: Element) -> dict[int, _Level]:
    return {number(one.get(w("ilvl"))): _level(one) for one in element.iter(w("lvl"))}


def _level(element: Element) -> _Level:
    style = next(element.iter(w("numFmt")), None)
    return _Level(
        start=number(value(element, "start")),
        style="decimal" if style is None else style.get(w("val"), "decimal"),
        text=value(element, "lvlText") or "",
        gap=value(element, "suff") or "tab",
        restart=number(value(element, "lvlRestart"), default=number(element.get(w("ilvl")))),
        arabic=bool(switch(child(element, "isLgl"))),
        paragraph_style=value(element, "pStyle") or "",
    )


def _override(own: _List, element: Element) -> None:
    """Applies what a list says differently from its definition."""
    for one in element.findall(w("lvlOverride")):
        level, start = number(one.get(w("ilvl"))), value(one, "startOverride")
        own.levels |= _levels(one)
        if start is not None:
            own.restarts[level] = number(start)


def _count(own: _List, level: int) -> None:
    """Counts on by one at a level. Deeper levels begin anew."""
    counts = own.counts
    if level in own.restarts and level not in own.begun:
        counts[level] = own.restarts[level]
    elif level in counts:
        counts[level] += 1
    else:
        counts[level] = own.restarts.get(level, own.levels[level].start)
    own.begun.add(level)
    for deeper in [one for one in counts if one > level]:
        if deeper not in own.levels or level < own.levels[deeper].restart:
            del counts[deeper]


def _one(own: _List, level: int, arabic: bool) -> str:
    """Returns the number of one level inside a printed number."""
    found = own.levels.get(level)
    if found is None:
        return ""
    return numeral(own.counts.get(level, found.start), "decimal" if arabic else found.style)


def _gap(kind: str, text: str) -> str:
    """Returns what separates the number from the text: nothing behind a full-width mark (一、), which has a gap of its
    own."""
    wide = unicodedata.east_asian_width(text[-1]) in "WF" and unicodedata.category(text[-1]).startswith("P")
    return "" if kind == "nothing" or (kind == "tab" and wide) else " "
