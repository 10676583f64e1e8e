"""Questions on characters by which a figure or word looks other than it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category

from gouji.document.model import Block, Place
from gouji.review.disclosure.rule import DisclosureRule, Item
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome, Quote
from gouji.runtime.visible import code_point

_MATTER = "与看上去不同的字符"
_AROUND = 10
#: Categories of characters that are not seen by themselves.
_UNSEEN = ("Cf", "Co", "Cn", "Mn", "Me")
#: The most places told of one matter.
_MOST = 8


@dataclass(frozen=True, slots=True)
class _Found:
    """One place: what is there, quoted with its characters written out, for people."""

    item: Item
    chars: str
    where: str
    told: str
    quote: Quote


def characters(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about all places with such characters, in text and tables. Yields nothing where there are none: nobody
    must publish their absence. The `words` are all characters of which an item needs one: few documents have any."""
    cells = (cell.text for block in material.document.blocks if block.grid for row in block.grid.rows for cell in row)
    whole = "\n".join([*(block.text for block in material.document.blocks), *cells])
    if not rule.pattern.search(whole) or not any(item.shown.search(whole) for item in rule.items):
        return
    found = [one for text, where, place in _texts(material) for one in _find_in(rule, text, where, place)]
    named = list(dict.fromkeys(one.item.name for one in found))
    points = list(dict.fromkeys(code_point(char).strip("‹›") for one in found for char in one.chars))
    places = "；".join(f"{one.where}“{one.told}”（{one.item.name}）" for one in found[:_MOST])
    more = f"等{len(found)}处" if len(found) > _MOST else ""
    yield Observation(
        rule,
        _MATTER,
        Outcome.RAISED,
        f"有{len(found)}处含{'、'.join(named)}（{'、'.join(points[:_MOST])}），看上去的与实际的不同，是否有意？",
        f"{places}{more}。请以正常字符重新录入，并与账表核对这些数字。",
        quotes=tuple(one.quote for one in found),
    )


def _find_in(rule: DisclosureRule, text: str, where: str, place: Place) -> Iterator[_Found]:
    """Yields the places in one text. Where several items match at one place, the first one counts."""
    at = -1
    spans = sorted(
        ((match.start(), match.end(), item) for item in rule.items for match in item.shown.finditer(text)),
        key=lambda span: span[0],
    )
    for start, end, item in spans:
        if start >= at:
            at = end
            quoted = text[max(0, start - _AROUND) : end + _AROUND]
            span = Place(place.line, place.start + start, place.start + end)
            told = _write_out(text, start, end)
            yield _Found(item, text[start:end], where, told, Quote(where, quoted, span))


def _write_out(text: str, start: int, end: int) -> str:
    """Returns a place with its surroundings. Characters that are invisible or misleading are written as their
    numbers."""
    shown = (
        code_point(one) if not one.isascii() and (start <= at < end or category(one) in _UNSEEN) else one
        for at, one in enumerate(text[max(0, start - _AROUND) : end + _AROUND], max(0, start - _AROUND))
    )
    return " ".join("".join(shown).split())


def _texts(material: Material) -> Iterator[tuple[str, str, Place]]:
    """Yields every text of the document, with its location for people and its place."""
    facts = {(fact.place.line, fact.place.start): fact.named for fact in material.facts}
    for block in material.document.blocks:
        if block.text:
            yield block.text, block.where, block.place
        for row in block.grid.rows if block.grid else ():
            for cell in row:
                if cell.text:
                    named = facts.get((cell.place.line, cell.place.start))
                    yield cell.text, named or _cell(block, cell.row, cell.col), cell.place


def _cell(block: Block, row: int, col: int) -> str:
    return f"{block.where}的表格第{row + 1}行第{col + 1}列"
