"""Warm kernels: as isolated as new ones, as mortal as their parents, and with the same outputs."""

# mypy: disable-error-code="no-any-return,no-untyped-call"

import asyncio
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from traitlets.config import Config

from conftest import ROOT
from gouji.runtime.executed import comparable
from warmkernel import provisioner, zygotes
from warmkernel.__main__ import main
from warmkernel.manager import WarmKernelClient, WarmKernelManager, warmed
from warmkernel.provisioner import split_command

PRELOAD = ["matplotlib.pyplot", "numpy"]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.skipif(bool(provisioner.unavailable()), reason="kernels are not forked here")


@pytest.fixture(autouse=True)
def _said_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioner, "_said", set())


@pytest.fixture(scope="module", autouse=True)
def _ended() -> Iterator[None]:
    yield
    zygotes.close_all()


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A notebook of code cells."""
    nodes = [nbformat.v4.new_code_cell(textwrap.dedent(cell)) for cell in cells]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=nodes, metadata={"kernelspec": kernelspec})


def run(*cells: str, preload: list[str] = PRELOAD, **options: Any) -> str:
    """The text the cells print, executed in a warm kernel; `options` are `start_kernel`'s."""
    config = Config(WarmKernelManager={"preload": preload})
    client = NotebookClient(notebook(*cells), kernel_manager_class=WarmKernelManager, config=config)
    client.kernel_name = "python3"
    executed = client.execute(**options)
    return "".join(output["text"] for cell in executed.cells for output in cell.outputs if "text" in output)


class Kernel:
    """A kernel of the warm manager, driven step by step."""

    def __init__(self, preload: list[str] = PRELOAD) -> None:
        self.manager = WarmKernelManager(kernel_name="python3", preload=preload)

    async def __aenter__(self) -> "Kernel":
        await self.manager.start_kernel()
        self.client: WarmKernelClient = self.manager.client()  # type: ignore[assignment]
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=10)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.client.stop_channels()
        await self.manager.shutdown_kernel()

    async def execute(self, code: str) -> dict[str, Any]:
        """The reply's content. An error aborts nothing: a kernel aborts what reaches it just after one."""
        reply = await self.client.execute(code, reply=True, timeout=10, stop_on_error=False)
        return reply["content"]

    @property
    def process(self) -> zygotes.ForkedKernel:
        """What the provisioner holds."""
        assert self.manager.provisioner is not None
        process = self.manager.provisioner.process  # type: ignore[attr-defined]
        assert isinstance(process, zygotes.ForkedKernel)
        return process


def the_zygote() -> zygotes.Zygote:
    """The zygote used last; tests run in any order, so one that compares begins with a kernel of its own."""
    return list(zygotes.running().values())[-1]


def wait_until(condition: Any, seconds: float = 5) -> bool:
    """Whether the condition comes true in time."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(condition())


def gone(pid: int) -> bool:
    """Whether a process has ended, reaped or not."""
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_jupyter_and_papermill_find_them() -> None:
    (found,) = entry_points(group="jupyter_client.kernel_provisioners", name="warm-provisioner")
    assert found.load() is provisioner.WarmProvisioner
    (engine,) = entry_points(group="papermill.engine", name="warm")
    assert engine.load().__name__ == "WarmEngine"
    subprocess.run([sys.executable, "-c", "import warmkernel.engine, papermill"], check=True)  # whichever comes first


STATE = """
    import os, random, sys, json, logging, warnings
    import matplotlib, numpy
    import matplotlib.pyplot as plt
    state = {
        "names": sorted(name for name in globals() if name.startswith("left")),
        "variable": os.environ.get("LEFT"),
        "folder": os.getcwd(),
        "path": sys.path,
        "modules": [hasattr(json, "left"), "left" in sys.modules, hasattr(numpy, "left")],
        "size": matplotlib.rcParams["figure.figsize"],
        "backend": matplotlib.get_backend(),
        "figures": plt.get_fignums(),
        "errors": [numpy.geterr(), len(warnings.filters), logging.root.level, sys.getrecursionlimit()],
        "ppid": os.environ["JPY_PARENT_PID"] == str(os.getppid()),
        "argv": [os.path.basename(sys.argv[0]), len(sys.argv)],
        "main": __name__,
        "handlers": [str(__import__("signal").getsignal(one)) for one in (2, 15, 17)],
        "descriptors": sum(os.path.exists(f"/proc/self/fd/{one}") for one in range(3)),
        "session": os.getsid(0) == os.getpid() == os.getpgrp(),
    }
    print(json.dumps(state))
