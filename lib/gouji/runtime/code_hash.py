"""The version of the code: with another version, a result of an earlier run is no longer current."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

#: A wheel has the notebooks in the package, a checkout has them elsewhere.
_NOTEBOOKS = "notebooks"


@cache
def code_hash() -> str:
    """Returns the SHA-256 of all files of the package (code, rules, templates), the same installed and in a checkout.

    It is computed once in a process.
    """
    digest = hashlib.sha256()
    root = Path(str(files("gouji")))
    for path in sorted(root.rglob("*"), key=lambda one: one.relative_to(root).as_posix()):
        inside = path.relative_to(root)
        if path.is_file() and path.suffix != ".pyc" and not _left_out(inside):
            digest.update(inside.as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _left_out(inside: Path) -> bool:
    """True for notebooks, for caches, and for hidden files of editors and file managers."""
    return inside.parts[0] == _NOTEBOOKS or any(part == "__pycache__" or part.startswith(".") for part in inside.parts)
