"""States what an audit of published documents cannot say. Every memo prints it, so that “no findings” is not
misread."""

from __future__ import annotations

REACH = "“没有发现”只说明已完成的勾稽成立，不等于全部数字经过核实。"
BEYOND = (
    "本次审核只比较公开文件中的数字和文字，没有查看账簿、凭证和资产，不能说明支出真实、合规、有效；"
    "各处取自同一个错数的错误、尾差范围之内的错误、没有勾稽可核的数字中的错误，勾稽都不能发现。"
)
