"""Names the elements of WordprocessingML, and walks through its tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def w(name: str) -> str:
    """Returns the full name of a tag or attribute of the main namespace."""
    return f"{{{_MAIN}}}{name}"


ALTERNATE = f"{{{_COMPATIBILITY}}}AlternateContent"
CHOICE = f"{{{_COMPATIBILITY}}}Choice"
FALLBACK = f"{{{_COMPATIBILITY}}}Fallback"
#: What accepting all changes takes out of a document.
REMOVED = {w("del"), w("moveFrom")}
#: What stands around content without being content.
_WRAPPERS = {w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")} | {CHOICE, FALLBACK}


def child(element: Element | None, *path: str) -> Element | None:
    """Returns the element at a path of names below `element`; None if there is none."""
    for name in path:
        element = element.find(w(name)) if element is not None else None
    return element


def value(element: Element | None, *path: str) -> str | None:
    """Returns the `w:val` of the element at a path of names; None if there is none."""
    found = child(element, *path)
    return None if found is None else found.get(w("val"))


def number(text: str | None, default: int = 0) -> int:
    """Returns the whole number of an attribute; `default` if it is missing or no number."""
    try:
        return int(text or "")
    except ValueError:
        return default


def switch(element: Element | None) -> bool | None:
    """Returns the value of an on-off property; None if it is not there."""
    return None if element is None else element.get(w("val"), "1") not in {"0", "false", "off"}


def alternative(element: Element) -> Element | None:
    """Returns the alternative that is shown. The same content is there twice, for newer and for older programs."""
    choice = element.find(CHOICE)
    return choice if choice is not None else element.find(FALLBACK)


def contents(element: Element, *names: str) -> Iterator[Element]:
    """Yields the children with these names in order, also inside content controls, insertions and alternatives."""
    wanted = {w(name) for name in names}
    for one in element:
        if one.tag in wanted:
            yield one
        elif one.tag == ALTERNATE:
            chosen = alternative(one)
            yield from contents(chosen, *names) if chosen is not None else ()
        elif one.tag in _WRAPPERS:
            yield from contents(one, *names)
