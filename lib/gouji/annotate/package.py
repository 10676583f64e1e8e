"""Changes a few parts of an Office file (OPC package). All other parts stay byte for byte as they are."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile

from lxml import etree

from gouji.annotate.errors import NotAnnotatableError
from gouji.runtime.repacked import repacked

Element: TypeAlias = etree._Element

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_CONTENT_TYPES = "[Content_Types].xml"
_EMPTY = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
#: The strict variant of a format uses other names. They are put back when a part is saved.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}


class Package:
    """The parts of a package. Parts that were read as XML are saved in their present state."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with ZipFile(BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in dict.fromkeys(archive.namelist())}
        self._trees: dict[str, Element] = {}
        self._strict: dict[str, list[tuple[bytes, bytes]]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def xml(self, name: str) -> Element:
        """Returns the root of a part, to be changed in place."""
        if name not in self._trees:
            self._trees[name] = self._parsed(name)
        return self._trees[name]

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """Adds a part with a content type of its own."""
        self._parts[name] = content
        types = self.xml(_CONTENT_TYPES)
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def add_untyped(self, name: str, content: bytes) -> None:
        """Adds a part whose content type follows from its extension."""
        self._parts[name] = content

    def add_default(self, extension: str, content_type: str) -> None:
        """Sets the content type of all parts with an extension."""
        types = self.xml(_CONTENT_TYPES)
        known = {one.get("Extension", "").lower() for one in types.iter(f"{{{_TYPES}}}Default")}
        if extension not in known:
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type))

    def content_type(self, name: str) -> str:
        """Returns the content type set for this part alone, "" where there is none."""
        overrides = self.xml(_CONTENT_TYPES).iter(f"{{{_TYPES}}}Override")
        return next((one.get("ContentType", "") for one in overrides if one.get("PartName") == f"/{name}"), "")

    def related(self, source: str, kind: str) -> Iterator[tuple[str, str]]:
        """Yields id and name of each part that `source` ("" is the package) refers to as `kind`."""
        relations = _relations_of(source)
        for one in self.xml(relations) if relations in self._parts else ():
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External":
                yield one.get("Id", ""), _resolved(source, one.get("Target", ""))

    def part(self, source: str, kind: str) -> str | None:
        """Returns the first part that `source` refers to as `kind`, None where there is none in the package."""
        return next((name for _, name in self.related(source, kind) if name in self._parts), None)

    def relate(self, source: str, kind: str, target: str) -> str:
        """Makes `source` refer to a part as `kind`; returns the relation's id."""
        name = _relations_of(source)
        if name not in self._parts:
            self._parts[name] = _EMPTY
        relations = self.xml(name)
        used = {one.get("Id") for one in relations}
        number = next(number for number in range(1, len(used) + 2) if f"rIdGouji{number}" not in used)
        made = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", Id=f"rIdGouji{number}")
        strict = any(one.get("Type", "").startswith(_STRICT_KINDS) for one in relations)
        made.set("Type", (_STRICT_KINDS if strict else _KINDS) + kind)
        made.set("Target", posixpath.relpath(target, posixpath.dirname(source)))
        return f"rIdGouji{number}"

    def free_name(self, pattern: str) -> str:
        """Returns the first unused name of a pattern such as `xl/comments{}.xml`."""
        return next(name for number in range(1, 10**6) if (name := pattern.format(number)) not in self._parts)

    def saved(self) -> bytes:
        """Returns the package's bytes."""
        for name, tree in self._trees.items():
            self._parts[name] = self._serialised(name, tree)
        packed = BytesIO()
        with ZipFile(packed, "w") as archive:
            for name, content in self._parts.items():
                archive.writestr(name, content)
        return repacked(packed)

    def _parsed(self, name: str) -> Element:
        content = self._parts[name]
        self._strict[name] = [(strict, usual) for strict, usual in _STRICT.items() if strict in content]
        for strict, usual in self._strict[name]:
            content = content.replace(strict, usual)
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))

    def _serialised(self, name: str, tree: Element) -> bytes:
        content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        for strict, usual in self._strict[name]:
            content = content.replace(usual, strict)
        return content


def changed(data: bytes, change: Callable[[Package], None], broken: str) -> bytes:
    """Returns an Office file after `change` was applied to its parts.

    Raises NotAnnotatableError with the message `broken` where its parts are malformed.
    """
    try:
        package = Package(data)
        change(package)
        return package.saved()
    except (BadZipFile, KeyError, etree.XMLSyntaxError, UnicodeDecodeError) as error:
        raise NotAnnotatableError(broken) from error


def _relations_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(source: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
