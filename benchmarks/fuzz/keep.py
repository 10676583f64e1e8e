"""Adds to the corpus what a run has grown: `python -m benchmarks.fuzz.keep TARGET FOLDER [--most N]`.

Of all inputs with one outcome the smallest is kept, of outcomes that the corpus has none of yet.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from fuzz.target import CORPUS, Target, feed
from fuzz.targets import TARGETS

#: Larger inputs are left out.
_LARGEST = 40_000


def main() -> None:
    """Copies, and tells of each file what comes of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz.keep", description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("folder", type=Path, help="a folder of inputs: out/fuzz/TARGET/grown")
    parser.add_argument("--most", type=int, default=15)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    target = TARGETS[options.target]
    seeds = {*target.seeds()}
    known = {outcome_of(target, path.read_bytes()) for path in target.corpus()}
    known |= {outcome_of(target, data) for data in seeds}
    kept = 0
    for data in sorted((path.read_bytes() for path in options.folder.iterdir()), key=len):
        if kept >= options.most or len(data) > _LARGEST:
            break
        if data in seeds or (outcome := outcome_of(target, data)) in known:
            continue
        known.add(outcome)
        kept += 1
        path = CORPUS / target.name / f"{hashlib.sha256(data).hexdigest()[:12]}.{target.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{path.name}  {len(data)}  {outcome}")


def outcome_of(target: Target, data: bytes) -> str:
    """What comes of an input; of one that crashes, that."""
    try:
        return feed(target, data)
    except Exception as error:
        return f"CRASH {type(error).__name__}"


if __name__ == "__main__":
    main()
