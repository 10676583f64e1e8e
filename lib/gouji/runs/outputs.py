"""Writes the outputs of a run into its folder (DESIGN §8)."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

from gouji.annotate import NOT_ANNOTATED, annotated_copies, problems_in_words
from gouji.auditing import Audit
from gouji.dispositions.gather import gather
from gouji.dispositions.layout import WORKBOOK, YAML
from gouji.dispositions.yaml_file import yaml_text
from gouji.errors import UnusableInputError, reason_of
from gouji.memo.chain import Versions
from gouji.memo.content import memo_content
from gouji.memo.html import render_memo
from gouji.memo.manifest import manifest
from gouji.memo.parquet import write_checks, write_facts
from gouji.memo.pdf import write_memo_pdf
from gouji.memo.word import write_evidence_sheets, write_memo_docx
from gouji.memo.workbook import write_workbook
from gouji.runtime.atomic import whole_file
from gouji.runtime.text_file import write_text


def write_outputs(audit: Audit, folder: Path, made_by: Versions | None = None) -> list[Path]:
    """Writes memo, sheets of evidence, workbook, annotated originals, JSON and Parquet into `folder`, each file
    whole, the manifest last. Returns the files.

    Keeps the auditor's decisions from working papers that stand there. The memo names the versions `made_by` (None:
    this version's). Raises UnusableInputError where the folder cannot be written, or those papers cannot be read.
    """
    if (folder / WORKBOOK).exists() or (folder / YAML).exists():
        audit = replace(audit, dispositions=gather(audit.parameters, folder).against(audit.findings))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _dispositions(audit, folder / YAML)
        whole_file(folder / "memo.html", lambda path: write_text(path, render_memo(audit, made_by)))
        _papers(audit, folder, made_by)
        whole_file(folder / WORKBOOK, lambda path: write_workbook(audit, path))
        _annotated(audit, folder)
        whole_file(folder / "findings.json", lambda path: _json(path, audit.to_json()))
        whole_file(folder / "facts.parquet", lambda path: write_facts(audit, path))
        whole_file(folder / "checks.parquet", lambda path: write_checks(audit, path))
        write_manifest(audit, folder)
    except OSError as error:
        raise UnusableInputError(
            str(folder), f"输出文件夹不可写（{reason_of(error)}）", "请换一个输出文件夹"
        ) from error
    return sorted(path for path in folder.iterdir() if path.is_file())


def write_manifest(audit: Audit, folder: Path) -> None:
    """Writes manifest.json for the files in `folder`."""
    made = manifest(audit, folder)  # of what stands there before its own file is begun
    whole_file(folder / "manifest.json", lambda path: _json(path, made))


def _dispositions(audit: Audit, path: Path) -> None:
    """Writes the auditor's decisions for version control; no file where there are none."""
    decided = [one.disposition for one in audit.dispositions.decided.values()]
    if decided:
        whole_file(path, lambda part: write_text(part, yaml_text(decided)))
    else:
        path.unlink(missing_ok=True)


def _papers(audit: Audit, folder: Path, made_by: Versions | None) -> None:
    """Writes the memo as Word and PDF, and a sheet of evidence for each finding that needs one."""
    memo = memo_content(audit, made_by)
    drawn = {one.id for one in audit.findings.findings if audit.dispositions.wants_evidence(one)}
    evidenced = [one for one in memo.findings if one.id in drawn]
    whole_file(folder / "memo.docx", lambda path: write_memo_docx(memo, path))
    whole_file(folder / "memo.pdf", lambda path: write_memo_pdf(memo, path))
    whole_file(folder / "evidence-sheets.docx", lambda path: write_evidence_sheets(memo, evidenced, path))


def _annotated(audit: Audit, folder: Path) -> None:
    """Writes the originals with their findings marked, and the reasons for those that cannot be marked."""
    copies = annotated_copies(audit)
    for copy in copies:
        if not copy.problem:
            whole_file(folder / copy.name, partial(_bytes, copy.data))
    if problems := problems_in_words(copies):
        whole_file(folder / NOT_ANNOTATED, lambda path: write_text(path, problems))
    else:
        (folder / NOT_ANNOTATED).unlink(missing_ok=True)


def _json(path: Path, value: object) -> None:
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _bytes(data: bytes, path: Path) -> None:
    path.write_bytes(data)
