"""The zygote: a process of one thread that has imported what notebooks import and forks a kernel per order.

Run by path, `python zygote.py FD MODULE …`, so that the interpreter it runs in needs ipykernel but not this package.
FD is the zygote's end of a Unix socket pair. An order on it is four bytes of length, sent together with four file
descriptors (the kernel's channel, stdin, stdout, stderr), and then so many bytes of JSON:
`{"argv": [the kernel's arguments], "env": {…}, "cwd": "…"}`.

On the kernel's channel the zygote answers in lines of JSON, `{"pid": …, "notes": […], "sources": {path: time}}` and at
last `{"exit": …}` with the status as `subprocess` writes it, or `{"refused": "why"}`; the kernel
itself says `{"ready": true}` once its sockets are bound. What the client writes on the channel are signal numbers, a
byte each, for the kernel's process group. A channel closed by the client ends its kernel; FD closed, which the
client's death does, ends them all and the zygote.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import json
import os
import selectors
import signal
import socket
import sys
import sysconfig
import threading
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

#: Modules that a kernel imports on its way to the first output and at its end, and that other modules import on first
#: use.
COMPANIONS = {
    "ipykernel": (
        *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "tornado.platform.asyncio", "psutil"),
        *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect"),
        *("IPython.core.pylabtools", "IPython.extensions.storemagic", "sqlite3", "encodings.idna", "stringprep"),
    ),
    "matplotlib": ("matplotlib.backends.backend_agg",),
    "PIL": ("PIL.features", *(f"PIL.{name}ImagePlugin" for name in ("Bmp", "Gif", "Jpeg", "Png", "Ppm"))),
    "pandas": ("pandas.io.formats.html", "pandas.io.formats.string"),
    "pandas+matplotlib": ("pandas.plotting._matplotlib",),
    "pandas+pyarrow": ("pyarrow.pandas_compat",),
}
#: Threads that exist in a fork only by name: their library starts them anew where it needs them.
SAFE_THREADS = {"jemalloc_bg_thd"}
#: The value that an ordinary kernel sets (`IPKernelApp.init_gui_pylab`); here matplotlib may be imported before that.
INLINE_BACKEND = "module://matplotlib_inline.backend_inline"
#: Seconds that the control thread has to end after the kernel was asked to.
CONTROL_END = 1.0


@dataclass
class Order:
    """A request for a kernel."""

    argv: list[str]
    env: dict[str, str]
    cwd: str
    channel: socket.socket
    streams: tuple[int, ...]


class Zygote:
    """Forks, signals and reaps kernels. It waits for none of them and has one thread."""

    def __init__(self, control: socket.socket, notes: list[str]) -> None:
        self._control = control
        self._notes = notes
        self._sources = sources()
        self._kernels: dict[int, socket.socket] = {}
        self._selector = selectors.PollSelector()  # unlike epoll's, no descriptor that a kernel would inherit
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._selector.register(control, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)

    def serve(self) -> Order:
        """Serves until the client has gone, which ends the process. Returns only in kernels, each with its order."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._control:
                    order = self._receive()
                    if self._fork(order):
                        return order
                elif key.fileobj is self._woken:
                    self._reap()
                else:
                    self._relay(key.data)

    def _receive(self) -> Order:
        header, descriptors, _, _ = socket.recv_fds(self._control, 4, 4)
        if not header:
            self._end()
        header += self._exactly(4 - len(header))
        order = json.loads(self._exactly(int.from_bytes(header, "big")))
        for descriptor in descriptors:
            os.set_inheritable(descriptor, False)
        return Order(**order, channel=socket.socket(fileno=descriptors[0]), streams=tuple(descriptors[1:]))

    def _exactly(self, size: int) -> bytes:
        received = b""
        while len(received) < size:
            part = self._control.recv(size - len(received))
            if not part:
                self._end()
            received += part
        return received

    def _fork(self, order: Order) -> bool:
        """Forks a kernel; True in the kernel."""
        try:
            with warnings.catch_warnings():
                # Python warns of threads, also of OpenBLAS's, which end by themselves before a fork.
                warnings.simplefilter("ignore", DeprecationWarning)
                pid = os.fork()
        except OSError as error:
            tell(order.channel, refused=str(error))
            order.channel.close()
        else:
            if not pid:
                self._forget()
                return True
            self._kernels[pid] = order.channel
            self._selector.register(order.channel, selectors.EVENT_READ, pid)
            tell(order.channel, pid=pid, notes=self._notes, sources=self._sources)
        for descriptor in order.streams:
            os.close(descriptor)
        return False

    def _forget(self) -> None:
        """Closes, in a kernel, what belongs to the zygote: other kernels' channels, handlers, descriptors."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._selector.close()
        for held in (self._control, self._woken, self._waker, *self._kernels.values()):
            held.close()

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._woken.recv(4096):
                pass
        for pid in list(self._kernels):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                channel = self._kernels.pop(pid)
                with contextlib.suppress(KeyError):  # a channel its client had closed
                    self._selector.unregister(channel)
                tell(channel, exit=os.waitstatus_to_exitcode(status))
                channel.close()

    def _relay(self, pid: int) -> None:
        channel = self._kernels.get(pid)
        if channel is None:  # reaped in this very round
            return
        try:
            numbers = channel.recv(64)
        except ConnectionError:
            numbers = b""
        if not numbers:
            self._selector.unregister(channel)
        for number in numbers or [signal.SIGKILL]:
            signal_group(pid, number)

    def _end(self) -> NoReturn:
        for pid in self._kernels:
            signal_group(pid, signal.SIGKILL)
        os._exit(0)


def signal_group(pid: int, number: int) -> None:
    """Signals the process group of a kernel that is not yet reaped, or the kernel alone while it has no group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            os.kill(pid, number)


