"""Lists what a memo was made of, from the published file to the program. The list stands at the memo's foot. It can be
compared with manifest.json, and `gouji verify` goes through it again."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.auditing import Audit
from gouji.companions import ROLE_NAMES
from gouji.document.model import Document
from gouji.memo.manifest import parameters_hash, rules_hash
from gouji.runtime.code_hash import code_hash
from gouji.runtime.versions import VERSION

#: Number of hexadecimal digits of a hash printed at the foot of a page.
_SHORT = 16
OUTPUTS = "各输出的哈希见 manifest.json"
HOW = (
    "从来源文件经参数、规则、程序代码到各输出，逐级以 SHA-256 固定。复核："
    "执行“gouji verify 输出文件夹 --source 来源文件”，"
    "按 manifest.json 的记载重新执行，逐项说明来源、版本和各输出是否相同。"
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was audited, or that the account was compared with; `sha256` is hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Versions:
    """Hashes (SHA-256) of parameters, rules and code, and the version of Gouji."""

    parameters: str
    rules: str
    code: str
    gouji: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of an audit, from its sources to the program.

    `sha256` is that of the document (for several files, of their hashes) and `files` are its files. `compared` are
    the documents it was compared with, each with its role in Chinese. `versions` produced the audit.
    """

    sha256: str
    files: tuple[SourceFile, ...]
    compared: tuple[tuple[str, SourceFile], ...]
    versions: Versions

    @property
    def foot(self) -> str:
        """Returns the chain in one line, for the foot of every page."""
        by = self.versions
        hashes = (("来源", self.sha256), ("参数", by.parameters), ("规则", by.rules), ("代码", by.code))
        return "　".join((*(f"{name} {digest[:_SHORT]}" for name, digest in hashes), f"Gouji {by.gouji}"))

    @property
    def links(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Returns the links of the chain in order: the name of each and its lines."""
        by = self.versions
        return (
            ("来源文件", _lines(self.files)),
            *((f"对照文件（{role}）", _lines((one,))) for role, one in self.compared),
            ("参数", (f"SHA-256 {by.parameters}",)),
            ("规则", (f"SHA-256 {by.rules}",)),
            ("代码", (f"Gouji {by.gouji}", f"SHA-256 {by.code}")),
            ("输出", (OUTPUTS,)),
        )


def chain_of(audit: Audit, made_by: Versions | None = None) -> Chain:
    """Returns the chain of an audit made by this version, or by the versions `made_by` where given."""
    beside = audit.companions
    given = {
        "prior": (beside.prior,),
        "budget": (beside.budget,),
        "subordinates": beside.subordinates,
        "earlier_years": beside.earlier_years,
    }
    compared = [
        (ROLE_NAMES[role], file) for role, all_ in given.items() for one in all_ if one for file in _files(one.document)
    ]
    return Chain(audit.document.sha256, _files(audit.document), tuple(compared), made_by or versions_of(audit))


def versions_of(audit: Audit) -> Versions:
    """Returns the versions that this process audits with."""
    return Versions(parameters_hash(audit.parameters), rules_hash(), code_hash(), VERSION)


def _files(document: Document) -> tuple[SourceFile, ...]:
    """Returns the files of a document, each with its own hash."""
    return tuple(SourceFile(one.name, one.sha256) for one in document.parts or (document,))


def _lines(files: tuple[SourceFile, ...]) -> tuple[str, ...]:
    return tuple(line for one in files for line in (one.name, f"SHA-256 {one.sha256}"))
