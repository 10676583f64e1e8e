"""Executes the notebooks of one department with papermill."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from multiprocessing import parent_process
from pathlib import Path

from gouji.errors import UnusableInputError
from gouji.runtime.workers import Lost, run_watched
from warmkernel.scratch import KERNEL, clear_left

#: Limits in seconds for a cell and for a notebook.
_TIMEOUT, _LONGEST = 300, 1800.0
#: Modules that a warm kernel imports before its notebook begins, and the variables on which they depend.
_PRELOAD, _ENVIRONMENT = ["gouji.notebook.warmed"], ["GOUJI_*"]
#: The parameter of notebooks that write files; other notebooks lack it.
_WRITE = "write"
#: Modules that a process imports before its first notebook.
_PROCESS = ("gouji.runs.run_notebooks", "papermill", "warmkernel.manager")


@dataclass(frozen=True, slots=True)
class Notebooks:
    """How notebooks are run.

    `sources` are the notebooks (empty: all), `workers` is how many run at a time, `warm` forks kernels from a warmed
    process, and `timeout` limits a cell in seconds.
    """

    sources: tuple[Path, ...] = ()
    workers: int = 1
    warm: bool = True
    timeout: int = _TIMEOUT


def notebooks() -> list[Path]:
    """Returns the notebooks of a department in the order an auditor works. Those from 30 on are about many
    departments.

    Raises UnusableInputError where there are none.
    """
    folder = notebook_folder()
    found = sorted(folder.glob("[0-2][0-9]_*.ipynb"))
    if not found:
        raise UnusableInputError(str(folder), "找不到笔记本", "请重新安装，或用 --no-notebooks")
    return found


def notebook_folder() -> Path:
    """Returns the folder of the notebooks: packaged, or in a checkout the project's."""
    packaged = Path(str(files("gouji"))) / "notebooks"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "notebooks"


def run_notebooks(
    target: Path, parameters: dict[str, object], on_done: Callable[[int, int, str], None], how: Notebooks | None = None
) -> None:
    """Executes notebooks into `target` and calls `on_done(done, all, name)` after each.

    Each gets the `parameters`, but `write` only if it has that parameter. `how` says which notebooks and how they are
    run (None: all, one for each processor at a time).

    They run in processes of their own, which always end with this one; in a process of a batch they run right here.
    Raises UnusableInputError naming the notebook that failed, OSError where one cannot be written.
    """
    how = how or Notebooks(workers=os.cpu_count() or 1)
    target.mkdir(parents=True, exist_ok=True)
    sources = list(how.sources) or notebooks()
    attempt = partial(_attempt, target, parameters, how)
    here = how.workers == 1 and parent_process() is not None
    workers = min(len(sources), how.workers)
    ended = _one_by_one(attempt, sources) if here else run_watched(attempt, sources, workers, _LONGEST, _PROCESS)
    with closing(ended), _cleared(here):
        for done, (source, problem) in enumerate(ended, 1):
            if isinstance(problem, OSError):
                raise problem
            if problem is not None:
                said = problem.reason if isinstance(problem, Lost) else problem
                raise UnusableInputError(source.name, f"笔记本执行失败：{said}", "见上文")
            on_done(done, len(sources), source.name)


@contextmanager
def _cleared(here: bool) -> Iterator[None]:
    """Removes, at the end, what kernels have left whose process had to be ended."""
    try:
        yield
    finally:
        if not here:
            clear_left(KERNEL)


_Attempt = Callable[[Path], OSError | str | None]


def _one_by_one(attempt: _Attempt, sources: Sequence[Path]) -> Generator[tuple[Path, OSError | str | None]]:
    for source in sources:
        yield source, attempt(source)


def _attempt(target: Path, parameters: dict[str, object], how: Notebooks, source: Path) -> OSError | str | None:
    """Executes a notebook. Returns None, or what went wrong: an OSError for files, otherwise text."""
    try:
        _execute(target, parameters, how, source)
    except OSError as error:
        return OSError(error.errno, error.strerror or str(error), error.filename)
    except Exception as error:
        return _last_line(error)
    return None


def _execute(target: Path, parameters: dict[str, object], how: Notebooks, source: Path) -> None:
    import nbformat
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    engine: dict[str, object] = {"engine_name": "warm", "preload": _PRELOAD, "environment": _ENVIRONMENT}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=UserWarning)  # papermill's of notebooks without a language
        executed = papermill.execute_notebook(
            str(source),
            None,  # written here, once: papermill writes at every step, and the folders of this run into it
            parameters=taken(source, parameters),
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=how.timeout,
            extra_arguments=["--log-level=CRITICAL"],
            request_save_on_cell_execute=False,
            **(engine if how.warm else {}),
        )
    for place in ("input_path", "output_path"):  # folders of this run only
        executed.metadata.get("papermill", {}).pop(place, None)
    nbformat.write(executed, target / source.name)  # type: ignore[no-untyped-call]


def taken(source: Path, parameters: dict[str, object]) -> dict[str, object]:
    """Returns the parameters for one notebook; `write` only for one that has it."""
    import papermill

    if _WRITE not in parameters or _WRITE in papermill.inspect_notebook(str(source)):
        return parameters
    return {name: value for name, value in parameters.items() if name != _WRITE}


def _last_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
