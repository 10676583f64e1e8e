"""The jobs of a batch: one for each parameter file, with a folder of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from gouji.batch.allowed_folders import refuse_outside, roots_of
from gouji.errors import UnusableInputError
from gouji.parameters import Parameters
from gouji.runs.run_notebooks import Notebooks

#: The suffix of a file beside NAME.yaml that holds an auditor's decisions, not parameters.
DECISIONS = ".dispositions.yaml"


@dataclass(frozen=True, slots=True)
class Job:
    """A department of a batch: its name, its parameter file and its output folder.

    `problem` says why the parameter file cannot be read; "" if it can.
    """

    name: str
    params: Path
    target: Path
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a batch.

    - `out`: the folder of its own files. `ledger`: the folder of its ledger.
    - `notebooks`: which notebooks are run, and how; None for the engine alone.
    - `force`: True if current jobs are run again too.
    """

    out: Path
    ledger: Path
    notebooks: Notebooks | None = field(default_factory=Notebooks)
    force: bool = False


def jobs_in(folder: Path, pattern: str, out: Path, root: Path | None = None) -> list[Job]:
    """Returns the jobs of a folder of parameter files, or of one file, by name; `pattern` filters file names.

    All files that they name must lie in `root` (see `gouji.batch.allowed_folders`). Raises UnusableInputError if there
    are no jobs, or if two would write to one folder.
    """
    if not folder.exists():
        raise UnusableInputError(str(folder), "没有这个文件夹", "请给出参数文件所在的文件夹")
    files = [folder] if folder.is_file() else sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml")))
    chosen = [one for one in files if not one.name.endswith(DECISIONS) and fnmatch(one.stem, pattern or "*")]
    if not chosen:
        problem = f"没有名称符合“{pattern}”的参数文件" if pattern else "没有参数文件（*.yaml）"
        raise UnusableInputError(str(folder), problem, "请检查文件夹")
    roots = roots_of(folder, root)
    jobs = [_job(one, folder, out, roots) for one in chosen]
    _refuse_shared_folders(jobs)
    return jobs


def _job(file: Path, folder: Path, out: Path, roots: Sequence[Path]) -> Job:
    """Returns a file's job, named by the file's place in the folder."""
    place = file.relative_to(folder) if folder.is_dir() else Path(file.name)
    name = place.with_suffix("").as_posix()
    try:
        parameters = Parameters.load(file)
        refuse_outside(parameters, roots)
        named = parameters.out_path()
    except UnusableInputError as error:
        return Job(name, file, out / name, str(error))
    return Job(name, file, named or out / name)


def _refuse_shared_folders(jobs: Sequence[Job]) -> None:
    seen: dict[Path, Job] = {}
    for job in jobs:
        other = seen.setdefault(job.target.resolve(), job)
        if other is not job:
            raise UnusableInputError(
                str(job.params), f"输出文件夹与 {other.params.name} 相同（{job.target}）", "请更正其中一个的 out"
            )
