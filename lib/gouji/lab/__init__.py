"""A Jupyter server extension that lets JupyterLab show Chinese on a machine without a Chinese font.

`make lab` turns it on: `jupyter lab --LabApp.custom_css=True --ServerApp.jpserver_extensions=gouji.lab=True`.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Any

from gouji.lab.style import style_sheet
from gouji.memo.fonts import packaged_file


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Names this module as the extension's only entry point, as jupyter_server asks of an extension."""
    return [{"module": "gouji.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Serves the style sheet as /custom/custom.css and the whole font beside it.

    A user's own custom/custom.css wins: their folder is searched first. Without mplfonts the page keeps the browser's
    fonts, and one line in the log says so.
    """
    font = packaged_file()
    if font is None:
        server.log.warning("没有安装 mplfonts：本机若无中文字体，笔记本中的汉字将显示为方框")
        return
    folder = tempfile.mkdtemp(prefix="gouji-lab-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, "custom.css").write_text(style_sheet(), encoding="utf-8")
    # JupyterLab's own custom.css, which is empty, is in the last folder.
    server.web_app.settings["static_custom_path"][-1:-1] = [folder, str(font.parent)]
