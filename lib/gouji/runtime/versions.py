"""The versions that shape the bytes of a run's outputs: this project's and its libraries'."""

from __future__ import annotations

import platform
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

#: The version of this project's own code.
VERSION = "0.1.0"

_LIBRARIES = (
    "highspy",
    "jinja2",
    "lxml",
    "matplotlib",
    "mplfonts",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "pyarrow",
    "pydantic",
    "pypdf",
    "pypdfium2",
    "python-docx",
    "pyyaml",
    "rapidocr",
    "scipy",
    "typst",
    "uharfbuzz",
)


@cache
def library_versions() -> dict[str, str]:
    """Returns versions by name, with Python's and its compression library's; optional libraries only where
    installed."""
    found = {name: _version(name) for name in _LIBRARIES}
    own = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return own | {name: one for name, one in found.items() if one}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
