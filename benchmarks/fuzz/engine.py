"""One process of the fuzzer: `python -m benchmarks.fuzz.engine TARGET FOLDER [options of libFuzzer]`."""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import hashlib
import io
import json
import logging
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["gouji"]):
    from fuzz.target import Target, feed, signature
    from fuzz.targets import TARGETS

#: Seconds that making a crash small may take; inputs are no longer than so many bytes.
_PATIENCE = 60
_LONGEST = 200_000
#: How often what was seen is written down, in seconds: a process that is killed leaves that.
_EVERY = 5


class Engine:
    """Feeds one target and keeps what came of it."""

    def __init__(self, target: Target, folder: Path) -> None:
        self.target = target
        self.folder = folder
        self.outcomes: Counter[str] = Counter()
        self.executions = 0
        self.crashes: set[str] = set()
        self.written = 0.0

    def one(self, data: bytes) -> None:
        """An input; a crash that is like none before is kept."""
        self.executions += 1
        try:
            outcome = feed(self.target, data)
        except Exception as error:
            outcome = f"CRASH {signature(error)}"
            if outcome not in self.crashes:
                self.crashes.add(outcome)
                self.keep(data, outcome, error)
        self.outcomes[outcome] += 1
        if time.monotonic() - self.written > _EVERY:
            self.write()

    def keep(self, data: bytes, outcome: str, error: Exception) -> None:
        """Writes a crash as small as it gets, and beside it what was raised."""
        small = self.smallest(data, outcome)
        path = self.folder / "crashes" / f"{hashlib.sha256(outcome.encode()).hexdigest()[:10]}.{self.target.suffix}"
        path.write_bytes(small)
        said = f"{outcome}\n{error}\n"
        path.with_suffix(".log").write_text(said, encoding="utf-8", errors="replace")
        print(said, file=sys.stderr, flush=True)

    def smallest(self, data: bytes, outcome: str) -> bytes:
        """Takes parts out as long as the same crash remains."""
        end, shorter = time.monotonic() + _PATIENCE, True
        while shorter and time.monotonic() < end:
            shorter = False
            for less in self.target.smaller(data):
                if time.monotonic() > end:
                    break
                if len(less) < len(data) and self.crashes_alike(less, outcome):
                    data, shorter = less, True
                    break
        return data

    def crashes_alike(self, data: bytes, outcome: str) -> bool:
        """True where an input ends in the same crash."""
        try:
            feed(self.target, data)
        except Exception as error:
            return f"CRASH {signature(error)}" == outcome
        return False

    def write(self) -> None:
        """What was seen so far."""
        seen = {"executions": self.executions, "cpu_seconds": time.process_time(), "outcomes": self.outcomes}
        (self.folder / "outcomes.json").write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
        self.written = time.monotonic()


def main() -> None:
    """Runs until libFuzzer ends it."""
    target, folder, options = TARGETS[sys.argv[1]], Path(sys.argv[2]), sys.argv[3:]
    logging.disable(logging.CRITICAL)
    faulthandler.enable()
    grown = folder / "grown"
    for data in [*target.seeds(), *(path.read_bytes() for path in target.corpus())]:
        (grown / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    engine = Engine(target, folder)
    atexit.register(engine.write)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        return target.mutate(data, Random(seed))[:most]

    places = [str(grown), f"-artifact_prefix={folder}/crashes/", f"-max_len={_LONGEST}", "-len_control=0"]
    atheris.Setup([sys.argv[0], *places, *options], engine.one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
