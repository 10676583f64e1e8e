"""Adds annotations to a PDF: behind the original's own bytes, or in a rewritten file where the original is
inconsistent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

_ANNOTATIONS = NameObject("/Annots")
_START = re.compile(rb"startxref\s+(\d+)\s*%%EOF\s*$")
_SECTION = re.compile(rb"xref\b|\d+\s+\d+\s+obj\b")
#: The entries of a file's trailer: the catalogue, the properties, the identifier.
_KEPT = ("/Root", "/Info", "/ID")


def is_sound(data: bytes) -> bool:
    """True where the file's own list of objects stands where its last line says."""
    start = _START.search(data[-2048:])
    return data.startswith(b"%PDF-") and start is not None and bool(_SECTION.match(data, int(start[1])))


class Appended:
    """An incremental update: the original's bytes stay as they are, new and replaced objects follow."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._reader = PdfReader(BytesIO(data))
        self._next = int(self._reader.trailer["/Size"])  # type: ignore[call-overload]
        self._objects: dict[tuple[int, int], PdfObject] = {}

    def page(self, number: int) -> PageObject:
        """Returns a page by number (from 1)."""
        return self._reader.pages[number - 1]

    def add(self, made: PdfObject) -> IndirectObject:
        """Adds an object; returns the reference to it."""
        reference = IndirectObject(self._next, 0, self._reader)
        self._objects[(self._next, 0)] = made
        self._next += 1
        return reference

    def annotate(self, number: int, added: Sequence[IndirectObject]) -> None:
        """Adds annotations to a page."""
        reference = self.page(number).indirect_reference
        if reference is None:
            raise ValueError("a page without a number of its own")
        key = reference.idnum, reference.generation
        if key not in self._objects:
            own = reference.get_object()
            assert isinstance(own, DictionaryObject)
            self._objects[key] = DictionaryObject({**own, _ANNOTATIONS: ArrayObject(own.get(_ANNOTATIONS, ()))})
        page = self._objects[key]
        assert isinstance(page, DictionaryObject)
        annotations = page[_ANNOTATIONS]
        assert isinstance(annotations, ArrayObject)
        annotations.extend(added)

    def append(self, page: DictionaryObject) -> None:
        """Adds a last page."""
        tree = self._reader.root_object.raw_get("/Pages")
        assert isinstance(tree, IndirectObject)
        key = tree.idnum, tree.generation
        own = self._objects.get(key) or tree.get_object()
        assert isinstance(own, DictionaryObject)
        page[NameObject("/Parent")] = tree
        pages, count = own["/Kids"].get_object(), own["/Count"].get_object()
        assert isinstance(pages, ArrayObject)
        assert isinstance(count, NumberObject)
        changed = {"/Kids": ArrayObject([*list.__iter__(pages), self.add(page)]), "/Count": NumberObject(count + 1)}
        self._objects[key] = DictionaryObject({**own, **{NameObject(name): one for name, one in changed.items()}})

    def written(self) -> bytes:
        """Returns the file's bytes."""
        if not self._objects:
            return self._data
        out = BytesIO()
        out.write(self._data if self._data.endswith((b"\n", b"\r")) else self._data + b"\n")
        places = {}
        for (number, generation), made in sorted(self._objects.items()):
            places[number, generation] = out.tell()
            out.write(f"{number} {generation} obj\n".encode())
            made.write_to_stream(out)
            out.write(b"\nendobj\n")
        start = _START.search(self._data[-2048:])
        assert start is not None
        previous = int(start[1])
        (_table if self._data.startswith(b"xref", previous) else _stream)(out, places, self._trailer(previous))
        return out.getvalue()

    def _trailer(self, previous: int) -> DictionaryObject:
        trailer = self._reader.trailer
        kept = {NameObject(key): trailer.raw_get(key) for key in _KEPT if key in trailer}
        return DictionaryObject({**kept, NameObject("/Prev"): NumberObject(previous)})


class Rewritten:
    """The whole file, written anew."""

    def __init__(self, data: bytes) -> None:
        self._writer = PdfWriter(clone_from=BytesIO(data))

    def page(self, number: int) -> PageObject:
        """Returns a page by number (from 1)."""
        return self._writer.pages[number - 1]

    def add(self, made: PdfObject) -> IndirectObject:
        """Adds an object; returns the reference to it."""
        return self._writer._add_object(made)

    def annotate(self, number: int, added: Sequence[IndirectObject]) -> None:
        """Adds annotations to a page."""
        page = self.page(number)
        own = page.get(_ANNOTATIONS, ArrayObject()).get_object()
        page[_ANNOTATIONS] = ArrayObject([*(own or ()), *added])

    def append(self, page: DictionaryObject) -> None:
        """Adds a last page."""
        made = self._writer.add_blank_page(0, 0)
        made.update({NameObject(name): page.raw_get(name) for name in page})

    def written(self) -> bytes:
        """Returns the file's bytes."""
        out = BytesIO()
        self._writer.write(out)
        return out.getvalue()


def _table(out: BytesIO, places: dict[tuple[int, int], int], trailer: DictionaryObject) -> None:
    """Writes the list of the new objects as a table, as older files have it."""
    at = out.tell()
    out.write(b"xref\n")
    for run in _consecutive(places):
        out.write(f"{run[0][0]} {len(run)}\n".encode())
        for key in run:
            out.write(f"{places[key]:010} {key[1]:05} n \n".encode())
    trailer[NameObject("/Size")] = NumberObject(max(number for number, _ in places) + 1)
    out.write(b"trailer\n")
    trailer.write_to_stream(out)
    out.write(f"\nstartxref\n{at}\n%%EOF\n".encode())


def _stream(out: BytesIO, places: dict[tuple[int, int], int], trailer: DictionaryObject) -> None:
    """Writes the list of the new objects as a stream, which is itself one of them."""
    number, at = max(number for number, _ in places) + 1, out.tell()
    listed = {**places, (number, 0): at}
    runs = _consecutive(listed)
    index = [NumberObject(value) for run in runs for value in (run[0][0], len(run))]
    made = StreamObject()
    made.update(trailer)
    made[NameObject("/Type")] = NameObject("/XRef")
    made[NameObject("/Size")] = NumberObject(number + 1)
    made[NameObject("/Index")] = ArrayObject(index)
    made[NameObject("/W")] = ArrayObject(NumberObject(width) for width in (1, 5, 2))
    made.set_data(
        b"".join(b"\x01" + listed[key].to_bytes(5, "big") + key[1].to_bytes(2, "big") for run in runs for key in run)
    )
    out.write(f"{number} 0 obj\n".encode())
    made.write_to_stream(out)
    out.write(f"\nendobj\nstartxref\n{at}\n%%EOF\n".encode())


def _consecutive(places: dict[tuple[int, int], int]) -> list[list[tuple[int, int]]]:
    """Groups the objects into runs of consecutive numbers."""
    runs: list[list[tuple[int, int]]] = []
    for key in sorted(places):
        if runs and runs[-1][-1][0] + 1 == key[0]:
            runs[-1].append(key)
        else:
            runs.append([key])
    return runs
