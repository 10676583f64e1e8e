"""A batch in which everything goes wrong, beside one that nobody disturbs: `-m benchmarks.mishaps`.

60 fictitious departments with all notebooks: two files that cannot be read, and one department in whose last notebook
the kernel dies. The same batch is run again in another folder, killed with SIGKILL when half of it is done, and run
once more: it must finish with the same ledger.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import nbformat

from gouji.batch.job import Settings, jobs_in
from gouji.batch.outcome import JobOutcome
from gouji.batch.run import run_batch
from gouji.batch.summary import read_summary
from gouji.fictitious import Portfolio, write_departments
from gouji.ledger import open_ledger
from gouji.runs.run_notebooks import Notebooks, notebooks

PORTFOLIO = Portfolio(number=60, seed=7, unusable=2)
WORKERS = 2
#: The tables of a ledger.
TABLES = ("all_runs", "all_findings", "all_checks", "all_facts")


def deadly(folder: Path, doomed: str) -> Path:
    """A notebook that kills its kernel for one department."""
    parameters = nbformat.v4.new_code_cell('params = ""\nsource = ""\nwrite = True', metadata={"tags": ["parameters"]})
    begin = nbformat.v4.new_code_cell("from gouji import notebook\n\ndepartment = notebook.begin(globals())")
    kill = (
        f"import os, signal\n\nif {doomed!r} in department.sources[0].name:\n    os.kill(os.getpid(), signal.SIGKILL)"
    )
    found = nbformat.v4.new_notebook(cells=[parameters, begin, nbformat.v4.new_code_cell(kill)])
    found.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "29_deadly.ipynb"
    nbformat.write(found, path)
    return path


def run(params: Path, out: Path, extra: Path) -> list[JobOutcome]:
    """One run of the batch."""
    settings = Settings(out, out / "ledger", Notebooks((*notebooks(), extra)))
    return run_batch(jobs_in(params, "", out), settings, workers=WORKERS)


def killed_half_way(params: Path, out: Path, extra: Path, number: int) -> int:
    """Runs the batch in a process that is killed once half of the departments are done; how many were."""
    command = [sys.executable, "-m", "benchmarks.mishaps", "--params", str(params), "--out", str(out)]
    process = subprocess.Popen([*command, "--extra", str(extra)])
    while process.poll() is None and len(list(out.glob("*/manifest.json"))) < number // 2:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return len(list(out.glob("*/manifest.json")))


def rows(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything a ledger holds, in order."""
    with open_ledger(ledger) as tables:
        return {name: sorted(tables.execute(f"select * from {name}").fetchall(), key=repr) for name in TABLES}


def compare(folder: Path) -> None:
    """Both ways, and what came of them."""
    write_departments(folder / "departments", PORTFOLIO)
    params = folder / "departments" / "params"
    for file in params.glob("*.yaml"):  # so that both runs write to folders of their own
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join(line for line in lines if not line.startswith("out:")) + "\n", encoding="utf-8")
    usable = [one for one in jobs_in(params, "", folder / "x") if not one.problem]
    extra = deadly(folder, usable[len(usable) // 3].name)
    began = time.monotonic()
    outcomes = run(params, folder / "whole", extra)
    print(f"undisturbed: {_told(outcomes)}, {time.monotonic() - began:.0f} s")
    for one in outcomes:
        if one.status == "failed":
            print(f"  {one.name}: {one.reason}")
    done = killed_half_way(params, folder / "killed", extra, PORTFOLIO.number)
    print(f"killed with SIGKILL: {done} departments were complete")
    print(f"run again: {_told(run(params, folder / 'killed', extra))}")
    same = rows(folder / "whole" / "ledger") == rows(folder / "killed" / "ledger")
    told = len(read_summary(folder / "killed"))
    print(f"ledgers {'are equal' if same else 'DIFFER'}; {told} departments in the summary")


def _told(outcomes: list[JobOutcome]) -> str:
    counted = Counter(one.status for one in outcomes)
    return ", ".join(f"{counted[status]} {status}" for status in ("done", "current", "failed"))


def main() -> None:
    """The comparison; with `--params` one run of it (what is killed)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--params", "--out", "--extra"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    if given.params:
        run(given.params, given.out, given.extra)
        return
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder))


if __name__ == "__main__":
    main()
