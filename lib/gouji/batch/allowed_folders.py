"""Refuses parameter files of a batch that name files outside its folders.

A folder of parameter files may come from somebody else. A file that names `../../etc/passwd` as its source, or
another department's folder as its `out`, is refused. `gouji audit --params` takes paths as they are, because its user
named that very file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from gouji.errors import UnusableInputError
from gouji.parameters import Parameters


def roots_of(folder: Path, named: Path | None = None) -> tuple[Path, ...]:
    """Returns the folders in which all files of a batch must lie: the folder `named` for it, else the one around the
    folder of parameter files (or around that of a single file), and the working folder where it contains these."""
    if named is not None:
        return (_resolve(named),)
    place = _resolve(folder)
    around = (place.parent if place.is_dir() else place.parent.parent), _resolve(Path.cwd())
    return tuple(root for root in around if place.is_relative_to(root))


def refuse_outside(parameters: Parameters, roots: Sequence[Path]) -> None:
    """Raises UnusableInputError, naming the key, where a parameter file names a place outside all `roots`.

    Links count as the path they have: whoever set a link could as well have copied the file.
    """
    for key, path in _named_paths(parameters):
        if not any(_resolve(path).is_relative_to(root) for root in roots):
            problem = f"{key} 指向批量审核的文件夹之外（{path}）"
            remedy = "请把文件移入，用 --root 指定它们所在的文件夹，或用 gouji audit --params 单独审核"
            raise UnusableInputError(str(parameters.file_path() or "参数"), problem, remedy)


def _named_paths(parameters: Parameters) -> Iterator[tuple[str, Path]]:
    if parameters.source:
        yield from (("source", path) for path in parameters.source_paths())
    for key, documents in parameters.companion_paths().items():
        yield from ((key, path) for paths in documents for path in paths)
    places = {
        "out": parameters.out_path(),
        "dispositions": parameters.dispositions_path(),
        "thresholds.peers": parameters.peers_path(),
    }
    yield from ((key, path) for key, path in places.items() if path is not None)


def _resolve(path: Path) -> Path:
    return Path(os.path.abspath(path))
