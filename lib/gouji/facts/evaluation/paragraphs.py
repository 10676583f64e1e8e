"""Finds the paragraphs about the project of a self-evaluation form (文物保护专项项目绩效自评综述：…)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from gouji.document.headings import parse_number
from gouji.document.model import Block, BlockKind, Document
from gouji.facts.fact import RecognisedTable
from gouji.labels import normalise

#: A name as short as this may be a common word.
_SHORTEST = 4
#: Where a sentence's subject ends; its name may be quoted.
_SUBJECT = re.compile(r"[^,:;。!?]*")
_QUOTES = re.compile("[“”\"'‘’《》【】\\[\\]]")
#: Before or behind a name that is one of several, or only part of another's.
_SEVERAL_BEFORE = re.compile(r"[、和及与]$")
_SEVERAL_BEHIND = re.compile(r"^(?:[、和及与]|等)")


def with_paragraphs(document: Document, forms: Mapping[str, RecognisedTable]) -> dict[str, RecognisedTable]:
    """Returns the forms, each with the paragraphs whose first words or heading name its project and no other."""
    subjects = [plain(form.subject) for form in forms.values()]
    names = {name: key for key, name in zip(forms, subjects, strict=True) if len(name) >= _SHORTEST}
    names = {name: key for name, key in names.items() if subjects.count(name) == 1}
    mentions: dict[str, list[int]] = {key: [] for key in forms}
    if names:
        for block in document.blocks:
            if block.kind is not BlockKind.TABLE and (name := _name_at_start(block, names)):
                mentions[names[name]].append(block.index)
    return {key: replace(form, mentioned_in=tuple(mentions[key])) for key, form in forms.items()}


def _name_at_start(block: Block, names: Mapping[str, str]) -> str:
    """Returns the one name with which a paragraph begins, else the one with which its heading does; "" if there is
    none, or several."""
    for text in (block.text, block.section[-1].title if block.section else ""):
        subject = _subject(text)
        found = [name for name in names if name in subject]
        found = [name for name in found if not any(name != other and name in other for other in found)]
        if found:
            return found[0] if len(found) == 1 and _stands_alone(subject, found[0]) else ""
    return ""


def _subject(text: str) -> str:
    """Returns the first subject of a paragraph, without its number."""
    numbered = parse_number(text.strip())
    match = _SUBJECT.match(plain(numbered.title if numbered else text))
    return match.group() if match else ""


def _stands_alone(subject: str, name: str) -> bool:
    before, _, behind = subject.partition(name)
    return not _SEVERAL_BEFORE.search(before) and not _SEVERAL_BEHIND.match(behind)


def plain(text: str) -> str:
    """Returns a text in the form in which project names are compared: normalised, without quotes."""
    return _QUOTES.sub("", normalise(text))
