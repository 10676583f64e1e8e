"""Reads older and other office formats (.doc, .xls, .wps, .et, .rtf, .odt, .ods): LibreOffice converts them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import zipfile
from dataclasses import dataclass, replace
from importlib import import_module
from io import BytesIO
from pathlib import Path

from gouji.document.content import Content
from gouji.document.formats.archive import check_archive
from gouji.document.formats.compound import is_cut
from gouji.document.formats.office_profile import write_profile
from gouji.errors import UnusableInputError, reason_of
from gouji.runtime.atomic import SCRATCH
from gouji.runtime.limits import LIMITS, Limits
from warmkernel.scratch import scratch

_TIMEOUT = 120
#: Where desktop libraries keep what they remember.
_HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
_PROGRAMS = ("soffice", "libreoffice")
#: Where installers put it without telling the search path.
_INSTALLED = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
#: Names of streams, as the directory of an OLE file spells them.
_TEXT_STREAM = "WordDocument".encode("utf-16-le")
_SHEET_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_SHEET_SUFFIXES = {".xls", ".et", ".ods", ".xlt", ".ett", ".ots"}
_TEXT_SUFFIXES = {".doc", ".wps", ".rtf", ".odt", ".dot", ".wpt", ".ott"}


@dataclass(frozen=True, slots=True)
class _Way:
    """How a file is converted.

    - `suffix`: the suffix that it should have. `target`, `filter`: the format that it becomes, and LibreOffice's filter
      for that.
    - `module`: the reader of the converted file.
    - `instead`: what people can do without LibreOffice.
    - `part`, `library`: the part of LibreOffice that it needs, by its name and by its library's.
    """

    suffix: str
    target: str
    filter: str
    module: str
    instead: str
    part: str
    library: str


_TEXT = _Way(".doc", "docx", "MS Word 2007 XML", "word", "用 Word 另存为 .docx", "Writer", "swlo")
_SHEET = _Way(".xls", "xlsx", "Calc MS Excel 2007 XML", "sheet", "用 Excel 另存为 .xlsx", "Calc", "sclo")
#: Where the libraries of LibreOffice's parts stand, beside its program.
_LIBRARIES = (".", "../Frameworks")


def read_content(data: bytes, path: Path, limits: Limits = LIMITS) -> Content:
    """Converts a file to .docx or .xlsx and reads that.

    Raises UnusableInputError where LibreOffice is not installed, fails or takes too long, the file is neither text nor
    spreadsheet, or it exceeds the limits.
    """
    if data.startswith(b"PK"):
        check_archive(data, path, limits)
    elif is_cut(data):
        raise UnusableInputError(str(path), "文件不完整，可能没有下载完", "请重新取得文件")
    way = _way(data, path)
    suffix = path.suffix.lower() or way.suffix
    program = _program()
    if program is None:
        raise UnusableInputError(str(path), f"读取 {suffix} 需要 LibreOffice", f"请安装，或{way.instead} 后重试")
    converted = _converted(data, path, way, program)
    content: Content = import_module(f"gouji.document.formats.{way.module}").read_content(converted, path, limits)
    # Places in the converted file are none in the original: nothing can be pinned to them.
    return replace(content, format=f"{suffix.lstrip('.')}（经 LibreOffice 转换）", origins={})


def _way(data: bytes, path: Path) -> _Way:
    """Returns how to convert a file. Its content decides, then its name. Raises UnusableInputError for other files."""
    if data.startswith(b"PK"):
        return _open_document(data, path)
    if data.startswith(b"{\\rtf"):
        return replace(_TEXT, suffix=".rtf")
    text, sheet = _TEXT_STREAM in data, any(name in data for name in _SHEET_STREAMS)
    suffix = path.suffix.lower()
    if text and not (sheet and suffix in _SHEET_SUFFIXES):  # with both, one is embedded in the other
        return _TEXT
    return _SHEET if sheet else _by_name(path, suffix)


def _open_document(data: bytes, path: Path) -> _Way:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            kind = package.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
            manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError) as error:
        raise UnusableInputError(str(path), "压缩包结构不完整，文件可能没有下载完", "请重新取得文件") from error
    if b"encryption-data" in manifest:
        raise UnusableInputError(str(path), "文件已加密", "请解除密码后重试")
    if "opendocument.spreadsheet" in kind:
        return replace(_SHEET, suffix=".ods")
    if "opendocument.text" in kind:
        return replace(_TEXT, suffix=".odt")
    return _by_name(path, path.suffix.lower())


def _by_name(path: Path, suffix: str) -> _Way:
    if suffix in _SHEET_SUFFIXES:
        return replace(_SHEET, suffix=suffix)
    if suffix in _TEXT_SUFFIXES:
        return replace(_TEXT, suffix=suffix)
    raise UnusableInputError(str(path), "不是文字文档或电子表格", "请给出 Word 或 Excel 格式的部门决算公开文件")


def _program() -> str | None:
    """Returns the path of LibreOffice; None if it is not installed."""
    found = (shutil.which(name) for name in _PROGRAMS)
    installed = (place for place in _INSTALLED if Path(place).is_file())
    return next((one for one in (*found, *installed) if one), None)


def _converted(data: bytes, path: Path, way: _Way, program: str) -> bytes:
    """Returns the bytes of the file that LibreOffice makes of it.

    It runs in a folder and with a profile of its own: the user may have it open, and the user's profile may allow what
    a file from outside must not do.
    """
    with scratch(SCRATCH) as folder:
        source, result = folder / f"source{way.suffix}", folder / "out" / f"source.{way.target}"
        source.write_bytes(data)
        write_profile(folder / "profile")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = [profile, "--headless", "--norestore", "--nolockcheck", "--nodefault"]
        convert = ["--convert-to", f"{way.target}:{way.filter}", "--outdir", str(result.parent), str(source)]
        try:
            _run([program, *options, *convert], {**os.environ, **dict.fromkeys(_HOMES, str(folder))})
        except subprocess.TimeoutExpired as error:
            problem = f"LibreOffice 转换超过 {_TIMEOUT} 秒仍未完成"
            raise UnusableInputError(str(path), problem, f"请{way.instead} 后重试") from error
        except OSError as error:
            problem = f"LibreOffice 无法启动（{reason_of(error)}）"
            raise UnusableInputError(str(path), problem, f"请检查其安装，或{way.instead} 后重试") from error
        if not result.is_file():
            if _lacks(program, way):
                problem = f"读取 {way.suffix} 需要 LibreOffice 的 {way.part} 组件，本机没有安装"
                raise UnusableInputError(str(path), problem, f"请安装该组件，或{way.instead} 后重试")
            problem = "LibreOffice 不能转换，文件可能已损坏或有密码"
            raise UnusableInputError(str(path), problem, f"请{way.instead} 后重试")
        return result.read_bytes()


def _lacks(program: str, way: _Way) -> bool:
    """True if LibreOffice is installed without a part (distributions package them separately). False if that cannot be
    told, as when its libraries are elsewhere."""
    folders = [Path(program).resolve().parent / beside for beside in _LIBRARIES]
    found = [one.name for folder in folders if folder.is_dir() for one in folder.iterdir()]
    others = any(other.library in name for other in (_TEXT, _SHEET) for name in found)
    return others and not any(way.library in name for name in found)


def _run(command: list[str], environment: dict[str, str]) -> None:
    """Runs a command to its end, or ends it with all processes that it started: `soffice` only starts the program."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_TIMEOUT)
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
