"""The lines of a verification, one for each thing that was compared."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.memo.paper import printable


@dataclass(frozen=True, slots=True)
class Line:
    """Whether something is the same (None: neither), what it is, the message, and further lines of detail."""

    same: bool | None
    what: str
    message: str = ""
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        mark = {True: "相同", False: "不同", None: "说明"}[self.same]
        told = f"[{mark}] {self.what}" + (f"：{self.message}" if self.message else "")
        lines = (told, *(f"　　{one}" for one in self.details))
        return "\n".join(printable(one).replace("\n", "\ufffd") for one in lines)


def same(what: str, message: str = "") -> Line:
    """Returns a line on something that is the same."""
    return Line(True, what, message)


def differs(what: str, message: str, *details: str) -> Line:
    """Returns a line on something that differs."""
    return Line(False, what, message, details)


def note(what: str, message: str, *details: str) -> Line:
    """Returns a line on something that is neither."""
    return Line(None, what, message, details)
