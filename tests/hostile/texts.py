"""Hostile texts and files that are none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hostile.account import SENTENCE, text

#: Makes a file at a path from the rest of a case.
Maker = Callable[..., bytes | None]


def plain(**changes: str) -> bytes:
    """The account with other words in it."""
    return text(**changes).encode("utf-8", "surrogatepass")


def encoded(encoding: str) -> bytes:
    """The account in an encoding that it does not tell."""
    return text().encode(encoding)


def with_line(line: str, times: int = 1) -> bytes:
    """The account with something said over and over in one line behind its sentence."""
    return text(sentence=SENTENCE + line * times).encode()


def with_lines(line: str, times: int) -> bytes:
    """The account with so many more lines."""
    return text().encode() + f"{line}\n".encode() * times


def raw(hex: str, times: int = 1) -> bytes:
    """Bytes, over and over."""
    return bytes.fromhex(hex) * times


def large(path: Path, megabytes: int) -> None:
    """A file of zeros that takes no place on the disk."""
    with path.open("wb") as file:
        file.truncate(megabytes * 1_000_000)


def pipe(path: Path) -> None:
    """A pipe that nobody writes to."""
    os.mkfifo(path)


def link(path: Path, target: str) -> None:
    """A link to something else."""
    path.symlink_to(target)


def folder(path: Path) -> None:
    """A folder called like a file."""
    path.mkdir()


MAKERS: dict[str, Maker] = {
    "text": plain,
    "encoded": encoded,
    "with_line": with_line,
    "with_lines": with_lines,
    "raw": raw,
    "large": large,
    "pipe": pipe,
    "link": link,
    "folder": folder,
}
