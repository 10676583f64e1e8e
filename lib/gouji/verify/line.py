"""What a verification says: a line for each thing that was compared."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.memo.paper import printable


@dataclass(frozen=True, slots=True)
class Line:
    """Whether something is the same (None: told, but neither), what it is, what is to be said of it, and more lines
    that say it in detail."""

    same: bool | None
    what: str
    said: str = ""
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        mark = {True: "相同", False: "不同", None: "说明"}[self.same]
        told = f"[{mark}] {self.what}" + (f"：{self.said}" if self.said else "")
        lines = (told, *(f"　　{one}" for one in self.details))
        return "\n".join(printable(one).replace("\n", "\ufffd") for one in lines)


def same(what: str, said: str = "") -> Line:
    """A line on something that is the same."""
    return Line(True, what, said)


def differs(what: str, said: str, *details: str) -> Line:
    """A line on something that differs."""
    return Line(False, what, said, details)


def note(what: str, said: str, *details: str) -> Line:
    """A line on something that is neither."""
    return Line(None, what, said, details)
