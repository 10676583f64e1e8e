"""Writes the memo as one self-contained HTML file, without scripts or remote assets, that prints on A4.

The page says what the papers say: it lays out the same blocks. It adds a chart and the tables as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gouji.auditing import Audit
from gouji.memo.chain import Versions
from gouji.memo.charts import coverage_overview, to_svg
from gouji.memo.content import memo_content
from gouji.memo.embedded_font import font_face
from gouji.memo.excerpt import table_marks, whole_table
from gouji.memo.finding_paper import excerpt_table
from gouji.memo.memo_paper import TITLE, closing, finding_part, opening, tallies
from gouji.memo.paper import Block, Heading, Paragraph, Style, paragraph
from gouji.memo.tallies import STATUS_NAMES
from gouji.runtime.visible import visible

#: The placeholder in the template for the page's own font.
_FONT = "/*font*/"


def render_memo(audit: Audit, made_by: Versions | None = None) -> str:
    """Returns the memo of an audit as HTML. It names the versions `made_by` (None: this version's)."""
    environment = Environment(
        loader=PackageLoader("gouji.memo"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_escape_directions,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests.update({"heading": _is_heading, "paragraph": _is_paragraph})
    page = environment.get_template("memo.html.j2").render(_context(audit, made_by))
    return page.replace(_FONT, font_face(page), 1)


def _context(audit: Audit, made_by: Versions | None) -> dict[str, Any]:
    memo = memo_content(audit, made_by)
    return {
        "title": memo.title,
        "subject": TITLE,
        "opening": opening(memo),
        "findings": [(one, finding_part(memo, one)) for one in memo.findings],
        "tallies": tallies(memo),
        "chart": _inline(to_svg(coverage_overview(audit))),
        "closing": closing(memo),
        "printed": list(_tables_as_printed(audit)),
    }


def _tables_as_printed(audit: Audit) -> Iterable[Block]:
    """Yields the tables as printed."""
    for key, table in audit.facts.tables.items():
        excerpt = whole_table(key, audit, table_marks(key, audit))
        if excerpt.rows:
            yield paragraph(Style.CAPTION, excerpt.caption)
            yield excerpt_table(excerpt)
        else:
            yield paragraph(Style.BODY, f"{table.name}：{STATUS_NAMES[table.status]}。")


def _inline(svg: str) -> str:
    """Returns the SVG element of a file without XML prolog and metadata, to be put into a page."""
    return re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)


def _escape_directions(value: Any) -> Any:
    """Writes out the characters of the document that would reverse the direction of the page's own text, before
    escaping."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _is_heading(block: Block) -> bool:
    return isinstance(block, Heading)


def _is_paragraph(block: Block) -> bool:
    return isinstance(block, Paragraph)
