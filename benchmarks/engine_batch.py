"""The engine over many documents, as `gouji batch --findings-only` runs it in each process: documents per second and
core beside a fixed loop of Python, and whether time and memory stay what they are from the first document to the last.

    python -m benchmarks.engine_batch --documents 10000
"""

from __future__ import annotations

import argparse
import gc
import itertools
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from gouji import audit
from gouji.batch.garbage import no_garbage_collection
from gouji.fictitious.departments import TEMPLATES, make_department, to_text

DOCUMENTS = 2_000
SAMPLE = Path(__file__).resolve().parents[1] / "data" / "lanshan-employment-2023.txt"
_POINTS = 10
#: So many documents fill what is remembered from one to the next, before the clock runs.
_WARM = 50
_TIMES = 20


def engine_batch(documents: int = DOCUMENTS) -> None:
    """Prints documents per second and core, and the curve over that many documents, no two of them alike."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "department.txt"
        texts = _texts()
        for text in itertools.islice(texts, _WARM):
            _timed(path, text)
        gc.collect()
        gc.freeze()
        loop = calibration()
        _sample(loop)
        _curve(path, texts, documents, loop)
        gc.unfreeze()


def calibration() -> float:
    """CPU seconds of a fixed loop in Python: what this machine, as busy as it is, makes of pure interpretation."""
    taken = []
    for _ in range(5):
        begin = time.process_time()
        seen: dict[int, int] = {}
        for number in range(100_000):
            seen[number & 1023] = number * number % 7
        taken.append(time.process_time() - begin)
    return min(taken)


def _texts() -> Iterator[str]:
    """Fictitious departments without end, template after template."""
    for seed in itertools.count(1):
        for template in TEMPLATES:
            yield to_text(make_department(seed, template))


def _timed(path: Path, text: str) -> float:
    """CPU seconds of one audit."""
    path.write_text(text, encoding="utf-8")
    begin = time.process_time()
    with no_garbage_collection():
        audit(path)
    return time.process_time() - begin


def _sample(loop: float) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / SAMPLE.name
        seconds = statistics.median(_timed(path, text) for _ in range(_TIMES))
    print(f"引擎成批（样例文件，{len(text.encode()) / 1024:.0f} KB）　{_told(seconds, loop)}")


def _curve(path: Path, texts: Iterator[str], documents: int, loop: float) -> None:
    """One line for each tenth of the documents, then what the whole comes to."""
    print(f"  校准循环 {loop * 1000:.2f} ms；以下 {documents:,} 份虚构部门文本（{len(TEMPLATES)} 种模板）")
    print("    份数　每份 CPU ms　中位数 ms　内存 MB")
    every: list[float] = []
    size = 0
    for point in range(_POINTS):
        taken = []
        for text in itertools.islice(texts, documents * (point + 1) // _POINTS - len(every)):
            size += len(text.encode())
            taken.append(_timed(path, text))
        every += taken
        print(
            f"  {len(every):6,}　{statistics.mean(taken) * 1000:11.1f}　{statistics.median(taken) * 1000:9.1f}"
            f"　{_resident():7.1f}"
        )
    print(f"  平均 {size / len(every) / 1024:.0f} KB　{_told(statistics.mean(every), loop)}")


def _told(seconds: float, loop: float) -> str:
    return f"每份 CPU {seconds * 1000:.1f} ms，每核每秒 {1 / seconds:.1f} 份，为校准循环的 {seconds / loop:.1f} 倍"


def _resident() -> float:
    """Resident memory in MB: now where the system says so, else the most there was."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="so many documents")
    engine_batch(parser.parse_args().documents)


if __name__ == "__main__":
    main()
