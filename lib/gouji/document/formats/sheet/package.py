"""Opens a workbook's package with the sheets that can be read, and names the others."""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string

from gouji.document.formats.archive import DAMAGED, check_archive
from gouji.errors import UnusableInputError
from gouji.runtime.limits import Limits

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_AREA = re.compile(r"\$?(?P<left>[A-Z]{1,3})\$?(?P<top>\d{1,7}):\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>\d{1,7})$")
_AGAIN = "请重新取得文件，或用 Excel 打开修复后另存为 .xlsx"


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook with the results of its formulas.

    `broken` are the titles of sheets that could not be read. `uncalculated` are, by title, the cells whose formula was
    never calculated.
    """

    workbook: Workbook
    broken: tuple[str, ...]
    uncalculated: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A sheet as the workbook lists it: its title, and the name of its part in the package."""

    title: str
    name: str


@dataclass(frozen=True, slots=True)
class _Formulas:
    """The formulas of a sheet: the cells without a result, the cells with the result 0, and whether any other result is
    stored.

    Some programs store 0 for every formula that is calculated when the workbook is opened. If there is any other
    result, a 0 is a result too.
    """

    empty: frozenset[str]
    zero: frozenset[str]
    calculated: bool


def open_workbook(data: bytes, path: Path, limits: Limits) -> Opened:
    """Opens a workbook. Sheets that are damaged are left out.

    Raises UnusableInputError if no sheet can be read, and for a package that deceives; LimitExceededError for one that
    exceeds the limits.
    """
    check_archive(data, path, limits)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _opened(archive, data, path, limits)
    except zipfile.BadZipFile as error:
        raise UnusableInputError(str(path), "压缩包结构不完整，文件可能没有下载完", "请重新取得文件") from error


def _opened(archive: zipfile.ZipFile, data: bytes, path: Path, limits: Limits) -> Opened:
    index = _index(archive, path)
    listed = _listed(archive, index, path)
    late = any(one.get("fullCalcOnLoad") in ("1", "true") for one in index.iter(f"{_MAIN}calcPr"))
    formulas: dict[str, _Formulas] = {}
    for part in listed:
        root = _parsed(archive, part.name)
        if root is not None:
            limits.check("cells", _covered(root), path, f"工作表“{part.title}”合并区域和链接区域的")
            formulas[part.title] = _formulas(root)
    whole = [part for part in listed if part.title in formulas]
    workbook = _load(data) if len(whole) == len(listed) else None
    if workbook is None:
        whole = [part for part in whole if _load(_only(archive, [part])) is not None]
        workbook = _load(_only(archive, whole)) if whole else None
    if workbook is None:
        raise UnusableInputError(str(path), "工作簿已损坏，没有一个工作表能够读取", _AGAIN)
    broken = tuple(part.title for part in listed if part not in whole)
    late = late and not any(one.calculated for one in formulas.values())
    without = {title: one.empty | (one.zero if late else frozenset()) for title, one in formulas.items()}
    return Opened(workbook, broken, {title: cells for title, cells in without.items() if cells})


def _index(archive: zipfile.ZipFile, path: Path) -> etree._Element:
    """Returns the part that lists the sheets. Raises UnusableInputError if it is missing, damaged or of another
    format."""
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        raise UnusableInputError(str(path), "是 Excel 二进制工作簿（.xlsb）", "请用 Excel 打开后另存为 .xlsx")
    if lacking := [name for name in (_WORKBOOK, _RELATIONS) if name not in names]:
        raise UnusableInputError(str(path), f"工作簿缺少部件 {lacking[0]}", _AGAIN)
    index = _parsed(archive, _WORKBOOK)
    if index is None:
        raise UnusableInputError(str(path), "工作簿的目录已损坏", _AGAIN)
    if not index.tag.startswith(_MAIN):
        raise UnusableInputError(str(path), "是“严格 Open XML”格式的工作簿", "请用 Excel 打开后另存为普通的 .xlsx")
    return index


def _listed(archive: zipfile.ZipFile, index: etree._Element, path: Path) -> list[_Part]:
    """Returns the worksheets that the workbook lists, in order, without charts on a sheet of their own."""
    relations = _parsed(archive, _RELATIONS)
    if relations is None:
        raise UnusableInputError(str(path), "工作簿的目录已损坏", _AGAIN)
    targets = {one.get("Id"): (one.get("Type", ""), one.get("Target", "")) for one in relations}
    parts = []
    for sheet in index.iter(f"{_MAIN}sheet"):
        kind, target = targets.get(sheet.get(_ID), ("", ""))
        if kind.endswith("/worksheet") or not kind:
            parts.append(_Part(sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")))
    return parts


def _parsed(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Returns the tree of a part; None if it is missing or damaged."""
    try:
        return etree.fromstring(archive.read(name), etree.XMLParser(huge_tree=True, resolve_entities=False))
    except (KeyError, etree.XMLSyntaxError, *DAMAGED):
        return None


def _covered(root: etree._Element) -> int:
    """Counts the cells in merged areas and in areas of links. openpyxl makes every one of them."""
    areas = (one.get("ref", "") for name in ("mergeCell", "hyperlink") for one in root.iter(f"{_MAIN}{name}"))
    bounds = (match for area in areas if (match := _AREA.match(area)))
    return sum(
        (abs(int(match["bottom"]) - int(match["top"])) + 1)
        * (abs(column_index_from_string(match["right"]) - column_index_from_string(match["left"])) + 1)
        for match in bounds
    )


def _formulas(root: etree._Element) -> _Formulas:
    empty, zero, calculated = set(), set(), False
    for cell in root.iter(f"{_MAIN}c"):
        if cell.find(f"{_MAIN}f") is None:
            continue
        name, result, of_text = cell.get("r", ""), cell.findtext(f"{_MAIN}v", ""), cell.get("t") == "str"
        if result == "0" and not of_text:
            zero.add(name)
        elif result:
            calculated = True
        elif not of_text:
            empty.add(name)
    return _Formulas(frozenset(empty), frozenset(zero), calculated)


def _load(data: bytes) -> Workbook | None:
    """Returns the workbook; None if it cannot be opened, whatever is wrong with it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(data), data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception:
        return None


def _only(archive: zipfile.ZipFile, keep: Sequence[_Part]) -> bytes:
    """Returns the package with these sheets only. Parts that cannot be unpacked are left out."""
    titles = {part.title for part in keep}
    result = BytesIO()
    with zipfile.ZipFile(result, "w") as copy:
        for name in dict.fromkeys(archive.namelist()):
            try:
                content = archive.read(name)
            except DAMAGED:
                continue
            copy.writestr(name, _without_sheets(content, titles) if name == _WORKBOOK else content)
    return result.getvalue()


def _without_sheets(workbook: bytes, titles: set[str]) -> bytes:
    root = etree.fromstring(workbook, etree.XMLParser(resolve_entities=False, no_network=True))
    for sheet in list(root.iter(f"{_MAIN}sheet")):
        parent = sheet.getparent()
        if parent is not None and sheet.get("name") not in titles:
            parent.remove(sheet)
    for tag in ("definedNames", "bookViews"):  # they name sheets by their position
        for element in root.findall(f"{_MAIN}{tag}"):
            root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
