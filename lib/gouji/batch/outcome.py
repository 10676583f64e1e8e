"""The outcome of a department in a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gouji.runtime.workers import MORE_TIME, Lost

#: done: run now; current: unchanged since its last run; failed: `reason` says why.
Status = Literal["done", "current", "failed"]
STATUS_NAMES: dict[Status, str] = {"done": "完成", "current": "未变", "failed": "未完成"}


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """The outcome of a job, by name, with the number of the department's findings by severity."""

    name: str
    status: Status
    department: str = ""
    errors: int = 0
    questions: int = 0
    notes: int = 0
    reason: str = ""

    @property
    def findings(self) -> int:
        """Returns the number of all findings."""
        return self.errors + self.questions + self.notes


def lost_outcome(name: str, lost: Lost) -> JobOutcome:
    """Returns the outcome of a job whose process ended before the job was done."""
    return JobOutcome(name, "failed", reason=lost.reason if lost.in_time else f"{lost.reason}；{MORE_TIME}")
