"""The client's side of zygotes: the zygotes that this process has started, and the kernels forked from them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

#: Number of zygotes kept regardless of their kernels; an older one stays only as long as a kernel of its own.
KEPT = 4
_PROGRAM = str(Path(__file__).with_name("zygote.py"))


class ZygoteError(Exception):
    """No kernel can be forked; the message says why."""


@dataclass(frozen=True)
class Recipe:
    """What kernels must have in common to be forked from the same zygote."""

    command: tuple[str, ...]
    """The interpreter and its flags."""
    preload: tuple[str, ...]
    """Modules imported beforehand, in this order."""
    environment: tuple[tuple[str, str], ...]
    """The variables that matter when an interpreter starts or a module is imported."""


class ForkedKernel:
    """A kernel forked by a zygote, with those methods of `subprocess.Popen` that `LocalProvisioner` uses.

    Its parent is the zygote, which reports its status and passes signals on. The zygote lives as long as this object.
    """

    stdin = stdout = stderr = None

    def __init__(self, zygote: Zygote, channel: socket.socket) -> None:
        channel.setblocking(False)
        self._zygote = zygote
        self._channel = channel
        self._received = b""
        self._ready = False
        self._refused = ""
        self.pid = 0
        self.returncode: int | None = None
        self.notes: list[str] = []

    async def started(self, timeout: float) -> None:
        """Waits for the kernel's sockets to be bound, or for its death.

        Raises ZygoteError if there is no kernel, or none within `timeout` seconds.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while self.poll() is None and not (self._ready and self.pid) and not self._refused:
            changed = asyncio.Event()
            loop.add_reader(self._channel, changed.set)
            try:
                await asyncio.wait_for(changed.wait(), deadline - loop.time())
            except TimeoutError:
                self._channel.close()
                raise ZygoteError(f"not started within {timeout:g} s") from None
            finally:
                loop.remove_reader(self._channel)
        if self._refused or not self.pid:
            raise ZygoteError(self._refused or "it ended while importing")

    def poll(self) -> int | None:
        """Returns the kernel's exit status like `Popen.returncode`, None while it runs."""
        while self.returncode is None:
            try:
                part = self._channel.recv(4096)
            except BlockingIOError:
                break
            except OSError:
                part = b""
            if not part:
                self._lost()
            *lines, self._received = (self._received + part).split(b"\n")
            for line in lines:
                self._heed(json.loads(line))
        return self.returncode

    def _heed(self, message: dict[str, object]) -> None:
        match message:
            case {"pid": int(pid), "notes": list(notes), "sources": dict(sources)}:
                self.pid, self.notes = pid, notes
                self._zygote.sources = sources
            case {"ready": _}:
                self._ready = True
            case {"refused": str(why)}:
                self._refused = why
            case {"exit": int(code)}:
                self.returncode = code
                self._channel.close()

    def _lost(self) -> None:
        """Handles the death of the zygote: its kernels end by themselves within a second, or are ended here."""
        if self.returncode is None:
            self.returncode = -signal.SIGKILL
            self._channel.close()
            if self.pid:
                with contextlib.suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the kernel's end. Raises subprocess.TimeoutExpired after `timeout` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            left = None if deadline is None else deadline - time.monotonic()
            if timeout is not None and left is not None and left <= 0:
                raise subprocess.TimeoutExpired("kernel", timeout)
            select.select([self._channel], [], [], left)
        return code

    def send_signal(self, signum: int) -> None:
        """Signals the kernel's process group, if the kernel has not ended."""
        if self.poll() is None:
            with contextlib.suppress(OSError):  # its zygote has just ended
                self._channel.send(bytes([signum]))

    def terminate(self) -> None:
        """Sends SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Sends SIGKILL."""
        self.send_signal(signal.SIGKILL)


class Zygote:
    """A zygote process started by this process; ends when this object does."""

    def __init__(self, recipe: Recipe, env: dict[str, str]) -> None:
        """Starts the process and returns at once; the process imports while orders wait.

        Raises OSError if the interpreter cannot be run.
        """
        self.sources: dict[str, int] = {}
        self._control, theirs = socket.socketpair()
        self._sending = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [*recipe.command, _PROGRAM, str(theirs.fileno()), *recipe.preload],
                env=env,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._end = weakref.finalize(self, _end, self._control, self._process)
        _all.add(self)

    @property
    def pid(self) -> int:
        """Returns the process's id."""
        return self._process.pid

    def alive(self) -> bool:
        """True while the process runs."""
        return self._process.poll() is None

    def current(self) -> bool:
        """True where nothing it imported has changed since: no files, and for installed packages no folder."""
        try:
            return all(os.stat(path).st_mtime_ns == time for path, time in self.sources.items())
        except OSError:
            return False

    def fork(self, argv: list[str], env: dict[str, str], cwd: str, streams: tuple[int, int, int]) -> ForkedKernel:
        """Requests a kernel with these arguments, environment, folder and stdin, stdout and stderr.

        Raises ZygoteError if the process has ended.
        """
        order = json.dumps({"argv": argv, "env": env, "cwd": cwd}).encode()
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._sending:
                header = len(order).to_bytes(4, "big")
                socket.send_fds(self._control, [header], [theirs.fileno(), *streams])
                self._control.sendall(order)
        except OSError as error:
            ours.close()
            raise ZygoteError(f"it is gone: {error}") from error
        return ForkedKernel(self, ours)

    def close(self) -> None:
        """Ends the process and its kernels."""
        self._end()

    def forget(self) -> None:
        """Releases, in a fork of the client, a zygote that belongs to the parent."""
        self._end.detach()
        self._process.returncode = 0  # not ours to wait for
        self._control.close()


def _end(control: socket.socket, process: subprocess.Popen[bytes]) -> None:
    control.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


_running: dict[Recipe, Zygote] = {}
_all: weakref.WeakSet[Zygote] = weakref.WeakSet()  # with those that only their kernels keep
_choosing = threading.Lock()


def zygote_of(recipe: Recipe, env: dict[str, str]) -> Zygote:
    """Returns this process's zygote for a recipe; starts one with `env` if none is up to date. Raises OSError."""
    with _choosing:
        found = _running.pop(recipe, None)
        if found is None or not found.alive() or not found.current():
            found = Zygote(recipe, env)
        _running[recipe] = found
        for oldest in list(_running)[:-KEPT]:
            del _running[oldest]
        return found


def running() -> dict[Recipe, Zygote]:
    """Returns the zygotes kept, the one used last at the end."""
    with _choosing:
        return dict(_running)


def close_all() -> None:
    """Ends every zygote kept, and their kernels. The next kernel starts another zygote."""
    with _choosing:
        for zygote in _running.values():
            zygote.close()
        _running.clear()


def _after_fork() -> None:
    global _choosing
    _choosing = threading.Lock()
    for zygote in _all:
        zygote.forget()
    _all.clear()
    _running.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
