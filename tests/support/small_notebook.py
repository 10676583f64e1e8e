"""Notebooks of a few lines, that begin as the project's do."""

from __future__ import annotations

from pathlib import Path

import nbformat


def small_notebook(folder: Path, name: str, code: str) -> Path:
    """Writes a notebook that begins as the project's do, then runs `code`."""
    parameters = nbformat.v4.new_code_cell('params = ""\nsource = ""\nwrite = True', metadata={"tags": ["parameters"]})
    begin = nbformat.v4.new_code_cell("from gouji import notebook\n\ndepartment = notebook.begin(globals())")
    found = nbformat.v4.new_notebook(cells=[parameters, begin, nbformat.v4.new_code_cell(code)])
    found.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(found, folder / name)
    return folder / name
