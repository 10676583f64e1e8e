"""JupyterLab's style sheet with a Chinese font as the last resort."""

from __future__ import annotations

from pathlib import Path

from gouji.memo.embedded_font import embedded
from gouji.memo.fonts import SYSTEM_FAMILIES, packaged_file

_FAMILIES = Path(__file__).with_name("families.css")


def style_sheet() -> str:
    """Returns the text of custom.css. A font that the machine has comes first, then the characters of GB 2312, which
    stand in the style sheet itself, then the whole font from this server for rarer characters.

    The common characters do not wait for a file: Chromium may keep boxes for text that it drew before a font arrived.
    """
    file = packaged_file()
    own = ", ".join(f'local("{family}")' for family in SYSTEM_FAMILIES)
    common = embedded(_common_characters())
    whole = f'url("{file.name}") format("opentype")' if file else ""
    faces = [("Gouji", common), ("Gouji rare", whole)]
    rules = [
        f'@font-face {{ font-family: "{family}"; src: {", ".join(filter(None, (own, source)))}; }}'
        for family, source in faces
    ]
    return "\n".join([*rules, _FAMILIES.read_text(encoding="utf-8")])


def _common_characters() -> str:
    """Returns the 7,445 characters of GB 2312."""
    codes = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)
