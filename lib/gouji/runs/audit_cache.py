"""Keeps audits, so that all notebooks of a department share one.

An audit is kept under a key of everything it depends on (the files' bytes, the parameters, the auditor's decisions,
the code), so a kept one is never out of date. The folder is the user's own, like any program's cache: nothing that
came from a document or another person is ever loaded from it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from gouji.auditing import Audit, audit
from gouji.dispositions.layout import WORKBOOK, YAML
from gouji.parameters import Parameters
from gouji.runtime.atomic import clear_parts, whole_file
from gouji.runtime.code_hash import code_hash

#: The variable that names the folder of kept audits; `off` keeps none.
VARIABLE = "GOUJI_CACHE"
#: Number of audits that are kept.
_KEPT = 40


def audited(sources: Sequence[Path], parameters: Parameters, earlier: Path | None = None) -> Audit:
    """Returns what `audit` returns; takes it from an earlier call with the same files, parameters, decisions and code
    where it is kept."""
    folder = _folder()
    if folder is None:
        return audit(sources, parameters, earlier)
    path = folder / f"{_key(sources, parameters, earlier)}.pickle"
    found = _load(path)
    if found is None:
        found = audit(sources, parameters, earlier)
        _keep(found, path)
    return found


@contextlib.contextmanager
def shared(found: Audit, sources: Sequence[Path], earlier: Path | None) -> Iterator[None]:
    """Keeps an audit for calls of `audited` with the same files, parameters and `earlier` while the block runs."""
    folder = _folder()
    path = folder / f"{_key(sources, found.parameters, earlier)}.pickle" if folder else None
    try:
        if path:
            _keep(found, path)
        yield
    finally:
        if path:
            path.unlink(missing_ok=True)


def _key(sources: Sequence[Path], parameters: Parameters, earlier: Path | None) -> str:
    """Returns the SHA-256 of everything an audit depends on."""
    digest = hashlib.sha256(f"{code_hash()}|{sys.version_info[:3]}|{parameters.model_dump_json()}".encode())
    decided = [parameters.dispositions_path(), *((earlier / name for name in (WORKBOOK, YAML)) if earlier else ())]
    compared = [path for documents in parameters.companion_paths().values() for one in documents for path in one]
    for path in (*sources, *compared, *decided):
        data = _bytes(path)
        digest.update(f"|{path}|{'-' if data is None else hashlib.sha256(data).hexdigest()}".encode())
    return digest.hexdigest()


def _bytes(path: Path | None) -> bytes | None:
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None  # the audit will say so


def _folder() -> Path | None:
    """Returns the user's folder of kept audits, made if necessary; None where there is none, or others could write to
    it."""
    named = os.environ.get(VARIABLE, "")
    if named == "off":
        return None
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(named) if named else base / "gouji"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = folder.stat()
    except OSError:
        return None
    others = hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022)
    return None if others else folder


def clear_cache_parts() -> None:
    """Removes the unfinished files of killed processes from the cache."""
    if folder := _folder():
        clear_parts([folder])


def _load(path: Path) -> Audit | None:
    try:
        with path.open("rb") as file:
            found = pickle.load(file)
    except Exception:  # whatever is wrong with what was kept: it is done anew
        return None
    return found if isinstance(found, Audit) else None


def _keep(found: Audit, path: Path) -> None:
    """Keeps an audit where it can. Without it, later calls are only slower."""
    with contextlib.suppress(OSError):
        whole_file(path, partial(_dump, found))
        _prune(path.parent.glob("*.pickle"))
        clear_parts([path.parent])


def _dump(found: Audit, part: Path) -> None:
    part.chmod(0o600)
    with part.open("wb") as file:
        pickle.dump(found, file, protocol=pickle.HIGHEST_PROTOCOL)


def _prune(paths: Iterable[Path]) -> None:
    with contextlib.suppress(OSError):
        for _, path in sorted(((path.stat().st_mtime, path) for path in paths), reverse=True)[_KEPT:]:
            path.unlink(missing_ok=True)
