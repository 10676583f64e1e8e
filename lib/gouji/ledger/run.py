"""Identifies a run in the ledger."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Identifies a run: the account (a department's, of a year) and what it was made of.

    `sequence` numbers the different runs of the account.
    """

    department_id: str
    sequence: int
    run_key: str

    @property
    def name(self) -> str:
        """Returns the stem of its files' names."""
        return f"{self.department_id}-{self.sequence:04d}-{self.run_key}.parquet"
