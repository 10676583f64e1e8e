"""Facts and checks as Parquet, for machines. Values are decimals, exact."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gouji.audit import Audit

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


def checks_table(audit: Audit) -> Any:
    """One row per rule instance."""
    return _table(audit.checks.columns(), CHECKS)


def write_facts(audit: Audit, path: Path) -> None:
    """Writes facts.parquet."""
    pq.write_table(facts_table(audit), path, compression="zstd")


def write_checks(audit: Audit, path: Path) -> None:
    """Writes checks.parquet."""
    pq.write_table(checks_table(audit), path, compression="zstd")


def _table(columns: dict[str, list[Any]], schema: Any) -> Any:
    exact = {name: list(_quantised(values)) for name, values in columns.items() if name in _VALUES}
    return pa.table({**columns, **exact}, schema=schema)


def _quantised(values: Iterable[Decimal | None]) -> Iterable[Decimal | None]:
    return (None if value is None else value.quantize(_LAST, context=_CONTEXT) for value in values)
