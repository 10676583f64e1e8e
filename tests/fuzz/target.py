"""A thing that is fuzzed: where its inputs come from, how they are damaged, and what may come of one."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

CORPUS = Path(__file__).parent / "corpus"
#: CPU seconds after which an input counts as one that hangs.
DEADLINE = 20


@dataclass(frozen=True)
class Target:
    """`run` feeds an input and says in a word or two what came of it; it raises where that is none of what is allowed.
    `seeds` makes undamaged inputs, `mutate` damages one, `smaller` offers parts of one, for making a crash small."""

    name: str
    suffix: str
    run: Callable[[bytes], str]
    seeds: Callable[[], list[bytes]]
    mutate: Callable[[bytes, Random], bytes]
    smaller: Callable[[bytes], Iterator[bytes]]

    def corpus(self) -> list[Path]:
        """The broken files that are kept for it."""
        return sorted((CORPUS / self.name).glob(f"*.{self.suffix}"))


def refusal(error: Exception) -> str:
    """A refusal as an outcome, without the name of the file; it must be one line."""
    assert len(str(error).splitlines()) == 1, "a refusal of more than one line"
    return f"refused: {'：'.join(str(error).split('：')[1:])[:12]}"


class HangError(Exception):
    """An input took more than `DEADLINE` CPU seconds."""


def feed(target: Target, data: bytes) -> str:
    """What came of an input, under the deadline. Raises what the target raises, and HangError."""
    began = time.process_time()
    outcome = target.run(data)
    if (took := time.process_time() - began) > DEADLINE:
        raise HangError(f"{took:.0f} CPU seconds")
    return outcome


def signature(error: BaseException) -> str:
    """What tells one crash from another: the exception and the last line of the project's own code."""
    own = [one for one in traceback.extract_tb(error.__traceback__) if "gouji" in Path(one.filename).parts]
    at = own[-1] if own else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(at.filename).name}:{at.lineno} {at.name}"
