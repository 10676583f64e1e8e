"""The ledger's tables and their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa

from gouji.facts.fact import Status
from gouji.ledger.columns import CHECKS, FACTS
from gouji.ledger.quantities import quantities
from gouji.ledger.run import Run

_MONEY = pa.decimal128(30, 6)
_LARGEST = Decimal(10) ** 24
_TEXT, _NUMBER = pa.string(), pa.int32()

#: The columns that identify a run: the first ones of every table.
KEYS = ("department_id", "sequence", "run_key")
_KEY_FIELDS = [("department_id", _TEXT), ("sequence", _NUMBER), ("run_key", _TEXT)]

_RUNS = [
    *((name, _TEXT) for name in ("department", "region", "region_code", "function")),
    *((name, _NUMBER) for name in ("headcount", "year")),
    *((name, _TEXT) for name in ("source", "source_sha256", "parameters_hash", "rules_hash", "gouji", "manifest_hash")),
    *((name, _NUMBER) for name in ("errors", "questions", "notes", "settled")),
    *((f"tables_{status.value}", _NUMBER) for status in Status),
    *((name, _NUMBER) for name in ("figures", "claims", "words", "checks", "passed", "rounding", "conflicts")),
    *((name, _NUMBER) for name in ("unbound", "not_checked", "inapplicable", "unconstrained")),
    *((quantity.name, _MONEY) for quantity in quantities()),
    ("doubtful", _TEXT),
]
_FINDINGS = [
    ("number", _NUMBER),
    *((name, _TEXT) for name in ("id", "rule", "rule_title", "kind", "slip", "severity")),
    ("located", pa.bool_()),
    *((name, _TEXT) for name in ("title", "message", "table", "place")),
    ("amount", _MONEY),
    *((name, _TEXT) for name in ("suggestion", "basis")),
    *((name, _TEXT) for name in ("disposition", "disposition_state", "disposition_reason")),
]

#: The columns of each table. `runs` comes first; its files are written last.
TABLES: Mapping[str, Any] = {
    "runs": pa.schema([*_KEY_FIELDS, *_RUNS]),
    "findings": pa.schema([*_KEY_FIELDS, *_FINDINGS]),
    "checks": pa.schema([*_KEY_FIELDS, *((one.name, one.type) for one in CHECKS)]),
    "facts": pa.schema([*_KEY_FIELDS, *((one.name, one.type) for one in FACTS)]),
}


def table_of(name: str, run: Run, rows: Sequence[Mapping[str, Any]]) -> Any:
    """Returns a table of rows, each with the columns that identify the run. An amount too large to store is null."""
    columns = {column: [row.get(column) for row in rows] for column in _columns(name)}
    for column in _amounts(name):
        columns[column] = [_keep_decimals(value) for value in columns[column]]
    return pa.table({**columns, **_keys(run, len(rows))}, schema=TABLES[name])


def keyed(name: str, run: Run, table: Any) -> Any:
    """Returns a table with the columns that identify the run in front of its own."""
    values = _keys(run, table.num_rows)
    arrays = [pa.array(values[key], type=kind) for key, kind in _KEY_FIELDS]
    return pa.table([*arrays, *table.columns], schema=TABLES[name])


def _keys(run: Run, number: int) -> dict[str, list[Any]]:
    return {name: [getattr(run, name)] * number for name in KEYS}


@cache
def _columns(name: str) -> tuple[str, ...]:
    return tuple(TABLES[name].names)


@cache
def _amounts(name: str) -> tuple[str, ...]:
    return tuple(field.name for field in TABLES[name] if field.type == _MONEY)


def _keep_decimals(value: Decimal | None) -> Decimal | None:
    return None if value is None or abs(value) >= _LARGEST else value
