"""Adds a run to the ledger: each file is written whole, the one in `runs` last."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.errors import UnusableInputError, reason_of
from gouji.intervals import Verdict
from gouji.ledger.folder import Partition, make_ledger, runs_of
from gouji.ledger.run import Run
from gouji.ledger.tables import keyed, table_of
from gouji.memo.parquet import checks_table, facts_table
from gouji.posting.finding_rows import finding_rows
from gouji.posting.run import department_id, run_key, run_row, year_of
from gouji.runtime.atomic import whole_file

_WRITTEN_OUT = frozenset({Verdict.CONFLICT, Verdict.ROUNDING})
#: The fastest settings for the small files of single runs; `compact` makes few, compressed ones of them.
_AS_WRITTEN: dict[str, Any] = {
    "compression": "snappy",
    "use_dictionary": False,
    "write_statistics": False,
    "store_schema": False,
}


def append(ledger: Path, audit: Audit, manifest_hash: str = "", detail: bool = True) -> Run:
    """Adds a run to the ledger in folder `ledger`, which is made where it is missing, and returns the run's identity.

    A run that is there already is written anew in its place. `manifest_hash` is the hash of the run's manifest.
    Without `detail` neither checks nor facts are kept. The identity of a check that holds to the digit is not written
    out. Raises UnusableInputError where the folder cannot be written or is no ledger.
    """
    given = audit.parameters
    partition = Partition.of(year_of(audit), given.region_code, given.region)
    try:
        make_ledger(ledger)
        run = _with_sequence(ledger, partition, department_id(audit), run_key(audit))
        for name, table in _tables(audit, run, manifest_hash, detail).items():
            _write_or_remove(partition.folder(ledger, name) / run.name, table)
    except OSError as error:
        raise UnusableInputError(str(ledger), f"台账不可写（{reason_of(error)}）", "请换一个文件夹") from error
    return run


def manifest_hash(folder: Path) -> str:
    """Returns the SHA-256 of the manifest in a run's folder, "" where there is none."""
    file = folder / "manifest.json"
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _with_sequence(ledger: Path, partition: Partition, department: str, key: str) -> Run:
    """Returns the run with its sequence: that of the same run where it is there, else the next."""
    there = runs_of(ledger, partition, department)
    same = next((run for run in there if run.run_key == key), None)
    return same or Run(department, max((run.sequence for run in there), default=0) + 1, key)


def _tables(audit: Audit, run: Run, manifest_hash: str, detail: bool) -> dict[str, Any]:
    """Returns the rows of each table in the order of writing, None for tables to be left empty."""
    return {
        "findings": table_of("findings", run, finding_rows(audit)),
        "checks": keyed("checks", run, checks_table(audit, _remarkable)) if detail else None,
        "facts": keyed("facts", run, facts_table(audit)) if detail else None,
        "runs": table_of("runs", run, [run_row(audit, manifest_hash)]),
    }


def _remarkable(check: Check) -> bool:
    """True for a check whose identity is written out. Figures that simply add up need no words: their sides are
    stored."""
    return check.verdict in _WRITTEN_OUT or check.blank


def _write_or_remove(file: Path, table: Any) -> None:
    """Writes a file whole, or removes it where there is nothing to keep. Files with so few rows need no statistics."""
    if table is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    whole_file(file, lambda path: pq.write_table(table, path, **_AS_WRITTEN), lasting=True)
