"""A kernel manager that makes any IPython kernel spec a warm one, with a client that waits only as long as it must."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import shutil
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import List, Unicode, default

from warmkernel.kernelspec import stanza
from warmkernel.provisioner import WarmProvisioner, split_command, unavailable
from warmkernel.scratch import KERNEL, Lock, clear_left
from warmkernel.zygotes import ZygoteError

#: Seconds between two checks whether a kernel has ended.
POLL = 0.002
#: Seconds that a kernel has to end when asked, before it is interrupted.
POLITE = 0.5


def warmed(spec: KernelSpec, preload: list[str], environment: list[str]) -> KernelSpec:
    """Returns the kernel spec with the warm provisioner. A spec that has a provisioner of its own, or is not IPython's,
    stays."""
    given = spec.metadata.get("kernel_provisioner", {}).get("provisioner_name", "local-provisioner")
    try:
        split_command(spec.argv)
    except ZygoteError:
        return spec
    if given != "local-provisioner":
        return spec
    warm = copy.copy(spec)
    warm.metadata = {**spec.metadata, "kernel_provisioner": stanza(preload, environment)}
    return warm


class WarmKernelClient(AsyncKernelClient):
    """A client for one notebook: it has no heartbeat and is ready as soon as the kernel is."""

    def start_channels(self, *args: Any, **kwargs: Any) -> None:
        """Starts the channels without the heartbeat's: the manager knows whether the kernel lives."""
        super().start_channels(*args, **{**kwargs, "hb": False})

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Waits until the kernel answers on shell and its outputs arrive on iopub.

        Its parent class then waits for 0.2 s of silence. This class does not, because messages are matched with
        requests by their parent. Raises RuntimeError if the kernel dies or does not answer in `timeout` seconds.
        """
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        answered = heard = False
        while not (answered and heard):
            self.kernel_info()
            try:
                while not answered:
                    message = await self.get_shell_msg(timeout=1)
                    if message["msg_type"] == "kernel_info_reply":
                        self._handle_kernel_info_reply(message)
                        answered = True
                await self.get_iopub_msg(timeout=0.2)
                heard = True
            except Empty:
                answered = False
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


class WarmKernelManager(AsyncKernelManager):
    """Starts warm kernels from ordinary kernel specs, over Unix sockets, and waits only as long as it must."""

    preload = List(Unicode(), help="Modules imported beforehand").tag(config=True)
    environment = List(Unicode(), help="As the provisioner's").tag(config=True)

    _folder: Path | None = None
    _lock: Lock | None = None

    client_class = "warmkernel.manager.WarmKernelClient"
    client_factory = WarmKernelClient

    @default("transport")
    def _default_transport(self) -> str:
        """Chooses Unix sockets: no other process can take a port in between, and no other user has access."""
        return "tcp" if unavailable() else "ipc"

    @default("connection_file")
    def _default_connection_file(self) -> str:
        """Returns a path in a new folder with a short name: a Unix socket's path has only some hundred bytes."""
        self._folder = Path(tempfile.mkdtemp(prefix=KERNEL))
        self._lock = Lock(self._folder)
        return str(self._folder / "kernel.json")

    def cleanup_connection_file(self) -> None:
        """Removes the connection file, the sockets and their folder, and those that killed clients have left."""
        super().cleanup_connection_file()
        if self._folder and self._lock:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._lock.release()
            self._folder = None
            clear_left(KERNEL)

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """Returns the requested kernel spec, made warm."""
        if self._kernel_spec is None and (spec := super().kernel_spec) is not None:
            self._kernel_spec = warmed(spec, self.preload, self.environment)
        return self._kernel_spec

    async def _async_shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """Asks the kernel to end; if it does not, continues as the parent class, which interrupts it first.

        An interrupt that reaches an idle kernel between two messages can make it unresponsive for seconds.
        """
        if self.has_kernel and not now and await self._async_is_alive():
            await self._async_request_shutdown(restart=restart)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._async_wait(), POLITE)
                now = True  # nothing is left but to clear up
        await super()._async_shutdown_kernel(now=now, restart=restart)

    shutdown_kernel = _async_shutdown_kernel  # as the parent has it

    async def _async_wait(self, pollinterval: float = POLL) -> None:
        """Waits for the kernel's end; checks often where a check costs no more than a read."""
        warm = isinstance(self.provisioner, WarmProvisioner)
        await super()._async_wait(pollinterval=POLL if warm else pollinterval)
