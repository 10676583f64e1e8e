"""Facts and checks as Parquet, for machines. Values are decimals, exact."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gouji.audit import Audit
from gouji.checks.check import Check

_PRECISION, _SCALE = 38, 10
_DECIMAL = pa.decimal128(_PRECISION, _SCALE)
_LAST = Decimal(1).scaleb(-_SCALE)
_CONTEXT = Context(prec=_PRECISION)
_VALUES = ("value", "left", "right", "difference")
_TYPES = {
    **dict.fromkeys(("check", "decimals", "line", "start", "end"), pa.int64()),
    **dict.fromkeys(_VALUES, _DECIMAL),
    "omitted": pa.bool_(),
}
_FACTS = (
    "concept",
    "table",
    "row_code",
    "row_name",
    "column",
    "value",
    "printed",
    "unit",
    "state",
    "decimals",
    "where",
    "part",
    "line",
    "start",
    "end",
    "quote",
)
_CHECKS = (
    "check",
    "rule",
    "title",
    "scope",
    "identity",
    "left",
    "right",
    "difference",
    "unit",
    "verdict",
    "omitted",
    "missing",
    "reason",
    "basis",
)
FACTS, CHECKS = (pa.schema([(name, _TYPES.get(name, pa.string())) for name in names]) for names in (_FACTS, _CHECKS))
"""The columns of facts.parquet and of checks.parquet."""


def facts_table(audit: Audit) -> Any:
    """One row per printed or blank figure."""
    return _table(audit.facts.columns(), FACTS)


def checks_table(audit: Audit, written_out: Callable[[Check], bool] | None = None) -> Any:
    """One row per rule instance; `identity` is "" of those that `written_out`, where it is given, leaves out."""
    return _table(audit.checks.columns(written_out=written_out), CHECKS)


def write_facts(audit: Audit, path: Path) -> None:
    """Writes facts.parquet."""
    pq.write_table(facts_table(audit), path, compression="zstd")


def write_checks(audit: Audit, path: Path) -> None:
    """Writes checks.parquet."""
    pq.write_table(checks_table(audit), path, compression="zstd")


def _table(columns: dict[str, list[Any]], schema: Any) -> Any:
    exact = {name: _decimals(values) for name, values in columns.items() if name in _VALUES}
    return pa.table({**columns, **exact}, schema=schema)


def _decimals(values: Sequence[Decimal | None]) -> Any:
    """An array of decimals from their 128-bit integers: left to pyarrow, which asks Python about each of them, this
    would be most of writing a file."""
    present = [value is not None for value in values]
    whole = (0 if value is None else int(value.quantize(_LAST, context=_CONTEXT).scaleb(_SCALE)) for value in values)
    data = b"".join([one.to_bytes(_DECIMAL.byte_width, sys.byteorder, signed=True) for one in whole])
    valid = pa.array(present, pa.bool_()).buffers()[1]
    return pa.Array.from_buffers(_DECIMAL, len(values), [valid, pa.py_buffer(data)])
