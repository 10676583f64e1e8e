"""A batch on a Dask cluster: the same jobs, on workers that see the same files (a shared disk, or URLs)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol
from uuid import uuid4

from gouji.batch.outcome import Outcome
from gouji.errors import UnusableInputError

#: A job whose worker is lost is given to another one so many times.
_RETRIES = 3
#: Seconds to wait for the scheduler.
_CONNECT = 20
#: A worker runs the notebooks of one department at a time, however many threads it has.
_one_department = threading.Lock()


class Named(Protocol):
    """Jobs have names, each its own."""

    @property
    def name(self) -> str:
        """The job's name."""


def run_on_cluster(address: str, jobs: Sequence[Named], work: Callable[[Any], Outcome]) -> Iterator[Outcome]:
    """Yields the outcomes of `work` as they come. A job that was done twice because its worker was lost on the way is
    entered in the ledger once: its key is the same.

    Raises UnusableInputError where Dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise UnusableInputError(address, "没有安装 Dask", "请安装 gouji[cluster]") from error
    try:
        client = Client(address, timeout=_CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        raise UnusableInputError(
            address, "调度器没有应答", "请检查地址，并先启动 dask scheduler 与 dask worker"
        ) from error
    with client:
        batch = uuid4().hex
        futures = {
            client.submit(_one_at_a_time, work, job, key=f"gouji-{batch}-{job.name}", retries=_RETRIES): job
            for job in jobs
        }
        for future in as_completed(futures):
            job = futures[future]
            lost = future.exception()
            if lost is None:
                yield future.result()
            else:
                reason = f"集群未能完成：{type(lost).__name__}：{lost}".splitlines()[0]
                yield Outcome(job.name, "failed", reason=reason)
            future.release()


def _one_at_a_time(work: Callable[[Any], Outcome], job: Named) -> Outcome:
    with _one_department:
        return work(job)
