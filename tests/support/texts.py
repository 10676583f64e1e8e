"""Checks straight from text."""

from __future__ import annotations

from gouji.checks.check import Checks
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise


def checks_of(text: str) -> Checks:
    """The checks of a document that says `text`."""
    return tie_out(recognise(document_of(text)))


def document_of(text: str) -> Document:
    """A document that says `text`."""
    return Document("account", "", "utf-8", read_blocks(text))
