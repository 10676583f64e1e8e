"""Which parts of LibreOffice a machine has: distributions package them apart, and without a Chinese font it prints
pages without text."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

#: A library of each part, and the folders beside the program where it stands (macOS has it elsewhere).
_LIBRARIES = {"writer": "swlo", "calc": "sclo"}
_FOLDERS = (".", "../Frameworks")


@cache
def lacking(*parts: str, chinese: bool = False) -> str:
    """Why a test that needs these parts (`writer`, `calc`), or with `chinese` a font, cannot run here; "" if it can."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return "LibreOffice (soffice) is not installed"
    folder = Path(program).resolve().parent
    for part in parts:
        libraries = [one for beside in _FOLDERS for one in (folder / beside).glob(f"*{_LIBRARIES[part]}*")]
        if not libraries:
            return f"LibreOffice is installed without {part} (Debian: libreoffice-{part})"
    fonts = shutil.which("fc-list")
    if chinese and fonts and not subprocess.run([fonts, ":lang=zh"], capture_output=True, check=False).stdout.strip():
        return "no font with Chinese characters is installed for LibreOffice (Debian: fonts-wqy-zenhei)"
    return ""
