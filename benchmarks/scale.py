"""What auditing many departments costs, from figures measured here: `-m benchmarks.scale`. docs/scale.md quotes it."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Cost, measured
from gouji.batch.job import Settings, jobs_in
from gouji.batch.run import run_batch
from gouji.fictitious import Portfolio, write_departments
from gouji.runs.run_notebooks import Notebooks

#: Departments whose accounts are published in a year, by order of magnitude.
PLACES = {"一个县": 100, "一个省": 10_000, "全国": 300_000}
#: Accounts of the short and of the long measurement.
ENGINE, WHOLE = (10, 60), (2, 6)
_MIB = 2**20


@dataclass(frozen=True)
class Each:
    """A department's cost: processor seconds, and bytes left in its folder and in the ledger."""

    cpu: float
    folder: float
    ledger: float


def run(folder: Path, number: int, notebooks: bool) -> None:
    """A batch of the first accounts, one process; runs in a process of its own."""
    out = folder / f"{number}-{notebooks}"
    jobs = jobs_in(folder / "departments" / "params", "", out)[:number]
    failed = [
        one for one in run_batch(jobs, Settings(out, out / "ledger", Notebooks() if notebooks else None)) if one.reason
    ]
    if failed:
        raise RuntimeError(failed[0].reason)


def each(folder: Path, few: int, more: int, notebooks: bool) -> Each:
    """The cost of a department beyond the one-off start."""
    costs: list[Cost] = [
        measured("benchmarks.scale", ["--run", str(folder), str(number), str(int(notebooks))])[0]
        for number in (few, more)
    ]
    out = folder / f"{more}-{notebooks}"
    ledger = _bytes(out / "ledger")
    whole = _bytes(folder / "departments" / "out") if notebooks else _bytes(out / "findings")
    return Each((costs[1].cpu - costs[0].cpu) / (more - few), whole / more, ledger / more)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def table(engine: Each, whole: Each) -> str:
    """Documents, core-hours and bytes by place."""
    lines = [
        "| | 决算 | 只运行引擎：核·小时 | 笔记本、备忘录和底稿：核·小时 | 台账 MiB | 全部输出 GiB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, number in PLACES.items():
        hours = (number * one.cpu / 3600 for one in (engine, whole))
        small, large = (f"{one:,.2f}" if one < 10 else f"{one:,.0f}" for one in hours)
        ledger, folders = number * engine.ledger / _MIB, number * whole.folder / _MIB / 1024
        lines.append(f"| {name} | {number:,} | {small} | {large} | {ledger:,.0f} | {folders:,.1f} |")
    return "\n".join(lines)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    if given := parser.parse_args().run:
        run(Path(given[0]), int(given[1]), given[2] == "1")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_departments(folder / "departments", Portfolio(ENGINE[1], seed=1, shares={"txt": 1}))
        engine, whole = each(folder, *ENGINE, False), each(folder, *WHOLE, True)
    print(f"每份决算：引擎和台账 {engine.cpu * 1000:.0f} 毫秒，连同笔记本、备忘录和底稿 {whole.cpu:.1f} 秒（一个核）")
    sizes = (engine.ledger / 1024, engine.folder / 1024, whole.folder / _MIB)
    print("每份决算：台账 {:.0f} KiB，发现 {:.0f} KiB，全部输出 {:.1f} MiB".format(*sizes))
    print(table(engine, whole))


if __name__ == "__main__":
    main()
