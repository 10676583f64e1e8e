"""Keeps beside the outputs what a job was made of and its outcome, so that complete and current jobs are not run
again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gouji.batch.job import Job, Settings
from gouji.batch.outcome import JobOutcome
from gouji.ledger.folder import Partition, runs_of
from gouji.ledger.run import Run
from gouji.memo.manifest import parameters_hash, rules_hash
from gouji.parameters import Parameters
from gouji.runs.run_notebooks import notebooks
from gouji.runtime.atomic import write_whole
from gouji.runtime.code_hash import code_hash

_SCHEMA = "gouji/batch-record/1"


@dataclass(frozen=True, slots=True)
class Made:
    """Hashes of everything that a job's outcome depends on: its files and those it is compared with, the parameters,
    the decisions they name, the rules, the code, and the notebooks ("" without)."""

    sources: tuple[str, ...]
    parameters: str
    decisions: str
    rules: str
    code: str
    notebooks: str

    @property
    def engine(self) -> tuple[object, ...]:
        """Returns the part of these hashes that findings depend on."""
        return self.sources, self.parameters, self.decisions, self.rules, self.code


def made_of(sources: Sequence[Path], parameters: Parameters, settings: Settings) -> Made:
    """Returns what a job is made of now. A missing file has no hash; the audit reports it."""
    decisions = parameters.dispositions_path()
    ran = tuple(settings.notebooks.sources or notebooks()) if settings.notebooks else ()
    return Made(
        (*(_hash(path) for path in sources), *_compared(parameters)),
        parameters_hash(parameters),
        _hash(decisions) if decisions else "",
        rules_hash(),
        code_hash(),
        _notebooks_hash(ran) if ran else "",
    )


def _compared(parameters: Parameters) -> Iterator[str]:
    """Yields what the account is compared with: the parameter that names each document, and the hashes of its files."""
    for role, documents in parameters.companion_paths().items():
        yield from (f"{role}:{'+'.join(map(_hash, paths))}" for paths in documents)


def current_outcome(job: Job, settings: Settings, made: Made) -> JobOutcome | None:
    """Returns the outcome of an earlier run that is complete and current; None where there is none.

    A run with notebooks also serves where none are wanted. Working papers saved since the run hold decisions, so such
    a run is not current.
    """
    record = record_in(job, settings)
    if record.get("schema") != _SCHEMA or record.get("ledger") != _name_of(settings.ledger):
        return None
    was = Made(**{**record["made"], "sources": tuple(record["made"]["sources"])})
    if was.engine != made.engine or (made.notebooks and was.notebooks != made.notebooks):
        return None
    outputs = _is_unchanged(job.target, record["manifest"]) if was.notebooks else findings_path(job, settings).exists()
    entered = runs_of(settings.ledger, Partition(**record["partition"]), record["run"]["department_id"])
    current = outputs and Run(**record["run"]) in entered
    return JobOutcome(**{**record["outcome"], "name": job.name}) if current else None


def write_record(
    job: Job, settings: Settings, *, made: Made, outcome: JobOutcome, run: Run, partition: Partition
) -> None:
    """Writes what a job was made of and its outcome; `run` and `partition` give its place in the ledger."""
    record = {
        "schema": _SCHEMA,
        "made": asdict(made),
        "outcome": asdict(outcome),
        "manifest": _hash(job.target / "manifest.json") if made.notebooks else "",
        "ledger": _name_of(settings.ledger),
        "run": asdict(run),
        "partition": asdict(partition),
    }
    write_whole(record_path(job, settings), json.dumps(record, ensure_ascii=False, indent=1) + "\n")


def record_in(job: Job, settings: Settings) -> dict[str, Any]:
    """Returns the record of a job's last run, empty where there is none."""
    return _read(record_path(job, settings))


def findings_path(job: Job, settings: Settings) -> Path:
    """Returns the path for the findings of a run without notebooks: beside the departments' folders, not in them."""
    return settings.out / "findings" / f"{job.name}.json"


def record_path(job: Job, settings: Settings) -> Path:
    """Returns the path of a job's record."""
    return settings.out / ".batch" / f"{job.name}.json"


def _name_of(ledger: Path) -> str:
    return ledger.name


def _is_unchanged(folder: Path, manifest: str) -> bool:
    """True where a folder still holds what its manifest lists, unchanged."""
    if _hash(folder / "manifest.json") != manifest:
        return False
    said = _read(folder / "manifest.json")
    outputs = all(_hash(folder / name) == digest for name, digest in said["outputs"].items())
    return outputs and all((folder / "notebooks" / name).exists() for name in said["notebooks"])


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def _notebooks_hash(sources: Iterable[Path]) -> str:
    return hashlib.sha256("".join(map(_hash, sources)).encode()).hexdigest()
