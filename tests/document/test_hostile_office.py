"""Office files that would run or fetch something: by way of LibreOffice they do not, and no copy carries them along."""

from __future__ import annotations

import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji import audit
from gouji.annotate.copies import annotated_copies
from hostile import packages, pdfs
from hostile.account import paragraphs
from support.office import lacking

_MANIFEST = """<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
_CONTENT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body><office:text>
<text:section text:name="s"><text:section-source xlink:href="{place}/section.odt" xlink:type="simple"/></text:section>
<text:p><draw:frame><draw:image xlink:href="{place}/picture.png" xlink:type="simple"/></draw:frame></text:p>
{lines}</office:text></office:body></office:document-content>"""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it has been asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()


@pytest.mark.skipif(bool(lacking("writer")), reason=lacking("writer"))
def test_libreoffice_fetches_nothing(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    """With a profile as it is installed it asks for the picture three times."""
    before, behind = paragraphs()
    lines = "".join(f"<text:p>{line}</text:p>" for line in (*before, *behind))
    path = tmp_path / "account.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", _MANIFEST)
        package.writestr("content.xml", _CONTENT.format(place=asked[0], lines=lines))
    assert "120.50" in audit(path).document.blocks[-1].text
    assert asked[1] == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docm", packages.word(parts={"word/vbaProject.bin": "x"}), "含宏"),
        ("a.xlsm", packages.sheet(parts={"xl/vbaProject.bin": "x"}), "含宏"),
        ("a.docx", packages.word_related({"attachedTemplate": "http://127.0.0.1:9/t.dotm"}), "网络上的内容"),
        ("a.pdf", pdfs.with_action("JavaScript", "app.alert(1)"), "含脚本"),
    ],
    ids=["docm", "xlsm", "template", "pdf"],
)
def test_no_copy_carries_it_along(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found = audit(path)
    (copy,) = annotated_copies(found)
    assert not copy.data
    assert said in copy.problem
    assert any(said in line for line in found.document.anomalies)


def test_a_sound_file_has_its_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(packages.word())
    (copy,) = annotated_copies(audit(path))
    assert copy.data
    assert not copy.problem
