"""Reads the text that a paragraph shows once all tracked changes are accepted, element by element."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from gouji.document.formats.word.names import ALTERNATE, REMOVED, Element, alternative, w
from gouji.document.formats.word.styles import Styles
from gouji.document.raised import raised

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = w("txbxContent")
_TEXTS = {w("t"), _MATH_TEXT}
_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
#: Properties, field codes, deleted text, phonetic guides over characters.
_SILENT = REMOVED | {w(name) for name in ("pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "rt")}
#: Characters of the Wingdings font that forms are filled in with.
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA7: "▪", 0xA8: "□", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"}
_PRIVATE = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class Shown:
    """Characters that a paragraph shows, and the element that holds them (`w:t`, `w:tab` …)."""

    text: str
    element: Element


@dataclass(slots=True)
class Text:
    """The text that a paragraph shows.

    `boxes` are the text boxes anchored in it. `hidden` counts places with hidden text. `faint` are the texts that are
    there but not seen.
    """

    shown: list[Shown] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden: int = 0
    faint: list[str] = field(default_factory=list)


def text_of(paragraph: Element, styles: Styles) -> Text:
    """Reads a paragraph."""
    walk = _Walk(styles, styles.of_paragraph(paragraph))
    walk.through(paragraph)
    return walk.text


class _Walk:
    """A walk through one paragraph."""

    def __init__(self, styles: Styles, style: str) -> None:
        self.text = Text()
        self._styles = styles
        self._style = style
        self._fields: list[str] = []  # of each field around, the part of it: its code or its result
        self._hiding = self._fading = False

    def through(self, element: Element) -> None:
        """Reads what stands in an element."""
        for one in element:
            if one.tag in _SILENT:
                continue
            if one.tag == ALTERNATE:
                chosen = alternative(one)
                if chosen is not None:
                    self.through(chosen)
            elif one.tag == w("r") and self._styles.hidden(one, self._style):
                self._hide(one)
            elif one.tag == w("fldChar"):
                self._field(one.get(w("fldCharType")))
            elif one.tag == _BOX:
                self.text.boxes.append(one)
            else:
                self._character(one)

    def _character(self, element: Element) -> None:
        text = _printed(element)
        if text and "begin" not in self._fields:
            self.text.shown.append(Shown(text, element))
            self._hiding = False
            self._look_at(text, element)
        self.through(element)

    def _look_at(self, text: str, element: Element) -> None:
        """Notes text that is not seen; once, whatever number of runs it is cut into."""
        run = element.getparent()
        faint = run is not None and run.tag == w("r") and self._styles.faint(run, self._style)
        if faint and self._fading:
            self.text.faint[-1] += text
        elif faint:
            self.text.faint.append(text)
        self._fading = faint

    def _field(self, kind: str | None) -> None:
        """Follows a field: first comes its code, then its result. A code that does not end in the paragraph never hides
        what follows it."""
        if kind == "begin":
            self._fields.append("begin")
        elif self._fields and kind == "separate":
            self._fields[-1] = "separate"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _hide(self, run: Element) -> None:
        """Counts hidden text once, whatever number of runs it is cut into. Fields may begin or end in it."""
        for one in run.iter(w("fldChar")):
            self._field(one.get(w("fldCharType")))
        if any((one.text or "").strip() for one in run.iter(w("t"))):
            self.text.hidden += not self._hiding
            self._hiding = True


def _printed(element: Element) -> str:
    """Returns what an element prints by itself."""
    if element.tag in _TEXTS:
        text = (element.text or "").replace("\r", " ").replace("\n", " ")
        return raised(text) if _is_raised(element) else text
    if element.tag == w("br") and element.get(w("type"), "textWrapping") != "textWrapping":
        return ""
    if element.tag == w("sym"):
        return _symbol(element)
    return _SIGNS.get(str(element.tag), "")


def _is_raised(element: Element) -> bool:
    """True in a run set as superscript."""
    run = element.getparent()
    found = None if run is None else run.find(f"{w('rPr')}/{w('vertAlign')}")
    return found is not None and found.get(w("val")) == "superscript"


def _symbol(element: Element) -> str:
    """Returns a character that is given by font and code; "" if it exists only in its font, or nowhere."""
    try:
        code = int(element.get(w("char"), ""), 16)
    except ValueError:
        return ""
    if code not in _PRIVATE:
        return chr(code) if 0 <= code < 0xD800 or 0xE000 <= code <= sys.maxunicode else ""
    font, plain = element.get(w("font"), ""), code & 0xFF
    if font.startswith("Wingdings"):
        return _WINGDINGS.get(plain, "")
    return chr(plain) if font not in {"Symbol", "Webdings"} and 0x20 <= plain < 0x7F else ""
