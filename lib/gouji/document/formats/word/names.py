"""Names of WordprocessingML, and the ways through its tree that every part of the reader takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def w(name: str) -> str:
    """The full name of a tag or attribute of the main namespace."""
    return f"{{{_MAIN}}}{name}"


ALTERNATE = f"{{{_COMPATIBILITY}}}AlternateContent"
CHOICE = f"{{{_COMPATIBILITY}}}Choice"
FALLBACK = f"{{{_COMPATIBILITY}}}Fallback"
#: What accepting all changes takes out of a document.
REMOVED = {w("del"), w("moveFrom")}
#: What stands around content without being content.
_WRAPPERS = {w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")} | {CHOICE, FALLBACK}


def child(element: Element | None, *path: str) -> Element | None:
    """The element at a path of names below `element`, None where there is none."""
    for name in path:
        element = element.find(w(name)) if element is not None else None
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The `w:val` of the element at a path of names, None where there is none."""
    found = child(element, *path)
    return None if found is None else found.get(w("val"))


def number(text: str | None, default: int = 0) -> int:
    """A whole number of an attribute; `default` where it is missing or none."""
    try:
        return int(text or "")
    except ValueError:
        return default


def switch(element: Element | None) -> bool | None:
    """What an on-off property says; None where it is not there."""
    return None if element is None else element.get(w("val"), "1") not in {"0", "false", "off"}


def alternative(element: Element) -> Element | None:
    """The one of the alternatives that is shown: the same content is there twice, for newer and older programs."""
    choice = element.find(CHOICE)
    return choice if choice is not None else element.find(FALLBACK)


def contents(element: Element, *names: str) -> Iterator[Element]:
    """The children with these names in order, also those in content controls, insertions and alternatives."""
    wanted = {w(name) for name in names}
    for one in element:
        if one.tag in wanted:
            yield one
        elif one.tag == ALTERNATE:
            chosen = alternative(one)
            yield from contents(chosen, *names) if chosen is not None else ()
        elif one.tag in _WRAPPERS:
            yield from contents(one, *names)
