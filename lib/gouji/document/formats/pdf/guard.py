"""The limits of a PDF's pages, asked before each costly step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gouji.runtime.limits import MEGABYTE, Limits


@dataclass(frozen=True, slots=True)
class PageGuard:
    """Raises LimitExceededError, naming the file and page, for what exceeds the limits."""

    path: Path
    limits: Limits

    def pages(self, number: int) -> None:
        """Told of how many pages there are."""
        self.limits.check("pages", number, self.path)

    def page(self, number: int, characters: int, rules: int) -> None:
        """Told of what a page has: tables are looked for by comparing every rule with every other."""
        self.limits.check("page_characters", characters, self.path, f"第{number}页")
        self.limits.check("page_rules", rules, self.path, f"第{number}页")

    def picture(self, number: int, width: float, height: float) -> None:
        """Told of how large, in pixels, a page is drawn."""
        self.limits.check("page_megapixels", width * height / MEGABYTE, self.path, f"第{number}页")
