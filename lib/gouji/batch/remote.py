"""Runs departments whose files lie elsewhere (`s3://…`, `sftp://…`, any filesystem that fsspec knows).

The files of a job are fetched to a temporary folder, the job runs there as usual, and its outputs are sent back. A
remote store cannot rename folders. The files that mark a run as complete (its manifest, its row in the ledger, the
batch's record) are therefore sent last: an interrupted run does not count as one.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from gouji.batch.allowed_folders import refuse_outside
from gouji.batch.current import record_in
from gouji.batch.job import DECISIONS, Job, Settings
from gouji.batch.outcome import JobOutcome
from gouji.batch.work import run_job
from gouji.dispositions.layout import WORKBOOK, YAML
from gouji.errors import UnusableInputError, reason_of
from gouji.parameters import Parameters
from gouji.runtime.atomic import SCRATCH
from gouji.runtime.earlier import MANIFEST, earlier_run, strangers
from warmkernel.scratch import scratch

#: Files that are sent after everything else.
_LAST = (MANIFEST,)


@dataclass(frozen=True, slots=True)
class RemoteJob:
    """A department of a batch: the URLs of its parameter file and of the batch's folder, in which it has its own."""

    name: str
    params: str
    out: str


AnyJob = Job | RemoteJob


def is_remote(place: str) -> bool:
    """True for a URL."""
    return "://" in place


def remote_jobs(folder: str, pattern: str, out: str) -> list[RemoteJob]:
    """Returns the jobs of a folder of parameter files. Raises UnusableInputError where it cannot be read or holds
    none."""
    files, root = _filesystem(folder)
    try:
        found = [path for path in files.find(root) if path.endswith((".yaml", ".yml")) and not path.endswith(DECISIONS)]
    except OSError as error:
        raise UnusableInputError(folder, f"不能读取（{reason_of(error)}）", "请检查地址和权限") from error
    named = [(posixpath.splitext(posixpath.relpath(path, root))[0], path) for path in sorted(found)]
    jobs = [
        RemoteJob(name, files.unstrip_protocol(path), out)
        for name, path in named
        if fnmatch(posixpath.basename(name), pattern or "*")
    ]
    if not jobs:
        raise UnusableInputError(folder, "没有参数文件（*.yaml）", "请检查地址")
    return jobs


def run_remote(job: RemoteJob, settings: Settings) -> JobOutcome:
    """Runs a job on copies of its files. Every failure is an outcome, never an exception."""
    with scratch(SCRATCH) as here:
        local = replace(settings, out=here / "out", ledger=here / "out" / "ledger")
        try:
            fetched = _fetched(job, here, local)
            outcome = run_job(fetched, local)
            if outcome.status == "done":
                _send(here / "out", job.out)
            return outcome
        except UnusableInputError as error:
            return JobOutcome(job.name, "failed", reason=str(error))
        except OSError as error:
            return JobOutcome(job.name, "failed", reason=f"{job.params}：文件不能读取或写入（{reason_of(error)}）")


def _fetched(job: RemoteJob, here: Path, local: Settings) -> Job:
    """Returns the job on local copies: its parameter file, its sources and decisions, its earlier run and that run's
    rows."""
    files, path = _filesystem(job.params)
    params = here / "given" / posixpath.relpath(path, "/")
    _fetch(files, path, params)
    parameters = Parameters.load(params)
    refuse_outside(parameters, (here / "given",))  # an absolute path would be one of this machine's
    for source in (*parameters.source, *filter(None, [parameters.dispositions])):
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), source))
        if not files.exists(place):
            raise UnusableInputError(files.unstrip_protocol(place), "没有这个文件", "请更正参数 source")
        _fetch(files, place, here / "given" / posixpath.relpath(place, "/"))
    beside = posixpath.splitext(path)[0] + DECISIONS
    if files.exists(beside):
        _fetch(files, beside, here / "given" / posixpath.relpath(beside, "/"))
    fetched = Job(job.name, params, local.out / job.name)
    _get_earlier(fetched, local, job.out)
    return fetched


def _get_earlier(job: Job, local: Settings, out: str) -> None:
    """Fetches an earlier run: its folder, its findings, its record, and its department's rows in the ledger."""
    files, root = _filesystem(out)
    wanted = [f"{job.name}/**", f"findings/{job.name}.json", f".batch/{job.name}.json", "ledger/ledger.json"]
    for place in wanted:
        for path in files.glob(posixpath.join(root, place)):
            if files.isfile(path):
                _fetch(files, path, local.out / posixpath.relpath(path, root))
    _leave_others(job.target)
    if department := record_in(job, local).get("run", {}).get("department_id"):
        for path in files.glob(posixpath.join(root, "ledger", "*", "*", "*", f"{department}-*.parquet")):
            _fetch(files, path, local.out / posixpath.relpath(path, root))


def _leave_others(folder: Path) -> None:
    """Removes the local copies of files that the earlier run has not written. Nothing is removed from the store, so
    they stay there."""
    if run := earlier_run(folder):
        for path in list(strangers(folder, run, (WORKBOOK, YAML))):
            (folder / path).unlink()


def _send(folder: Path, out: str) -> None:
    """Sends everything below a folder; files that mark something as complete go last."""
    files, root = _filesystem(out)
    found = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    for path in sorted(found, key=_turn):
        target = posixpath.join(root, path.as_posix())
        files.makedirs(posixpath.dirname(target), exist_ok=True)
        files.put_file(str(folder / path), target)


def _turn(path: Path) -> tuple[int, str]:
    """Returns the order of sending: outputs, ledger, manifests, the ledger's runs, records."""
    first = path.parts[0]
    kinds = (path.name in _LAST, path.parts[:2] == ("ledger", "runs"), first == ".batch")
    return next((at for at, is_it in reversed(list(enumerate(kinds, 1))) if is_it), 0), path.as_posix()


def _fetch(files: Any, path: str, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    files.get_file(path, str(to))


def _filesystem(url: str) -> tuple[Any, str]:
    """Returns the filesystem of a URL and the path there. Raises UnusableInputError where fsspec or its driver is
    missing."""
    try:
        from fsspec.core import url_to_fs

        files, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UnusableInputError(
            url, f"不能打开（{error}）", "请安装 gouji[cluster] 和该文件系统的 fsspec 驱动"
        ) from error
    return files, str(path).rstrip("/")