"""
MESS = """
    left_behind = 1
    os.environ["LEFT"] = "x"
    os.chdir("/")
    sys.path.insert(0, "/left")
    json.left = numpy.left = True
    sys.modules["left"] = json
    matplotlib.rcParams["figure.figsize"] = [1, 1]
    plt.figure()
    numpy.seterr(all="raise")
    warnings.simplefilter("error")
    logging.root.setLevel(7)
    sys.setrecursionlimit(555)
    __import__("signal").signal(15, lambda *_: None)
"""


def test_nothing_leaks_and_the_start_is_that_of_an_ordinary_kernel() -> None:
    before = run(STATE)
    run(STATE, MESS)
    assert run(STATE) == before
    client = NotebookClient(notebook(STATE), kernel_name="python3", shutdown_kernel="immediate")
    ordinary = "".join(output["text"] for output in client.execute().cells[0].outputs)
    assert json.loads(before) == json.loads(ordinary) | {"argv": json.loads(before)["argv"]}


def test_every_kernel_has_random_numbers_of_its_own() -> None:
    draw = "import random, numpy, uuid; print(random.random(), numpy.random.random(), uuid.uuid4())"
    drawn = [run(draw).split() for _ in range(3)]
    assert all(len(set(column)) == 3 for column in zip(*drawn, strict=True))


def test_environment_and_folder_are_those_asked_for(tmp_path: Path) -> None:
    asked = {**os.environ, "LEFT": "asked", "ODD": "\udcff"}
    code = "import os; print(os.environ['LEFT'], ascii(os.environ['ODD']), os.getcwd(), 'EXTRA' in os.environ)"
    run("pass")
    before = the_zygote()
    os.environ["EXTRA"] = "1"
    try:
        assert run(code, env=asked, cwd=str(tmp_path)).split() == ["asked", "'\\udcff'", str(tmp_path), "False"]
    finally:
        del os.environ["EXTRA"]
    assert the_zygote() is before
    run("pass", env={**os.environ, "OMP_NUM_THREADS": "1"})
    assert the_zygote() is not before, "a variable that is read when a library is loaded"


@pytest.mark.parametrize("preload", [["matplotlib"], ["matplotlib_inline", "pandas", "matplotlib.pyplot"]])
def test_figures_are_shown_whatever_was_imported_before(preload: list[str]) -> None:
    source = notebook("import matplotlib.pyplot as plt; plt.plot([1]);")
    done = papermill.execute_notebook(source, None, engine_name="warm", preload=preload, progress_bar=False)
    assert "image/png" in done.cells[0].outputs[0].data


def test_streams_are_those_of_an_ordinary_kernel() -> None:
    code = """
        import os, subprocess, sys, multiprocessing
        print(repr(sys.stdin.read()))
        os.write(1, b"raw\\n")
        subprocess.run(["echo", "child"])
        print(multiprocessing.get_context("fork").Pool(2).map(abs, [-1, -2]))
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}  # stops raw capture
    assert sorted(run(code, env=env).split("\n")) == sorted(["''", "raw", "child", "[1, 2]", ""])


def test_what_a_notebook_leaves_open_is_written(tmp_path: Path) -> None:
    run("import atexit; f = open('open.txt', 'w'); f.write('kept')", cwd=str(tmp_path))
    run("import atexit; atexit.register(lambda: open('end.txt', 'w').write('run'))", cwd=str(tmp_path))
    assert [(tmp_path / name).read_text() for name in ("open.txt", "end.txt")] == ["kept", "run"]


