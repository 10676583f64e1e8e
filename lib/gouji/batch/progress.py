"""Shows a batch's progress at the terminal: departments done, failed, findings so far, time left."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from tqdm import tqdm

from gouji.batch.outcome import STATUS_NAMES, JobOutcome
from gouji.runtime.visible import visible


class Progress:
    """A bar on a terminal; elsewhere (a log) a line for each department.

    Use it in a `with` statement and call it with each outcome.
    """

    def __init__(self, number: int) -> None:
        self._bar = tqdm(total=number, unit="个", disable=None, dynamic_ncols=True, file=sys.stderr)
        self._number = number
        self._done = self._failed = self._findings = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def __call__(self, outcome: JobOutcome) -> None:
        """Counts a department's outcome."""
        self._done += 1
        self._failed += outcome.status == "failed"
        self._findings += outcome.findings
        if self._bar.disable:
            told = outcome.reason or f"错误 {outcome.errors}　疑点 {outcome.questions}"
            said = f"{self._done}/{self._number}　{outcome.name}　{STATUS_NAMES[outcome.status]}　{told}"
            print(visible(said), flush=True)
            return
        self._bar.set_postfix_str(f"未完成 {self._failed}　发现 {self._findings}", refresh=False)
        self._bar.update()
