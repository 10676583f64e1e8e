"""Loads a department's parameters, `params/NAME.yaml`, and validates them before anything runs."""

from __future__ import annotations

import difflib
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import Field, PrivateAttr, ValidationError, field_validator

from gouji.errors import UnusableInputError, reason_of
from gouji.intervals import MONEY_UNITS
from gouji.rules.thresholds import thresholds
from gouji.runtime.limits import LIMITS, Limits
from gouji.runtime.strict import StrictModel
from gouji.runtime.yaml_data import load_given_yaml, yaml_reason

_FIRST_YEAR, _LAST_YEAR = 2010, 2035
#: The most characters of an invalid value that a message shows.
_LONGEST_TOLD = 80
_REGION_CODE = re.compile(r"[1-9][0-9]{5}")


class Thresholds(StrictModel):
    """Where the auditor draws lines.

    `materiality` is the 重要性水平 in 万元; smaller differences are marked in the memo. `questions` replaces lines of
    review rules, by name (`gouji rules --thresholds` lists them). `peers` is the folder of a ledger: with enough
    accounts of the same year in it, their distribution replaces the lines.
    """

    materiality: Decimal = Field(default=Decimal(0), ge=0)
    peers: str = ""
    questions: dict[str, Decimal] = Field(default={})

    @field_validator("questions")
    @classmethod
    def _declared(cls, value: dict[str, Decimal]) -> dict[str, Decimal]:
        valid = list(thresholds())
        for name in value:
            if name not in valid:
                near = nearest(name, valid)
                raise ValueError(f"没有名为 {name} 的界限" + (f"，是否为 {near}？" if near else ""))
        return value


class OverrideParameters(StrictModel):
    """Values that are used instead of detected ones: department, year, and the money unit of all tables."""

    department: str = ""
    year: int | None = Field(default=None, ge=_FIRST_YEAR, le=_LAST_YEAR)
    unit: str = ""

    @field_validator("unit")
    @classmethod
    def _money(cls, value: str) -> str:
        if value and value not in MONEY_UNITS:
            raise ValueError(f"{value!r} 不是金额单位，可用：{'、'.join(MONEY_UNITS)}")
        return value


