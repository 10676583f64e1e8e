"""Shows things in notebooks: HTML in the browser, the same as text elsewhere, both deterministic."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pandas as pd

from gouji.runtime.visible import visible

#: Up to this many characters a cell is kept on one line.
_SHORT = 12
#: Text that a notebook's page would set as a formula, and the classes (of older and newer versions) that it leaves
#: alone.
_FORMULA, _NO_FORMULAS = re.compile(r"[$\\]"), "tex2jax_ignore mathjax_ignore"
#: A number with its unit. Identities are words.
_NUMBER = re.compile(r"[-−+]?\d\S*$")


@dataclass(frozen=True, slots=True)
class View:
    """Something to look at."""

    text: str
    markup: str

    def __repr__(self) -> str:
        return visible(self.text)

    def _repr_html_(self) -> str:
        markup = visible(self.markup)
        return f'<div class="{_NO_FORMULAS}">{markup}</div>' if _FORMULA.search(markup) else markup


def framed(frame: pd.DataFrame) -> View:
    """Shows a frame as a table; （无） where it is empty."""
    if frame.empty:
        return View("（无）", "<p>（无）</p>")
    head = "".join(
        f'<th style="text-align:left;white-space:nowrap">{html.escape(str(name))}</th>' for name in frame.columns
    )
    rows = ["".join(cell(str(value)) for value in row) for row in frame.itertuples(index=False)]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return View(frame.to_string(index=False), f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def under(said: str, *views: View) -> View:
    """Puts views under a line of text."""
    text = "\n".join([said, *(view.text for view in views)])
    return View(text, f"<p>{html.escape(said)}</p>" + "".join(view.markup for view in views))


def cell(text: str, tag: str = "td", colspan: int = 1, style: str = "") -> str:
    """Returns a cell: numbers to the right, words to the left, short words unbroken."""
    number = _NUMBER.match(text) is not None
    align = "center" if tag == "th" else ("right" if number else "left")
    wrap = "white-space:nowrap;" if len(text) <= _SHORT else ""
    return f'<{tag} colspan="{colspan}" style="text-align:{align};{wrap}{style}">{html.escape(text)}</{tag}>'
