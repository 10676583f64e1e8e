"""Questions on what the text says is attached, beside what is attached."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.document.model import Block
from gouji.review.disclosure.passages import attached, beside_annex, body_begins, clear, joined, parted, sentence
from gouji.review.disclosure.rule import DisclosureRule, Item
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote

_ATTACHED, _REPORT = "所称附件", "所附自评（评价）报告"
#: A title is no longer than this.
_TITLE = 60


def promised(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about all documents that a sentence says are attached, and of which nothing is attached."""
    promises = list(_promises(rule, material))
    if not promises:
        return
    text = _titles_attached(material)
    lacking: list[Item] = []
    quotes = []
    for words, items in promises:
        missing = [item for item in items if not item.shown.search(text)]
        if missing:
            lacking += [item for item in missing if item not in lacking]
            quotes.append(words)
    if not lacking:
        yield clear(rule, _ATTACHED)
        return
    names = "、".join(f"“{item.name}”" for item in lacking)
    wanted = "、".join(item.instead or item.name for item in lacking)
    places = "；".join(f"{one.where}“{one.text.strip()}”" for one in quotes)
    yield Observation(
        rule,
        _ATTACHED,
        Outcome.RAISED,
        f"文中称{names}已作为附件公开，附件在哪里？",
        f"{places}；而文件的附件部分{'没有读到' if material.once(attached) else '不存在，也没有读到'}{wanted}。"
        "请核对是否遗漏，另行公开的应写明网址。",
        quotes=tuple(quotes),
    )


def _promises(rule: DisclosureRule, material: Material) -> Iterator[tuple[Quote, list[Item]]]:
    """Yields the sentences that say something is attached, each with the items that it names."""
    for block in material.once(beside_annex).holding(rule.anywhere):
        if block.index < material.once(body_begins) or rule.excused.search(block.text):
            continue
        for match in rule.pattern.finditer(block.text):
            start, end = sentence(block.text, match.start(), match.end())
            items = [item for item in rule.items if item.promise.search(block.text, start, end)]
            yield quote(block, start, end), items


def _titles_attached(material: Material) -> str:
    """Returns the titles of the annex, and those of the body that begin with 附件, a line each."""
    _, body = material.once(parted)
    named = [block.text for block in body if len(block.text) <= _TITLE and block.text.lstrip().startswith("附件")]
    return "\n".join([*(_title(block) for block in material.once(attached)), *named])


def _title(block: Block) -> str:
    """Returns a block of the annex if it may be a title: a short line, or the cells of a table."""
    if block.grid is not None:
        return "\n".join(cell.text for row in block.grid.rows[:2] for cell in row)
    return block.text if len(block.text) <= _TITLE else ""


def evaluation(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about what an annexed evaluation report leaves out although its conclusion would rest on it."""
    report = material.once(attached)
    head = next((block for block in report if len(block.text) <= _TITLE and rule.pattern.search(block.text)), None)
    if head is None:
        return
    text = joined(report)
    lacking = [item.name for item in rule.items if not item.shown.search(text)]
    if len(lacking) < material.threshold("evaluation_lacking"):
        yield clear(rule, _REPORT)
        return
    names = "、".join(lacking)
    yield Observation(
        rule,
        _REPORT,
        Outcome.RAISED,
        f"所附报告没有{names}，评价结论依据什么得出？",
        f"{head.where}“{head.text.strip()}”通篇没有读到{names}。没有这些内容，结论无从核对，整改也无从跟踪。"
        "应查上报的自评表、评分底稿和结果应用情况。",
        quotes=(quote(head, 0, len(head.text)),),
    )
