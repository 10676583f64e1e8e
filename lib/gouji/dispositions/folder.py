"""Reads the working papers in an earlier run's folder before they are replaced, and protects an auditor's other work
there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gouji.dispositions.layout import WORKBOOK, YAML
from gouji.dispositions.merge import Papers
from gouji.dispositions.workbook import read_workbook
from gouji.dispositions.yaml_file import read_yaml
from gouji.errors import UnusableInputError, reason_of
from gouji.runtime.earlier import earlier_run, refuse_others

#: Document types that people edit: one that was changed since the run holds somebody's work.
_WORK = {".xlsx", ".xlsm", ".docx", ".docm", ".pdf"}
#: Lock files that Excel, WPS and LibreOffice put beside an open workbook.
_LOCKS = (f"~${WORKBOOK}", f".~lock.{WORKBOOK}#")


def read_folder(folder: Path) -> Papers:
    """Returns the decisions in an earlier run's working papers; those of its YAML file where the papers are missing.

    Raises UnusableInputError where they cannot be read, or are open in a program.
    """
    _not_interrupted(folder)
    if not folder.is_dir():
        return Papers()
    _refuse_open(folder)
    if (folder / WORKBOOK).exists():
        _refuse_edited(folder)
        return read_workbook(folder / WORKBOOK)
    if (folder / YAML).exists():
        return Papers(decided=read_yaml(folder / YAML))
    return Papers()


def state_of(folder: Path) -> str:
    """Returns a text that changes when the working papers in a folder are saved."""
    try:
        return _sha256(folder / WORKBOOK)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        problem = f"工作底稿无法读取（{reason_of(error)}）"
        raise UnusableInputError(str(folder / WORKBOOK), problem, "请关闭打开它的程序后重新运行") from error


def refuse_saved(folder: Path, state: str, place: Path) -> None:
    """Raises UnusableInputError for a folder, now at `place`, whose working papers were saved after they were read."""
    _refuse_open(place)
    if state_of(place) != state:
        raise UnusableInputError(str(folder / WORKBOOK), "运行期间工作底稿又被保存过，未予覆盖", "请重新运行")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _refuse_open(folder: Path) -> None:
    lock = next((folder / name for name in _LOCKS if (folder / name).exists()), None)
    if lock is not None and (folder / WORKBOOK).exists():
        remedy = f"请保存并关闭后重新运行；若并未打开，请删除 {lock.name}"
        raise UnusableInputError(str(folder / WORKBOOK), "工作底稿正在其他程序中打开", remedy)


def _not_interrupted(folder: Path) -> None:
    """Raises UnusableInputError where a run, killed while putting its folder in place, left the earlier one beside
    it."""
    aside = sorted(folder.parent.glob(f".{folder.name}.*.old")) if not folder.exists() else []
    if aside:
        remedy = f"请把 {aside[0].name} 改名为 {folder.name} 后重新运行"
        raise UnusableInputError(str(folder), "上次运行中断，以前的输出（含审计认定）在旁边的文件夹中", remedy)


def refuse_lost(folder: Path, place: Path | None = None) -> None:
    """Raises UnusableInputError for a folder, now at `place`, that holds files no run has written, or documents
    edited since.

    The working papers and the decisions saved beside them may be edited, because they are read.
    """
    place = place or folder
    if not place.is_dir():
        return
    run = earlier_run(place)
    refuse_others(folder, place, run, (WORKBOOK, YAML))
    for name, digest in sorted(run.outputs.items()) if run else []:
        document = Path(name).suffix.lower() in _WORK and name != WORKBOOK and (place / name).is_file()
        if document and _sha256(place / name) != digest:
            problem = "在运行之后改动过，覆盖输出文件夹会失去改动"
            raise UnusableInputError(str(folder / name), problem, "请把它移到别处")


def _refuse_edited(folder: Path) -> None:
    """Raises UnusableInputError for an edited dispositions.yaml, which would be overwritten unread."""
    run, saved = earlier_run(folder), folder / YAML
    if run is not None and saved.exists() and _sha256(saved) != run.outputs.get(YAML):
        remedy = "请把改动写入工作底稿，或移为参数文件旁的 NAME.dispositions.yaml"
        raise UnusableInputError(str(saved), "运行写出的认定已被改动，而此文件不作为输入", remedy)
