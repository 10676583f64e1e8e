"""Removes the temporary files and folders that killed processes of a batch have left."""

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


def clear_leftovers(jobs: Iterable[AnyJob], settings: Settings) -> None:
    """Removes what dead processes have left in a batch's folders, its ledger, the cache, and the system's temporary
    folder.

    Call it only while none of the batch's own processes is running.
    """
    here = [job for job in jobs if isinstance(job, Job)]
    clear_unfinished((job.target for job in here), young=0)
    clear_ledger(settings.ledger)
    clear_parts({settings.out, *_folders_of(here, settings)})
    clear_cache_parts()
    clear_left(SCRATCH, KERNEL, young=0)


def _folders_of(jobs: Iterable[Job], settings: Settings) -> Iterator[Path]:
    for job in jobs:
        yield from (record_path(job, settings).parent, findings_path(job, settings).parent)
