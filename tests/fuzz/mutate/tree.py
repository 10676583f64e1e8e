"""Damage to trees of elements, XML or HTML: elements lost, doubled, moved, renamed; attributes and texts changed."""

# mypy: disable-error-code="arg-type,call-overload"

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random

from lxml import etree, html

from fuzz.mutate.awkward import awkward
from fuzz.mutate.text import mutated

Element = etree._Element
#: What an attribute may say where a number, a name or a reference is expected.
VALUES: tuple[str, ...] = awkward("attributes")
#: The most damages at once.
_TRIES = 4


def damaged(root: Element, rng: Random) -> None:
    """Changes a tree in place, one to four times."""
    for _ in range(rng.randint(1, _TRIES)):
        elements = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
        if not elements:
            return
        rng.choice(_DAMAGES)(rng.choice(elements), elements, rng)


def _lose(element: Element, elements: list[Element], rng: Random) -> None:
    """Takes an element out, with or without what is in it."""
    parent = element.getparent()
    if parent is None:
        return
    if rng.random() < 0.5:
        for child in list(element):
            element.addprevious(child)
    parent.remove(element)


def _double(element: Element, elements: list[Element], rng: Random) -> None:
    for _ in range(rng.choice((1, 1, 1, 2, 30))):
        element.addnext(deepcopy(element))


def _move(element: Element, elements: list[Element], rng: Random) -> None:
    """Puts an element, or a copy, inside or beside another."""
    where = rng.choice(elements)
    moved = deepcopy(element)
    if rng.random() < 0.5 and element.getparent() is not None:
        element.getparent().remove(element)  # type: ignore[union-attr]
    if rng.random() < 0.5:
        where.append(moved)
    elif where.getparent() is not None:
        where.addprevious(moved)


def _rename(element: Element, elements: list[Element], rng: Random) -> None:
    element.tag = rng.choice(elements).tag


def _attribute(element: Element, elements: list[Element], rng: Random) -> None:
    """An attribute changed, lost, or taken over from elsewhere."""
    holders = [one for one in elements if one.attrib]
    if not holders:
        return
    other = rng.choice(holders)
    name = rng.choice(other.attrib.keys())
    kind = rng.randrange(4)
    if kind == 0:
        element.set(name, rng.choice(VALUES))
    elif kind == 1:
        other.set(name, rng.choice(VALUES))
    elif kind == 2:
        element.set(name, other.get(name, ""))
    else:
        del other.attrib[name]


def _text(element: Element, elements: list[Element], rng: Random) -> None:
    """The text of an element that has some, damaged; characters that no XML can hold are left out."""
    holders = [one for one in elements if (one.text or "").strip()]
    one = rng.choice(holders or [element])
    one.text = allowed(mutated(one.text or "", rng))


def allowed(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(
        one
        for one in text
        if one in "\t\n\r" or "\x20" <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one > "\uffff"
    )


_DAMAGES: tuple[Callable[[Element, list[Element], Random], None], ...] = (
    *(_lose, _double, _move, _rename, _attribute, _attribute, _text, _text, _text),
)


def mutated_xml(data: bytes, rng: Random) -> bytes:
    """An XML part with its tree damaged; b"" stays as it is, and so does what is no XML."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return data
    damaged(root, rng)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def mutated_html(data: bytes, rng: Random) -> bytes:
    """A page with its tree damaged, in any of the encodings pages are in."""
    text = data.decode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(text)
    except (etree.LxmlError, ValueError):
        return data
    damaged(root, rng)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16"))
    return etree.tostring(root, method="html", encoding="unicode").encode(encoding, errors="replace")


def smaller_xml(data: bytes) -> Iterator[bytes]:
    """The part without each of its elements."""
    try:
        count = len(list(etree.fromstring(data).iter()))
    except (etree.XMLSyntaxError, ValueError):
        return
    for at in range(count - 1, 0, -1):
        root = etree.fromstring(data)
        element = list(root.iter())[at]
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
            yield etree.tostring(root, encoding="UTF-8", xml_declaration=True)
