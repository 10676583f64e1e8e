"""Takes stretches of markup out of a text in one pass."""

from __future__ import annotations


def without(text: str, opening: str, closing: str) -> str:
    """Returns a text without the parts between two marks, and without the marks. An opening mark that nothing closes
    stays.

    (A regular expression would search for the end of each of them anew.)
    """
    if opening not in text:
        return text
    kept, at = [], 0
    while (begin := text.find(opening, at)) >= 0 and (end := text.find(closing, begin + len(opening))) >= 0:
        kept.append(text[at:begin])
        at = end + len(closing)
    return "".join(kept) + text[at:]
