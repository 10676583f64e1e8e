"""Makes one department's run: audits it and writes outputs and notebooks to a folder that is replaced whole or not at
all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from gouji.auditing import Audit, audit
from gouji.dispositions.folder import refuse_lost, refuse_saved, state_of
from gouji.parameters import Parameters
from gouji.runs.audit_cache import shared
from gouji.runs.outputs import write_manifest, write_outputs
from gouji.runs.run_notebooks import Notebooks, run_notebooks
from gouji.runtime.atomic import recover, refuse_needed, whole_folder


def produce(
    sources: Sequence[Path],
    parameters: Parameters,
    target: Path,
    *,
    notebooks: Notebooks | None = None,
    on_step: Callable[[str], None] = lambda text: None,
    before_replacing: Callable[[Audit, Path], None] = lambda audit, folder: None,
) -> Audit:
    """Audits a department and leaves its run in `target`. Runs the `notebooks`; with None, no notebooks.

    Calls `on_step` with a line for people at each step. Calls `before_replacing` with the audit and the folder of its
    outputs while `target` is still unchanged. Raises UnusableInputError if the sources cannot be audited, a notebook
    fails, or `target` holds something that a run must not replace.
    """
    kept = [*sources, *filter(None, (parameters.file_path(), parameters.dispositions_path()))]
    recover(target)
    refuse_needed(target, kept)
    refuse_lost(target)
    papers = state_of(target)
    department = audit(sources, parameters, target)
    with whole_folder(target, kept, partial(_refuse, target, papers)) as work:
        on_step("写出备忘录、工作底稿和数据 …")
        write_outputs(department, work)
        if notebooks is not None:
            run_its_notebooks(department, work, target, notebooks, on_step)
            write_manifest(department, work)
        before_replacing(department, work)
    return department


def _refuse(target: Path, papers: str, place: Path) -> None:
    """Refuses to replace `target`, now at `place`, if an auditor's work would be lost with it."""
    refuse_saved(target, papers, place)
    refuse_lost(target, place)


def run_its_notebooks(
    department: Audit, work: Path, target: Path, notebooks: Notebooks, on_step: Callable[[str], None]
) -> None:
    """Runs a department's notebooks into `work`, all on this audit. They get the run's folder, `target`, where it holds
    decisions to be read."""
    sources = [source.resolve() for source in department.sources]
    file = department.parameters.file_path()
    earlier = target.resolve() if department.dispositions else None
    given: dict[str, object] = {
        "params": str(file) if file else "",
        "source": str(sources[0]) if len(sources) == 1 else list(map(str, sources)),
        "write": False,
        **({"out": str(earlier)} if earlier else {}),
    }

    def report(done: int, number: int, name: str) -> None:
        on_step(f"笔记本 {done}/{number}　{name}")

    with shared(replace(department, sources=tuple(sources)), sources, earlier):
        run_notebooks(work / "notebooks", given, report, notebooks)
