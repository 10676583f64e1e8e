"""Finds the files that a run read: by content, or by name where the content has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gouji.companions import ROLE_NAMES
from gouji.errors import UnusableInputError, reason_of
from gouji.parameters import Parameters
from gouji.verify.recorded import File, Recorded, RecordedAccount

_SOURCE = "来源文件"


@dataclass(frozen=True, slots=True)
class Input:
    """A file at hand, and the file of the manifest that it stands for."""

    role: str
    wanted: File
    path: Path
    data: bytes
    sha256: str

    @property
    def same(self) -> bool:
        """True where it holds what the run read."""
        return self.sha256 == self.wanted.sha256


@dataclass(frozen=True, slots=True)
class _Held:
    path: Path
    data: bytes
    sha256: str


def find_inputs(recorded: Recorded, folder: Path, given: Sequence[Path], parameters: Parameters | None) -> list[Input]:
    """Returns the files of a run, in the manifest's order.

    Searches the files `given`, the files that `parameters` name, the run's folder and the working folder. Raises
    UnusableInputError where a file is not found, or a given one matches none.
    """
    offered = [_hold(path) for path in given]
    named = [_hold(path) for path in _named_files(parameters) if path.is_file()]
    wanted = list(_wanted(recorded))
    chosen: dict[int, _Held] = {}
    for number, (_, file) in enumerate(wanted):
        if one := next((one for one in (*offered, *named) if one.sha256 == file.sha256), None):
            chosen[number] = one
    _assign(chosen, wanted, [one for one in offered if one not in chosen.values()])
    for number, (_, file) in enumerate(wanted):
        chosen[number] = chosen.get(number) or _find_beside(file, folder, named)
    return [
        Input(role, file, one.path, one.data, one.sha256)
        for (role, file), one in zip(wanted, (chosen[number] for number in range(len(wanted))), strict=True)
    ]


def put(inputs: Sequence[Input], account: RecordedAccount, turn: Iterator[Path]) -> tuple[str, ...]:
    """Writes the files of a document under the names that the run knew, each into the next folder of `turn`. Returns
    their paths."""
    paths = []
    for file in account.parts():
        found = next(one for one in inputs if one.wanted == file)
        place = next(turn) / file.name
        place.parent.mkdir(parents=True)
        place.write_bytes(found.data)
        paths.append(str(place))
    return tuple(paths)


def _wanted(recorded: Recorded) -> Iterator[tuple[str, File]]:
    """Returns every file of the manifest once, with its role in Chinese."""
    documents: list[tuple[str, RecordedAccount]] = [(_SOURCE, recorded.source)]
    documents += [(ROLE_NAMES[role], one) for role, one in recorded.source.compared_with.documents()]
    once: dict[File, str] = {}
    for role, one in documents:
        once |= {file: role for file in one.parts() if file not in once}
    return ((role, file) for file, role in once.items())


def _assign(chosen: dict[int, _Held], wanted: Sequence[tuple[str, File]], left: Sequence[_Held]) -> None:
    """Assigns given files with other content to the files still wanted: by name, then in order."""
    for one in left:
        open_ones = [number for number in range(len(wanted)) if number not in chosen]
        namesake = next((number for number in open_ones if wanted[number][1].name == one.path.name), None)
        number = namesake if namesake is not None else next(iter(open_ones), None)
        if number is None:
            raise UnusableInputError(str(one.path), "不是 manifest.json 记载的任何文件", "请去掉，或换成记载的文件")
        chosen[number] = one


def _find_beside(file: File, folder: Path, named: Sequence[_Held]) -> _Held:
    """Returns a file of that name; one with the content that the run read comes first."""
    found = [one for one in named if one.path.name == file.name]
    found += [_hold(path) for path in _places(file.name, folder)]
    found.sort(key=lambda one: one.sha256 != file.sha256)
    if not found:
        problem = f"找不到 manifest.json 记载的文件“{file.name}”（SHA-256 {file.sha256}）"
        raise UnusableInputError(str(folder), problem, "请用 --source 给出，或用 --params 给出参数文件")
    return found[0]


def _places(name: str, folder: Path) -> Iterator[Path]:
    """Yields the possible places of a file of that name: in the run's folder, the two above it and the working folder,
    or one below."""
    here = folder.resolve()
    for base in dict.fromkeys((here, here.parent, here.parent.parent, Path.cwd())):
        with suppress(OSError):
            below = sorted(one for one in base.iterdir() if one.is_dir())
            yield from (one / name for one in (base, *below) if (one / name).is_file())


def _named_files(parameters: Parameters | None) -> Iterable[Path]:
    if parameters is None:
        return []
    compared = [path for documents in parameters.companion_paths().values() for one in documents for path in one]
    return [*(parameters.source_paths() if parameters.source else ()), *compared]


def _hold(path: Path) -> _Held:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnusableInputError(str(path), f"无法读取（{reason_of(error)}）", "请检查路径和权限") from error
    return _Held(path, data, hashlib.sha256(data).hexdigest())
