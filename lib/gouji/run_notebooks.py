"""The notebooks, executed by papermill for one department."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.resources import files
from pathlib import Path

from gouji.errors import UnusableInputError

_TIMEOUT = 300


def notebooks() -> list[Path]:
    """The notebooks of a department in the order an auditor works: those packaged, or in a checkout those of the
    project. From 30 on they are about many departments."""
    packaged = Path(str(files("gouji"))) / "notebooks"
    folder = packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "notebooks"
    found = sorted(folder.glob("[0-2][0-9]_*.ipynb"))
    if not found:
        raise UnusableInputError(str(folder), "找不到笔记本", "请重新安装，或用 --no-notebooks")
    return found


def run_notebooks(target: Path, parameters: dict[str, object], told: Callable[[int, int, str], None]) -> None:
    """Executes every notebook into `target`; `told(done, all, name)` is called after each.

    Raises UnusableInputError naming the notebook that failed.
    """
    target.mkdir(parents=True, exist_ok=True)
    sources = notebooks()
    with ProcessPoolExecutor(max_workers=min(len(sources), os.cpu_count() or 1)) as pool:
        running = {pool.submit(_execute, source, target / source.name, parameters): source for source in sources}
        for done, future in enumerate(as_completed(running), 1):
            if error := future.exception():
                for other in running:
                    other.cancel()
                raise UnusableInputError(
                    running[future].name, f"笔记本执行失败：{_last_line(error)}", "见上文"
                ) from error
            told(done, len(sources), running[future].name)


def _execute(source: Path, target: Path, parameters: dict[str, object]) -> None:
    import nbformat
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    papermill.execute_notebook(
        str(source),
        str(target),
        parameters=parameters,
        kernel_name="python3",
        progress_bar=False,
        execution_timeout=_TIMEOUT,
        extra_arguments=["--log-level=CRITICAL"],
    )
    executed = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
    for place in ("input_path", "output_path"):  # folders of this run only
        executed.metadata.get("papermill", {}).pop(place, None)
    nbformat.write(executed, target)  # type: ignore[no-untyped-call]


def _last_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
