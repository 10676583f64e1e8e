"""The version of the code: what makes a result of an earlier run no longer current."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def code_hash() -> str:
    """SHA-256 over all files of the package (code, rules, templates); computed once in a process."""
    digest = hashlib.sha256()
    root = Path(str(files("gouji")))
    for path in sorted(root.rglob("*"), key=lambda one: one.relative_to(root).as_posix()):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(
                path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
            )
    return digest.hexdigest()
