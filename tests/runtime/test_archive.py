"""Archives as Python's zipfile lays them out, packed alike wherever they are written."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from gouji.runtime.archive import archive

ENTRIES = [("[Content_Types].xml", b"<x/>" * 400), ("word/图.xml", bytes(range(256)) * 300), ("empty", b"")]


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_STORED])
def test_read_back(method: int) -> None:
    written = archive(ENTRIES, method)
    with ZipFile(io.BytesIO(written)) as read:
        assert read.testzip() is None
        assert [(entry.filename, read.read(entry)) for entry in read.infolist()] == ENTRIES


def test_the_same_bytes_as_zipfile_writes() -> None:
    usual = io.BytesIO()
    with ZipFile(usual, "w") as target:
        for name, content in ENTRIES:
            entry = ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_STORED, 3
            target.writestr(entry, content)
    assert archive(ENTRIES, ZIP_STORED) == usual.getvalue()


def test_packed_alike_whatever_python_was_built_with(monkeypatch: pytest.MonkeyPatch) -> None:
    written = archive(ENTRIES)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("packed by Python's own zlib")

    monkeypatch.setattr(zlib, "compressobj", refuse)
    monkeypatch.setattr(zlib, "compress", refuse)
    assert archive(ENTRIES) == written
