"""Reads a run's manifest. It may come from anywhere, so it is validated and believed only as far as it has the right
form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from gouji.companions import ROLE_NAMES
from gouji.dispositions.disposition import Disposition
from gouji.errors import UnusableInputError, reason_of
from gouji.memo.chain import Versions
from gouji.memo.paper import printable
from gouji.runtime.earlier import MANIFEST, SCHEMA

_MOST_BYTES = 16_000_000
#: The most characters of a name, place or schema that a message shows.
_LONGEST_SHOWN = 80
_REMEDY = "请给出 gouji audit 写出的、未经改动的输出文件夹"


def _plain_name(name: str) -> str:
    """Returns the file name. Raises ValueError for one that leads to another folder on any system."""
    alone = name == PurePosixPath(name).name == PureWindowsPath(name).name
    if not alone or name in ("", ".", "..") or not name.isprintable():
        raise ValueError(f"“{printable(name)[:_LONGEST_SHOWN]}”不是文件名")
    return name


Name = Annotated[str, AfterValidator(_plain_name)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class File(_Model):
    """A file that was read."""

    name: Name
    sha256: Digest


class RecordedAccount(_Model):
    """A document that was read, of one file or of several."""

    name: str
    sha256: Digest
    files: tuple[File, ...] = ()

    @model_validator(mode="after")
    def _require_names(self) -> Self:
        self.parts()
        return self

    def parts(self) -> tuple[File, ...]:
        """Returns its files in order."""
        return self.files or (File(name=self.name, sha256=self.sha256),)


class Compared(_Model):
    """The documents that an account was compared with, by parameter."""

    prior: RecordedAccount | None = None
    budget: RecordedAccount | None = None
    subordinates: tuple[RecordedAccount, ...] = ()
    earlier_years: tuple[RecordedAccount, ...] = ()

    def documents(self) -> Iterator[tuple[str, RecordedAccount]]:
        """Yields each document with its parameter."""
        for role in ROLE_NAMES:
            found = getattr(self, role)
            yield from ((role, one) for one in (found if isinstance(found, tuple) else filter(None, (found,))))


class Source(RecordedAccount):
    """The account that was audited, and the documents it was compared with."""

    compared_with: Compared = Compared()


class Decisions(_Model):
    """The auditor's decisions in force, what the parameters' file stated, and the notices from gathering them."""

    decided: tuple[Disposition, ...] = ()
    stated: tuple[Disposition, ...] = ()
    notices: tuple[str, ...] = ()


class Recorded(_Model):
    """The content of a manifest."""

    written_as: Literal["gouji/manifest/2"] = Field(alias="schema")
    gouji: str
    source: Source
    parameters: Digest
    parameter_values: dict[str, Any]
    peers: str = ""
    decisions: Decisions = Decisions()
    rules: Digest
    code: Digest
    libraries: dict[str, str]
    outputs: dict[Name, Digest]
    notebooks: dict[Name, str]

    @property
    def versions(self) -> Versions:
        """Returns the versions that made the outputs."""
        return Versions(self.parameters, self.rules, self.code, self.gouji)

    @property
    def ledger(self) -> str:
        """Returns the name of the ledger that figures were compared with, "" where there was none."""
        thresholds = self.parameter_values.get("thresholds")
        return str(thresholds.get("peers") or "") if isinstance(thresholds, dict) else ""


def read_manifest(folder: Path) -> Recorded:
    """Returns the manifest of a run's folder. Raises UnusableInputError where it is missing or not in the form that a
    run writes."""
    file = folder / MANIFEST
    try:
        if not file.is_file():
            raise UnusableInputError(str(folder), f"没有 {MANIFEST}", _REMEDY)
        if file.stat().st_size > _MOST_BYTES:
            raise UnusableInputError(str(file), "文件过大，不是运行写出的清单", _REMEDY)
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusableInputError(str(file), f"无法读取（{reason_of(error)}）", _REMEDY) from error
    except (ValueError, RecursionError) as error:
        raise UnusableInputError(str(file), "已损坏，不是合法的 JSON", _REMEDY) from error
    written_as = found.get("schema") if isinstance(found, dict) else None
    if written_as != SCHEMA:
        named = f"“{printable(written_as)[:_LONGEST_SHOWN]}”" if isinstance(written_as, str) else "未写明"
        raise UnusableInputError(
            str(file), f"清单的格式为{named}，本版本只认 {SCHEMA}", "请用写出它的版本复核，或重新审核"
        )
    try:
        return Recorded.model_validate(found)
    except ValidationError as error:
        raise UnusableInputError(str(file), f"内容不合要求：{_problem(error)}", _REMEDY) from error


def _problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "[key]")
    said = str(first["msg"]).removeprefix("Value error, ")
    return printable(f"{place[:_LONGEST_SHOWN]} {'缺少此项' if first['type'] == 'missing' else said}".strip())
