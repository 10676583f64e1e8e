"""Runs that write few of their papers, for tests that read no others: most of a run's time goes into its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gouji.dispositions.layout import WORKBOOK
from gouji.runs import outputs

#: Paper → what writes it, in the module that writes a run's outputs.
_WRITERS = {
    "memo.docx": "write_memo_docx",
    "memo.pdf": "write_memo_pdf",
    "evidence-sheets.docx": "write_evidence_sheets",
    WORKBOOK: "write_workbook",
    "facts.parquet": "write_facts",
    "checks.parquet": "write_checks",
}
_HTML = "memo.html"


@contextmanager
def only(*papers: str) -> Iterator[None]:
    """Runs write these papers and, as always, decisions, findings and manifest; each other paper holds its name alone.

    Where another run into the same folder follows, the working papers must be among them: it reads them. A name that is
    no paper's raises ValueError.
    """
    if unknown := {*papers} - {*_WRITERS, _HTML}:
        raise ValueError(f"no papers: {sorted(unknown)}")
    with pytest.MonkeyPatch.context() as patch:
        for name, writer in _WRITERS.items():
            if name not in papers:
                patch.setattr(outputs, writer, _stands_for(name))
        if _HTML not in papers:
            patch.setattr(outputs, "render_memo", lambda *_: _HTML)
        yield


def _stands_for(name: str) -> Callable[..., None]:
    def write(*given: object) -> None:
        path = given[-1]
        assert isinstance(path, Path)
        path.write_text(name, encoding="utf-8")

    return write
