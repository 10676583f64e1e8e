"""Compares executed notebooks by their content, without the traces of execution: time, duration, place."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: Papermill's tag for the cell with a run's parameters. Its paths depend on the machine, as does a run's folder.
_INJECTED = "injected-parameters"
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_FOLDER = re.compile(r"^out = .*\n?", re.MULTILINE)
_KERNEL = re.compile(r"ipykernel_\d+")
_OF_EXECUTION = ("papermill", "execution")


def comparable(executed: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a notebook (as its file's JSON) without times, random ids, versions, and a machine's paths."""
    plain: dict[str, Any] = json.loads(_KERNEL.sub("ipykernel", json.dumps(executed)))
    metadata = plain["metadata"]
    metadata.pop("papermill", None)
    metadata["language_info"] = {"name": metadata.get("language_info", {}).get("name", "python")}
    for cell in plain["cells"]:
        cell.pop("id", None)
        told = cell["metadata"]
        if _INJECTED in told.get("tags", []):
            cell["source"] = _FOLDER.sub("", _TEXT.sub('""', "".join(cell["source"])))
        cell["metadata"] = {name: value for name, value in told.items() if name not in _OF_EXECUTION and value != []}
    return plain


def content_hash(path: Path) -> str:
    """Returns the SHA-256 of an executed notebook's content; "" for a file that is no notebook."""
    try:
        said = comparable(json.loads(path.read_text(encoding="utf-8")))
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
