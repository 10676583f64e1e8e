"""Runs one job of a batch: it is done, found to be current, or failed with a reason."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from gouji.auditing import Audit, audit
from gouji.batch.current import current_outcome, findings_path, made_of, write_record
from gouji.batch.garbage import no_garbage_collection
from gouji.batch.job import Job, Settings
from gouji.batch.outcome import JobOutcome
from gouji.errors import UnusableInputError, reason_of
from gouji.ledger import Run
from gouji.ledger.folder import Partition
from gouji.parameters import Parameters
from gouji.posting import append, manifest_hash
from gouji.posting.run import year_of
from gouji.runs.produce import produce
from gouji.runtime.atomic import write_whole

#: The most characters of an unexpected error's message that an outcome holds.
_LONGEST_MESSAGE = 200


def run_job(job: Job, settings: Settings) -> JobOutcome:
    """Runs a job. Every failure is an outcome, never an exception."""
    try:
        if job.problem:
            return JobOutcome(job.name, "failed", reason=job.problem)
        with no_garbage_collection() if settings.notebooks is None else nullcontext():
            return _run(job, settings)
    except UnusableInputError as error:
        return JobOutcome(job.name, "failed", reason=str(error))
    except OSError as error:
        place = f"{error.filename}：" if error.filename else ""
        return JobOutcome(job.name, "failed", reason=f"{place}文件不能读取或写入（{reason_of(error)}）")
    except Exception as error:
        told = " ".join(str(error).split())[:_LONGEST_MESSAGE]
        return JobOutcome(job.name, "failed", reason=f"程序错误（请报告）：{type(error).__name__}：{told}")


def _run(job: Job, settings: Settings) -> JobOutcome:
    parameters = Parameters.load(job.params)
    sources = parameters.source_paths()
    made = made_of(sources, parameters, settings)
    if not settings.force and (outcome := current_outcome(job, settings, made)):
        return replace(outcome, status="current")
    if settings.notebooks is None:
        department, run = _engine_alone(job, settings, sources, parameters)
    else:
        department, run = _with_outputs(job, settings, sources, parameters)
    outcome = _outcome(job, department)
    partition = Partition.of(year_of(department), parameters.region_code, parameters.region)
    write_record(job, settings, made=made, outcome=outcome, run=run, partition=partition)
    return outcome


def _engine_alone(job: Job, settings: Settings, sources: tuple[Path, ...], parameters: Parameters) -> tuple[Audit, Run]:
    """Audits the job, adds the run to the ledger and writes the findings as JSON. Reads decisions where a run with
    papers has left them."""
    department = audit(sources, parameters, job.target if job.target.is_dir() else None)
    run = append(settings.ledger, department)
    write_whole(findings_path(job, settings), json.dumps(department.to_json(), ensure_ascii=False, indent=1) + "\n")
    return department, run


def _with_outputs(job: Job, settings: Settings, sources: tuple[Path, ...], parameters: Parameters) -> tuple[Audit, Run]:
    """Makes the whole run of a department.

    The run is entered in the ledger before its folder is put in place. A run killed in between is not current and is
    entered again under the same key.
    """
    runs: list[Run] = []
    department = produce(
        sources,
        parameters,
        job.target,
        notebooks=settings.notebooks,
        before_replacing=lambda found, folder: runs.append(append(settings.ledger, found, manifest_hash(folder))),
    )
    return department, runs[0]


def _outcome(job: Job, department: Audit) -> JobOutcome:
    count = {severity: len(department.findings.of(severity)) for severity in ("error", "question", "note")}
    return JobOutcome(job.name, "done", department.title, count["error"], count["question"], count["note"])