def tell(channel: socket.socket, **message: Any) -> None:
    """Writes one line on a kernel's channel, which the client may have closed already."""
    with contextlib.suppress(OSError):
        channel.sendall(json.dumps(message).encode() + b"\n")


def preload(modules: list[str]) -> list[str]:
    """Imports what kernels will need. Returns a line for each module that could not be imported, and for what is unsafe
    to fork."""
    os.environ.setdefault("MPLBACKEND", INLINE_BACKEND)
    notes = []
    for name in ("ipykernel", *modules):
        try:
            importlib.import_module(name)
        except Exception as error:
            notes.append(f"{name} cannot be imported beforehand: {type(error).__name__}: {error}")
    for needed, companions in COMPANIONS.items():
        for name in companions if all(one in sys.modules for one in needed.split("+")) else ():
            # absent or elsewhere in this version; and what debugpy says at import no kernel shows
            with contextlib.suppress(Exception), contextlib.redirect_stderr(io.StringIO()):
                importlib.import_module(name)
    with contextlib.suppress(Exception):
        rehearse()
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib_inline"]:
        del sys.modules[name]  # it ties itself, when imported, to the shell that runs then
    if names := sorted(threads_left()):
        notes.append(f"modules imported beforehand started threads, which forked kernels lack: {', '.join(names)}")
    gc.collect()
    gc.freeze()  # kernels then share these pages: no collection writes to them
    return notes


def rehearse() -> None:
    """Fills the caches that libraries fill at first use (fonts, tick formats, methods by type) and leaves nothing
    else."""
    if "matplotlib.pyplot" in sys.modules:  # drawn without pyplot, which keeps figures
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure()
        axes = figure.add_subplot()
        axes.bar([0, 1], [1, 2], label="a")
        axes.set_title("a")
        axes.legend()
        FigureCanvasAgg(figure).print_figure(io.BytesIO(), format="png", bbox_inches="tight")
    if pandas := sys.modules.get("pandas"):
        table = pandas.DataFrame({"a": list("ab"), "b": [1, 2.5]})
        table.groupby("a").sum()._repr_html_()
        repr(table)


def sources() -> dict[str, int]:
    """Returns what modules were imported from, with its time of change: files, or for installed packages their
    folder."""
    standard = sysconfig.get_path("stdlib") + os.sep
    files = {str(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
    edited = {file for file in files if "-packages" + os.sep not in file and not file.startswith(standard)}
    return {path: os.stat(path).st_mtime_ns for path in sorted({*sys.path, *edited}) if os.path.exists(path)}


def threads_left() -> set[str]:
    """Returns the names of threads that survive a fork. OpenBLAS ends its threads before, and starts others when
    needed."""
    names = {thread.name for thread in threading.enumerate() if thread is not threading.current_thread()}
    tasks = Path("/proc/self/task")
    if not tasks.is_dir() or len(list(tasks.iterdir())) == 1:
        return names
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    others = [task for task in tasks.iterdir() if int(task.name) != os.getpid()]
    return names | {(task / "comm").read_text().strip() for task in others} - SAFE_THREADS


def become_kernel(order: Order) -> NoReturn:
    """Turns a fresh fork into the requested kernel and runs it to its end."""
    code: Any = 0
    try:
        take_place(order)
        run_kernel(order)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    leave(code)


def take_place(order: Order) -> None:
    """Gives this process what `subprocess` would have given a kernel: session, streams, environment, folder."""
    os.setsid()
    for number, descriptor in enumerate(order.streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(order.env)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(order.cwd)
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()  # the standard library's generator does so by itself


def run_kernel(order: Order) -> None:
    """Does what `ipykernel_launcher` does, and reports when the kernel's sockets are bound."""
    import ipykernel_launcher
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = [str(ipykernel_launcher.__file__), *order.argv]
    app: Any = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(order.argv)
    tell(order.channel, ready=True)
    order.channel.close()
    app.start()
    # Its last act is to flush streams through the iopub thread. `IPKernelApp.close` ends that thread first and then
    # waits for this one: seconds, whenever it wins the race.
    app.control_thread.join(CONTROL_END)


def leave(code: int) -> NoReturn:
    """Ends a kernel as the interpreter would, but without taking its modules apart, which takes half a second."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()  # closes what the notebook's names left open
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):
            print(end="", flush=True, file=stream)
    os._exit(code)


def main() -> NoReturn:
    """Runs a zygote, and in each process it forks a kernel."""
    del sys.path[0]  # this file's folder
    control = socket.socket(fileno=int(sys.argv[1]))
    notes = preload(sys.argv[2:])
    become_kernel(Zygote(control, notes).serve())


if __name__ == "__main__":
    main()
