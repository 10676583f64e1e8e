"""The columns of facts and checks in Parquet files: those of a run, and those of the ledger."""

from __future__ import annotations

import pyarrow as pa

DECIMAL = pa.decimal128(38, 10)
#: The columns of decimals.
VALUES = ("value", "left", "right", "difference")
_TYPES = {
    **dict.fromkeys(("check", "decimals", "line", "start", "end"), pa.int64()),
    **dict.fromkeys(VALUES, DECIMAL),
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
