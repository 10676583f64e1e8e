"""Opens the ledger as tables of DuckDB: `runs`, `findings`, `checks`, `facts` hold each account's last run; `all_runs`,
`all_findings`, … hold every run."""

from __future__ import annotations

from glob import escape
from pathlib import Path

import duckdb

from gouji.ledger.folder import COMPACTED, require_ledger
from gouji.ledger.tables import KEYS, TABLES

#: Columns of a run that are added to every row of the other tables.
_SHOWN = ("department", "region", "region_code", "function", "year")
_KEYS = ", ".join(KEYS)
_ALIKE = " and ".join(f"a.{key} = b.{key}" for key in KEYS)
#: Where a run has both files of its own and compacted rows, its own files count.
_RUNS = f"""
create view standing as select * from files_of_runs
    qualify row_number() over (partition by {_KEYS} order by compacted) = 1;
create view all_runs as select * exclude (compacted) from standing;
create view runs as select * from all_runs
    qualify row_number() over (partition by department_id order by sequence desc, run_key) = 1;
"""


def open_ledger(ledger: Path) -> duckdb.DuckDBPyConnection:
    """Returns an in-memory connection whose views read the ledger's files. Raises UnusableInputError where it is no
    ledger."""
    uniform = require_ledger(ledger)
    connection = duckdb.connect()
    for name in TABLES:
        connection.execute(_files(ledger, name, uniform))
    connection.execute(_RUNS)
    for name in list(TABLES)[1:]:
        connection.execute(_select_all(name))
        connection.execute(_latest(name))
    return connection


def _files(ledger: Path, name: str, uniform: bool) -> str:
    """Defines `files_of_NAME`: all rows of all files, and whether each is `compacted`.

    Columns that a file of an earlier version lacks are empty. Unless files are `uniform`, all are opened to see their
    columns.
    """
    columns = ", ".join(f'cast(null as {kind}) as "{field}"' for field, kind in _types(name))
    empty = f"select {columns}, false as compacted where false"
    if not any(ledger.glob(f"{name}/*/*/[!.]*.parquet")):
        return f"create view files_of_{name} as {empty}"
    pattern = f"{escape(str(ledger.resolve()))}/{name}/*/*/[!.]*.parquet".replace("'", "''")
    options = f"union_by_name = {str(not uniform).lower()}, hive_partitioning = false, filename = true"
    source = f"read_parquet('{pattern}', {options})"
    rows = f"select * exclude (filename), parse_filename(filename) = '{COMPACTED}' as compacted from {source}"
    return f"create view files_of_{name} as {empty} union all by name {rows}"


def _types(name: str) -> list[tuple[str, str]]:
    """Returns the columns of a table with DuckDB's types."""
    known = {"string": "varchar", "int32": "integer", "int64": "bigint", "bool": "boolean"}
    types = [(field.name, str(field.type)) for field in TABLES[name]]
    return [(field, known.get(kind) or kind.replace("decimal128", "decimal")) for field, kind in types]


def _select_all(name: str) -> str:
    shown = ", ".join(f"b.{column}" for column in _SHOWN)
    rows = f"select {shown}, a.* exclude (compacted) from files_of_{name} a join standing b"
    return f"create view all_{name} as {rows} on {_ALIKE} and a.compacted = b.compacted"


def _latest(name: str) -> str:
    return f"create view {name} as select a.* from all_{name} a semi join runs b on {_ALIKE}"
