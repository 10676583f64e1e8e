"""One note: what is said about one finding at one place of the document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouji.checks.rules import Severity
from gouji.document.model import Place
from gouji.findings.finding import SEVERITY_NAMES


class Role(StrEnum):
    """What a place is to a finding: what may be wrong, or what contradicts that."""

    SUSPECT = "suspect"
    OPPOSED = "opposed"


@dataclass(frozen=True, slots=True)
class Note:
    """A finding (`number`: in the memo's order, `finding`: its id, `located`: arithmetic says which figure is wrong,
    `title`) at a place: that of the printed characters, of a blank cell its line. `paragraphs` say what is wrong there,
    its heading first."""

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
        """`错误`, `疑点`, `提示`; of a place that only contradicts one, `旁证`."""
        return SEVERITY_NAMES[self.severity] if self.role is Role.SUSPECT else "旁证"
