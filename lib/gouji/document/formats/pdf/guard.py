"""Checks a PDF's pages against the limits, before each costly step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gouji.runtime.limits import MEGABYTE, Limits


@dataclass(frozen=True, slots=True)
class PageGuard:
    """Raises LimitExceededError, naming the file and the page, for what exceeds the limits."""

    path: Path
    limits: Limits

    def pages(self, number: int) -> None:
        """Checks the number of pages."""
        self.limits.check("pages", number, self.path)

    def page(self, number: int, characters: int, rules: int) -> None:
        """Checks the characters and rules of a page. Tables are found by comparing every rule with every other."""
        self.limits.check("page_characters", characters, self.path, f"第{number}页")
        self.limits.check("page_rules", rules, self.path, f"第{number}页")

    def picture(self, number: int, width: float, height: float) -> None:
        """Checks the size, in pixels, at which a page is drawn."""
        self.limits.check("page_megapixels", width * height / MEGABYTE, self.path, f"第{number}页")
