"""A batch on a Dask cluster: the same jobs, on workers that see the same files (a shared disk)."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from gouji.batch.job import Job, Settings
from gouji.batch.outcome import Outcome
from gouji.batch.work import run_job
from gouji.errors import UnusableInputError

#: A job whose worker is lost is given to another one so many times.
_RETRIES = 3
#: Seconds to wait for the scheduler.
_CONNECT = 20
#: A worker runs the notebooks of one department at a time, however many threads it has.
_one_department = threading.Lock()


def run_on_cluster(address: str, jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """Yields outcomes as they come. A job that was done twice because its worker was lost on the way is entered in the
    ledger once: its key is the same.

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
        futures = {
            client.submit(_run_alone, job, settings, key=f"gouji-{settings.out.name}-{job.name}", retries=_RETRIES): job
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


def _run_alone(job: Job, settings: Settings) -> Outcome:
    with _one_department:
        return run_job(job, settings)
