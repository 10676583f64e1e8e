"""What killed processes of a batch have left: temporary files and folders, removed by the next batch or by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gouji.batch.current import findings_path, record_path
from gouji.batch.job import Job, Settings
from gouji.batch.remote import AnyJob
from gouji.ledger.folder import clear_ledger
from gouji.runs.audit_cache import clear_cache_parts
from gouji.runtime.atomic import SCRATCH, clear_parts, clear_unfinished
from warmkernel.scratch import KERNEL, clear_left


def clear_left_behind(jobs: Iterable[AnyJob], settings: Settings) -> None:
    """Removes what dead processes have left in a batch's folders and its ledger, in the cache, and in the system's
    folder for temporary ones; to be called while none of its own is at work."""
    here = [job for job in jobs if isinstance(job, Job)]
    clear_unfinished((job.target for job in here), young=0)
    clear_ledger(settings.ledger)
    clear_parts({settings.out, *_beside(here, settings)})
    clear_cache_parts()
    clear_left(SCRATCH, KERNEL, young=0)


def _beside(jobs: Iterable[Job], settings: Settings) -> Iterator[Path]:
    for job in jobs:
        yield from (record_path(job, settings).parent, findings_path(job, settings).parent)
