"""What the text says is attached, beside what is attached."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.document.model import Block, BlockKind
from gouji.review.disclosure.passages import clear, contents_of, in_annex, sentence
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome

_ATTACHED = "所称附件"
#: A title is no longer than this.
_TITLE = 60


def promised(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Documents that a sentence says are attached and of which nothing is attached; one question."""
    _, body = contents_of(material.document)
    attached = [block for block in body if in_annex(block)]
    text = "\n".join(_title(block) for block in attached)
    saying = [
        (block, match)
        for block in body
        if block.kind is not BlockKind.TABLE and not in_annex(block)
        for match in rule.pattern.finditer(block.text)
        if not rule.excused.search(block.text)
    ]
    if not saying:
        return
    lacking, quotes = [], []
    for block, match in saying:
        start, end = sentence(block.text, match.start(), match.end())
        asked = [item for item in rule.items if item.told.search(block.text, start, end)]
        missing = [item for item in asked if not item.shown.search(text)]
        if missing:
            lacking += [item.name for item in missing if item.name not in lacking]
            quotes.append(quote(block, start, end))
    if not lacking:
        yield clear(rule, _ATTACHED)
        return
    names = "、".join(f"“{name}”" for name in lacking)
    told = "；".join(f"{one.where}“{one.text.strip()}”" for one in quotes)
    yield Observation(
        rule,
        _ATTACHED,
        Outcome.RAISED,
        f"文中称{names}已作为附件公开，附件在哪里？",
        f"{told}；而文件的附件部分{'没有读到' if attached else '不存在，也没有读到'}{names}。"
        "请核对是否遗漏，另行公开的应写明网址。",
        quotes=tuple(quotes),
    )


def _title(block: Block) -> str:
    """A block of the annex where it may be a title: a short line, or the cells of a table."""
    if block.grid is not None:
        return "\n".join(cell.text for row in block.grid.rows[:2] for cell in row)
    return block.text if len(block.text) <= _TITLE else ""
