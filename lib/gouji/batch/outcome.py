"""What came of a department in a batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gouji.runtime.workers import MORE_TIME, Lost

#: done: run now; current: nothing had changed since it was run; failed: `reason` says why.
Status = Literal["done", "current", "failed"]
STATUS_NAMES: dict[Status, str] = {"done": "完成", "current": "未变", "failed": "未完成"}


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """A job by name, what came of it, and the findings of the department by severity."""

    name: str
    status: Status
    department: str = ""
    errors: int = 0
    questions: int = 0
    notes: int = 0
    reason: str = ""

    @property
    def findings(self) -> int:
        """All findings."""
        return self.errors + self.questions + self.notes


def lost_outcome(name: str, lost: Lost) -> JobOutcome:
    """A job whose process has ended before it was done."""
    return JobOutcome(name, "failed", reason=lost.reason if lost.in_time else f"{lost.reason}；{MORE_TIME}")
