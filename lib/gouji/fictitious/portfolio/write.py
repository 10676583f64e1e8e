"""Writes the folder of a portfolio: sources, parameter files, the answer key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from gouji.errors import UnusableInputError
from gouji.fictitious.formats.files import WRITERS
from gouji.fictitious.portfolio.account import CLEAN_SHARE, MOST_ERRORS, FictitiousAccount, accounts, most_accounts
from gouji.fictitious.portfolio.answers import answers
from gouji.fictitious.portfolio.key import Key, yaml_text
from gouji.fictitious.portfolio.unusable import UNUSABLE
from gouji.runtime.atomic import whole_folder

SHARES: Mapping[str, int] = {"txt": 12, "docx": 4, "xlsx": 2, "html": 1, "pdf": 1}
"""How many of twenty sources are of each kind."""
NUMBER = 60
LIMIT_ERRORS = 20

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Portfolio:
    """The settings of a portfolio: number of accounts, seed, errors, file formats, number of unusable sources.

    Raises UnusableInputError where they are impossible.
    """

    number: int = NUMBER
    seed: int = 1
    errors: int = MOST_ERRORS
    clean: int = CLEAN_SHARE
    shares: Mapping[str, int] = field(default_factory=lambda: SHARES)
    unusable: int = 0

    def __post_init__(self) -> None:
        bounds = {
            "number": (1, most_accounts()),
            "errors": (0, LIMIT_ERRORS),
            "clean": (0, 100),
            "unusable": (0, self.number),
        }
        for name, (least, most) in bounds.items():
            if not least <= getattr(self, name) <= most:
                raise UnusableInputError(f"--{name} {getattr(self, name)}", f"应在 {least} 与 {most} 之间")
        unknown = [suffix for suffix in self.shares if suffix not in WRITERS]
        if unknown:
            raise UnusableInputError(f"--formats {unknown[0]}", "没有这种格式", f"可用：{'、'.join(WRITERS)}")
        if not self.shares or min(self.shares.values()) < 0 or not any(self.shares.values()):
            raise UnusableInputError("--formats", "没有给出任何格式的份数", f"可用：{'、'.join(WRITERS)}")


@dataclass(frozen=True)
class Written:
    """The number of accounts written, of those with errors, and of all errors."""

    accounts: int
    with_errors: int
    errors: int


def write_departments(folder: Path | str, portfolio: Portfolio, told: Told = lambda done, number: None) -> Written:
    """Writes the portfolio as `folder`, which must be empty or new: sources, params, answers. Returns what it wrote.

    Calls `told(done, all)` after each account. Raises UnusableInputError where the folder cannot be written.
    """
    number = faulty = errors = 0
    with whole_folder(Path(folder)) as work, ExitStack() as stack:
        for name in ("sources", "params"):
            (work / name).mkdir()
        key = Key(work, stack)
        chosen = islice(accounts(portfolio.seed, portfolio.errors, portfolio.clean), portfolio.number)
        unusable = _unusable(portfolio)
        for number, account in enumerate(chosen, 1):
            problem = unusable.get(number, "")
            source = _write_source(work / "sources", account, portfolio, problem)
            _write_parameters(work / "params", account, source.name)
            planted = [] if problem else list(answers(account))
            key.add(account, source.name, problem, planted)
            faulty, errors = faulty + bool(planted), errors + len(planted)
            told(number, portfolio.number)
    return Written(number, faulty, errors)


def _unusable(portfolio: Portfolio) -> dict[int, str]:
    """Returns which accounts, counted from 1, cannot be used, and why."""
    chosen = Random(f"{portfolio.seed}/unusable").sample(range(1, portfolio.number + 1), portfolio.unusable)
    return {number: list(UNUSABLE)[at % len(UNUSABLE)] for at, number in enumerate(chosen)}


def _write_source(folder: Path, account: FictitiousAccount, portfolio: Portfolio, problem: str) -> Path:
    if problem:
        return UNUSABLE[problem](account.printed, folder, account.key)
    shares = portfolio.shares
    rng = Random(f"{portfolio.seed}/{account.key}/format")
    suffix = rng.choices(list(shares), list(shares.values()))[0]
    path = folder / f"{account.key}.{suffix}"
    WRITERS[suffix](account.printed, path)
    return path


def _write_parameters(folder: Path, account: FictitiousAccount, source: str) -> None:
    body, year = account.body, account.year
    parameters = {
        "department": body.name,
        "region": body.region.name,
        "region_code": body.region.code,
        "function": body.office.function,
        "headcount": year.staff,
        "year": year.year,
        "source": f"../sources/{source}",
        "out": f"../out/{account.key}",
    }
    text = "# 虚构的部门，由程序生成。路径相对于本文件。\n" + yaml_text(parameters)
    (folder / f"{account.key}.yaml").write_bytes(text.encode("utf-8"))