@pytest.mark.parametrize(
    ("crash", "status"), [("os._exit(3)", 3), ("os.kill(os.getpid(), 11)", -11), ("os.kill(os.getpid(), 9)", -9)]
)
def test_a_crash_is_told_and_the_next_kernel_works(crash: str, status: int) -> None:
    async def crashed() -> int | None:
        async with Kernel() as kernel:
            kernel.client.execute(f"import os; {crash}")
            process = kernel.process
            while await kernel.manager.is_alive():
                await asyncio.sleep(0.01)
            return process.returncode

    run("pass")
    before = the_zygote()
    assert asyncio.run(crashed()) == status
    assert run("print(1)") == "1\n"
    assert the_zygote() is before


def test_a_dead_kernel_fails_its_notebook_only() -> None:
    with pytest.raises(DeadKernelError):
        run("import os; os._exit(1)")
    assert run("print(1)") == "1\n"


def test_interrupted_and_going_on() -> None:
    async def interrupted() -> tuple[str, str]:
        async with Kernel() as kernel:
            cell = asyncio.ensure_future(kernel.execute("import time; time.sleep(20)"))
            await asyncio.sleep(0.3)
            await kernel.manager.interrupt_kernel()
            return (await cell)["ename"], (await kernel.execute("1"))["status"]

    assert asyncio.run(interrupted()) == ("KeyboardInterrupt", "ok")


def test_a_cell_that_takes_too_long_ends_with_its_kernel() -> None:
    source = notebook("while True: pass")
    with pytest.raises(CellTimeoutError):
        papermill.execute_notebook(
            source, None, engine_name="warm", preload=PRELOAD, progress_bar=False, execution_timeout=1
        )
    assert not psutil.Process(the_zygote().pid).children()


def test_a_killed_zygote_is_replaced_and_its_kernels_end() -> None:
    async def orphaned() -> int:
        async with Kernel() as kernel:
            pid = kernel.process.pid
            os.kill(the_zygote().pid, signal.SIGKILL)
            while await kernel.manager.is_alive():
                await asyncio.sleep(0.01)
            return pid

    run("pass")
    before = the_zygote()
    pid = asyncio.run(orphaned())
    assert wait_until(lambda: gone(pid))
    assert run("print(1)") == "1\n"
    assert the_zygote() is not before


CLIENT = """
import asyncio, psutil, time
from warmkernel.manager import WarmKernelManager
async def main():
    manager = WarmKernelManager(kernel_name="python3")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready()
    client.execute("import subprocess, re; subprocess.Popen(['sleep', '60']); re.match('(a+)+b', 'a' * 60)")
    while len(started := psutil.Process().children(recursive=True)) < 3:
        time.sleep(0.02)
    print(*(one.pid for one in started), flush=True)
    time.sleep(60)
asyncio.run(main())
"""


