"""Writes facts and checks as Parquet, for machines. Values are exact decimals."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gouji.auditing import Audit
from gouji.checks.check import Check
from gouji.ledger.columns import CHECKS, DECIMAL, FACTS, VALUES

_CONTEXT = Context(prec=DECIMAL.precision)
_LAST = Decimal(1).scaleb(-DECIMAL.scale)
_NONE = bytes(DECIMAL.byte_width)


def facts_table(audit: Audit) -> Any:
    """Returns one row per printed or blank figure."""
    return _table(audit.facts.columns(), FACTS)


def checks_table(audit: Audit, written_out: Callable[[Check], bool] | None = None) -> Any:
    """Returns one row per rule instance. Where `written_out` is given, `identity` is "" for the checks it leaves
    out."""
    return _table(audit.checks.columns(written_out=written_out), CHECKS)


def write_facts(audit: Audit, path: Path) -> None:
    """Writes facts.parquet."""
    pq.write_table(facts_table(audit), path, compression="zstd")


def write_checks(audit: Audit, path: Path) -> None:
    """Writes checks.parquet."""
    pq.write_table(checks_table(audit), path, compression="zstd")


def _table(columns: dict[str, list[Any]], schema: Any) -> Any:
    exact = {name: _decimals(values) for name, values in columns.items() if name in VALUES}
    return pa.table({**columns, **exact}, schema=schema)


def _decimals(values: Sequence[Decimal | None]) -> Any:
    """Builds an array of decimals from their 128-bit integers. pyarrow would ask Python about each one, which would
    take most of the time of writing a file."""
    present = pa.array([value is not None for value in values], pa.bool_())
    data = b"".join([_NONE if value is None else _stored(value) for value in values])
    return pa.Array.from_buffers(DECIMAL, len(values), [present.buffers()[1], pa.py_buffer(data)])


@lru_cache(maxsize=16384)
def _stored(value: Decimal) -> bytes:
    """Returns a decimal as its array stores it."""
    whole = int(value.quantize(_LAST, context=_CONTEXT).scaleb(DECIMAL.scale))
    return whole.to_bytes(DECIMAL.byte_width, sys.byteorder, signed=True)
