"""Hostile web pages."""

from __future__ import annotations

from hostile.account import web
from hostile.texts import Maker


def page(inside: str = "", times: int = 1, **more: str) -> bytes:
    """The account with markup behind its last sentence, over and over."""
    return web(inside * times, **more).encode("utf-8", "surrogatepass")


def styled(sheet: str, times: int = 1) -> bytes:
    """The account with a style sheet."""
    return web(head=f"<style>{sheet * times}</style>").encode()


def nested(opening: str, times: int) -> bytes:
    """The account inside so many elements."""
    return f"<html><body>{opening * times}{web()}".encode()


def archive(times: int) -> bytes:
    """A web archive with parts in parts."""
    head = "MIME-Version: 1.0\n"
    for at in range(times):
        head += f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n'
    return (head + "Content-Type: text/html\n\n" + web()).encode()


MAKERS: dict[str, Maker] = {"page": page, "styled": styled, "nested": nested, "archive": archive}
