"""Provides a font with Chinese glyphs for every picture, without touching the user's matplotlib configuration."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import font_manager, style

#: The font file inside the installed mplfonts package: the same pictures on every machine.
_PACKAGED = Path("fonts") / "NotoSansCJKsc-Regular.otf"

#: Families tried, in this order, where mplfonts is not installed.
SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Sans CJK JP",
    "SimSun",
    "Arial Unicode MS",
)

DPI = 150


@cache
def chinese_font() -> str:
    """Returns the family name of a font with Chinese glyphs: mplfonts' Noto Sans CJK SC, else a system font. If there
    is none, returns matplotlib's default after one warning."""
    packaged = packaged_file()
    if packaged is not None:
        return _register(packaged)
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    for family in SYSTEM_FAMILIES:
        if family in installed:
            return family
    warnings.warn("没有找到中文字体，图中汉字将显示为方框；请执行 pip install mplfonts", stacklevel=2)
    return str(matplotlib.rcParamsDefault["font.sans-serif"][0])


@contextmanager
def chinese_style() -> Iterator[None]:
    """Sets Chinese text and reproducible output inside the with-block, whatever the user's matplotlibrc says."""
    settings: dict[str, Any] = {
        "font.family": [chinese_font()],
        "font.weight": "normal",
        "axes.unicode_minus": False,
        "axes.titleweight": "normal",
        "figure.dpi": DPI,
        "savefig.dpi": "figure",
        "savefig.bbox": None,
        "savefig.facecolor": "white",
        "figure.facecolor": "white",
        "svg.fonttype": "path",
        "svg.hashsalt": "gouji",
        "hatch.linewidth": 0.6,
        "text.usetex": False,
        "text.parse_math": False,  # what a document says is no formula
    }
    with style.context(["default", settings]):
        yield


def packaged_file() -> Path | None:
    """Returns mplfonts' font file. Finds it without importing mplfonts, whose functions write into matplotlib's own
    folders."""
    spec = find_spec("mplfonts")
    folders = spec.submodule_search_locations if spec else None
    files = (Path(folder) / _PACKAGED for folder in folders or ())
    return next((file for file in files if file.is_file()), None)


def _register(file: Path) -> str:
    """Makes a font file known to this process, ahead of any installed font of the same family."""
    fonts = font_manager.fontManager.ttflist
    known = len(fonts)
    font_manager.fontManager.addfont(file)
    added = fonts[known:]
    del fonts[known:]
    fonts[:0] = added
    return added[0].name
