"""Lists what a run was made of: source, parameters, decisions, rules, code, libraries, outputs. With the files
themselves this is enough to run it again. It holds no times and no paths."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from gouji.auditing import Audit
from gouji.dispositions.match import Dispositions
from gouji.parameters import Parameters
from gouji.review.reasonableness.peers import peers_hash
from gouji.runtime.code_hash import code_hash
from gouji.runtime.earlier import SCHEMA
from gouji.runtime.executed import content_hash
from gouji.runtime.versions import VERSION, library_versions

#: The names of outputs. Other files in a folder that is written in place do not belong to the run.
_OUTPUTS = re.compile(
    r"memo\.(html|docx|pdf)|evidence-sheets\.docx|working-papers\.xlsx|dispositions\.yaml|findings\.json"
    r"|(facts|checks)\.parquet|annotated(-\d+-.*)?\.[a-z]+|not-annotated\.txt",
    re.DOTALL,
)
#: Parameters that name files: the hash covers the content of the files, not their paths.
_PLACES = {"source", "out", "dispositions", "prior", "budget", "subordinates", "earlier_years"}


def manifest(audit: Audit, folder: Path) -> dict[str, Any]:
    """Returns the manifest of a run whose outputs stand in `folder`.

    The hash of an executed notebook covers its content without execution times, not its bytes.
    """
    outputs = sorted(path for path in folder.iterdir() if path.is_file() and _OUTPUTS.fullmatch(path.name))
    return {
        "schema": SCHEMA,
        "gouji": VERSION,
        "source": audit.source_json(),
        "parameters": parameters_hash(audit.parameters),
        "parameter_values": parameter_values(audit.parameters),
        **({"peers": peers} if (peers := _peers(audit)) else {}),
        **({"decisions": decisions} if (decisions := _decisions(audit.dispositions)) else {}),
        "rules": rules_hash(),
        "code": code_hash(),
        "libraries": library_versions(),
        "outputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in outputs},
        "notebooks": {path.name: content_hash(path) for path in sorted((folder / "notebooks").glob("*.ipynb"))},
    }


def parameters_hash(parameters: Parameters) -> str:
    """Returns the SHA-256 of the parameters' values. Spelling in the file and the places of files do not count."""
    return values_hash(parameter_values(parameters))


def parameter_values(parameters: Parameters) -> dict[str, Any]:
    """Returns the parameters' values as JSON types. Parameters that name files are left out; of the ledger to compare
    with only the name is kept."""
    values = parameters.model_dump(mode="json", exclude=_PLACES)
    values["thresholds"]["peers"] = parameters.thresholds.peers.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return values


def values_hash(values: Mapping[str, Any]) -> str:
    """Returns the SHA-256 of the parameters' values."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _peers(audit: Audit) -> str:
    """Returns a digest of the accounts in the ledger that figures were compared with, "" where no ledger is named."""
    ledger, year = audit.parameters.peers_path(), audit.facts.year
    return peers_hash(ledger, year, audit.facts.department, audit.parameters.region) if ledger and year else ""


def _decisions(dispositions: Dispositions) -> dict[str, Any]:
    """Returns the auditor's decisions in force, what the parameters' file stated, and the notices from gathering
    them."""
    found = {
        "decided": [one.disposition.to_json() for _, one in sorted(dispositions.decided.items())],
        "stated": [one.to_json() for _, one in sorted(dispositions.stated.items())],
        "notices": list(dispositions.notices),
    }
    return {name: values for name, values in found.items() if values}


@cache
def rules_hash() -> str:
    """Returns the SHA-256 of all rules and layouts, which is the version of what is checked."""
    digest = hashlib.sha256()
    for folder in (("layouts",), ("reference",), ("rules",), ("rules", "review")):
        for path in sorted(files("gouji").joinpath(*folder).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".yaml", ".csv")):
                digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes())
    return digest.hexdigest()
