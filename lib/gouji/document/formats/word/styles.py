"""What paragraph and character styles say of text: hidden, numbered, a line of the table of contents."""

from __future__ import annotations

import re
from functools import cache

from gouji.document.formats.word.names import Element, child, number, switch, value, w

_LONGEST_CHAIN = 50
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
        self._hides = cache(self._hidden_by)

    def of_paragraph(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def hidden(self, run: Element, style: str) -> bool:
        """True for a run that is not shown; `style` is its paragraph's. What stands nearer to the text decides."""
        properties = child(run, "rPr")
        said = switch(child(properties, "vanish"))
        if said is None:
            said = self._hides(value(properties, "rStyle") or "")
        return bool(self._hides(style) if said is None else said)

    def numbering(self, style: str) -> tuple[str, int | None]:
        """The list ("" for none) that a paragraph style puts its paragraphs into, and the level where it says so."""
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

    def _chain(self, style: str) -> list[Element]:
        """A style and those it is based on, nearest first; no further than any author goes."""
        chain: list[Element] = []
        while (found := self._by_id.get(style)) is not None and found not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(found)
            style = value(found, "basedOn") or ""
        return chain
