"""Executes the project's notebooks in place and saves their outputs, without times: `make notebooks`."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def refresh(path: Path) -> None:
    """Executes one notebook from its own folder and writes it back, its outputs new."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=CRITICAL"],
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata["language_info"] = {"name": "python"}
    nbformat.write(notebook, path)


def main() -> None:
    """Refreshes every notebook, in order."""
    for path in sorted(FOLDER.glob("[0-9][0-9]_*.ipynb")):
        print(path.name, flush=True)
        refresh(path)


if __name__ == "__main__":
    main()
