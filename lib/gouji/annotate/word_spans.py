"""Encloses spans of a Word document's visible text in marks; runs are cut where a span begins or ends within them."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from gouji.document.formats.word.names import Element, child, w
from gouji.document.formats.word.styles import Styles
from gouji.document.formats.word.text import Shown, text_of

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Elements that may hold marks. A simple field, a formula and some kinds of content control hold nothing but text.
_OPEN = {w(name) for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdtContent")}
_CLOSED_CONTROLS = ("text", "date", "dropDownList", "comboBox")


class Spans:
    """The paragraphs of a body, numbered as the reader counts them."""

    def __init__(self, body: Element, styles: Element | None) -> None:
        self._paragraphs = list(body.iter(w("p")))
        self._styles = Styles(styles)

    def enclose(self, begin: tuple[int, int], end: tuple[int, int | None], number: str) -> None:
        """Puts the marks of a comment around the text from `begin` to `end`, each as paragraph and character (None: its
        end)."""
        first, last = self._paragraphs[begin[0]], self._paragraphs[end[0]]
        start, stop, reference = _marks(number)
        leading = self._elements_of_span(first, begin[1], end[1] if first is last else None)
        trailing = leading if first is last else self._elements_of_span(last, 0, end[1])
        if leading:
            self._outside(leading[0], leading, first).addprevious(start)
        else:
            _at_start(first, start)
        if trailing:
            self._outside(trailing[-1], trailing, last).addnext(stop)
        elif first is last:
            last.append(stop)
        else:
            _at_start(last, stop)
        stop.addnext(reference)

    def _outside(self, element: Element, inside: list[Element], paragraph: Element) -> Element:
        """Returns the element that a mark stands beside: the run, or the element around it where the span covers all of
        it or it may not hold a mark."""
        run = element.getparent()
        outermost = at = run if run is not None and run.tag == w("r") else element
        shown = [one.element for one in text_of(paragraph, self._styles).shown]
        while (around := at.getparent()) is not None and around is not paragraph:
            at = around
            within = [one for one in shown if any(above is at for above in one.iterancestors())]
            if at.tag not in _OPEN or _is_closed(at) or all(any(one is mine for mine in inside) for one in within):
                outermost = at
        return outermost

    def _elements_of_span(self, paragraph: Element, start: int, end: int | None) -> list[Element]:
        """Returns the elements that show a span of a paragraph's text and nothing else. Cuts texts where necessary."""
        found: list[Element] = []
        at = 0
        for one in text_of(paragraph, self._styles).shown:
            behind = at + len(one.text)
            low, high = max(start, at), behind if end is None else min(end, behind)
            if low < high:
                found.append(_cut(one, low - at, high - at))
            at = behind
        return found


def _cut(shown: Shown, start: int, end: int) -> Element:
    """Returns an element with only the given part of another's text, in a run of its own. The rest stays around it."""
    element = shown.element
    run = element.getparent()
    if run is None or run.tag != w("r"):
        return element
    if end < len(shown.text) and element.tag == w("t"):
        _split_text(element, end)
    if start > 0 and element.tag == w("t"):
        element = _split_text(element, start)
    if any(one.tag != w("rPr") for one in element.itersiblings(preceding=True)):
        run = _split_run(run, element)
    following = element.getnext()
    if following is not None:
        _split_run(run, following)
    return element


def _split_text(element: Element, at: int) -> Element:
    """Cuts a text in two; returns the second one, which follows the first."""
    rest = deepcopy(element)
    rest.tail = None
    text = element.text or ""
    element.text, rest.text = text[:at], text[at:]
    for one in (element, rest):
        one.set(_SPACE, "preserve")
    element.addnext(rest)
    return rest


def _split_run(run: Element, element: Element) -> Element:
    """Cuts a run before one of its elements; returns the second run, which has the same properties."""
    rest = deepcopy(run)
    for one in list(rest):
        rest.remove(one)
    properties = child(run, "rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    moved = [element, *element.itersiblings()]
    run.addnext(rest)
    rest.extend(moved)
    return rest


def _is_closed(content: Element) -> bool:
    """True for the content of a content control for plain text, a date or a choice."""
    if content.tag != w("sdtContent"):
        return False
    return any(child(content.getparent(), "sdtPr", kind) is not None for kind in _CLOSED_CONTROLS)


def _at_start(paragraph: Element, mark: Element) -> None:
    """Puts a mark before all that a paragraph holds."""
    properties = child(paragraph, "pPr")
    if properties is None:
        paragraph.insert(0, mark)
    else:
        properties.addnext(mark)


def _marks(number: str) -> tuple[Element, Element, Element]:
    """Returns the begin and the end of a comment's range, and the run that refers to the comment."""
    start, stop = (etree.Element(w(name), {w("id"): number}) for name in ("commentRangeStart", "commentRangeEnd"))
    reference = etree.Element(w("r"))
    etree.SubElement(reference, w("commentReference"), {w("id"): number})
    return start, stop, reference
