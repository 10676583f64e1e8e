"""Counts what `make demo` finds of the errors planted in its accounts, without notebooks and memos."""

from __future__ import annotations

import json
import tempfile
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path

from gouji import Parameters, UnusableInputError, audit
from gouji.cli import main as gouji

#: As in the Makefile.
ACCOUNTS = ("--number", "60", "--seed", "6", "--unusable", "2")


def main() -> None:
    """Writes the accounts, audits them, and prints how many planted errors were found."""
    with tempfile.TemporaryDirectory() as folder:
        demo, out = Path(folder) / "demo", Path(folder) / "out"
        with redirect_stdout(StringIO()):
            gouji(["fictitious", str(demo), *ACCOUNTS])
        for parameters in sorted((demo / "params").glob("*.yaml")):
            with suppress(UnusableInputError):  # two of them are meant to be
                _leave(out / parameters.stem, Parameters.load(parameters))
        gouji(["fictitious", str(demo), "--compare", str(out)])


def _leave(folder: Path, parameters: Parameters) -> None:
    found = audit(parameters=parameters).to_json()
    folder.mkdir(parents=True)
    (folder / "findings.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
