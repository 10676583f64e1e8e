"""What a batch makes of a department's notebooks, beside stock papermill and the cells alone: `-m benchmarks.batches`.

The same fictitious departments, the same number of processes. Each way is measured with everything it starts, beyond
its one-off start: the difference between some departments and more of them. `batch` is what `gouji batch` does for the
notebooks (the audit once, shared by them, in warm kernels); the other outputs are left out on both sides.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks.kernels import PRELOAD, cells_alone, cells_warm, mean
from benchmarks.measure import Cost, measured
from gouji import Parameters, audit
from gouji.fictitious import Portfolio, write_departments
from gouji.runs.audit_cache import audited
from gouji.runs.produce import run_its_notebooks
from gouji.runs.run_notebooks import Notebooks, notebooks, taken
from gouji.runtime.executed import content_hash
from gouji.runtime.workers import run_watched
from warmkernel.zygote import preload

#: Departments of the short and of the long measurement, and processes.
FEW, MORE, WORKERS = 2, 4, 2


def of_department(params: Path) -> dict[str, object]:
    """What a department's notebooks are given."""
    source = Parameters.load(params).source_paths()[0]
    return {"params": str(params), "source": str(source), "write": False}


def stock(folder: Path, departments: list[Path]) -> None:
    """Every notebook of every department through papermill, as it comes."""
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        list(pool.map(partial(_by_papermill, folder), [(one, source) for one in departments for source in notebooks()]))


def _by_papermill(folder: Path, which: tuple[Path, Path]) -> None:
    import papermill

    params, source = which
    target = folder / "stock" / params.stem
    target.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        source,
        target / source.name,
        parameters=taken(source, of_department(params)),
        progress_bar=False,
        extra_arguments=["--log-level=CRITICAL"],
    )


def batch(folder: Path, departments: list[Path]) -> None:
    """The same in the processes of a batch."""
    for _ in run_watched(partial(_by_batch, folder), departments, WORKERS, 600, ("gouji.batch.work",)):
        pass


def _by_batch(folder: Path, params: Path) -> None:
    parameters = Parameters.load(params)
    department = audit(None, parameters)
    target = folder / "batch" / params.stem
    run_its_notebooks(department, target, target, Notebooks(), lambda text: None)


def cells(folder: Path, departments: list[Path]) -> Cost:
    """The cells alone, per notebook: each in a warm process (see `kernels.cells_warm`), the audit shared."""
    os.environ["GOUJI_CACHE"] = str(folder / "cache")
    preload(PRELOAD)
    for params in departments:
        parameters = Parameters.load(params)
        audited(parameters.source_paths(), parameters)
    return mean([cells_warm(notebooks(), of_department(params)) for params in departments])


def repeated(folder: Path, departments: list[Path]) -> Cost:
    """The same in one process that has executed them twice before."""
    os.environ["GOUJI_CACHE"] = str(folder / "cache")
    return mean([cells_alone(notebooks(), parameters=of_department(params)) for params in departments])


def _measured(what: str, folder: Path, departments: list[Path]) -> tuple[Cost, str]:
    return measured("benchmarks.batches", ["--run", what, str(folder), *map(str, departments)])


def beyond_start(what: str, folder: Path, few: list[Path], more: list[Path]) -> Cost:
    """The cost of each notebook of the departments in `more` beyond those in `few`."""
    (start, _), (whole, _) = (_measured(what, folder, one) for one in (few, few + more))
    number = len(more) * len(notebooks())
    return Cost((whole.wall - start.wall) / number, (whole.cpu - start.cpu) / number)


def main() -> None:
    """Prints the three costs, their ratios, and whether outputs are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs="+", help=argparse.SUPPRESS)
    if given := parser.parse_args().run:
        folder, departments = Path(given[1]), list(map(Path, given[2:]))
        if given[0] in ("cells", "repeated"):
            alone = {"cells": cells, "repeated": repeated}[given[0]](folder, departments)
            print(json.dumps([alone.wall, alone.cpu]))
        else:
            {"stock": stock, "batch": batch}[given[0]](folder, departments)
        return
    with tempfile.TemporaryDirectory() as name:
        compare(Path(name))


def compare(folder: Path) -> None:
    """Measures all three on the same departments, one after the other."""
    write_departments(folder / "departments", Portfolio(FEW + MORE, seed=1, shares={"txt": 1}))
    departments = sorted((folder / "departments" / "params").glob("*.yaml"))
    few, more = departments[:FEW], departments[FEW:]
    each = {what: beyond_start(what, folder, few, more) for what in ("stock", "batch")}
    alone, again = (
        Cost(*json.loads(_measured(what, folder, more[:2])[1].splitlines()[-1])) for what in ("cells", "repeated")
    )
    pairs = [(params, source) for params in departments for source in notebooks()]
    unequal = [
        f"{params.stem}/{source.name}"
        for params, source in pairs
        if not (stock := content_hash(_executed(folder, "stock", params, source)))
        or stock != content_hash(_executed(folder, "batch", params, source))
    ]
    own = Cost(each["batch"].wall * WORKERS, each["batch"].cpu)
    print(f"== {MORE} 个部门、每个 {len(notebooks())} 个笔记本，{WORKERS} 个进程，一次性启动之外")
    print(f"papermill     每个笔记本 {each['stock']}")
    print(f"gouji batch   每个笔记本 {each['batch']}")
    print(f"单元格本身    每个笔记本 {alone}（预热的进程，一次一个）")
    print(f"  执行第三遍  每个笔记本 {again}（同一进程）")
    print(f"papermill ÷ gouji batch：{each['stock'] / each['batch']}")
    print(f"gouji batch ÷ 单元格本身（墙钟乘以进程数）：{own / alone}；第三遍：{own / again}")
    told = f"有 {len(unequal)} 个不同，如 {unequal[0]}" if unequal else "相同"
    print(f"两种方式的 {len(pairs)} 个笔记本输出{told}", flush=True)


def _executed(folder: Path, way: str, params: Path, source: Path) -> Path:
    return folder / way / params.stem / ("" if way == "stock" else "notebooks") / source.name


if __name__ == "__main__":
    main()
