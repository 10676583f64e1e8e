"""What an executed notebook says, apart from what only tells of its execution: when, how long, where."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: Papermill's tag of the cell with a run's parameters, whose paths are of the machine, as is the folder of a run.
_INJECTED = "injected-parameters"
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_FOLDER = re.compile(r"^out = .*\n?", re.MULTILINE)
_KERNEL = re.compile(r"ipykernel_\d+")
_OF_EXECUTION = ("papermill", "execution")


def comparable(executed: Mapping[str, Any]) -> dict[str, Any]:
    """A notebook (as its file's JSON) without times, ids drawn by chance, versions, and paths of a machine."""
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
    """SHA-256 of what an executed notebook says; "" of a file that is no notebook."""
    try:
        said = comparable(json.loads(path.read_text(encoding="utf-8")))
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
