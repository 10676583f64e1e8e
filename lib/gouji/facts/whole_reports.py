"""Finds the paragraphs of the annexed report on all that a department spent (部门整体支出绩效自评报告)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.document.model import BlockKind, Document
from gouji.facts.narrative.read import is_annex
from gouji.labels import normalise

_TITLE = re.compile(r"(?P<before>.*?)整体支出.{0,8}(?:绩效|自评|评价).{0,8}(?:报告|材料|表)(?:\(.{1,12}\))?$")
#: Any report's title, or what opens the next annex.
_OTHER = re.compile(r"(?:绩效|自评|评价).{0,8}(?:报告|表)(?:\(.{1,12}\))?$|^附件\d*")
#: What may stand in the title before 整体支出, and names nobody but the department.
_PLAIN = re.compile(r"^附件\d*[:.、]?|^\d+[.、]|(?P<year>20\d\d)年度?|[本我]?(?:部门|单位|局)$|(?:关于|的|开展|度)")
_LONGEST = 50


def whole_reports(document: Document, department: str, year: int | None) -> frozenset[int]:
    """Returns the positions of the blocks that make the report on the department's own spending of the account's
    year."""
    return frozenset(_find(document, normalise(department), year))


def _find(document: Document, department: str, year: int | None) -> Iterator[int]:
    inside = False
    for block in document.blocks:
        if not is_annex(block.section):
            inside = False
            continue
        title = normalise(block.text)
        if (
            block.kind is not BlockKind.TABLE
            and len(title) <= _LONGEST
            and (_TITLE.match(title) or _OTHER.search(title))
        ):
            inside = _is_own(title, department, year)
        if inside:
            yield block.index


def _is_own(title: str, department: str, year: int | None) -> bool:
    """True for the title of a report that names no year and no unit but the account's."""
    match = _TITLE.match(title)
    if match is None:
        return False
    before = match["before"].replace(department, "") if department else match["before"]
    years = {int(one["year"]) for one in _PLAIN.finditer(before) if one["year"]}
    return not _PLAIN.sub("", before) and years <= {year}
