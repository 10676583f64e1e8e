"""A batch that is killed again and again, beside one that nobody disturbs: `-m benchmarks.kills`.

Fictitious departments. The batch is started, something of it is killed with SIGKILL (all its processes, its process
group, its main process, one of the others) at a random time or right when a file of its appears, and it is started
again; so often as asked for. After each kill every department must have a complete output or none, and what a killed
main process leaves at work must end. Then it may finish: outputs, ledger and the names of all files must be those of
the batch that nobody disturbed, and no process, temporary file or folder be left. Exit status 1 where anything is not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import Marked
from gouji.batch.job import Settings, jobs_in
from gouji.batch.run import run_batch
from gouji.batch.summary import read_summary
from gouji.fictitious import Portfolio, write_departments
from gouji.ledger import open_ledger
from gouji.runs.run_notebooks import Notebooks, notebooks
from gouji.runtime.executed import content_hash

WORKERS = 2
#: What is killed: everything, as when a machine is switched off; the group, as by a shell; the main process, as by a
#: task manager; one of the others (twice as often: they are many), as by a system short of memory.
VICTIMS = ("everything", "group", "main", "one", "one")
#: When: after a random time, or as soon as a new file of a pattern is there; further ones in runs that write outputs.
MOMENTS = {
    "time": "",
    "ledger begun": "ledger/findings/*/*/*",
    "ledger entered": "ledger/runs/*/*/*",
    "findings": "findings/*",
    "record": ".batch/*",
}
OF_OUTPUTS = {
    "outputs begun": ".*/memo.html",
    "outputs finished": ".*/manifest.json",
    "folder in place": "*/manifest.json",
}
#: Seconds in which everything must be gone after a kill.
_GONE = 30.0


@dataclass
class Killed:
    """What came of the kills."""

    victims: Counter[str] = field(default_factory=Counter)
    moments: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Batch:
    """A batch in a folder of its own, in which it also has its temporary files and its cache."""

    folder: Path
    params: Path
    options: tuple[str, ...]

    @property
    def out(self) -> Path:
        """Where its outputs are."""
        return self.folder / "out"

    def start(self, force: bool = False) -> Marked:
        """Starts it as a session of its own."""
        for name in ("tmp", "cache"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "benchmarks.kills", "--params", str(self.params), "--out", str(self.out)]
        places = {"TMPDIR": str(self.folder / "tmp"), "GOUJI_CACHE": str(self.folder / "cache")}
        return Marked([*command, *self.options, *(["--force"] if force else [])], {**os.environ, **places})


def killed_often(batch: Batch, number: int, longest: float, draw: random.Random) -> Killed:
    """Kills a batch so often; what was found each time."""
    told = Killed()
    moments = MOMENTS if "--findings-only" in batch.options else MOMENTS | OF_OUTPUTS
    running = _started(batch, told)
    while sum(told.victims.values()) < number:
        moment = draw.choice(["time", *moments])
        if not _wait(batch, running, moments[moment], draw.uniform(0, longest)):
            running.end()
            running = _started(batch, told, force=True)  # it had come to its end: over again, onto its outputs
            continue
        victim = draw.choice(VICTIMS)
        if not running.kill(victim, draw):
            continue
        told.victims[victim] += 1
        told.moments[moment] += 1
        if victim != "one":
            told.slowest = max(told.slowest, running.gone(_GONE))
            told.wrong += [f"still runs after a kill: {one}" for one in running.alive()]
            told.wrong += incomplete(batch.out)
            running.end()
            running = _started(batch, told)
        print(".", end="", flush=True)
    running.end()
    print()
    return told


def _started(batch: Batch, told: Killed, force: bool = False) -> Marked:
    told.starts += 1
    return batch.start(force)


def _wait(batch: Batch, running: Marked, pattern: str, seconds: float) -> bool:
    """Waits for a new file of the pattern, or so many seconds; False where the batch ended before."""
    there = set(batch.out.glob(pattern)) if pattern else set()
    until = time.monotonic() + seconds
    while running.process.poll() is None:
        if set(batch.out.glob(pattern)) - there if pattern else time.monotonic() >= until:
            return True
        time.sleep(0.001)
    return False


def incomplete(out: Path) -> list[str]:
    """The departments whose folder does not hold what its manifest says."""
    wrong = []
    for folder in out.glob("[!.]*"):
        if folder.is_dir() and folder.name not in ("ledger", "findings"):
            try:
                said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
                hashes = {one: hashlib.sha256((folder / one).read_bytes()).hexdigest() for one in said["outputs"]}
                notes = {path.name: content_hash(path) for path in (folder / "notebooks").glob("*")}
                if hashes != said["outputs"] or notes != said["notebooks"]:
                    wrong.append(f"{folder.name} is not what its manifest says")
            except OSError as error:
                wrong.append(f"{folder.name} is not complete: {error}")
    return wrong


def content(out: Path) -> dict[str, object]:
    """What a batch has left, by its place: bytes, of notebooks without their times; of summaries the statuses apart."""
    found: dict[str, object] = {}
    for path in sorted(one for one in out.rglob("*") if one.is_file()):
        name = path.relative_to(out).as_posix()
        if name.startswith("summary."):
            found[name] = len(read_summary(out))
        else:
            found[name] = content_hash(path) if path.suffix == ".ipynb" else path.read_bytes()
    with open_ledger(out / "ledger") as tables:
        for table in ("all_runs", "all_findings", "all_checks", "all_facts"):
            found[table] = sorted(map(repr, tables.execute(f"select * from {table}").fetchall()))
    return found


def left_behind(batch: Batch) -> list[str]:
    """Temporary files and folders that are still there."""
    hidden = [path for path in batch.out.rglob(".*") if path.name != ".batch"]
    temporary = (batch.folder / "tmp").iterdir()
    return [f"left behind: {path}" for path in (*hidden, *temporary, *(batch.folder / "cache").glob(".*"))]


def compare(folder: Path, departments: int, kills: int, seed: int, options: Sequence[str]) -> int:
    """Both batches, and whether they came to the same."""
    write_departments(folder / "departments", Portfolio(departments, seed=seed, shares={"txt": 3, "docx": 1}))
    params = folder / "departments" / "params"
    for file in params.glob("*.yaml"):  # each batch writes to its own folder
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join(line for line in lines if not line.startswith("out:")) + "\n", encoding="utf-8")
    whole, killed = (Batch(folder / name, params, tuple(options)) for name in ("whole", "killed"))
    began = time.monotonic()
    assert whole.start().end(wait=True) == 0
    seconds = time.monotonic() - began
    print(f"undisturbed: {departments} departments, {seconds:.0f} s", flush=True)
    told = killed_often(killed, kills, seconds / 4, random.Random(seed))
    print(f"killed {sum(told.victims.values())} times in {told.starts} starts")
    print(f"  what: {_counted(told.victims)}")
    print(f"  when: {_counted(told.moments)}")
    print(f"  after a kill the last process ended within {told.slowest:.1f} s")
    last = killed.start()
    status = last.end(wait=True)
    outcomes = Counter(one.status for one in read_summary(killed.out))
    print(f"resumed: exit status {status}; " + ", ".join(f"{count} {name}" for name, count in outcomes.items()))
    expected, found = content(whole.out), content(killed.out)
    differ = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
    wrong = [*told.wrong, *incomplete(killed.out), *left_behind(killed)]
    wrong += [f"differs: {one}" for one in differ] + [f"still runs: {one}" for one in last.alive()]
    print(f"{len(expected)} files and tables compared with the undisturbed batch: {len(differ)} differ")
    print("\n".join(wrong) if wrong else "every output was complete after every kill; nothing is left behind")
    return int(bool(wrong) or status != 0 or outcomes.total() != departments)


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counter.most_common())


def main() -> int:
    """The comparison; with `--params` one batch of it (what is killed)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--departments", type=int, default=20)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--notebooks", type=int, help="so many notebooks of each department (all)")
    parser.add_argument("--findings-only", action="store_true", help="the engine alone")
    parser.add_argument("--force", action="store_true", help=argparse.SUPPRESS)
    for name in ("--params", "--out"):
        parser.add_argument(name, type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.params:
        how = None if given.findings_only else Notebooks(tuple(notebooks()[: given.notebooks]))
        settings = Settings(given.out, given.out / "ledger", how, given.force)
        run_batch(jobs_in(given.params, "", given.out), settings, workers=WORKERS)
        return 0
    options = ["--findings-only"] if given.findings_only else []
    options += ["--notebooks", str(given.notebooks)] if given.notebooks is not None else []
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        return compare(Path(folder), given.departments, given.kills, given.seed, options)


if __name__ == "__main__":
    sys.exit(main())
