"""What is to be known of pages whose text was recognised from pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def remark(pages: Sequence[int], doubtful: Mapping[int, Sequence[tuple[int, int]]]) -> str:
    """One line for people: which pages, and how many characters are not relied on."""
    doubts = sum(map(len, doubtful.values()))
    listed = "、".join(map(str, pages))
    unsure = f"，其中{doubts}个字符把握不足，所在数字不作勾稽" if doubts else ""
    return f"第{listed}页由图片识别文字{unsure}；请与原件核对"
