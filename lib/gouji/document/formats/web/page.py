"""Parses HTML into a tree, and reads what an element shows: text with its spaces evened out."""

from __future__ import annotations

import re

from lxml import etree

from gouji.document.formats.web.hidden import HIDES, apply_sheets
from gouji.document.formats.web.markup import without

#: Elements that begin and end a paragraph.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3"  # noqa: SIM905
    " h4 h5 h6 hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_DROPPED = frozenset(
    "audio button canvas del embed footer frameset head header iframe input map nav noframes noscript object s script"  # noqa: SIM905
    " select strike style svg template textarea video".split()
)
#: A heading of what stands in one of these is part of it, not of the site.
_CONTENT = ("article", "main", "section")
#: Comments; what Word sets around list numbers: <![if !supportLists]>; and <?xml:namespace … /> before its o:p.
_LEFT_OUT = (("<!--", "-->"), ("<![", ">"), ("<?", ">"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufeff]")
_BREAK = re.compile(r"[ \t\f\r]*\n[ \t\f\r\n]*")
_SPACES = re.compile(r"[ \t\f\r\n]+")
_WIDE = "[\u2e80-\u9fff\uff00-\uffef\u3001-\u303f“”‘’—…·]"
_BROKEN_LINE = re.compile(rf"(?<={_WIDE})\n|\n(?={_WIDE})")


def parse(text: str) -> etree._Element | None:
    """Returns the tree of a page; None if there is nothing in it."""
    for opening, closing in _LEFT_OUT:
        text = without(text, opening, closing)
    text = _CONTROL.sub("", text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if root is not None:
        apply_sheets(root)
    return root


def evened(text: str) -> str:
    """Returns a text as a browser shows it: runs of white space become one space, and line breaks beside Chinese
    characters none.

    Ideographic and no-break spaces are kept, except at the ends.
    """
    return _SPACES.sub(" ", _BROKEN_LINE.sub("", _BREAK.sub("\n", text))).strip()


def is_shown(element: etree._Element) -> bool:
    """False for elements that a browser does not show, and for the frame that a site puts around its pages."""
    tag = element.tag
    if not isinstance(tag, str):
        return False
    if tag in ("header", "footer") and any(True for _ in element.iterancestors(*_CONTENT)):
        return True
    if tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
        return False
    return not HIDES.search(element.get("style", ""))


def text_of(element: etree._Element) -> str:
    """Returns all text that an element shows, as one paragraph."""
    texts: list[str] = []
    rest: list[etree._Element | str] = [element]
    while rest:
        step = rest.pop()
        if isinstance(step, str):
            texts.append(step)
        elif is_shown(step):
            rest += [one for child in reversed(step) for one in (child.tail or "", child)]
            texts.append(step.text or "")
    return evened("".join(texts))


def texts_of(root: etree._Element, tag: str) -> list[str]:
    """Returns the texts of all elements of a tag that have one."""
    texts = (evened("".join(map(str, element.itertext()))) for element in root.iter(tag))
    return [text for text in texts if text]
