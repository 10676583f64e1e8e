"""Changes one token of a module at a time and asks whether a test notices: `python -m benchmarks.mutation [MODULE …]`.

The changes are those of Cosmic Ray (`pip install cosmic-ray`): another operator, comparison or number, a condition
turned, a loop that never runs, a decorator left out; none in annotations, which nothing executes. Each is tried in a
process of its own with the tests of its module (`modules.py`), which must pass without it. All of them count: those
that change nothing a caller could see are listed in `equivalent.yaml` with the reason, and count as not noticed.
Without a module all are run. `--survivors` tries again only what was not noticed the last time, `--show` prints it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from pathlib import Path

from benchmarks.mutation.modules import MODULES

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "lib"), str(ROOT / "tests")]


def main(arguments: list[str] | None = None) -> int:
    """0 where nine in ten of each module's changes were noticed, 1 where not, 2 where it cannot run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(MODULES)}")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "mutation")
    options = parser.parse_args(arguments)
    if unknown := set(options.modules) - set(MODULES):
        parser.error(f"no such module: {', '.join(sorted(unknown))}")
    if importlib.util.find_spec("cosmic_ray") is None or not hasattr(os, "fork"):
        print("没有安装 cosmic-ray：请先 pip install cosmic-ray（Linux、macOS）", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    return max(run(name, options) for name in options.modules or MODULES)


def run(name: str, options: argparse.Namespace) -> int:
    """Runs one module and prints what became of its mutants."""
    from benchmarks.mutation import report
    from benchmarks.mutation.mutants import Mutant, mutants
    from benchmarks.mutation.trial import Trials

    path = options.out / f"{name.replace('/', '.')}.json"
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    every = mutants(ROOT / "lib" / "gouji" / f"{name}.py")
    tried = [one for one in every if known.get(one.key) == "survived"] if options.survivors else every
    trials = Trials(f"gouji.{name.replace('/', '.')}", MODULES[name], ROOT)
    if not trials.pass_unchanged():
        print(f"{name}: its tests do not pass as it is", file=sys.stderr)
        return 2

    def told(mutant: Mutant, outcome: str) -> None:
        known[mutant.key] = outcome
        path.write_text(json.dumps(known, ensure_ascii=False, indent=0), encoding="utf-8")

    trials.of(tried, options.workers, told)
    return report.tell(name, every, known, options.show)


if __name__ == "__main__":
    sys.exit(main())
