"""What a run of the fuzzer tells: executions, outcomes, coverage from where to where, crashes."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

_COVERED = re.compile(r"cov: (\d+)")


class Report:
    """Added up over the processes of one run."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.executions = 0
        self.cpu_seconds = 0
        self.outcomes: Counter[str] = Counter()
        self.covered: list[int] = []

    def add(self, outcomes: Path, log: str) -> None:
        """Takes in what a process has left."""
        self.covered += [int(one[1]) for one in _COVERED.finditer(log)]
        if outcomes.exists():
            left = json.loads(outcomes.read_text(encoding="utf-8"))
            self.executions += left["executions"]
            self.cpu_seconds += left["cpu_seconds"]
            self.outcomes.update(left["outcomes"])
            outcomes.unlink()

    def told(self, minutes: float, grown: int, crashes: Sequence[Path]) -> str:
        """The report, in lines."""
        most = "".join(f"\n    {number:7d}  {name}" for name, number in self.outcomes.most_common(12))
        covered = f"{self.covered[0]} → {max(self.covered)}" if self.covered else "–"
        listed = "".join(f"\n    {one}" for one in crashes)
        return (
            f"{self.target}: {minutes:.1f} minutes, {self.cpu_seconds / 60:.1f} of CPU, {self.executions} executions\n"
            f"  edges covered {covered}, {grown} inputs that reached something new\n"
            f"  {len(self.outcomes)} outcomes:{most}\n"
            f"  {len(crashes)} crashes{listed}"
        )
