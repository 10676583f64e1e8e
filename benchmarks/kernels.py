"""What a notebook costs through stock papermill, through warm kernels, and its cells alone: `-m benchmarks.kernels`.

Each is measured in a process of its own, with everything it starts, and beyond the one-off start: the difference
between executing a few notebooks and more of them.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.measure import Cost, measured
from gouji.runs.run_notebooks import notebooks, taken
from gouji.runtime.executed import content_hash
from warmkernel.zygote import preload

PROJECT = notebooks()
PRELOAD = ["gouji.notebook.warmed"]
PARAMETERS: dict[str, object] = {"write": False}
SMALL = (
    "write = False",
    "import matplotlib.pyplot as plt\nimport pandas as pd",
    "table = pd.DataFrame({'unit': list('abcd') * 50, 'amount': range(200)})\ntable.head()",
    "sums = table.groupby('unit')['amount'].agg(['sum', 'mean'])\nsums",
    "axes = sums['sum'].plot.bar(title='sum')\naxes.set_xlabel('unit');",
    "print(sums['sum'].sum())",
)


def small(folder: Path) -> Path:
    """A notebook that imports pandas and matplotlib, groups a table and draws a chart."""
    cells = [nbformat.v4.new_code_cell(source) for source in SMALL]
    cells[0].metadata["tags"] = ["parameters"]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), path)
    return path


def execute(engine: str, folder: Path, sources: list[Path]) -> None:
    """Executes notebooks through papermill, as `stock` or `warm`; runs in a process of its own."""
    import papermill

    options: dict[str, Any] = {}
    if engine == "warm":
        options = {"engine_name": "warm", "preload": PRELOAD, "request_save_on_cell_execute": False}
    for source in sources:
        papermill.execute_notebook(
            source,
            folder / f"{source.stem}.{engine}.ipynb",
            parameters=taken(source, PARAMETERS),
            progress_bar=False,
            extra_arguments=["--log-level=CRITICAL"],
            **options,
        )


def cells_alone(sources: list[Path], times: int = 3, parameters: dict[str, Any] | None = None) -> Cost:
    """The cells of notebooks in one process and shell that has executed them before; per notebook."""
    last = [[_cells(source, parameters or PARAMETERS) for source in sources] for _ in range(times)][-1]
    return mean(last)


def cells_warm(sources: list[Path], parameters: dict[str, Any] | None = None) -> Cost:
    """The cells of notebooks in a warm process each: forked from one that has imported what they need, but has never
    executed them; per notebook, without the fork and the shell's start."""
    return mean([_forked(source, parameters or PARAMETERS) for source in sources])


def _forked(source: Path, parameters: dict[str, Any]) -> Cost:
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            cost = _cells(source, parameters)
            os.write(writer, json.dumps([cost.wall, cost.cpu]).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as file:
        said = file.read()
    os.waitpid(pid, 0)
    if not said:
        raise RuntimeError(f"{source.name} failed")
    return Cost(*json.loads(said))


def _cells(source: Path, parameters: dict[str, Any]) -> Cost:
    """Runs the cells of a notebook in this process's shell, figures drawn; what they alone cost."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    shell = InteractiveShell.instance()
    shell.reset()
    cells = [cell for cell in nbformat.read(source, as_version=4).cells if cell.cell_type == "code"]
    begin, used = time.perf_counter(), time.process_time()
    for cell in cells:
        with capture_output():
            shell.run_cell(cell.source, store_history=True).raise_error()
        if "parameters" in cell.metadata.get("tags", []):
            shell.push(taken(source, parameters))
    return Cost(time.perf_counter() - begin, time.process_time() - used)


def mean(costs: list[Cost]) -> Cost:
    """The mean of costs."""
    return Cost(*(sum(getattr(one, name) for one in costs) / len(costs) for name in ("wall", "cpu")))


def in_a_process(what: str, folder: Path, sources: list[Path]) -> tuple[Cost, str]:
    """What a process costs in all, from its start to its end and with what it started; and what it printed."""
    return measured("benchmarks.kernels", ["--run", what, str(folder), *map(str, sources)])


def per_notebook(engine: str, folder: Path, few: list[Path], more: list[Path]) -> tuple[Cost, Cost]:
    """The one-off start, and the cost of each notebook of `more` beyond `few`."""
    (start, _), (all_of_them, _) = (in_a_process(engine, folder, sources) for sources in (few, few + more))
    each = Cost(*((getattr(all_of_them, one) - getattr(start, one)) / len(more) for one in ("wall", "cpu")))
    return Cost(start.wall - each.wall * len(few), start.cpu - each.cpu * len(few)), each


def compare(title: str, few: list[Path], stock: list[Path], warm: list[Path], folder: Path) -> None:
    """Prints the three costs of the same notebooks, their ratios, and whether outputs are equal."""
    stock_start, stock_each = per_notebook("stock", folder, few, stock)
    warm_start, warm_each = per_notebook("warm", folder, few, warm)
    names = sorted({*few, *stock})
    warm_cells, alone = (Cost(*json.loads(in_a_process(what, folder, names)[1])) for what in ("forked", "cells"))
    unequal = [
        one.stem
        for one in names
        if content_hash(folder / f"{one.stem}.stock.ipynb") != content_hash(folder / f"{one.stem}.warm.ipynb")
    ]
    print(f"== {title}")
    print(f"papermill        每个笔记本 {stock_each}   一次性启动 {stock_start.wall:.1f} 秒")
    print(f"papermill 热内核 每个笔记本 {warm_each}   一次性启动 {warm_start.wall:.1f} 秒")
    print(f"单元格，预热进程 每个笔记本 {warm_cells}")
    print(f"单元格，第三遍   每个笔记本 {alone}")
    print(f"papermill ÷ 热内核：{stock_each / warm_each}")
    print(f"热内核 ÷ 单元格（预热进程）：{warm_each / warm_cells}；÷ 单元格（第三遍）：{warm_each / alone}")
    print(f"两种方式的输出{'不同：' + '、'.join(unequal) if unequal else '相同'}", flush=True)


def main() -> None:
    """Runs the comparison, or what it measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs="+", help=argparse.SUPPRESS)
    if given := parser.parse_args().run:
        what, folder, *sources = given[0], Path(given[1]), *map(Path, given[2:])
        if what in ("cells", "forked"):
            if what == "forked":
                preload(PRELOAD)
            alone = cells_alone(sources) if what == "cells" else cells_warm(sources)
            print(json.dumps([alone.wall, alone.cpu]))
        else:
            execute(what, folder, sources)
        return
    with tempfile.TemporaryDirectory() as name:
        one = small(Path(name))
        compare("pandas 分组、matplotlib 一张图", [one] * 2, [one] * 6, [one] * 24, Path(name))
        compare("本项目全部笔记本", PROJECT[:1], PROJECT, PROJECT, Path(name))


if __name__ == "__main__":
    main()
