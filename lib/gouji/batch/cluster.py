"""Runs a batch on a Dask cluster: the same jobs, on workers that see the same files (a shared disk, or URLs).

Each job runs in a process of its own on its worker and is watched there as on one machine: a crash or a timeout costs
only that job. This module watches the workers and the scheduler.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, Protocol
from uuid import uuid4

from gouji.batch.outcome import JobOutcome, lost_outcome
from gouji.errors import UnusableInputError
from gouji.runtime.workers import Lost, run_watched

#: Number of times that a job is given to another worker after it lost its own.
_RETRIES = 3
#: Seconds to wait for the scheduler, between two looks at it, and for a result that is ready.
_CONNECT, _LOOK, _RESULT = 20, 5.0, 30
#: Seconds without any worker, and without any outcome beyond a job's own time, after which the remaining jobs are
#: given up.
_NO_WORKER, _NO_OUTCOME = 60.0, 900.0
#: A worker runs the notebooks of one department at a time, however many threads it has.
_one_department = threading.Lock()


class Named(Protocol):
    """A job with a unique name."""

    @property
    def name(self) -> str:
        """Returns the job's name."""


def run_on_cluster(
    address: str,
    jobs: Sequence[Named],
    work: Callable[[Any], JobOutcome],
    timeout: float,
    preload: Iterable[str] = (),
) -> Generator[JobOutcome]:
    """Yields the outcomes of `work` as they come, each within `timeout` seconds of its start.

    A job that ran twice because its worker was lost is entered in the ledger once, because its key is the same. Where
    the scheduler or all workers are lost for good, the remaining jobs get outcomes that say so. Raises
    UnusableInputError where Dask is not installed or the scheduler does not answer.
    """
    with _client(address) as client:
        ended: SimpleQueue[Any] = SimpleQueue()
        batch = uuid4().hex
        waiting = {f"gouji-{batch}-{job.name}": job for job in jobs}
        futures = [
            client.submit(_run_apart, work, job, timeout, tuple(preload), key=key, retries=_RETRIES)
            for key, job in waiting.items()
        ]
        for future in futures:
            future.add_done_callback(ended.put)
        watch = _Watch(client, timeout + _NO_OUTCOME)
        while waiting and not watch.gave_up:
            try:
                future = ended.get(timeout=_LOOK)
            except Empty:
                watch.look()
                continue
            if outcome := _outcome(future, waiting[future.key].name):
                del waiting[future.key]
                watch.outcome()
                yield outcome
            else:
                future.add_done_callback(ended.put)
        for job in waiting.values():
            yield JobOutcome(job.name, "failed", reason=f"集群未能完成：{watch.gave_up}")


class _Watch:
    """Decides whether it makes sense to wait on; `gave_up` says why not."""

    def __init__(self, client: Any, patience: float) -> None:
        self._client, self._patience = client, patience
        self._worker = self._last = time.monotonic()
        self.gave_up = ""

    def outcome(self) -> None:
        """Notes that an outcome has come."""
        self._worker = self._last = time.monotonic()

    def look(self) -> None:
        """Looks at scheduler and workers."""
        now = time.monotonic()
        try:
            if self._client.status == "running" and self._client.nthreads():
                self._worker = now
        except (OSError, TimeoutError, ValueError):
            pass
        if now - self._worker > _NO_WORKER:
            self.gave_up = f"调度器或全部节点失去联系已超过 {_NO_WORKER:g} 秒"
        elif now - self._last > self._patience:
            self.gave_up = f"{self._patience:g} 秒没有任何部门完成"


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UnusableInputError(address, "没有安装 Dask", "请安装 gouji[cluster]") from error
    try:
        return Client(address, timeout=_CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        raise UnusableInputError(
            address, "调度器没有应答", "请检查地址，并先启动 dask scheduler 与 dask worker"
        ) from error


def _outcome(future: Any, name: str) -> JobOutcome | None:
    """Returns the outcome of a job; None where its result was lost with its worker and it runs again."""
    if future.status == "cancelled":
        return JobOutcome(name, "failed", reason="集群未能完成：与调度器失去联系")
    try:
        found: JobOutcome = future.result(timeout=_RESULT)
        return found
    except TimeoutError:
        return None
    except Exception as lost:
        reason = f"集群未能完成：{type(lost).__name__}：{lost}".splitlines()[0]
        return JobOutcome(name, "failed", reason=reason)


def _run_apart(work: Callable[[Any], JobOutcome], job: Named, timeout: float, preload: tuple[str, ...]) -> JobOutcome:
    """Runs a job, on a worker, in a process that can be ended."""
    # Below a nanny a worker may have no children, which its end would leave behind; these end with it.
    multiprocessing.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]
    with _one_department:
        ((_, result),) = run_watched(work, [job], 1, timeout, preload)
    return lost_outcome(job.name, result) if isinstance(result, Lost) else result
