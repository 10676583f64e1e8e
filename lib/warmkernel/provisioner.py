"""The kernel provisioner: forks an IPython kernel from a zygote, or starts an ordinary one where forking is
impossible."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Float, List, Unicode

from warmkernel.zygotes import ForkedKernel, Recipe, ZygoteError, zygote_of

#: `0` turns warm kernels off; `1` turns them on where they are off by default.
SWITCH = "WARMKERNEL"
#: Modules to preload where neither a kernel spec nor a caller names any, separated by commas.
PRELOAD = "WARMKERNEL_PRELOAD"
#: Variables that matter when an interpreter starts or a module is imported. Kernels that differ in them share no
#: zygote.
IMPORT_TIME = (
    *("PYTHON*", "PATH", "HOME", "TMPDIR", "TEMP", "TMP", "TZ", "LANG", "LANGUAGE", "LC_*", "XDG_*", "VIRTUAL_ENV"),
    *("LD_*", "DYLD_*", "CONDA_*", "IPYTHON*", "JUPYTER_*", "MPL*", "NUMEXPR_*", "NUMBA_*", "NPY_*", "ARROW_*"),
    *("OMP_*", "OPENBLAS_*", "GOTO_*", "MKL_*", "KMP_*", "BLIS_*", "VECLIB_*"),
)
_LAUNCHERS = ("ipykernel_launcher", "ipykernel")
_log = logging.getLogger("warmkernel")
_said: set[str] = set()


def default_preload() -> list[str]:
    """Returns the modules that the environment names."""
    return [name for name in re.split(r"[,\s]+", os.environ.get(PRELOAD, "")) if name]


class WarmProvisioner(LocalProvisioner):
    """Starts kernels as `local-provisioner` does, but forks them from a process that has imported `preload`."""

    preload = List(Unicode(), help="Modules imported beforehand").tag(config=True)
    environment = List(
        Unicode(), help="Patterns of further variables that the modules imported beforehand read when imported"
    ).tag(config=True)
    start_timeout = Float(60.0, help="Seconds within which everything is imported and the kernel started").tag(
        config=True
    )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Starts the kernel; raises what `LocalProvisioner.launch_kernel` raises."""
        options = self._scrub_kwargs(kwargs)
        try:
            kernel = await self._fork(cmd, **options)
        except (ZygoteError, OSError) as error:
            _say_once(f"ordinary kernels instead of warm ones: {error}")
            return await super().launch_kernel(cmd, **kwargs)
        for note in kernel.notes:
            _say_once(note)
        self.process = kernel  # type: ignore[assignment]  # the part of Popen that the parent uses
        self.pid = kernel.pid
        self.pgid = None  # it is signalled through its parent, which knows whether it still is that process
        self.cwd = options.get("cwd") or Path.cwd()
        return self.connection_info

    async def _fork(
        self,
        cmd: list[str],
        env: dict[str, str],
        cwd: str | os.PathLike[str] | None = None,
        stdin: int | IO[Any] | None = None,
        stdout: int | IO[Any] | None = None,
        stderr: int | IO[Any] | None = None,
        **others: Any,
    ) -> ForkedKernel:
        if why := unavailable():
            raise ZygoteError(why)
        if others := {name: value for name, value in others.items() if value}:
            raise ZygoteError(f"a fork cannot honour {', '.join(others)}")
        command, arguments = split_command(cmd)
        folder = os.path.abspath(cwd or os.curdir)
        if not os.path.isdir(folder):
            raise ZygoteError(f"no such folder: {folder}")
        recipe = Recipe(command, tuple(self.preload or default_preload()), self._import_time(env))
        with _streams(subprocess.DEVNULL if stdin is None else stdin, stdout, stderr) as streams:
            kernel = zygote_of(recipe, env).fork(arguments, env, folder, streams)
        await kernel.started(self.start_timeout)
        return kernel

    def _import_time(self, env: dict[str, str]) -> tuple[tuple[str, str], ...]:
        patterns = (*IMPORT_TIME, *self.environment)
        return tuple(sorted(item for item in env.items() if any(fnmatchcase(item[0], one) for one in patterns)))

    async def wait(self) -> int | None:
        """Waits for the kernel's end and forgets it."""
        if isinstance(self.process, ForkedKernel):
            while self.process.poll() is None:
                await asyncio.sleep(0.005)
        return await super().wait()


def unavailable() -> str:
    """Returns why kernels are not forked here, "" where they are."""
    switch = os.environ.get(SWITCH, "")
    if switch == "0":
        return f"{SWITCH}=0"
    if not hasattr(os, "fork"):
        return f"there is no fork on {sys.platform}"
    if sys.platform == "darwin" and switch != "1":
        return f"macOS frameworks may not survive a fork ({SWITCH}=1 to try)"
    return ""


def split_command(cmd: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Splits `python -X flag -m ipykernel_launcher -f FILE` into the interpreter with its flags and the arguments.

    Raises ZygoteError for a kernel other than IPython's.
    """
    place = cmd.index("-m") if "-m" in cmd[:-1] else 0
    if not place or cmd[place + 1] not in _LAUNCHERS:
        raise ZygoteError(f"not an IPython kernel's command: {' '.join(cmd[:3])}")
    return tuple(cmd[:place]), cmd[place + 2 :]


@contextmanager
def _streams(*wanted: int | IO[Any] | None) -> Iterator[tuple[int, int, int]]:
    """Returns descriptors for stdin, stdout, stderr from values that `subprocess.Popen` takes; None gives this
    process's own."""
    with ExitStack() as opened:

        def null() -> int:
            descriptor = os.open(os.devnull, os.O_RDWR)
            opened.callback(os.close, descriptor)
            return descriptor

        found = []
        for own, one in enumerate(wanted):
            if one in (subprocess.PIPE, subprocess.STDOUT):
                raise ZygoteError("a fork cannot honour a pipe for a stream")
            if one is None:
                found.append(own if _is_open(own) else null())
            elif one == subprocess.DEVNULL:
                found.append(null())
            else:
                found.append(one if isinstance(one, int) else one.fileno())
        yield found[0], found[1], found[2]


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _say_once(line: str) -> None:
    if line not in _said:
        _said.add(line)
        _log.warning("warmkernel: %s", line)
