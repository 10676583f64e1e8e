"""Reads pictures of pages: straightens them, recognises their text, finds their rules, and marks what is not
certain."""

from gouji.document.formats.scan.content import read_content

__all__ = ["read_content"]
