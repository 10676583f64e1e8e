"""What a page's own style sheet hides: classes and ids that are not displayed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gouji.document.formats.web.markup import without

#: A declaration, in an element's `style` or in a style sheet, by which something is not shown.
HIDES = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
#: Only so much of a style sheet is looked at: saved pages have some ten thousand characters of it.
_LONGEST = 2_000_000
#: One element by its name, class or id; selectors of several elements are left alone.
_SELECTOR = re.compile(r"^(?P<tag>[a-z][\w]*)?(?P<kind>[.#])(?P<name>[\w-]+)$", re.IGNORECASE)


def mark_hidden(root: etree._Element) -> None:
    """Gives the attribute `hidden` to every element that a style sheet of the page hides by its class or id."""
    hidden = {selector for style in root.iter("style") for selector in _hidden(style.text or "")}
    if not hidden:
        return
    for element in root.iter():
        if isinstance(element.tag, str):
            names = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id', '')}"}
            if any((tag, name) in hidden for name in names for tag in ("", element.tag)):
                element.set("hidden", "")


def _hidden(sheet: str) -> Iterator[tuple[str, str]]:
    """Tag ("" for any) and class or id, with its mark, of what a style sheet hides."""
    for selectors, declarations in _rules(without(sheet[:_LONGEST], "/*", "*/")):
        if HIDES.search(declarations):
            for selector in selectors.split(","):
                if match := _SELECTOR.match(selector.strip()):
                    yield (match["tag"] or "").lower(), f"{match['kind']}{match['name']}"


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of a sheet's own rules; what stands inside @media and the like holds for other media
    or widths."""
    depth = begin = opened = 0
    conditional = False
    for mark in _BRACE.finditer(sheet):
        at = mark.start()
        if mark[0] == "{":
            if not depth:
                conditional, opened = "@" in sheet[begin:at].rpartition(";")[2], at
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                if not conditional:
                    yield sheet[begin:opened], sheet[opened + 1 : at]
                begin = at + 1
        else:
            begin = at + 1