class Parameters(StrictModel):
    """All parameters of one department. Paths are relative to the parameter file.

    What the account is compared with: `prior` (last year's account) and `budget` (this year's department budget), each
    one file or a list of the files that make it; `subordinates` (accounts of units below it) and `earlier_years`
    (accounts of years before the last, for trends), each a list of such.

    What distinguishes the department: `region` by name, `region_code` (行政区划代码, six digits), `function` (its
    field, such as 教育), `headcount` (年末在职人数).

    `limits`: how much may be read, if a trusted file needs more than `Limits` allows.
    """

    department: str = ""
    region: str = ""
    region_code: str = ""
    function: str = ""
    headcount: int | None = Field(default=None, ge=1)
    year: int | None = Field(default=None, ge=_FIRST_YEAR, le=_LAST_YEAR)
    source: tuple[str, ...] = ()
    prior: tuple[str, ...] = ()
    budget: tuple[str, ...] = ()
    subordinates: tuple[tuple[str, ...], ...] = ()
    earlier_years: tuple[tuple[str, ...], ...] = ()
    out: str = ""
    dispositions: str = ""
    thresholds: Thresholds = Thresholds()
    overrides: OverrideParameters = OverrideParameters()
    limits: Limits = Field(default=LIMITS, exclude=True)  # what is read does not depend on how much may be
    _folder: Path = PrivateAttr(default=Path())
    _file: Path | None = PrivateAttr(default=None)

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """Reads a parameter file. Raises UnusableInputError that names the wrong key and the nearest valid one."""
        file = Path(path)
        if file.exists() and not file.is_file():
            raise UnusableInputError(str(file), "不是文件", "请给出参数文件 params/NAME.yaml")
        try:
            raw = load_given_yaml(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise UnusableInputError(str(file), f"参数文件无法读取（{reason_of(error)}）", "请检查路径") from error
        except (yaml.YAMLError, ValueError) as error:
            raise UnusableInputError(str(file), f"不是合法的 YAML：{yaml_reason(error)}", "请检查缩进与引号") from error
        if not isinstance(raw, dict):
            raise UnusableInputError(str(file), "参数文件应为“键: 值”的列表", "见 params/ 下的样例")
        try:
            parameters = cls.model_validate(raw)
        except ValidationError as error:
            raise UnusableInputError(str(file), _first_problem(error), "见 params/ 下的样例") from error
        parameters._folder = file.resolve().parent
        parameters._file = file.resolve()
        return parameters

    @field_validator("region_code", mode="before")
    @classmethod
    def _six_digits(cls, value: object) -> object:
        """Returns the code as text, even if YAML reads it as a number."""
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if isinstance(text, str) and text and not _REGION_CODE.fullmatch(text):
            raise ValueError("应为六位行政区划代码，如 431127")
        return text

    @field_validator("source", "prior", "budget", mode="before")
    @classmethod
    def _one_or_several(cls, value: object) -> object:
        """Returns one file, or a list of the files that make one account: tables apart, an annex apart."""
        return _files(value)

    @field_validator("subordinates", "earlier_years", mode="before")
    @classmethod
    def _accounts(cls, value: object) -> object:
        """Returns a list of accounts, each one file or a list of files. A single file is one account."""
        given = [value] if isinstance(value, str) and value else value or ()
        return tuple(_files(one) for one in given) if isinstance(given, list | tuple) else given

    def source_paths(self) -> tuple[Path, ...]:
        """Returns the files to audit, in order. Raises UnusableInputError if none is named."""
        if not self.source:
            raise UnusableInputError(
                "没有给出要审核的文件", "请写在命令后面", "或用 --params 指定参数文件，其中的 source 写明文件"
            )
        return self._paths(self.source)

    def companion_paths(self) -> dict[str, tuple[tuple[Path, ...], ...]]:
        """Returns the documents that the account is compared with, by parameter; each document is a tuple of files."""
        given = {
            "prior": (self.prior,) if self.prior else (),
            "budget": (self.budget,) if self.budget else (),
            "subordinates": self.subordinates,
            "earlier_years": self.earlier_years,
        }
        return {role: tuple(map(self._paths, documents)) for role, documents in given.items() if documents}

    def _paths(self, named: tuple[str, ...]) -> tuple[Path, ...]:
        return tuple(Path(os.path.normpath(self._folder / one)) for one in named)

    def with_limits(self, given: dict[str, int]) -> Self:
        """Returns these parameters with other limits, by name. Paths stay relative to the parameter file."""
        changed = self.model_copy(update={"limits": self.limits.changed(given)})
        changed._folder, changed._file = self._folder, self._file
        return changed

    def of_another(self) -> Self:
        """Returns these parameters for the account of another department: only thresholds and limits."""
        changed = type(self)(thresholds=self.thresholds, limits=self.limits)
        changed._folder = self._folder
        return changed

    def file_path(self) -> Path | None:
        """Returns the parameter file itself; None for parameters that come from no file."""
        return self._file

    def peers_path(self) -> Path | None:
        """Returns the ledger to compare with; None if none is named."""
        peers = self.thresholds.peers
        return Path(os.path.normpath(self._folder / peers)) if peers else None

    def out_path(self) -> Path | None:
        """Returns the output folder; None if none is named."""
        return Path(os.path.normpath(self._folder / self.out)) if self.out else None

    def beside_path(self) -> Path | None:
        """Returns `params/NAME.dispositions.yaml` beside `params/NAME.yaml`, whether it exists or not."""
        return self._file.with_name(f"{self._file.stem}.dispositions.yaml") if self._file else None

    def dispositions_path(self) -> Path | None:
        """Returns the file of the auditor's decisions: the one named, else the one beside the parameter file if it
        exists."""
        if self.dispositions:
            return Path(os.path.normpath(self._folder / self.dispositions))
        beside = self.beside_path()
        return beside if beside is not None and beside.exists() else None


def _files(value: object) -> object:
    """Returns the files of one document; a single one may be named alone."""
    return (value,) if isinstance(value, str) and value else value or ()


def nearest(name: str, valid: list[str]) -> str:
    """Returns the valid name most similar to `name`, "" where none is near."""
    close = difflib.get_close_matches(name, valid, n=1, cutoff=0.5)
    return close[0] if close else ""


def _first_problem(error: ValidationError) -> str:
    problem = error.errors()[0]
    place = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        valid = _fields(problem["loc"][:-1])
        near = nearest(str(problem["loc"][-1]), valid)
        return f"未知参数 {place}" + (f"，是否为 {near}？" if near else f"，可用：{'、'.join(valid)}")
    given = repr(problem.get("input"))
    shown = given if len(given) <= _LONGEST_TOLD else f"{given[:_LONGEST_TOLD]}…"
    return f"参数 {place} 的值 {shown} 不合要求（{_reason(problem)}）"


def _fields(location: tuple[int | str, ...]) -> list[str]:
    model: Any = Parameters
    for part in location:
        model = model.model_fields[part].annotation
    return list(model.model_fields)


def _reason(problem: Any) -> str:
    bounds = {"greater_than_equal": "ge", "less_than_equal": "le"}
    if problem["type"] in bounds:
        word = "不小于" if problem["type"] == "greater_than_equal" else "不大于"
        return f"应{word} {problem['ctx'][bounds[problem['type']]]}"
    if problem["type"].startswith("int_"):
        return "应为整数"
    if problem["type"].startswith("decimal_"):
        return "应为数字"
    if problem["type"] == "string_type":
        return "应为文字"
    if problem["type"] == "tuple_type":
        return "应为文件路径或其列表"
    return str(problem["msg"]).removeprefix("Value error, ")
