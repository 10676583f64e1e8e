"""Runs the jobs of a batch side by side, reports each outcome as it comes, and writes a summary."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from functools import partial

from gouji.batch.job import Job, Settings
from gouji.batch.leftovers import clear_leftovers
from gouji.batch.outcome import JobOutcome, lost_outcome
from gouji.batch.remote import AnyJob, RemoteJob, run_remote
from gouji.batch.summary import write_summary
from gouji.batch.work import run_job
from gouji.errors import UnusableInputError
from gouji.parameters import Parameters
from gouji.runs.options import TIMEOUT
from gouji.runtime.bounded import bound_memory
from gouji.runtime.limits import LIMITS
from gouji.runtime.workers import Lost, run_watched

#: Modules that a process imports before its first job.
PRELOAD = ("gouji.batch.run", "gouji.runs.outputs")


def run_batch(
    jobs: Sequence[AnyJob],
    settings: Settings,
    *,
    workers: int = 1,
    on_outcome: Callable[[JobOutcome], None] = lambda outcome: None,
    timeout: float = TIMEOUT,
    cluster: str = "",
) -> list[JobOutcome]:
    """Returns the outcomes of all jobs, in their order, and calls `on_outcome` with each as it comes.

    `workers` jobs run at a time. `cluster` is the address of a Dask scheduler whose workers see the same files ("":
    this machine). A job that fails, whose process dies or that takes longer than `timeout` seconds is an outcome like
    any other. Writes `summary.json` and `summary.csv`, after an interruption with the jobs done so far.
    """
    outcomes: dict[str, JobOutcome] = {}
    runs = _on_cluster(jobs, settings, timeout, cluster) if cluster else _run_locally(jobs, settings, workers, timeout)
    try:
        with contextlib.closing(runs):
            for outcome in runs:
                outcomes[outcome.name] = outcome
                on_outcome(outcome)
    finally:
        ordered = [outcomes[job.name] for job in jobs if job.name in outcomes]
        if ordered:
            write_summary(settings.out, ordered)
    return ordered


def run_one(job: AnyJob, settings: Settings) -> JobOutcome:
    """Runs a job, local or remote."""
    return run_remote(job, settings) if isinstance(job, RemoteJob) else run_job(job, settings)


def _run_bounded(job: AnyJob, settings: Settings) -> JobOutcome:
    """Runs a job in a process with limited memory; on a cluster, the cluster limits it."""
    limits = LIMITS
    if isinstance(job, Job):
        with contextlib.suppress(UnusableInputError):  # the job itself will say so
            limits = Parameters.load(job.params).limits
    bound_memory(limits)
    return run_one(job, settings)


def _run_locally(jobs: Sequence[AnyJob], settings: Settings, workers: int, timeout: float) -> Generator[JobOutcome]:
    work = partial(_run_bounded, settings=settings)
    clear_leftovers(jobs, settings)
    try:
        with contextlib.closing(run_watched(work, jobs, workers, timeout, PRELOAD)) as ended:
            for job, result in ended:
                yield lost_outcome(job.name, result) if isinstance(result, Lost) else result
    finally:
        clear_leftovers(jobs, settings)


def _on_cluster(jobs: Sequence[AnyJob], settings: Settings, timeout: float, address: str) -> Generator[JobOutcome]:
    from gouji.batch.cluster import run_on_cluster

    return run_on_cluster(address, jobs, partial(run_one, settings=settings), timeout, PRELOAD)
