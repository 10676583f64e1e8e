"""The one exception a user can meet: an input that cannot be used, told in one line."""

from __future__ import annotations


class UnusableInputError(Exception):
    """An input or output that makes the run impossible.

    The message is one line for the person at the keyboard: which file or parameter, at which place, what is wrong
    and what to do. The command line prints it and exits with status 2.
    """

    def __init__(self, what: str, problem: str, remedy: str = "") -> None:
        line = f"{what}：{problem}" + (f"；{remedy}" if remedy else "")
        super().__init__(" ".join(line.split()))
