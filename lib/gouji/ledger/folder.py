"""Finds the files of a ledger: its folder, its partitions, its runs."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from gouji.errors import UnusableInputError
from gouji.ledger.run import Run
from gouji.ledger.tables import KEYS, TABLES
from gouji.runtime.atomic import clear_parts, whole_file
from gouji.runtime.text_file import write_text

#: The file that marks a folder as a ledger.
_MARK, _SCHEMA = "ledger.json", "gouji/ledger/1"
#: The file of a partition that holds the compacted runs.
COMPACTED = "compacted.parquet"
UNNAMED = "未注明"

_FILE = re.compile(r"(?P<department>[0-9a-f]{16})-(?P<sequence>\d{4,})-(?P<key>[0-9a-f]{12})\.parquet")
_UNSAFE = re.compile(r"[^\w]+")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Partition:
    """The files of one year and region."""

    year: str
    region: str

    @classmethod
    def of(cls, year: int | None, region_code: str, region: str) -> Partition:
        """Returns the partition. A region is identified by its code, else by its name as a safe folder name."""
        plain = _UNSAFE.sub("-", region_code or region).strip("-")[:_LONGEST]
        return cls(str(year) if year else UNNAMED, plain or UNNAMED)

    def folder(self, ledger: Path, table: str) -> Path:
        """Returns its folder in a table."""
        return ledger / table / f"year={self.year}" / f"region={self.region}"


def require_ledger(ledger: Path) -> bool:
    """Raises UnusableInputError where the folder is no ledger; an empty folder is an empty ledger.

    Returns True where all its files have today's columns. Files of earlier versions are read more slowly.
    """
    if not ledger.is_dir():
        raise UnusableInputError(str(ledger), "没有这个台账文件夹", "请先运行审核并写入台账，或用 --ledger 指定")
    mark = _mark(ledger)
    if mark is None and any(ledger.iterdir()):
        raise UnusableInputError(str(ledger), "不是勾稽的台账", f"台账文件夹中有 {_MARK}；请另选文件夹")
    return mark is None or mark == [columns_hash()]


def make_ledger(ledger: Path) -> None:
    """Makes the folder a ledger where it is new or empty. Raises UnusableInputError where it holds anything else."""
    mark = _mark(ledger)
    if mark and columns_hash() in mark:
        return
    ledger.mkdir(parents=True, exist_ok=True)
    if mark is None and any(path.name != _MARK and not path.name.startswith(".part-") for path in ledger.iterdir()):
        raise UnusableInputError(str(ledger), "文件夹中已有其他文件，不能用作台账", "请另选一个新的或空的文件夹")
    written = json.dumps({"schema": _SCHEMA, "columns": [*(mark or []), columns_hash()]}, indent=2) + "\n"
    whole_file(ledger / _MARK, lambda path: write_text(path, written), lasting=True)


def _mark(ledger: Path) -> list[str] | None:
    """Returns the versions of columns that the ledger's files were written with, None where it is no ledger."""
    try:
        mark = json.loads((ledger / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return list(mark.get("columns", [])) if isinstance(mark, dict) and mark.get("schema") == _SCHEMA else None


@cache
def columns_hash() -> str:
    """Returns a digest of the columns of all tables."""
    columns = "|".join(f"{name}.{field.name} {field.type}" for name, schema in TABLES.items() for field in schema)
    return hashlib.sha256(columns.encode("utf-8")).hexdigest()[:12]


def partitions(ledger: Path, table: str) -> Iterator[Partition]:
    """Yields the partitions of a table, in order."""
    for folder in sorted((ledger / table).glob("year=*/region=*")):
        yield Partition(folder.parent.name.removeprefix("year="), folder.name.removeprefix("region="))


def clear_ledger(ledger: Path) -> None:
    """Removes the temporary files that killed processes have left in a ledger."""
    clear_parts([ledger, *ledger.glob("*/year=*/region=*")])


def run_of(file: Path) -> Run | None:
    """Returns the run that a file belongs to, None for a compacted file."""
    found = _FILE.fullmatch(file.name)
    return Run(found["department"], int(found["sequence"]), found["key"]) if found else None


def runs_of(ledger: Path, partition: Partition, department_id: str) -> list[Run]:
    """Returns the runs of a department's account in the ledger."""
    folder = partition.folder(ledger, "runs")
    if not folder.is_dir():
        return []
    names = [name for name in os.listdir(folder) if name.startswith(department_id)]  # many: no Path for each
    single = [run for name in names if (run := run_of(folder / name))]
    file = folder / COMPACTED
    return [*single, *(runs_in(file, department_id) if file.exists() else [])]


def runs_in(file: Path, department_id: str = "") -> list[Run]:
    """Returns the runs in a compacted file of `runs`, only those of one department where it is given."""
    chosen: Any = [("department_id", "=", department_id)] if department_id else None
    rows = pq.read_table(file, columns=list(KEYS), filters=chosen, partitioning=None)
    return [Run(*(row[name] for name in KEYS)) for row in rows.to_pylist()]
