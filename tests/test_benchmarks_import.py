"""Every benchmark can be started: what it measures is the library of today."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"
#: What needs packages that only `make fuzz` and `make mutation` install.
FURTHER = {
    "benchmarks.fuzz.engine",
    "benchmarks.mutation.mutants",
    "benchmarks.mutation.report",
    "benchmarks.mutation.trial",
}
MODULES = sorted(
    ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts)
    for path in FOLDER.rglob("*.py")
    if path.stem not in ("__init__", "__main__")
)


@pytest.mark.parametrize("module", [one for one in MODULES if one not in FURTHER])
def test_it_can_be_imported(module: str) -> None:
    importlib.import_module(module)
