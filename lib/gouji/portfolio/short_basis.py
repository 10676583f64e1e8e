"""Shortens what findings rest on for a list: the law's short name with its articles, each law once."""

from __future__ import annotations

import re

_STATE = "中华人民共和国"
#: A law's number or date behind its name: （国务院令第729号）, （财预〔2016〕143号）.
_NUMBER = re.compile(r"（[^（）]*号）")
_ARTICLES = re.compile(r"第[一二三四五六七八九十百零]+条.*$")


def short_basis(basis: str) -> str:
    """Returns `预算法第十三条、第七十二条；地方预决算公开操作规程第三条` for citations joined by `；`.

    Laws keep their order. What is no law (审计实务, notes of forms) is left out beside a law, because only the law
    binds.
    """
    laws: dict[str, list[str]] = {}
    for citation in dict.fromkeys(one.strip() for one in basis.split("；") if one.strip()):
        article = _ARTICLES.search(citation)
        name = _NUMBER.sub("", citation[: article.start()] if article else citation).removeprefix(_STATE)
        laws.setdefault(name, []).extend(article[0].split("、") if article else ())
    named = [f"{name}{'、'.join(dict.fromkeys(articles))}" for name, articles in laws.items() if articles]
    return "；".join(named or laws)
