"""The command `gouji verify`: executes a run again from its folder and reports what differs. Writes nothing there."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from gouji.parameters import Parameters
from gouji.runtime.usage import add_command
from gouji.verify.again import executed_again
from gouji.verify.inputs import find_inputs
from gouji.verify.line import Line
from gouji.verify.made_of import input_lines, parameter_line, peer_lines, version_lines
from gouji.verify.outputs import notebook_lines, output_lines
from gouji.verify.recorded import read_manifest

_HELP = "按输出文件夹中的 manifest.json 重新执行，逐项说明与记载、与文件夹中的输出是否相同（不改动该文件夹）"
_SOURCE = "来源文件（及对照文件），按内容认，可以改过名；省略时在输出文件夹、其上两级和当前文件夹及其下一级中查找"
_PARAMS = "参数文件：据以查找文件，并与记载的参数比较；省略时参数以 manifest.json 记载的为准"


def add_verify(commands: Any) -> None:
    """Adds the command."""
    told = "复核以前的运行：重新执行，说明有何不同"
    command = add_command(commands, "verify", told, "out/2023 --source 决算公开.pdf", "有不同之处", f"{_HELP}。")
    command.add_argument("out", type=Path, help="gouji audit 写出的文件夹")
    command.add_argument("--source", nargs="+", type=Path, default=[], metavar="FILE", help=_SOURCE)
    command.add_argument("--params", type=Path, metavar="FILE", help=_PARAMS)
    command.add_argument("--notebooks", action="store_true", help="也重新执行笔记本（默认只核对写出之后有无改动）")


def verify(options: argparse.Namespace) -> int:
    """Prints a line for each thing compared, then a conclusion. Exit status: 0 nothing differs, 1 something differs."""
    differing = 0
    for line in _lines(options):
        print(line, flush=True)
        differing += line.same is False
    print(f"结论：{f'有 {differing} 项不同' if differing else '全部相同'}")
    return int(differing > 0)


def _lines(options: argparse.Namespace) -> Iterator[Line]:
    """Yields the lines. Raises UnusableInputError before the first line where the run cannot be executed again."""
    recorded = read_manifest(options.out)
    given = Parameters.load(options.params) if options.params else None
    peers = given.peers_path() if given else None
    inputs = find_inputs(recorded, options.out, options.source, given)
    with tempfile.TemporaryDirectory(prefix="gouji-verify-") as work:
        workers = (os.cpu_count() or 1) if options.notebooks else 0
        print(f"按 {options.out / 'manifest.json'} 的记载重新执行 …", flush=True)
        made = executed_again(
            recorded, inputs, peers, Path(work), workers=workers, on_step=lambda text: print(text, flush=True)
        )
        yield from chain(
            input_lines(inputs),
            (parameter_line(recorded, given),),
            version_lines(recorded),
            peer_lines(recorded, made),
            output_lines(options.out, made, recorded),
            notebook_lines(options.out, made, recorded, options.notebooks),
        )
