"""Describes pages whose text was recognised from pictures, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def remark(pages: Sequence[int], doubtful: Mapping[int, Sequence[tuple[int, int]]]) -> str:
    """Returns one line: which pages, and how many characters are not reliable."""
    doubts = sum(map(len, doubtful.values()))
    listed = "、".join(map(str, pages))
    unsure = f"，其中{doubts}个字符把握不足，所在数字不作勾稽" if doubts else ""
    return f"第{listed}页由图片识别文字{unsure}；请与原件核对"
