"""Builds Word's elements directly: python-docx looks styles and cells up anew each time, which takes seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from gouji.memo.paper import Mark, Span, printable
from gouji.memo.word.styles import TINT, mark_name, style_id

_TWIPS = 20


def element(name: str, *children: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """Returns an element; its name and attributes are in Word's own namespace."""
    made = cast(BaseOxmlElement, OxmlElement(f"w:{name}"))
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def line(style: str, spans: Iterable[Span], align: str = "", kept: bool = False) -> BaseOxmlElement:
    """Returns a paragraph in the style of that name. `kept` keeps it on the page of what follows."""
    properties = element("pPr", element("pStyle", val=style_id(style)))
    if kept:
        properties.append(element("keepNext"))
    if align:
        properties.append(element("jc", val=align))
    return element("p", properties, *(_run(span) for span in spans if span.text))


def cell(
    width: float, lines: Iterable[BaseOxmlElement], colspan: int = 1, shaded: bool = False, top: bool = False
) -> BaseOxmlElement:
    """Returns a table cell `width` points wide. Its content stands in the middle of its height, or at its `top`."""
    properties = element("tcPr", element("tcW", w=twips(width), type="dxa"))
    if colspan > 1:
        properties.append(element("gridSpan", val=colspan))
    if shaded:
        properties.append(element("shd", val="clear", color="auto", fill=TINT))
    properties.append(element("vAlign", val="top" if top else "center"))
    return element("tc", properties, *lines)


def twips(points: float) -> int:
    """Converts points to Word's own unit."""
    return round(points * _TWIPS)


def _run(span: Span) -> BaseOxmlElement:
    run = element("r")
    if span.mark is not Mark.PLAIN:
        run.append(element("rPr", element("rStyle", val=style_id(mark_name(span.mark)))))
    run.text = printable(span.text)
    return run
