"""Notebooks of a few lines, that begin as the project's do."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from pathlib import Path

import nbformat


def small_notebook(folder: Path, name: str, code: str, writes: bool = False) -> Path:
    """Writes a notebook that begins as the project's do (as that of the memo where it `writes`), then runs `code`."""
    own = 'params = ""\nsource = ""' + ("\nwrite = True" if writes else "")
    parameters = nbformat.v4.new_code_cell(own, metadata={"tags": ["parameters"]})
    named = ', "write"' if writes else ""
    begin = nbformat.v4.new_code_cell(f"from gouji import notebook\n\ndepartment = notebook.begin(globals(){named})")
    found = nbformat.v4.new_notebook(cells=[parameters, begin, nbformat.v4.new_code_cell(code)])
    found.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(found, folder / name)
    return folder / name
