"""Records what the working papers know of a finding or an earlier disposition, hidden from view, to be read back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gouji.dispositions.about import about
from gouji.dispositions.disposition import About, Disposition
from gouji.dispositions.match import Dispositions, State
from gouji.findings.finding import Findings
from gouji.runtime.strict import StrictModel


class Record(StrictModel):
    """The record of a finding or of an earlier disposition.

    `about` is what the finding said when the papers were written, None where it is gone. `decided` is the disposition
    as written, `state` that of its finding then, and `stated` what the parameters' file said of it.
    """

    finding: str
    about: About | None = None
    decided: Disposition | None = None
    state: State | None = None
    stated: Disposition | None = None

    def to_json(self) -> dict[str, Any]:
        """Returns the text of its cell."""
        return self.model_dump(mode="json", exclude_none=True)


def records(findings: Findings, dispositions: Dispositions) -> Iterator[Record]:
    """Yields a record per finding, then one per disposition whose finding is gone."""
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
