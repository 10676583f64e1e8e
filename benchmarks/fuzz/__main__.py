"""Feeds a target with damaged inputs for a while: `python -m benchmarks.fuzz TARGET --minutes 30`.

Atheris (libFuzzer for Python; `pip install atheris`, on Linux) keeps inputs that reach code none has reached before and
damages those further. Each crash is made as small as it gets and left in the folder of crashes, beside what was raised;
an input that takes more than 20 CPU seconds or 2 GB counts as one. A crash ends nothing: the run goes on until its time
is up. Without a target they are listed.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.fuzz.report import Report

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("text", "word", "sheet", "web", "pdf", "figure", "grammar", "checker", "parameters")
#: Seconds after which an input that does not come back ends its process, and megabytes that one may take. The targets
#: count CPU seconds, of which a busy machine makes many more.
_TIME, _MEMORY = 200, 2048


def main(arguments: list[str] | None = None) -> int:
    """0 where nothing crashed, 1 where something did, 2 where it cannot run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "fuzz", help="where crashes and the grown corpus go")
    options = parser.parse_args(arguments)
    if options.target is None:
        print("\n".join(TARGETS))
        return 0
    if importlib.util.find_spec("atheris") is None:
        print("没有安装 atheris：请先 pip install atheris（Linux）", file=sys.stderr)
        return 2
    return run(options.target, options.minutes * 60, options.seed, options.out / options.target)


def run(target: str, seconds: float, seed: int, folder: Path) -> int:
    """Runs the engine again and again, as an input that hangs ends its process, until the time is up."""
    for name in ("grown", "crashes"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    before = set((folder / "crashes").iterdir())
    end, turn, report = time.monotonic() + seconds, 0, Report(target)
    while (left := int(end - time.monotonic())) > 0:
        said = folder / f"log-{turn}.txt"
        with said.open("wb") as log:
            command = [sys.executable, "-m", "benchmarks.fuzz.engine", target, str(folder)]
            limits = [f"-max_total_time={left}", f"-seed={seed + turn}", f"-rss_limit_mb={_MEMORY}"]
            limits += [f"-timeout={_TIME}", f"-report_slow_units={_TIME}"]
            subprocess.run([*command, *limits], stdout=log, stderr=log, cwd=ROOT, check=False)
        report.add(folder / "outcomes.json", said.read_text(encoding="utf-8", errors="replace"))
        turn += 1
        if turn > 3 and not report.executions:
            print(f"引擎没有运行起来，见 {said}", file=sys.stderr)
            return 2
    found = sorted(set((folder / "crashes").iterdir()) - before)
    print(report.told(seconds / 60, len(list((folder / "grown").iterdir())), found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
