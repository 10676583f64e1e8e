"""What a run was made of: hashes of source, parameters, rules, code and outputs. No times, no paths."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gouji.audit import Audit
from gouji.code_hash import code_hash
from gouji.parameters import Parameters

#: Parameters that name files: what these hold is hashed, not where they lie.
_PLACES = {"source", "out", "dispositions", "prior", "budget", "subordinates", "earlier_years"}


def manifest(audit: Audit, folder: Path) -> dict[str, Any]:
    """The manifest of a run whose outputs stand in `folder`; executed notebooks are listed, not hashed (they hold
    execution times)."""
    from gouji import __version__

    outputs = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "manifest.json")
    return {
        "schema": "gouji/manifest/1",
        "gouji": __version__,
        "source": audit.source_json(),
        "parameters": parameters_hash(audit.parameters),
        "rules": rules_hash(),
        "code": code_hash(),
        "outputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in outputs},
        "notebooks": sorted(path.name for path in (folder / "notebooks").glob("*.ipynb")),
    }


def parameters_hash(parameters: Parameters) -> str:
    """SHA-256 of the parameters' values (not of the file's spelling, nor of where it and what it names lie)."""
    values = parameters.model_dump(mode="json", exclude=_PLACES)
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


@cache
def rules_hash() -> str:
    """SHA-256 over all rules and layouts: the version of what is checked."""
    digest = hashlib.sha256()
    for folder in (("layouts",), ("reference",), ("rules",), ("rules", "review")):
        for path in sorted(files("gouji").joinpath(*folder).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".yaml", ".csv")):
                digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes())
    return digest.hexdigest()
