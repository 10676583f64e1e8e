"""A document as a PDF of a few kilobytes that is plain text: no font inside, no compression, one page a table."""

from __future__ import annotations

from collections.abc import Iterator

from fuzz.mutate.pdf import written
from gouji.document.model import Document, Grid

_SIZE, _LEADING, _LEFT, _TOP, _WIDTH = 8, 14, 40, 800, 515
_CMAP = """/CIDInit /ProcSet findresource begin
begincmap
/CMapName /Plain def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{ranges}
endcmap"""


def to_tiny_pdf(document: Document, ruled: bool = True, most: int = 5) -> bytes:
    """The first `most` pages of a document: its paragraphs on some, each of its tables on one of its own."""
    pages = list(_pages(document, ruled))[:most]
    used = sorted({char for block in document.blocks for char in _all_text(block) if char <= "\uffff"})
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering "
        b"(Identity) /Supplement 0 >> /DW 1000 /W [32 126 500] >>",
        5: _stream(_CMAP.format(ranges="\n".join(_ranges(used)))),
    }
    for at, content in enumerate(pages):
        objects[6 + 2 * at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * at} 0 R "
            f"/Resources << /Font << /F 3 0 R >> >> >>"
        ).encode()
        objects[7 + 2 * at] = _stream(content)
    return written(objects)


def _all_text(block: object) -> str:
    grid = getattr(block, "grid", None)
    cells = "".join(cell.text for row in grid.rows for cell in row) if grid else ""
    return f"{getattr(block, 'text', '')}{cells} "


def _ranges(used: list[str]) -> Iterator[str]:
    for at in range(0, len(used), 100):
        chunk = used[at : at + 100]
        yield f"{len(chunk)} beginbfchar"
        yield from (f"<{ord(char):04X}> <{ord(char):04X}>" for char in chunk)
        yield "endbfchar"


def _stream(text: str) -> bytes:
    body = text.encode("ascii")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def _pages(document: Document, ruled: bool) -> Iterator[str]:
    lines: list[str] = []
    for block in document.blocks:
        if block.grid is not None:
            yield _said(lines)
            lines = []
            yield _table(block.grid, ruled)
        else:
            text = block.text.strip()
            lines += [text[at : at + 62] for at in range(0, len(text), 62)]
            if len(lines) > 50:
                yield _said(lines[:50])
                lines = lines[50:]
    if lines:
        yield _said(lines)


def _said(lines: list[str]) -> str:
    return "\n".join(_text(_LEFT, _TOP - at * _LEADING, line) for at, line in enumerate(lines)) or "q\nQ"


def _text(x: float, y: float, text: str) -> str:
    codes = "".join(f"{ord(char):04X}" for char in text if char <= "\uffff")
    return f"BT\n/F {_SIZE} Tf\n1 0 0 1 {x:.0f} {y:.0f} Tm\n<{codes}> Tj\nET"


def _table(grid: Grid, ruled: bool) -> str:
    step = _WIDTH / max(grid.width, 1)
    found = []
    for at, row in enumerate(grid.rows[:50]):
        y = _TOP - at * _LEADING
        for cell in row:
            x = _LEFT + cell.col * step
            if ruled:
                found.append(f"{x:.0f} {y - 4:.0f} {cell.colspan * step:.0f} {_LEADING} re\nS")
            if text := " ".join(cell.text.split()):
                found.append(_text(x + 2, y, text))
    return "\n".join(found)
