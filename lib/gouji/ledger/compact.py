"""The files of many runs into one: each year and region of each table.

Readers see the same at every moment: a run's rows count where its row in `runs` stands, in files of its own or
in the compacted ones (`query`), and `runs` changes over last. Not to be done while runs are being appended.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gouji.errors import UnusableInputError, reason_of
from gouji.ledger.folder import COMPACTED, Partition, partitions, require_ledger, run_of, runs_in
from gouji.ledger.run import Run
from gouji.ledger.tables import KEYS, TABLES
from gouji.runtime.atomic import whole_file


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many files became how many."""

    before: int
    after: int


def compact(ledger: Path) -> Compacted:
    """Compacts a ledger. Raises UnusableInputError where the folder is none or cannot be written."""
    require_ledger(ledger)
    before = _number(ledger)
    try:
        for partition in list(partitions(ledger, "runs")):
            _compact(ledger, partition)
    except OSError as error:
        raise UnusableInputError(str(ledger), f"台账不可写（{reason_of(error)}）", "请关闭正在使用它的程序") from error
    return Compacted(before, _number(ledger))


def _number(ledger: Path) -> int:
    return sum(1 for name in TABLES for _ in ledger.glob(f"{name}/*/*/[!.]*.parquet"))


def _compact(ledger: Path, partition: Partition) -> None:
    """One partition: the other tables, then `runs`, then away with the files of single runs, those in `runs` first."""
    runs = partition.folder(ledger, "runs")
    single = [run for file in sorted(runs.glob("[!.]*.parquet")) if (run := run_of(file))]
    for name in reversed(list(TABLES)):
        if single:
            _merge(partition.folder(ledger, name), name, single)
    known = set(runs_in(runs / COMPACTED)) if (runs / COMPACTED).exists() else set()
    for name in TABLES:
        for file in partition.folder(ledger, name).glob("*.parquet"):
            if run_of(file) in known or file.name.startswith(".part-"):
                file.unlink()


def _merge(folder: Path, name: str, single: list[Run]) -> None:
    """Writes the compacted file: its rows but for the runs that have files of their own, then theirs."""
    files = [file for run in single if (file := folder / run.name).exists()]
    kept = [_without(folder / COMPACTED, single)] if (folder / COMPACTED).exists() else []
    tables = [*kept, *map(_read, files)]
    if tables:
        merged = _ordered(pa.concat_tables([_as(table, name) for table in tables]))
        whole_file(folder / COMPACTED, lambda path: pq.write_table(merged, path, compression="zstd"), lasting=True)


def _read(file: Path) -> Any:
    """One file; `read_table` would take the folders' names for columns."""
    return pq.ParquetFile(file).read()


def _as(table: Any, name: str) -> Any:
    """A table with the columns of today: one that an earlier version did not have is empty."""
    columns = {
        field.name: table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in TABLES[name]
    }
    return pa.table(columns, schema=TABLES[name])


def _without(file: Path, runs: Iterable[Run]) -> Any:
    """The rows of a compacted file that are of none of the runs."""
    table = _read(file)
    gone = set(runs)
    keys = zip(*(table[name].to_pylist() for name in KEYS), strict=True)
    return table.filter(pa.array([Run(*key) not in gone for key in keys], type=pa.bool_()))


def _ordered(table: Any) -> Any:
    """By run; the rows of a run stay in their order."""
    numbered = table.append_column("_at", pa.array(range(table.num_rows)))
    order = [*((name, "ascending") for name in KEYS), ("_at", "ascending")]
    return numbered.sort_by(order).drop_columns("_at")
