"""The notebooks, executed by papermill for one department."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

from gouji.errors import UnusableInputError

#: Seconds a cell may take.
_TIMEOUT = 300
#: What a warm kernel has imported before its notebook begins, and the variables which that depends on.
_PRELOAD, _ENVIRONMENT = ["gouji.warmed"], ["GOUJI_*"]


@dataclass(frozen=True, slots=True)
class Notebooks:
    """How notebooks are run: which (all, where empty), how many at a time, and in kernels forked from a warmed process
    or in ordinary ones."""

    sources: tuple[Path, ...] = ()
    workers: int = 1
    warm: bool = True
    timeout: int = _TIMEOUT


def notebooks() -> list[Path]:
    """The notebooks of a department in the order an auditor works. From 30 on they are about many departments."""
    folder = notebook_folder()
    found = sorted(folder.glob("[0-2][0-9]_*.ipynb"))
    if not found:
        raise UnusableInputError(str(folder), "找不到笔记本", "请重新安装，或用 --no-notebooks")
    return found


def notebook_folder() -> Path:
    """Where the notebooks are: packaged, or in a checkout the project's."""
    packaged = Path(str(files("gouji"))) / "notebooks"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "notebooks"


def run_notebooks(
    target: Path, parameters: dict[str, object], told: Callable[[int, int, str], None], how: Notebooks | None = None
) -> None:
    """Executes notebooks into `target`; `told(done, all, name)` is called after each.

    Raises UnusableInputError naming the notebook that failed.
    """
    how = how or Notebooks(workers=os.cpu_count() or 1)
    target.mkdir(parents=True, exist_ok=True)
    sources = list(how.sources) or notebooks()
    execute = partial(_execute, target, parameters, how)
    if how.workers == 1:
        _one_by_one(sources, execute, told)
    else:
        _side_by_side(sources, execute, told, min(len(sources), how.workers))


def _one_by_one(
    sources: Sequence[Path], execute: Callable[[Path], None], told: Callable[[int, int, str], None]
) -> None:
    for done, source in enumerate(sources, 1):
        try:
            execute(source)
        except Exception as error:
            raise _failed(source, error) from error
        told(done, len(sources), source.name)


def _side_by_side(
    sources: Sequence[Path], execute: Callable[[Path], None], told: Callable[[int, int, str], None], workers: int
) -> None:
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(execute, source): source for source in sources}
        for done, future in enumerate(as_completed(running), 1):
            if error := future.exception():
                for other in running:
                    other.cancel()
                raise _failed(running[future], error) from error
            told(done, len(sources), running[future].name)


def _failed(source: Path, error: BaseException) -> UnusableInputError:
    return UnusableInputError(source.name, f"笔记本执行失败：{_last_line(error)}", "见上文")


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
            parameters=parameters,
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


def _last_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
