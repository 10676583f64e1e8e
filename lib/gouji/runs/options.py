"""Reads the options that commands on a document share: the parameter file, and the limits of time and of reading."""

from __future__ import annotations

import argparse

from gouji.errors import UnusableInputError
from gouji.parameters import Parameters, nearest
from gouji.runtime.limits import Limits
from gouji.runtime.usage import seconds

#: Default limit in seconds for a department, including notebooks.
TIMEOUT = 1800.0
_HELP = "读取文件的上限，文件可靠而确有需要时调高，如 pages=5000（各上限见 docs/zh-CN/inputs.md）"


def add_limits(command: argparse.ArgumentParser, notebooks: bool = True) -> None:
    """Adds the options --timeout and --limit to a command. `notebooks`: it executes notebooks, and the time includes
    them."""
    also = "，连同笔记本" if notebooks else ""
    told = f"最多用多少秒（大于 0{also}；默认 %(default)g），超过则终止"
    command.add_argument("--timeout", type=seconds, default=TIMEOUT, metavar="SECONDS", help=told)
    command.add_argument("--limit", action="append", default=[], metavar="NAME=N", help=_HELP)


def parameters_of(options: argparse.Namespace) -> Parameters:
    """Returns the parameters that a command names, with its limits. Raises UnusableInputError where they are not
    valid."""
    parameters = Parameters.load(options.params) if options.params else Parameters()
    given = dict(_limit(one) for one in options.limit)
    return parameters.with_limits(given) if given else parameters


def _limit(given: str) -> tuple[str, int]:
    name, _, number = given.partition("=")
    valid = list(Limits.model_fields)
    if name not in valid:
        near = nearest(name, valid)
        raise UnusableInputError(
            "--limit", f"没有上限 {name}", f"是否为 {near}？" if near else f"有：{'、'.join(valid)}"
        )
    if not number.isascii() or not number.isdigit() or not 0 < int(number[:12]) < 10**9:
        raise UnusableInputError("--limit", f"{name} 应为正整数，不是 {number!r}", f"如 {name}=5000")
    return name, int(number)
