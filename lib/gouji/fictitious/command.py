"""The command `gouji fictitious`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from gouji.errors import UnusableInputError
from gouji.fictitious.portfolio.account import CLEAN_SHARE, MOST_ERRORS
from gouji.fictitious.portfolio.found import compare
from gouji.fictitious.portfolio.write import LIMIT_ERRORS, NUMBER, SHARES, Portfolio, write_departments
from gouji.runtime.usage import add_command, whole

_SHARES = ",".join(f"{suffix}={share}" for suffix, share in SHARES.items())
_EVERY = 50


def add_fictitious(commands: Any) -> None:
    """Adds the command to a parser's."""
    told = "生成虚构部门的决算公开文件、参数文件和差错答案，供演示与测试"
    command = add_command(commands, "fictitious", told, "demo --number 60 --seed 1")
    number = f"决算份数，一个部门一年一份（1 至约两万，默认 {NUMBER}）"
    errors = f"一份最多几处差错（0 至 {LIMIT_ERRORS}，默认 {MOST_ERRORS}）"
    clean = f"百分之几没有差错（0 至 100，默认 {CLEAN_SHARE}）"
    unusable = "其中几份文件损坏、不能使用（0 至份数，默认 0）"
    command.add_argument("folder", type=Path, help="写到哪个文件夹（新的或空的）")
    command.add_argument("--number", type=whole, default=NUMBER, metavar="N", help=number)
    command.add_argument(
        "--seed", type=whole, default=1, metavar="N", help="种子：同一种子在任何机器上逐字节相同（默认 1）"
    )
    command.add_argument("--errors", type=whole, default=MOST_ERRORS, metavar="N", help=errors)
    command.add_argument("--clean", type=whole, default=CLEAN_SHARE, metavar="N", help=clean)
    command.add_argument("--formats", default=_SHARES, help=f"文件格式，可注明份数（默认 {_SHARES}）")
    command.add_argument("--unusable", type=whole, default=0, metavar="N", help=unusable)
    comparing = "不生成：把这个文件夹的差错答案与批量审核的输出对照，说明查出、定位、误报各多少"
    command.add_argument("--compare", type=Path, metavar="OUT", help=comparing)


def write_fictitious(options: argparse.Namespace) -> int:
    """Runs the command."""
    if options.compare:
        print(compare(options.folder, options.compare))
        return 0
    shares = _shares(options.formats)
    portfolio = Portfolio(options.number, options.seed, options.errors, options.clean, shares, options.unusable)
    written = write_departments(options.folder, portfolio, _tell)
    print(f"写出虚构部门决算 {written.accounts} 份，其中 {written.with_errors} 份共植入差错 {written.errors} 处")
    print(f"参数文件：{options.folder / 'params'}；答案：{options.folder / 'answers.csv'}")
    return 0


def _tell(done: int, number: int) -> None:
    """Prints progress for those who watch."""
    if sys.stdout.isatty() and (done % _EVERY == 0 or done == number):
        print(f"\r{done}/{number}", end="\n" if done == number else "", flush=True)


def _shares(text: str) -> dict[str, int]:
    """Parses shares of formats: `txt,docx` in equal parts, or `txt=3,docx=1`."""
    shares: dict[str, int] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        suffix, given, share = part.partition("=")
        if given and not share.isdecimal():
            raise UnusableInputError(f"--formats {part}", "份数应为整数", "如 txt=3,docx=1")
        shares[suffix] = int(share) if given else 1
    return shares
