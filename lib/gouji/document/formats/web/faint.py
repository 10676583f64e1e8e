"""Finds text of a page that is there but not seen: white on nothing darker, transparent, or too small to be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from gouji.document.formats.faint import SMALLEST, is_white
from gouji.document.formats.web.page import is_shown

_DECLARATION = re.compile(
    r"(?<![\w-])(color|background|background-color|font-size|opacity)\s*:\s*([^;]{1,200})", re.IGNORECASE
)
#: What a page must declare for any of its text to be unseen.
_MAY_BE = re.compile(
    r"color\s*[:=]\s*[\"']?\s*(?:#f|white|transparent|rgb|hsl)|font-size\s*:\s*(?:0|1|2)(?![\d])|opacity\s*:\s*(?:0|\.)",
    re.IGNORECASE,
)
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)$", re.IGNORECASE
)
_SIZE = re.compile(r"(\d*\.?\d+)\s*(px|pt|r?em|%)?", re.IGNORECASE)
#: Points of a unit of size.
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
#: The least opacity at which text is seen.
_NOTHING = 0.05


@dataclass(frozen=True, slots=True)
class _Look:
    """How text looks at one place of a page."""

    white: bool = False
    small: bool = False
    ground: bool = False
    clear: bool = False

    @property
    def faint(self) -> bool:
        """True where text is not seen."""
        return self.small or self.clear or (self.white and not self.ground)


def faint_texts(root: etree._Element, source: str) -> list[str]:
    """Returns the texts of a page that are shown but not seen, in order. `source` is its markup."""
    if not _MAY_BE.search(source):
        return []
    found: list[str] = []
    rest: list[tuple[etree._Element | str, _Look]] = [(root, _Look())]
    while rest:
        step, look = rest.pop()
        if isinstance(step, str):
            found += [step] if look.faint and step.strip() else []
        elif is_shown(step):
            own = _look(step, look)
            rest += [pair for child in reversed(step) for pair in ((child.tail or "", own), (child, own))]
            rest.append((step.text or "", own))
    return found


def _look(element: etree._Element, around: _Look) -> _Look:
    """Returns how the text of an element looks. What the element does not say is as around it."""
    style = element.get("style", "")
    said: Mapping[str, str] = {name.lower(): value.strip() for name, value in _DECLARATION.findall(style)}
    look = around
    if colour := said.get("color", element.get("color") if element.tag == "font" else None):
        look = replace(look, white=_is_white(colour), clear=around.clear or _is_clear(colour))
    ground = (
        said.get("background-color") or said.get("background") or element.get("bgcolor") or element.get("background")
    )
    if ground and not _is_clear(ground):
        look = replace(look, ground=not _is_white(ground))
    if size := _points(said.get("font-size", "")):
        look = replace(look, small=size < SMALLEST)
    elif "font-size" in said and _SIZE.match(said["font-size"]):
        look = replace(look, small=True)
    opacity = said.get("opacity")
    return replace(look, clear=True) if opacity is not None and _share(opacity) < _NOTHING else look


def _is_white(colour: str) -> bool:
    plain = _plain(colour)
    if match := _RGB.match(plain):
        return is_white("".join(f"{min(int(part), 255):02x}" for part in match.groups()[:3]))
    return plain.lower() == "white" or (plain.startswith("#") and is_white(plain))


def _is_clear(colour: str) -> bool:
    plain = _plain(colour)
    match = _RGB.match(plain)
    clear = match is not None and match[4] is not None and _share(match[4]) < _NOTHING
    return clear or plain.lower() in ("transparent", "none")


def _plain(colour: str) -> str:
    return colour.replace("!important", "").strip()


def _points(size: str) -> float:
    match = _SIZE.match(size)
    return float(match[1]) * _POINTS[(match[2] or "").lower()] if match else 0.0


def _share(text: str) -> float:
    """Returns a share of one, also if it is written as a percentage; 1.0 if it is no number."""
    match = _SIZE.match(text)
    return 1.0 if match is None else float(match[1]) / (100 if match[2] == "%" else 1)
