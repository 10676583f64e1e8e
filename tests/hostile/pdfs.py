"""Hostile PDFs and pictures."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from hostile.account import pdf
from hostile.texts import Maker


def written(objects: dict[str, str], root: str = "1 0 R", streams: dict[str, tuple[str, bytes]] | None = None) -> bytes:
    """A PDF of objects as they are written, by number; and of streams, with their dictionaries."""
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[int(number)] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    for number, (dictionary, data) in (streams or {}).items():
        places[int(number)] = len(out)
        head = f"{number} 0 obj\n<<{dictionary} /Length {len(data)}>>\nstream\n"
        out += head.encode() + data + b"\nendstream\nendobj\n"
    start, size = len(out), max(places) + 1
    lines = [
        f"{places.get(at, 0):010} {0 if at in places else 65535:05} {'n' if at in places else 'f'} \n"
        for at in range(size)
    ]
    return (
        out
        + f"xref\n0 {size}\n{''.join(lines)}trailer\n<</Size {size} /Root {root}>>\nstartxref\n{start}\n%%EOF".encode()
    )


_CATALOG = "<</Type /Catalog /Pages 2 0 R>>"
_PAGES = "<</Type /Pages /Kids [3 0 R] /Count 1>>"
_FONT = "/Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>> {more}>>"


def _page(content: bytes, filters: str = "", more: str = "", box: str = "0 0 595 842", **others: str) -> bytes:
    page = f"<</Type /Page /Parent 2 0 R /MediaBox [{box}] {_FONT.replace('{more}', more)} /Contents 4 0 R>>"
    return written({"1": _CATALOG, "2": _PAGES, "3": page, **others}, streams={"4": (filters, content)})


def content(operators: str, times: int, box: str = "0 0 595 842") -> bytes:
    """A page on which the same is drawn over and over."""
    return _page(f"BT /F 9 Tf 50 700 Td (2023 12.50) Tj ET\n{operators * times}".encode(), box=box)


def packed_content(megabytes: int, filters: int) -> bytes:
    """A page whose content is packed so many times."""
    data = b" " * (megabytes * 1_000_000)
    for _ in range(filters):
        data = zlib.compress(data, 9)
    return _page(data, f"/Filter [{'/FlateDecode ' * filters}]")


def forms(levels: int, calls: int) -> bytes:
    """Forms that draw forms that draw forms; the last draws the first where there is one level."""
    objects: dict[str, Any] = {}
    streams = {"4": ("", b"BT /F 9 Tf 50 700 Td (2023 12.50) Tj ET /X0 Do")}
    for level in range(levels):
        following = 10 + (level + 1 if level + 1 < levels or levels > 1 else level)
        dictionary = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X0 {following} 0 R>>>>"
        streams[str(10 + level)] = (dictionary, b"/X0 Do " * calls)
    if levels > 1:
        streams[str(10 + levels)] = ("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 m 1 1 l S")
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
    page += _FONT.replace("{more}", "/XObject <</X0 10 0 R>>") + " /Contents 4 0 R>>"
    objects |= {"1": _CATALOG, "2": _PAGES, "3": page}
    return written(objects, streams=streams)


def tree(kids: str, count: int = 1, pages: int = 0) -> bytes:
    """A tree of pages that is none; or one with so many pages."""
    numbers = " ".join(f"{at} 0 R" for at in range(10, 10 + pages))
    leaves = {str(at): "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>" for at in range(10, 10 + pages)}
    body = f"<</Type /Pages /Kids [{kids or numbers}] /Count {count or pages}>>"
    return written({"1": _CATALOG, "2": body, **leaves})


def alias(catalog: str = _CATALOG, resources: str = "<<>>", **others: str) -> bytes:
    """A page with objects that are nothing but another's name."""
    page = f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents 4 0 R>>"
    text = b"BT /F 9 Tf 50 700 Td (2023 12.50) Tj ET"
    return written({"1": catalog, "2": _PAGES, "3": page, **others}, streams={"4": ("", text)})


def deep(opening: str, times: int) -> bytes:
    """An object with arrays in arrays."""
    return written({"1": _CATALOG, "2": _PAGES, "3": opening * times})


def many_objects(number: int) -> bytes:
    """So many objects."""
    return written({"1": _CATALOG, "2": _PAGES, "3": "<</Type /Page>>", **{str(at): "0" for at in range(5, number)}})


def with_action(name: str, script: str) -> bytes:
    """The account, with something that a viewer does when it is opened."""
    writer = pypdf.PdfWriter(BytesIO(pdf()))
    if name == "attachment":
        writer.add_attachment("pay.exe", b"MZ")
    else:
        action = {NameObject("/S"): NameObject(f"/{name}"), NameObject("/JS"): TextStringObject(script)}
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def locked() -> bytes:
    """The account, for which a password is needed."""
    writer = pypdf.PdfWriter(BytesIO(pdf()))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def picture_page(width: int, height: int, filter: str) -> bytes:
    """A very large page that is a picture which says it is very large."""
    page = (
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 14400 14400] /Resources <</XObject <</I 5 0 R>>>> /Contents 4 0 R>>"
    )
    dictionary = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
    picture = (f"{dictionary} /BitsPerComponent 1 /Filter /{filter}", b"\x00" * 100)
    streams = {"4": ("", b"595 0 0 842 0 0 cm /I Do"), "5": picture}
    return written({"1": _CATALOG, "2": _PAGES, "3": page}, streams=streams)


def png(width: int, height: int) -> bytes:
    """A picture that says it is very large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\x00" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


MAKERS: dict[str, Maker] = {
    "content": content,
    "packed_content": packed_content,
    "forms": forms,
    "tree": tree,
    "alias": alias,
    "deep": deep,
    "many_objects": many_objects,
    "with_action": with_action,
    "locked": locked,
    "picture_page": picture_page,
    "png": png,
}
