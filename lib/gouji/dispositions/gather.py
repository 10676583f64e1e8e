"""Gathers all dispositions for a run, wherever they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gouji.dispositions.disposition import Disposition
from gouji.dispositions.folder import read_folder
from gouji.dispositions.match import Dispositions, match
from gouji.dispositions.merge import Papers, merge
from gouji.dispositions.workbook import read_workbook
from gouji.dispositions.yaml_file import read_yaml
from gouji.findings.finding import Findings
from gouji.parameters import Parameters


@dataclass(frozen=True)
class Gathered:
    """Dispositions before they are matched with findings."""

    decided: Mapping[str, Disposition] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    stated: Mapping[str, Disposition] = field(default_factory=dict)

    def against(self, findings: Findings) -> Dispositions:
        """Matches the dispositions with findings."""
        return match(self.decided, findings, self.notices, self.stated)


def gather(parameters: Parameters, earlier: Path | None = None) -> Gathered:
    """Returns the dispositions beside the parameter file and in the folder of an earlier run.

    Raises UnusableInputError where they cannot be read or are not valid.
    """
    file = parameters.dispositions_path()
    stated = _read(file) if file else {}
    papers = read_folder(earlier) if earlier else Papers()
    decided, notices = merge(papers, stated, file.name if file else "")
    return Gathered(decided, tuple(notices), stated)


def _read(file: Path) -> Mapping[str, Disposition]:
    return read_workbook(file).decided if file.suffix.lower() == ".xlsx" else read_yaml(file)
