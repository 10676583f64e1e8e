"""Merges the files of many runs into one file for each year and region of each table.

Readers see the same at every moment. The rows of a run count where its row in `runs` stands, in files of its own or
in the merged ones (`query`), and `runs` is replaced last. Do not compact a ledger while runs are being appended.
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
    """The numbers of files before and after."""

    before: int
    after: int


def compact(ledger: Path) -> Compacted:
    """Compacts a ledger. Raises UnusableInputError where the folder is no ledger or cannot be written."""
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
    """Compacts one partition: first the other tables, then `runs`. Then removes the files of single runs, those in
    `runs` first."""
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
    """Writes the compacted file: its old rows except those of runs with files of their own, then the rows of these."""
    files = [file for run in single if (file := folder / run.name).exists()]
    kept = [_rows_without(folder / COMPACTED, single)] if (folder / COMPACTED).exists() else []
    tables = [*kept, *map(_read, files)]
    if tables:
        merged = _ordered(pa.concat_tables([_with_columns(table, name) for table in tables]))
        whole_file(folder / COMPACTED, lambda path: pq.write_table(merged, path, compression="zstd"), lasting=True)


def _read(file: Path) -> Any:
    """Reads one file. `read_table` would take the folders' names for columns."""
    return pq.ParquetFile(file).read()


def _with_columns(table: Any, name: str) -> Any:
    """Returns a table with today's columns; a column that an earlier version lacked is empty."""
    columns = {
        field.name: table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in TABLES[name]
    }
    return pa.table(columns, schema=TABLES[name])


def _rows_without(file: Path, runs: Iterable[Run]) -> Any:
    """Returns the rows of a compacted file that belong to none of the runs."""
    table = _read(file)
    gone = set(runs)
    keys = zip(*(table[name].to_pylist() for name in KEYS), strict=True)
    return table.filter(pa.array([Run(*key) not in gone for key in keys], type=pa.bool_()))


def _ordered(table: Any) -> Any:
    """Sorts rows by run; the rows of a run keep their order."""
    numbered = table.append_column("_at", pa.array(range(table.num_rows)))
    order = [*((name, "ascending") for name in KEYS), ("_at", "ascending")]
    return numbered.sort_by(order).drop_columns("_at")
