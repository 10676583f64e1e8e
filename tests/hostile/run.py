"""A hostile file met as a user would meet it, in a process of its own with little memory and time and no network."""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gouji import Parameters, audit
from gouji.cli import main
from gouji.errors import UnusableInputError
from gouji.runtime.bounded import bound_memory
from gouji.runtime.limits import Limits
from hostile import packages, pdfs, texts, webs

MAKERS = texts.MAKERS | webs.MAKERS | packages.MAKERS | pdfs.MAKERS
#: Makers that put something at a path themselves.
_PLACED = ("large", "pipe", "link", "folder")
#: Seconds of the processor and megabytes, beyond those of the tests, that a case may take.
_SECONDS, _MEGABYTES = 40, 1500
#: Seconds until a case that waits for something is given up.
_LONGEST = 300


@dataclass
class Ran:
    """What came of a case: exit status and what was printed, and of an audit the rules of its findings, what was told
    of the reading, and the text that was read; what was left behind, and whom the process tried to reach."""

    status: int = -1
    printed: str = ""
    rules: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    read: str = ""
    left: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    ended: str = ""


def make(case: dict[str, Any], folder: Path) -> Path:
    """Makes the file of a case."""
    path = folder / case["file"]
    ((name, how),) = case["make"].items()
    if name in _PLACED:
        MAKERS[name](path, **(how or {}))
    else:
        data = MAKERS[name](**(how or {}))
        assert data is not None
        path.write_bytes(data)
    return path


def run(case: dict[str, Any], folder: Path) -> Ran:
    """Makes a case's file and audits it: by the command where it is to be refused, else without writing outputs."""
    places = {name: folder / name for name in ("work", "home", "temporary")}
    for place in places.values():
        place.mkdir()
    source = make(case, places["work"])
    before = _inside(places.values())
    told = folder / "told.json"
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            told.write_text(json.dumps(asdict(_ran(case, source, places))), encoding="utf-8")
        os._exit(0)
    status = _waited(child)
    ran = Ran(**json.loads(told.read_text(encoding="utf-8"))) if told.exists() else Ran()
    ran.ended = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else ""
    ran.left = sorted(_inside(places.values()) - before)
    return ran


def _waited(child: int) -> int:
    """The status of a process, which is killed if it takes as long as none should."""
    end = time.monotonic() + _LONGEST
    while (ended := os.waitpid(child, os.WNOHANG))[0] == 0:
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            return os.waitpid(child, 0)[1]
        time.sleep(0.01)
    return ended[1]


def _ran(case: dict[str, Any], source: Path, places: dict[str, Path]) -> Ran:
    """The process's side."""
    ran = Ran()
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 5))
    bound_memory(Limits(memory_mb=_in_use() + _MEGABYTES))
    os.chdir(places["work"])
    os.environ.update(HOME=str(places["home"]), TMPDIR=str(places["temporary"]), GOUJI_CACHE="off")
    tempfile.tempdir = None
    socket.socket.connect = lambda self, address: ran.reached.append(str(address))  # type: ignore[method-assign]
    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        limits = case.get("limits", {})
        if case["outcome"] == "refused":
            given = [f"--limit={name}={most}" for name, most in limits.items()]
            ran.status = main(["audit", str(source), "--no-notebooks", "--out", "out", *given])
        else:
            _audited(source, limits, ran)
    ran.printed = errors.getvalue()
    return ran


def _in_use() -> int:
    """Megabytes of data that the process has taken over from the one it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmData")), 0)


def _audited(source: Path, limits: dict[str, int], ran: Ran) -> None:
    try:
        found = audit(source, Parameters(limits=Limits().changed(limits)))
    except UnusableInputError as error:
        ran.status = 2
        print(error, file=sys.stderr)
        return
    ran.status = 0
    ran.rules = [one.rule for one in found.findings.findings]
    ran.told = list(found.document.anomalies)
    cells = [cell.text for one in found.document.blocks if one.grid for row in one.grid.rows for cell in row]
    ran.read = "\n".join([*(one.text for one in found.document.blocks), *cells])


def _inside(places: Any) -> set[str]:
    return {str(path) for place in places for path in _walk(place)}


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        yield from (Path(root) / name for name in (*folders, *files))
