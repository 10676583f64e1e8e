"""Makes an annotated copy of each file of an audit that can hold notes; for the others, says why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from gouji.annotate.errors import NotAnnotatableError
from gouji.annotate.note import Note
from gouji.annotate.notes import notes_of
from gouji.annotate.pins import Pin, pins_of
from gouji.annotate.sources import Source, sources_of
from gouji.auditing import Audit
from gouji.document.formats.active import active_in
from gouji.document.kind import Kind, kind_of
from gouji.runtime.limits import Limits

#: The file that lists the originals that could not be marked.
NOT_ANNOTATED = "not-annotated.txt"

#: Marks up a file, given its bytes and pins; raises NotAnnotatableError.
Annotator = Callable[[bytes, Sequence[Pin]], bytes]

#: The module that marks up each kind, and the suffixes of such files, the usual one first.
_MODULES: dict[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.WORD: ("docx", (".docx", ".docm", ".dotx", ".dotm")),
    Kind.PDF: ("pdf", (".pdf",)),
    Kind.SHEET: ("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm")),
}
_INSTEAD = {
    Kind.OFFICE: "旧格式文件经 LibreOffice 转换后读取，批注不能写回原件；如需批注，请另存为 .docx 或 .xlsx 后重新审核",
    Kind.PICTURE: "图片不能加批注",
}
#: Kinds whose lines the memo quotes, so that no copy is missed.
_QUOTED = (Kind.TEXT, Kind.WEB)


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of a file under its new name, or the `problem` why there is none."""

    source: str
    name: str
    data: bytes = b""
    problem: str = ""


def annotated_copies(audit: Audit) -> list[Copy]:
    """Returns a marked-up copy of each file of an audit. Text files are left out, because the memo quotes them."""
    notes = notes_of(audit)
    several = len(audit.document.parts) > 1
    copies = []
    for number, source in enumerate(sources_of(audit), 1):
        kind = kind_of(source.data, source.path) if source.data else None
        if kind not in _QUOTED:
            stem = f"annotated-{number}-{Path(source.name).stem}" if several else "annotated"
            copies.append(_copy(audit, source, kind, notes, stem))
    return copies


def problems_in_words(copies: Sequence[Copy]) -> str:
    """Returns a line for each file that could not be marked up, with the reason; "" where all were."""
    return "".join(f"未生成批注原件：{one.source}（{one.problem}）\n" for one in copies if one.problem)


def _active(source: Source, kind: Kind, limits: Limits) -> list[str]:
    """Lists content that would run or fetch something when a copy is opened.

    Whoever was sent the original knows where it comes from; whoever is handed the copy does not.
    """
    if kind is not Kind.PDF:
        return active_in(source.data)
    from gouji.document.formats.pdf.looked_through import ATTACHED, look_through  # brings pdfplumber

    return [one for one in look_through(source.data, source.path, limits) if ATTACHED not in one]


def _copy(audit: Audit, source: Source, kind: Kind | None, notes: Sequence[Note], stem: str) -> Copy:
    if kind is None or kind not in _MODULES:
        return Copy(source.name, "", problem=source.problem or _INSTEAD.get(kind or Kind.TEXT, "不能加批注"))
    module, suffixes = _MODULES[kind]
    suffix = source.path.suffix.lower()
    name = stem + (suffix if suffix in suffixes else suffixes[0])
    if active := _active(source, kind, audit.parameters.limits):
        return Copy(source.name, "", problem=f"{'；'.join(active)}；批注件会原样带上，故不生成")
    pins = pins_of(notes, audit.document, source.first, source.last)
    try:
        annotate: Annotator = import_module(f"gouji.annotate.{module}").annotate
        return Copy(source.name, name, annotate(source.data, pins))
    except NotAnnotatableError as error:
        return Copy(source.name, "", problem=str(error))
