"""Speed of the engine per document and of a full department through papermill, and where the latter goes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gouji import audit, explain, read, recognise, tie_out
from gouji.run_notebooks import notebooks, run_notebooks

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "lanshan-employment-2023.txt"
PARAMS = ROOT / "params" / "lanshan-employment-2023.yaml"
KERNEL_ONLY = """
import papermill, sys
papermill.execute_notebook(sys.argv[1], sys.argv[2], progress_bar=False, extra_arguments=["--log-level=CRITICAL"])
"""
IMPORTS = "from gouji import notebook\nfrom gouji.memo import charts"


def median(work: Callable[[], object], times: int) -> float:
    """Median wall seconds of `times` runs, after one that fills caches."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def engine() -> float:
    """Prints the engine's time per document, stage by stage, and returns the whole."""
    document = read(SAMPLE)
    facts = recognise(document)
    checks = tie_out(facts)
    stages: dict[str, Callable[[], object]] = {
        "读取": lambda: read(SAMPLE),
        "识别": lambda: recognise(document),
        "勾稽": lambda: tie_out(facts),
        "解释": lambda: explain(checks),
        "全程": lambda: audit(SAMPLE),
    }
    times = {name: median(stage, 30) for name, stage in stages.items()}
    floor = median(lambda: SAMPLE.read_text(encoding="utf-8").splitlines(), 30)
    print("引擎（样例文件，已导入，中位数）")
    for name, seconds in times.items():
        print(f"  {name}　{seconds * 1000:7.1f} ms　为逐行读文件的 {seconds / floor:6.0f} 倍")
    return times["全程"]


def department() -> float:
    """Wall seconds of all notebooks of a department through papermill, as `gouji audit` runs them."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        parameters: dict[str, object] = {"params": str(PARAMS), "source": "", "write": False}
        run_notebooks(Path(folder), parameters, lambda *_: None)
        return time.perf_counter() - begin


def idle_notebook(source: str) -> float:
    """Wall seconds of one notebook through papermill that only runs `source`: kernel start, shutdown, imports."""
    import nbformat

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "idle.ipynb"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, path)
        command = [sys.executable, "-c", KERNEL_ONLY, str(path), str(path.with_name("out.ipynb"))]
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        whole = time.perf_counter() - begin
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import nbformat, papermill"], check=True)
        return whole - (time.perf_counter() - begin)


def main() -> None:
    """Prints the three figures."""
    whole = engine()
    number = len(notebooks())
    seconds = department()
    bare = min(idle_notebook("") for _ in range(3))
    imported = min(idle_notebook(IMPORTS) for _ in range(3))
    print(f"一个部门的 {number} 本笔记本（papermill，并行）　{seconds:.1f} s　为引擎全程的 {seconds / whole:.0f} 倍")
    print(f"其中每本：内核启停 {bare:.2f} s，导入 {imported - bare:.2f} s")
    workers = min(number, os.cpu_count() or 1)
    share = min(1.0, number * imported / workers / seconds)
    print(f"内核启停与导入占部门全程的 {share:.0%}（{workers} 个进程）")


if __name__ == "__main__":
    main()
