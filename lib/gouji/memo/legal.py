"""Orders the bases that findings cite: each law once, with its articles; practice apart, for it is no law."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gouji.checks.rules import Basis
from gouji.facts.narrative.tokens import chinese_numeral
from gouji.findings.finding import Finding

_ARTICLE = re.compile(r"第([〇零一二两三四五六七八九十百千]+)条")
#: A name without what stands in brackets behind it, the number of the document.
_NAME = re.compile(r"([^（]*)(（.*）)?")


@dataclass(frozen=True, slots=True)
class Article:
    """An article, in our words, and the numbers of the findings that cite it. `article` is "" for what has none."""

    article: str
    says: str
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A law, or a practice that is no law, with the articles cited. `verified`: compared with the official text."""

    name: str
    dated: str
    law: bool
    verified: bool
    articles: tuple[Article, ...]

    @property
    def title(self) -> str:
        """Returns the name as a memo writes it: 《中华人民共和国预算法》."""
        if not self.law:
            return self.name
        match = _NAME.fullmatch(self.name)
        return f"《{match[1]}》{match[2] or ''}" if match else f"《{self.name}》"

    @property
    def told(self) -> str:
        """Returns the name with all articles cited."""
        return self.title + "、".join(one.article for one in self.articles if one.article)


def cited_by(findings: Iterable[Finding]) -> tuple[Cited, ...]:
    """Returns what the findings cite: laws by rank and date, then what is no law. Articles are in their order."""
    by_name: dict[str, dict[tuple[str, str], list[int]]] = {}
    bases: dict[str, list[Basis]] = {}
    for number, finding in enumerate(findings, 1):
        for basis in finding.basis:
            bases.setdefault(basis.name, []).append(basis)
            by_name.setdefault(basis.name, {}).setdefault((basis.article, basis.says), []).append(number)
    cited = [_cited(bases[name], articles) for name, articles in by_name.items()]
    return tuple(sorted(cited, key=lambda one: (not one.law, _rank(one.name), one.dated, one.name)))


def _cited(bases: list[Basis], articles: dict[tuple[str, str], list[int]]) -> Cited:
    first = bases[0]
    found = [Article(article, says, tuple(dict.fromkeys(numbers))) for (article, says), numbers in articles.items()]
    return Cited(
        name=first.name,
        dated=first.dated,
        law=first.law,
        verified=all(one.verified for one in bases),
        articles=tuple(sorted(found, key=lambda one: (_number(one.article), one.article, one.says))),
    )


def _number(article: str) -> int:
    match = _ARTICLE.search(article)
    return chinese_numeral(match[1]) if match else 0


def _rank(name: str) -> int:
    """Returns the rank of a law by its name: acts, regulations of the State Council, its other documents, rules of
    ministries."""
    bare = name.partition("（")[0]
    if bare.endswith("法") and bare.startswith("中华人民共和国"):
        return 0
    if bare.endswith("条例"):
        return 1
    return 2 if "国发" in name or "国办发" in name else 3
