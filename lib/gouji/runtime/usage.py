"""Shows the command line's help and errors in Chinese, in lines as wide as the terminal; an error takes one line."""

from __future__ import annotations

import argparse
import math
import os
import re
import sys
from difflib import get_close_matches
from typing import Any, NoReturn

from gouji.runtime.width import text_width

#: Exit status for input that cannot be used.
UNUSABLE = 2
#: Exit status where nobody reads the output: 128 plus the number of SIGPIPE.
CLOSED_PIPE = 141
#: The longest time the system can wait for in one go: 2**31 milliseconds.
_MOST_SECONDS = 1_000_000
_ALWAYS = "2 输入不能使用（说明原因）；130、143 被中断"
#: Messages of argparse with their Chinese wording.
_SAID = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"没有这个选项：\1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 没有 \2；可用：\3"),
    (r"argument (.+?): expected .+", r"\1 后面缺少值"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 不带值，不能写 \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
    (r"argument (.+?): (.+)", r"\1：\2"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 不明确，可以是 \2"),
)
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
#: Possible line ends: behind a blank, and between two characters that are not both part of a Latin word.
_PIECES = re.compile(r"\s+|[!-~]+|.", re.DOTALL)
#: Characters that must not begin a line.
_CLOSING = "，。；：、）》”！？…"


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are in Chinese; an error is one line, exit status 2."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **given, "add_help": False})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这个说明")

    def error(self, message: str) -> NoReturn:
        """Ends the program with what was wrong with the command line."""
        print(f"{self.prog}：{in_chinese(message)}；用法见 {self.prog} --help", file=sys.stderr)
        sys.exit(UNUSABLE)

    def _print_message(self, message: str, file: Any = None) -> None:
        try:
            super()._print_message(message, file)
            (file or sys.stderr).flush()
        except BrokenPipeError:
            sys.exit(nobody_reads())


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Wraps lines to the terminal, where some characters are two columns wide; breaks no word."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return folded(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = (folded(line, width - len(indent)) or [""] for line in text.splitlines())
        return "\n".join(indent + part for folds in lines for part in folds)


def add_command(commands: Any, name: str, summary: str, example: str, status_one: str = "", more: str = "") -> Parser:
    """Adds a command with its description, `more` text for its own help, an example (without the name `gouji`), and the
    meaning of exit status 1 where it has that."""
    statuses = f"退出状态：0 完成；{f'1 {status_one}；' if status_one else ''}{_ALWAYS}"
    added: Parser = commands.add_parser(
        name, help=summary, description=f"{summary}。{more}", epilog=f"{statuses}\n例：gouji {name} {example}"
    )
    return added


def in_chinese(message: str) -> str:
    """Returns a message of argparse in Chinese, as far as it is known."""
    for said, instead in _SAID:
        if found := re.fullmatch(said, message, re.DOTALL):
            told = found.expand(instead).replace("', '", "、").replace("'", "")
            return _BETWEEN_CHINESE.sub("", told).replace("；可用", f"{_meant(message)}可用", 1)
    return message


def _meant(message: str) -> str:
    """Returns the choice that a mistyped one is most like, as a question; a semicolon for none."""
    given = re.fullmatch(r"argument .+?: invalid choice: '(.*?)' \(choose from (.+)\)", message, re.DOTALL)
    choices = re.findall(r"[\w-]+", given[2]) if given else []
    near = get_close_matches(given[1], choices, 1) if given else []
    return f"，是否为 {near[0]}？" if near else "；"


def folded(text: str, width: int) -> list[str]:
    """Returns a text in lines of a number of columns, broken between Chinese characters and beside Latin words."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and piece not in _CLOSING and text_width(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def seconds(text: str) -> float:
    """Parses an option's time in seconds: more than 0, and finite."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value <= _MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"应为大于 0、至多 {_MOST_SECONDS} 的秒数，不是 {text!r}")
    return value


def whole(text: str) -> int:
    """Parses an option's whole number."""
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", text.strip()):
        raise argparse.ArgumentTypeError(f"应为整数，不是 {text!r}")
    return int(text)


def nobody_reads() -> int:
    """Discards the rest of the output and returns the exit status. Call it where nobody reads the output on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return CLOSED_PIPE
