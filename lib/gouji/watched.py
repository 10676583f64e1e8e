"""The command line as people call it: it reads documents in a process of its own, which is watched.

That process has limits of memory and time. If a document makes a library crash or never come back, the user still gets
one clear line, and nothing half-written stays.
"""

from __future__ import annotations

import argparse
import contextlib
import sys

from gouji.cli import parsed, run, target_of
from gouji.errors import UnusableInputError
from gouji.runs.options import parameters_of
from gouji.runtime.atomic import clear_unfinished
from gouji.runtime.bounded import bound_memory
from gouji.runtime.own_process import EndedError, watch
from gouji.runtime.usage import UNUSABLE
from gouji.runtime.visible import visible

#: The commands that read documents.
_READING = ("audit", "explain")


def main(arguments: list[str] | None = None) -> int:
    """Runs one command, as `gouji.cli.main` does; see there for the exit status."""
    options = parsed(arguments)
    if options.command not in _READING:
        return run(options)
    try:
        return watch(_read, options, options.timeout)
    except EndedError as error:
        with contextlib.suppress(UnusableInputError):
            if (target := target_of(options)) is not None:
                clear_unfinished([target], young=0)
        what = "、".join(map(str, options.source)) if isinstance(options.source, list) else str(options.source)
        told = UnusableInputError(what or str(options.params), str(error), error.remedy)
        print(f"gouji: {visible(str(told))}", file=sys.stderr)
        return UNUSABLE


def _read(options: argparse.Namespace) -> int:
    with contextlib.suppress(UnusableInputError):  # the command itself will say so
        bound_memory(parameters_of(options).limits)
    return run(options)