def test_all_ends_with_a_killed_client() -> None:
    """The kernel is in C code that never lets another thread run, and has a child of its own."""
    command = [sys.executable, "-c", CLIENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        pids = [int(pid) for pid in client.stdout.readline().split()]
        assert len(pids) == 3
        client.kill()
    assert all(wait_until(lambda pid=pid: gone(pid)) for pid in pids)


def test_changed_sources_start_another_zygote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "edited.py"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    told = []
    for text in ("one", "three"):
        module.write_text(f"text = {text!r}", encoding="utf-8")
        told.append(run("import edited; print(edited.text)", preload=["edited"]))
    assert told == ["one\n", "three\n"]


def test_threads_and_missing_modules_are_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    code = (
        "import threading, time; threading.Thread(target=time.sleep, args=(60,), name='lasting', daemon=True).start()"
    )
    (tmp_path / "threaded.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert run("print(1)", preload=["threaded", "no_such_module"]) == "1\n"
    told = [record.getMessage() for record in caplog.records if record.name == "warmkernel"]
    assert len(told) == 2
    assert "no_such_module" in told[0]
    assert "lasting" in told[1]


@pytest.mark.parametrize("why", ["switched off", "no fork", "fails"])
def test_ordinary_kernels_where_none_is_forked(
    why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "warmkernel")
    (tmp_path / "failing.py").write_text("import os; os._exit(1)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    if why == "switched off":
        monkeypatch.setenv(provisioner.SWITCH, "0")
    elif why == "no fork":
        monkeypatch.delattr(os, "fork")
    assert run("print(1)", preload=["failing"]) == "1\n"
    told = [record.getMessage() for record in caplog.records if record.name == "warmkernel"]
    assert len(told) == 1
    assert "\n" not in told[0]


def test_only_ipython_kernels_without_a_provisioner_are_warmed() -> None:
    for argv, provided in (
        (["R", "-e", "IRkernel::main()"], {}),
        (["python", "-m", "ipykernel_launcher"], {"kernel_provisioner": {"provisioner_name": "slurm"}}),
    ):
        spec = KernelSpec(argv=argv, metadata=provided)
        assert warmed(spec, [], []) is spec
    spec = KernelSpec(argv=["python", "-m", "ipykernel_launcher"])
    assert warmed(spec, [], []).metadata["kernel_provisioner"]["provisioner_name"] == "warm-provisioner"
    assert spec.metadata == {}
    flags = ["python3", "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "file", "-m"]
    assert split_command(flags) == (("python3", "-Xfrozen_modules=off"), ["-f", "file", "-m"])


def test_an_installed_kernel_spec_works_without_this_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["install", "--preload", *PRELOAD, "--prefix", str(tmp_path), "--name", "warmed"])
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share" / "jupyter"))
    assert "warmed" in KernelSpecManager().find_kernel_specs()
    source = notebook("import sys; 'matplotlib.pyplot' in sys.modules")
    executed = papermill.execute_notebook(source, None, kernel_name="warmed", progress_bar=False)
    assert executed.cells[0].outputs[0]["data"]["text/plain"] == "True"


ODD_CELLS = (
    "import sys, warnings\nfor i in range(3):\n    print(i); print(i, file=sys.stderr)",
    "from IPython.display import HTML, clear_output, display\nHTML('<b>x</b>')",
    "handle = display('old', display_id=True)\nhandle.update('new')",
    "print('gone'); clear_output(); print('kept')",
    "warnings.warn('careful', stacklevel=1)",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "!echo shell",
    "def f():\n    return 1 / 0\nf()",
    "input('?')",
    "?len",
    "In[-2]",
)


def said(executed: nbformat.NotebookNode) -> Any:
    """What an executed notebook says, compared as a run's notebooks are."""
    return comparable(json.loads(nbformat.writes(executed)))


def test_outputs_equal_those_of_stock_papermill(tmp_path: Path) -> None:
    def executed(engine: str | None, **options: Any) -> Any:
        target = tmp_path / f"{engine}.ipynb"
        with contextlib.suppress(papermill.PapermillExecutionError):  # raised after the last cell
            papermill.execute_notebook(
                tmp_path / "odd.ipynb",
                target,
                engine_name=engine,
                progress_bar=False,
                extra_arguments=["--log-level=CRITICAL"],
                **options,
            )
        return said(nbformat.read(target, as_version=4))

    odd = notebook(*ODD_CELLS)
    for cell in odd.cells:
        cell.metadata["tags"] = ["raises-exception"]
    nbformat.write(odd, tmp_path / "odd.ipynb")
    warm, stock = executed("warm", preload=PRELOAD), executed(None)
    assert warm == stock
    assert {output["output_type"] for cell in warm["cells"] for output in cell.get("outputs", [])} == {
        *("display_data", "error", "execute_result", "stream")
    }


def test_the_projects_notebooks_give_the_outputs_committed() -> None:
    """Those were executed in ordinary kernels; two at a time, from one zygote."""

    def executed(path: Path) -> Any:
        done = papermill.execute_notebook(
            path,
            None,
            engine_name="warm",
            preload=["gouji.notebook", "pandas", *PRELOAD],
            progress_bar=False,
            extra_arguments=["--log-level=CRITICAL"],
        )
        return said(done)

    assert len(NOTEBOOKS) > 15
    with ThreadPoolExecutor(2) as pool:
        for path, done in zip(NOTEBOOKS, pool.map(executed, NOTEBOOKS), strict=True):
            assert done == said(nbformat.read(path, as_version=4)), path.name
