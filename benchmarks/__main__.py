"""Speed of the engine per document, of batches of it, and of a department's notebooks."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.engine_batch import DOCUMENTS, engine_batch
from benchmarks.reading import reading
from benchmarks.templates import template_systems
from gouji import audit, explain, read, recognise, tie_out
from gouji.checks.bind import bind
from gouji.checks.joint import judge_jointly
from gouji.checks.rules import Rule, load_rules
from gouji.checks.tie_out import evaluate
from gouji.document.model import Document
from gouji.facts.fact import Facts
from gouji.facts.narrative.read import read_narrative
from gouji.repair.locate import locate
from gouji.runs.run_notebooks import notebooks, run_notebooks

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data" / "lanshan-employment-2023.txt"
PARAMS = ROOT / "params" / "lanshan-employment-2023.yaml"


#: Characters on a printed page.
_ON_A_PAGE = 600


def median(work: Callable[[], object], times: int) -> float:
    """Median wall seconds of `times` runs, after one that fills caches."""
    work()
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def engine() -> float:
    """Prints the engine's time per document, stage by stage, and returns the whole."""
    document = read(SAMPLE)
    facts = recognise(document)
    checks = tie_out(facts)
    stages: dict[str, Callable[[], object]] = {
        "读取": lambda: read(SAMPLE),
        "识别": lambda: recognise(document),
        "勾稽": lambda: tie_out(facts),
        "解释": lambda: explain(checks),
        "全程": lambda: audit(SAMPLE),
    }
    times = {name: median(stage, 30) for name, stage in stages.items()}
    floor = median(lambda: SAMPLE.read_text(encoding="utf-8").splitlines(), 30)
    print("引擎（样例文件，已导入，中位数）")
    for name, seconds in times.items():
        print(f"  {name}　{seconds * 1000:7.1f} ms　为逐行读文件的 {seconds / floor:6.0f} 倍")
    return times["全程"]


def verdicts() -> None:
    """Prints what judging the sample's bound checks costs, judging them jointly, and locating what is wrong; beside
    them, for scale, what reading and binding cost."""
    facts = recognise(read(SAMPLE))
    rules = load_rules()
    bound = bind(rules, facts)
    checks = tie_out(facts)
    before = median(lambda: bind(rules, recognise(read(SAMPLE))), 20)
    stages: dict[str, Callable[[], object]] = {
        "逐项判定": lambda: evaluate(bound, facts),
        "联立判定": lambda: judge_jointly(checks),
        "定位": lambda: locate(checks),
    }
    print(f"判定与定位（样例文件，{len(bound)} 项勾稽；读取、识别、形成勾稽共 {before * 1000:.1f} ms）")
    for name, stage in stages.items():
        seconds = median(stage, 50)
        print(f"  {name}　{seconds * 1000:.1f} ms　为其前各步的 {seconds / before:.1%}")


def narrative() -> None:
    """Prints what reading and binding the narrative costs, and what one sixteen times as long costs per character."""
    document = read(SAMPLE)
    facts = recognise(document)
    rules = tuple(one for one in load_rules() if one.id.startswith("narrative."))
    cells = [fact for fact in facts if fact.cell]
    reading = median(lambda: read_narrative(document, facts.year, cells), 20)
    binding = median(lambda: bind(rules, _fresh(facts)), 20)
    print("情况说明与附件（样例文件）")
    print(f"  读出 {reading * 1000:.1f} ms，形成勾稽 {binding * 1000:.1f} ms，合计 {(reading + binding) * 1000:.1f} ms")
    short, long = (_per_character(_said_only(document, times), rules) for times in (1, 16))
    many, few = long[1] // _ON_A_PAGE, short[1] // _ON_A_PAGE
    print(f"  {many} 页的长文每字 {long[0] * 1e6:.1f} µs，为 {few} 页每字的 {long[0] / short[0]:.2f} 倍")


def _per_character(document: Document, rules: tuple[Rule, ...]) -> tuple[float, int]:
    characters = _characters(document)
    seconds = median(lambda: bind(rules, recognise(document)), 3)
    return seconds / characters, characters


def _said_only(document: Document, times: int) -> Document:
    """A document's headings and paragraphs alone, `times` over."""
    blocks = [block for block in document.blocks if block.grid is None] * times
    return replace(document, blocks=tuple(replace(block, index=index) for index, block in enumerate(blocks)))


def _characters(document: Document) -> int:
    return sum(len(block.text) for block in document.blocks)


def _fresh(facts: Facts) -> Facts:
    """The same facts as a new object, so that nothing found in an earlier run is used."""
    return Facts(facts.facts, facts.tables, facts.department, facts.year, facts.listings)


def department() -> float:
    """Wall seconds of all notebooks of a department through papermill, as `gouji audit` runs them."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        parameters: dict[str, object] = {"params": str(PARAMS), "source": "", "write": False}
        run_notebooks(Path(folder), parameters, lambda *_: None)
        return time.perf_counter() - begin


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="so many documents for the curve")
    documents = parser.parse_args().documents
    whole = engine()
    engine_batch(documents)
    verdicts()
    narrative()
    template_systems(median)
    reading(median)
    seconds = department()
    told = f"{seconds:.1f} s　为引擎全程的 {seconds / whole:.0f} 倍"
    print(f"一个部门的 {len(notebooks())} 本笔记本（热内核，并行，含启动）　{told}")


if __name__ == "__main__":
    main()
