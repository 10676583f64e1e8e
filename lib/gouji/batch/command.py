"""The command `gouji batch`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.batch.job import Settings, jobs_in
from gouji.batch.progress import Progress
from gouji.batch.remote import AnyJob, is_remote, remote_jobs
from gouji.batch.run import run_batch
from gouji.batch.summary import failed_names, in_words
from gouji.errors import UnusableInputError
from gouji.runs.options import TIMEOUT
from gouji.runs.run_notebooks import Notebooks
from gouji.runtime.usage import add_command, seconds, whole
from gouji.runtime.visible import visible

_OUT = "汇总的文件夹或 URL（默认 %(default)s）；参数文件没有 out 的部门也写在其中"
_ROOT = "参数文件所指的文件应在其中（默认：参数文件夹的上一级，或当前文件夹）"


def add_batch(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    description = "审核一个文件夹中的全部部门，可中断后续跑"
    command = add_command(commands, "batch", description, "params --out out/2023", "有部门未完成（汇总说明原因）")
    command.add_argument("params", help="参数文件所在的文件夹（含下级）或其 URL，每个 NAME.yaml 一个部门")
    command.add_argument("pattern", nargs="?", default="", help="只审核名称符合的，如 'A*'")
    at_once = "同时审核的部门数（不小于 1，默认：处理器数）"
    command.add_argument("--workers", type=whole, default=os.cpu_count() or 1, metavar="N", help=at_once)
    command.add_argument("--findings-only", action="store_true", help="只运行引擎：不执行笔记本，不写备忘录和底稿")
    command.add_argument("--force", action="store_true", help="未变的部门也重新审核")
    command.add_argument("--only-failed", action="store_true", help="只审核上次未完成的部门")
    command.add_argument("--out", default="out", metavar="FOLDER", help=_OUT)
    command.add_argument("--root", type=Path, metavar="FOLDER", help=_ROOT)
    command.add_argument("--ledger", type=Path, metavar="FOLDER", help="台账文件夹（默认：汇总文件夹中的 ledger）")
    command.add_argument(
        "--timeout",
        type=seconds,
        default=TIMEOUT,
        metavar="SECONDS",
        help="一个部门最多用多少秒（大于 0），超过的列为未完成（默认 %(default)g）",
    )
    command.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="在 Dask 集群上运行：调度器的地址（默认：在本机）"
    )


def batch(options: argparse.Namespace) -> int:
    """Runs a batch. Exit status: 0 all departments done or current, 1 some failed."""
    if options.workers < 1:
        raise UnusableInputError("--workers", f"应为正整数，不是 {options.workers}")
    out = _summary_folder(options.out)
    notebooks = None if options.findings_only else Notebooks()
    settings = Settings(out, (options.ledger or out / "ledger").resolve(), notebooks, options.force)
    jobs = _chosen(_jobs(options, out), out, options.only_failed)
    if not jobs:
        print("上次没有未完成的部门，没有要审核的")
        return 0
    print(f"{len(jobs)} 个部门 …", flush=True)
    with Progress(len(jobs)) as progress:
        outcomes = run_batch(
            jobs,
            settings,
            workers=options.workers,
            on_outcome=progress,
            timeout=options.timeout,
            cluster=options.cluster,
        )
    print(visible(in_words(outcomes)))
    print(f"汇总：{out / 'summary.csv'}")
    return int(any(outcome.status == "failed" for outcome in outcomes))


def _summary_folder(out: str) -> Path:
    """Returns the folder of the batch's own files. For a URL, this is a local folder."""
    return (Path("out") / Path(out).name if is_remote(out) else Path(out)).resolve()


def _jobs(options: argparse.Namespace, out: Path) -> Sequence[AnyJob]:
    if is_remote(options.params) != is_remote(options.out):
        raise UnusableInputError(
            "--out", "参数文件和输出应都是 URL，或都不是", "如 batch s3://桶/params --out s3://桶/out"
        )
    if is_remote(options.params):
        if options.ledger:
            raise UnusableInputError("--ledger", "输出在 URL 中时，台账写在其下的 ledger", "请去掉 --ledger")
        return remote_jobs(options.params, options.pattern, options.out)
    return jobs_in(Path(options.params).resolve(), options.pattern, out, options.root)


def _chosen(jobs: Sequence[AnyJob], out: Path, only_failed: bool) -> Sequence[AnyJob]:
    if not only_failed:
        return jobs
    failed = failed_names(out)
    return [job for job in jobs if job.name in failed]
