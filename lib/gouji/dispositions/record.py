"""What the working papers remember of a finding or an earlier disposition, hidden from view, to be read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gouji.dispositions.about import about
from gouji.dispositions.disposition import About, Disposition
from gouji.dispositions.match import Dispositions, State
from gouji.findings.finding import Findings
from gouji.runtime.strict import StrictModel


class Record(StrictModel):
    """`about`: what the finding said when the papers were written, None where it is gone; `decided`: the disposition
    as it was written; `state`: what had become of its finding; `stated`: what the parameters' file said of it."""

    finding: str
    about: About | None = None
    decided: Disposition | None = None
    state: State | None = None
    stated: Disposition | None = None

    def to_json(self) -> dict[str, Any]:
        """For the cell it stands in."""
        return self.model_dump(mode="json", exclude_none=True)


def records(findings: Findings, dispositions: Dispositions) -> Iterator[Record]:
    """A record per finding, then one per disposition whose finding is gone."""
    for finding in findings.findings:
        decided = dispositions.decided.get(finding.id)
        yield Record(
            finding=finding.id,
            about=about(finding, findings.checks),
            decided=decided.disposition if decided else None,
            state=decided.state if decided else None,
            stated=dispositions.stated.get(finding.id),
        )
    for gone in dispositions.gone:
        name = gone.disposition.finding
        yield Record(finding=name, decided=gone.disposition, state=State.GONE, stated=dispositions.stated.get(name))
