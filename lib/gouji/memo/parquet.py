"""Facts and checks as Parquet, for machines. Values are decimals, exact."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from gouji.audit import Audit

_DECIMAL = pa.decimal128(38, 10)


def write_facts(audit: Audit, path: Path) -> None:
    """Writes facts.parquet: one row per printed or blank figure."""
    _write(audit.facts.to_frame(), path, ["value"])


def write_checks(audit: Audit, path: Path) -> None:
    """Writes checks.parquet: one row per rule instance."""
    _write(audit.checks.to_frame(), path, ["left", "right", "difference"])


def _write(frame: pd.DataFrame, path: Path, decimals: list[str]) -> None:
    table = pa.table(
        {
            name: pa.array([_quantised(value) for value in frame[name]], type=_DECIMAL)
            if name in decimals
            else pa.array(frame[name].tolist())
            for name in frame.columns
        }
    )
    pq.write_table(table, path, compression="zstd")


def _quantised(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-10))
