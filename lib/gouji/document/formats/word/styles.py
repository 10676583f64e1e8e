"""Reads what paragraph and character styles say about text: hidden, not seen, numbered, or a line of the table of
contents."""

from __future__ import annotations

import re
from functools import cache

from gouji.document.formats.faint import SMALLEST, is_white
from gouji.document.formats.word.names import Element, child, number, switch, value, w

_LONGEST_CHAIN = 50
#: Colours of a theme that are the paper's.
_PAPER = ("background1", "light1")
#: Where an element says what lies under it.
_PROPERTIES = {w("p"): "pPr", w("tc"): "tcPr", w("tr"): "tblPrEx", w("tbl"): "tblPr"}
_GROUNDS = tuple(w(name) for name in ("rPr", "pPr", "tcPr", "trPr", "tblPr"))
_CONTENTS = re.compile(r"^toc \d$", re.IGNORECASE)


class Styles:
    """The styles of a document, each with those it is based on."""

    def __init__(self, root: Element | None) -> None:
        found = list(root.iter(w("style"))) if root is not None else []
        self._by_id = {one.get(w("styleId"), ""): one for one in found}
        self._default = next(
            (
                one.get(w("styleId"), "")
                for one in found
                if one.get(w("type")) == "paragraph" and one.get(w("default")) in {"1", "true"}
            ),
            "",
        )
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self._hides = cache(self._hidden_by)
        self._is_faint = cache(self._faint_by)
        self._has_ground = cache(self._ground_by)

    def of_paragraph(self, paragraph: Element) -> str:
        """Returns the id of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def hidden(self, run: Element, style: str) -> bool:
        """True for a run that is not shown. `style` is its paragraph's. What stands nearer to the text decides."""
        properties = child(run, "rPr")
        said = switch(child(properties, "vanish"))
        if said is None:
            said = self._hides(value(properties, "rStyle") or "")
        return bool(self._hides(style) if said is None else said)

    def faint(self, run: Element, style: str) -> bool:
        """True for a run as white as paper or too small to be read, unless something darker may lie under it."""
        properties = child(run, "rPr")
        by_style = self._is_faint(value(properties, "rStyle") or "", style)
        white, small = (
            own if own is not None else found for own, found in zip(_look(properties), by_style, strict=True)
        )
        return bool(small) or (bool(white) and not self._is_on_ground(run, style))

    def numbering(self, style: str) -> tuple[str, int | None]:
        """Returns the list into which a paragraph style puts its paragraphs ("" for none), and the level if it says
        one."""
        properties = [child(one, "pPr", "numPr") for one in self._chain(style)]
        lists = (found for one in properties if (found := value(one, "numId")) is not None)
        levels = (found for one in properties if (found := value(one, "ilvl")) is not None)
        level = next(levels, None)
        return next(lists, ""), None if level is None else number(level)

    def is_contents(self, style: str) -> bool:
        """True for the style of a line of the generated table of contents."""
        return any(_CONTENTS.match(value(one, "name") or "") for one in self._chain(style))

    def _hidden_by(self, style: str) -> bool | None:
        said = (switch(child(one, "rPr", "vanish")) for one in self._chain(style))
        return next((one for one in said if one is not None), None)

    def _faint_by(self, run_style: str, style: str) -> tuple[bool | None, bool | None]:
        """Returns whether styles make text white, and whether they make it small; None if they do not say."""
        around = [*self._chain(run_style), *self._chain(style)]
        looks = [_look(one) for one in (*(child(one, "rPr") for one in around), self._defaults)]
        white = next((one for one, _ in looks if one is not None), None)
        return white, next((one for _, one in looks if one is not None), None)

    def _is_on_ground(self, run: Element, style: str) -> bool:
        """True where a colour may lie under a run: its own, its paragraph's, cell's, row's or table's, a drawing's."""
        if (
            _is_coloured(child(run, "rPr"))
            or self._has_ground(value(run, "rPr", "rStyle") or "")
            or self._has_ground(style)
        ):
            return True
        return any(self._is_ground(one) for one in run.iterancestors())

    def _is_ground(self, element: Element) -> bool:
        if element.tag == w("txbxContent"):
            return True
        own = _PROPERTIES.get(str(element.tag))
        properties = child(element, own) if own else None
        return _is_coloured(properties) or self._has_ground(value(properties, "tblStyle") or "")

    def _ground_by(self, style: str) -> bool:
        return any(_is_coloured(properties) for one in self._chain(style) for properties in one.iter(*_GROUNDS))

    def _chain(self, style: str) -> list[Element]:
        """Returns a style and those it is based on, nearest first. The chain is cut at a length that no author
        reaches."""
        chain: list[Element] = []
        while (found := self._by_id.get(style)) is not None and found not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(found)
            style = value(found, "basedOn") or ""
        return chain


def _look(properties: Element | None) -> tuple[bool | None, bool | None]:
    """Returns whether the properties of a run make it white, and whether they make it small; None if they do not
    say."""
    colour, size = child(properties, "color"), value(properties, "sz")
    white = None if colour is None else is_white(colour.get(w("val"))) or colour.get(w("themeColor")) in _PAPER
    return white, None if size is None else number(size, 99) < 2 * SMALLEST


def _is_coloured(properties: Element | None) -> bool:
    """True where something other than white lies under text: a fill, a pattern, a marker's colour."""
    shading = child(properties, "shd")
    if value(properties, "highlight") not in (None, "none", "white"):
        return True
    if shading is None:
        return False
    fill, pattern = shading.get(w("fill"), "auto"), shading.get(w("val"), "clear")
    return (
        pattern not in ("clear", "nil") or not (fill == "auto" or is_white(fill)) or bool(shading.get(w("themeFill")))
    )
