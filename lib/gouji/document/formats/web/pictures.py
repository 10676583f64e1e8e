"""Finds the pictures of a page that may show a table. Nothing in them is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gouji.document.formats.web.page import BLOCKS, evened, is_shown
from gouji.document.marks import NUMBERED, TABLE_NUMBER, is_caption, is_furniture

#: How large a picture must be to show a table, in pixels; a banner is wider than a table, for its height.
_WIDE, _HIGH, _BANNER = 300, 110, 4
_SIZE = r"(?:^|[;\s]){}\s*:\s*(\d+)(?:\.\d+)?px"
_PIXELS = re.compile(r"^\s*(\d+)(?:\.\d+)?(?:px)?\s*$")
#: The most captions that one line quotes.
_QUOTED = 3


def remarks(root: etree._Element) -> Iterator[str]:
    """Yields a line for people if pictures may show tables: large ones, and those of any size below a table's caption,
    which the line quotes."""
    found = list(_pictures(root))
    if not found:
        return
    above = list(dict.fromkeys(caption for caption in found if caption))
    quoted = "、".join(f"“{caption}”" for caption in above[:_QUOTED]) + ("等" if len(above) > _QUOTED else "")
    yield f"网页含图片{len(found)}幅，其中如有表格或文字则未读取" + (f"（{quoted}之下是图片）" if above else "")


def _pictures(root: etree._Element) -> Iterator[str]:
    """Yields, for each picture that may show a table, the caption above it; "" for a large picture without one."""
    line, caption = "", ""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and not is_shown(element):
            walk.skip_subtree()
            continue
        if element.tag in BLOCKS or element.tag == "br":
            caption, line = _announced(evened(line), caption), ""
        if event == "start":
            if element.tag == "img":
                announced = _announced(evened(line), caption)
                width, height = _size(element, "width"), _size(element, "height")
                if announced and not _is_small(width, height):
                    yield announced
                elif width >= _WIDE and height >= _HIGH and width <= _BANNER * height:
                    yield ""
            elif element.tag == "table" and len(list(element.iter("td", "th"))) > 1:
                caption = ""
            line += element.text or ""
        else:
            line += element.tail or ""


def _announced(line: str, before: str) -> str:
    """Returns the caption that applies below a line: its own, or the caption `before` if the line is empty or only
    names a unit."""
    if is_caption(line) or TABLE_NUMBER.search(line) or NUMBERED.match(line):
        return line if is_caption(line) or not before else before
    return before if not line or is_furniture(line) else ""


def _size(picture: etree._Element, name: str) -> int:
    """Returns a side in pixels as the page gives it; 0 if it does not."""
    match = _PIXELS.match(picture.get(name, "")) or re.search(_SIZE.format(name), picture.get("style", ""))
    return int(match[1]) if match else 0


def _is_small(width: int, height: int) -> bool:
    return 0 < width < _WIDE or 0 < height < _HIGH
