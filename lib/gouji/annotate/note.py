"""A note: the message on one finding at one place of the document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouji.checks.rules import Severity
from gouji.document.model import Place
from gouji.findings.finding import SEVERITY_NAMES


class Role(StrEnum):
    """The role of a place in a finding: it may be wrong, or it contradicts what may be wrong."""

    SUSPECT = "suspect"
    OPPOSED = "opposed"


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a finding at a place.

    `number` is the finding's place in the memo, `finding` its id, and `located` says that arithmetic decides which
    figure is wrong. `place` covers the printed characters, or the line of a blank cell. `paragraphs` hold the message
    at this place, its heading first.
    """

    place: Place
    role: Role
    severity: Severity
    number: int
    finding: str
    title: str
    located: bool
    paragraphs: tuple[str, ...]

    @property
    def level(self) -> str:
        """Returns `错误`, `疑点`, `提示`; `旁证` for a place that only contradicts the suspect one."""
        return SEVERITY_NAMES[self.severity] if self.role is Role.SUSPECT else "旁证"
