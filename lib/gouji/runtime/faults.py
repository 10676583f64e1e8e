"""Keeps a fault of the program within the rule that has it: an account is audited by all other rules, and the memo says
that this one was not applied.

A fault is logged as one line under `gouji.faults`, with the exception as the record's attribute `fault`. Python prints
it on stderr where nobody configures logging. The tests fail on it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gouji.errors import UnusableInputError

LOG = logging.getLogger("gouji.faults")
_Result = TypeVar("_Result")


def contain(what: str, work: Callable[[], _Result], otherwise: Callable[[str], _Result]) -> _Result:
    """Returns what `work` returns, or, if it fails, `otherwise` of the reason. `what` names the work in the log.

    Passes on what a limit or an unusable input raises, and an exhausted memory: they end the audit.
    """
    try:
        return work()
    except (UnusableInputError, MemoryError):
        raise
    except Exception as error:
        reason = f"程序出错（{type(error).__name__}，{_place_of(error)}），没有核对；请将此行报告维护者"
        LOG.error("%s：%s", what, reason, extra={"fault": error})
        return otherwise(reason)


def _place_of(error: Exception) -> str:
    """Returns the file and line that raised it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
