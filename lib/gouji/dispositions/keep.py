"""Writes the decisions of working papers to a file under version control."""

from __future__ import annotations

from pathlib import Path

from gouji.dispositions.folder import read_folder
from gouji.dispositions.layout import WORKBOOK
from gouji.dispositions.merge import merge
from gouji.dispositions.workbook import read_workbook
from gouji.dispositions.yaml_file import read_yaml, yaml_text
from gouji.errors import UnusableInputError, reason_of
from gouji.parameters import Parameters
from gouji.runtime.atomic import whole_file
from gouji.runtime.text_file import write_text


def keep_dispositions(place: Path, parameters: Parameters) -> tuple[Path, int, list[str]]:
    """Writes the decisions in the papers at `place` (a run's folder or a workbook) into the file that the parameters
    name, or the one beside theirs.

    Returns that file, its number of decisions, and the notices. Raises UnusableInputError where either cannot be
    read, or the file cannot be written.
    """
    if not place.exists():
        raise UnusableInputError(str(place), "没有这个文件夹或工作底稿", f"请给出输出文件夹，或其中的 {WORKBOOK}")
    target = parameters.dispositions_path() or parameters.beside_path()
    if target is None or target.suffix.lower() == ".xlsx":
        raise UnusableInputError("参数", "没有可写入认定的 YAML 文件", "请用 --params 指定参数文件")
    papers = read_folder(place) if place.is_dir() else read_workbook(place)
    stated = read_yaml(target) if target.exists() else {}
    decided, notices = merge(papers, stated, target.name)
    if decided != stated:
        _replace(target, yaml_text(decided.values()))
    return target, len(decided), notices


def _replace(target: Path, text: str) -> None:
    """Writes a file whole."""
    try:
        whole_file(target, lambda part: write_text(part, text), lasting=True)
    except OSError as error:
        raise UnusableInputError(str(target), f"不能写入（{reason_of(error)}）", "请检查权限") from error
