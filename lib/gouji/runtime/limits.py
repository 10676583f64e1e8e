"""Limits how much of a document is read, and for how long, so that a file from outside cannot cost its reader more."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field

from gouji.errors import UnusableInputError
from gouji.runtime.strict import StrictModel

MEGABYTE = 1_000_000


def _limit(default: int, title: str, why: str) -> Any:
    return Field(default=default, ge=1, title=title, description=why)


class Limits(StrictModel):
    """The limits of one file, of time and of memory.

    The defaults are many times what published accounts need: the largest known ones have some hundred pages, twenty
    thousand cells and ten megabytes. The parameters' `limits` replace them.
    """

    file_mb: int = _limit(200, "一个文件的大小（MB）", "扫描件每页约 1 MB")
    unpacked_mb: int = _limit(1000, "解压后的大小（MB）", "docx、xlsx、odt 各部件，PDF 各数据流，合计")
    ratio: int = _limit(
        250, "解压后超过 50 MB 的部件是压缩时的多少倍", "表格的 XML 为 10 到 100 倍，全部相同的字节为 1000 倍"
    )
    parts: int = _limit(20_000, "压缩包中部件的个数", "一幅图片、一个工作表各为一个部件")
    elements: int = _limit(5_000_000, "一个部件或网页的元素数", "一个单元格约为 5 个元素")
    depth: int = _limit(1_500, "网页元素嵌套的层数", "一般不到 40 层；没有结束的标记会层层相套")
    pages: int = _limit(3_000, "PDF、扫描件的页数", "全部部门合订的决算约 2000 页")
    page_megapixels: int = _limit(120, "一页图片的像素（百万）", "A3 幅面 600 dpi 为 70")
    page_characters: int = _limit(200_000, "一页 PDF 的字符数", "排得最密的页约 8000 个")
    page_rules: int = _limit(20_000, "一页 PDF 的线条数", "最大的表约 3000 条")
    objects: int = _limit(2_000_000, "PDF 的对象数", "一页约 20 个")
    cells: int = _limit(1_000_000, "各表单元格的合计", "一个部门约 5000 个")
    lines: int = _limit(500_000, "段落和单元格的合计行数", "一个部门约 8000 行")
    line_characters: int = _limit(50_000, "一个段落或单元格的字数", "情况说明一段一般不到 2000 字")
    seconds: int = _limit(600, "读取并审核一份决算的秒数", "一般不到 1 秒；扫描件每页约 3 秒")
    memory_mb: int = _limit(6_000, "审核一份决算的进程的内存（MB，地址空间）", "一般不到 1000")

    @classmethod
    def title(cls, name: str) -> str:
        """Returns the Chinese name of what a limit counts."""
        return cls.model_fields[name].title or name

    def changed(self, given: dict[str, int]) -> Self:
        """Returns these limits with others in their places; names and values as validated."""
        return type(self).model_validate({**self.model_dump(), **given})

    def check(self, name: str, found: float, path: object, place: str = "") -> None:
        """Raises LimitExceededError where `found` is more than the limit of that name."""
        if found > getattr(self, name):
            raise self.exceeded(name, path, place, found)

    def exceeded(self, name: str, path: object, place: str = "", found: float | None = None) -> LimitExceededError:
        """Returns the error for a limit. It says how a user who trusts the file can raise the limit."""
        amount = f"（{found:,.0f}）" if found is not None else ""
        return LimitExceededError(
            str(path),
            f"{place}{self.title(name)}{amount}超过上限 {getattr(self, name):,}",
            f"如确信文件可靠，请在参数文件的 limits 中，或以 --limit {name}=数 调高上限",
        )


class LimitExceededError(UnusableInputError):
    """A document that needs more than is allowed."""


#: The default limits.
LIMITS = Limits()
