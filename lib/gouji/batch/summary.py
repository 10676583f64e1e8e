"""Writes the outcomes of a batch as files: for a spreadsheet, and for the next run to find the jobs that failed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from gouji.batch.outcome import STATUS_NAMES, JobOutcome
from gouji.runtime.atomic import write_whole
from gouji.runtime.visible import no_formula

_JSON, _CSV = "summary.json", "summary.csv"
_SCHEMA = "gouji/batch/1"
_HEADER = ("名称", "部门", "结果", "错误", "疑点", "提示", "原因")


def write_summary(out: Path, outcomes: Sequence[JobOutcome]) -> None:
    """Writes summary.json and summary.csv. Departments of earlier batches that were not in this one stay listed."""
    listed = {one.name: one for one in read_summary(out)} | {one.name: one for one in outcomes}
    ordered = [listed[name] for name in sorted(listed)]
    records = {"schema": _SCHEMA, "departments": [asdict(one) for one in ordered]}
    write_whole(out / _JSON, json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    for one in ordered:
        status = STATUS_NAMES[one.status]
        row = (one.name, one.department, status, one.errors, one.questions, one.notes, one.reason)
        writer.writerow(map(no_formula, row))
    write_whole(out / _CSV, "\ufeff" + text.getvalue())


def read_summary(out: Path) -> list[JobOutcome]:
    """Returns the outcomes of the last batch, none where there was none."""
    try:
        found = json.loads((out / _JSON).read_text(encoding="utf-8"))
        return [JobOutcome(**one) for one in found["departments"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def failed_names(out: Path) -> set[str]:
    """Returns the names of the jobs that failed last time."""
    return {one.name for one in read_summary(out) if one.status == "failed"}


def in_words(outcomes: Sequence[JobOutcome]) -> str:
    """Returns the summary in lines: the number of each status, then each failed job with its reason."""
    count = {status: sum(one.status == status for one in outcomes) for status in STATUS_NAMES}
    counted = "，".join(f"{STATUS_NAMES[status]} {number} 个" for status, number in count.items() if number)
    errors, questions = sum(one.errors for one in outcomes), sum(one.questions for one in outcomes)
    lines = [f"共 {len(outcomes)} 个部门：{counted}；错误 {errors} 项，疑点 {questions} 项。"]
    return "\n".join(lines + [f"  未完成 {one.name}：{one.reason}" for one in outcomes if one.status == "failed"])
