"""Reads Word documents (.docx) as they are printed once all tracked changes are accepted."""

from __future__ import annotations

from pathlib import Path

from gouji.document.content import Content
from gouji.document.formats.active import active_in
from gouji.document.formats.faint import faint_lines
from gouji.document.formats.own import refuse_own
from gouji.document.formats.word.layout import Layout
from gouji.document.formats.word.nodes import Tree
from gouji.document.formats.word.package import open_package
from gouji.document.formats.word.remarks import remarks
from gouji.document.rejoined import rejoined
from gouji.runtime.limits import LIMITS, Limits


def read_content(data: bytes, path: Path, limits: Limits = LIMITS) -> Content:
    """Reads a Word document. Headers, footers, notes and comments are left out; a remark mentions notes with figures.

    Raises UnusableInputError for a file that is damaged, holds no document, or was written by this program, and
    LimitExceededError for one that exceeds the limits.
    """
    package = open_package(data, path, limits)
    refuse_own(data, path)
    tree = Tree.of(package)
    layout = Layout()
    layout.add(tree.nodes(package.body))
    told = (*active_in(data), *remarks(package.body, package.notes, tree.hidden, layout.cut), *faint_lines(tree.faint))
    pieces, origins = rejoined(layout.pieces, layout.origins)
    return Content(pieces, "docx", told, origins)
