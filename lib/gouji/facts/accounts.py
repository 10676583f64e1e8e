"""Finds several accounts in one document: a department's and those of its units, one after the other."""

from __future__ import annotations

from dataclasses import replace

from gouji.document.model import Block, BlockKind, Document
from gouji.facts.captions import department_above
from gouji.facts.word_lists import WORDS
from gouji.labels import normalise

#: So many tables that name a unit are an account of it.
_TABLES = 3
_FIRST = tuple(f"第一{one}" for one in WORDS.chapters)


def first_account(document: Document) -> Document:
    """Returns the document up to the end of its first account, with a remark if others follow.

    Accounts are known by the units that their tables name. They begin where the parts are numbered from the first
    again.
    """
    named = [(block, name) for block in document.blocks if (name := _unit_named(document, block))]
    owners = [name for _, name in named]
    accounts = [name for name in dict.fromkeys(owners) if owners.count(name) >= _TABLES]
    if len(accounts) < 2:
        return document
    last = max(block.index for block, name in named if name == accounts[0])
    following = next((block.index for block, name in named if block.index > last and name in accounts[1:]), None)
    if following is None:
        return document
    start = next((block.index for block in document.blocks[last:following] if _restarts(block)), following)
    remark = f"文件含有{len(accounts)}个单位的决算（{'、'.join(accounts)}），只审核了第一个；其余的请分开后逐个审核"
    return replace(document, blocks=document.blocks[:start], anomalies=(*document.anomalies, remark))


def _unit_named(document: Document, block: Block) -> str:
    """Returns the unit that a table names; "" for a block that is no table."""
    return normalise(department_above(document, block)) if block.kind is BlockKind.TABLE else ""


def _restarts(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and normalise(block.text).startswith(_FIRST)
