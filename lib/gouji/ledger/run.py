"""What a run is known by in the ledger."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """What a run is known by: the account (a department's of a year) and what it was made of; `sequence` counts the
    account's runs that differ."""

    department_id: str
    sequence: int
    run_key: str

    @property
    def name(self) -> str:
        """The name of its files."""
        return f"{self.department_id}-{self.sequence:04d}-{self.run_key}.parquet"
