"""Applies what a page's style sheets say about whether text is seen, by the class or id of its element."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from gouji.document.formats.web.markup import without

#: A declaration, in an element's `style` or in a style sheet, by which something is not shown.
HIDES = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
#: A declaration of what is shown, and how well it is seen.
_OF_BEING_SEEN = re.compile(
    rf"{HIDES.pattern}|(?<![\w-])(?:color|background|background-color|font-size|opacity)\s*:[^;]{{1,200}}",
    re.IGNORECASE,
)
_BRACE = re.compile(r"[{}]")
#: Only so much of a style sheet is looked at: saved pages have some ten thousand characters of it.
_LONGEST = 2_000_000
#: One element by its name, class or id; selectors of several elements are left alone.
_SELECTOR = re.compile(r"^(?P<tag>[a-z][\w]*)?(?P<kind>[.#])(?P<name>[\w-]+)$", re.IGNORECASE)


def apply_sheets(root: etree._Element) -> None:
    """Adds to each element's `style` what the page's style sheets declare for its class or id about being shown,
    colours and size. The element's own declarations come last, and so count."""
    declared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for style in root.iter("style"):
        for selector, declarations in _declarations(style.text or ""):
            declared[selector].append(declarations)
    if not declared:
        return
    for element in root.iter():
        if isinstance(element.tag, str):
            names = [*(f".{name}" for name in element.get("class", "").split()), f"#{element.get('id', '')}"]
            found = [one for name in names for tag in ("", element.tag) for one in declared.get((tag, name), ())]
            if found:
                element.set("style", ";".join([*found, element.get("style", "")]))


def _declarations(sheet: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yields ((tag, class or id with its mark), declarations about being seen) of a style sheet. The tag is ""
    for any."""
    for selectors, declarations in _rules(without(sheet[:_LONGEST], "/*", "*/")):
        if found := ";".join(match[0] for match in _OF_BEING_SEEN.finditer(declarations)):
            for selector in selectors.split(","):
                if match := _SELECTOR.match(selector.strip()):
                    yield ((match["tag"] or "").lower(), f"{match['kind']}{match['name']}"), found


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yields the selectors and declarations of a sheet's own rules. Rules inside @media and the like are left out: they
    hold for other media or widths."""
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
