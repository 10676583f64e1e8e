"""The grammar of the narrative: any text states facts, or none, and each stands where it says."""

from __future__ import annotations

from random import Random

from fuzz import seeds
from fuzz.mutate.text import mutated, smaller
from fuzz.target import Target
from fuzz.targets.exact import no_floats
from gouji.checks.tie_out import tie_out
from gouji.document.model import BlockKind, Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise

_HEAD = "某县某局（虚构）2023年度部门决算\n第三部分 2023年度部门决算情况说明\n"
_SECTIONS = (
    "一、收入支出决算总体情况说明",
    "二、收入决算情况说明",
    "三、支出决算情况说明",
    "五、一般公共预算财政拨款支出决算具体情况",
    "七、“三公”经费支出决算情况说明",
    "八、机关运行经费支出情况",
    "十、预算绩效情况说明",
)


def run(data: bytes) -> str:
    """The first line chooses the section, the others are its text."""
    first, _, text = data.decode("utf-8", errors="replace").partition("\n")
    section = _SECTIONS[len(first) % len(_SECTIONS)]
    document = Document("account", "", "utf-8", read_blocks(f"{_HEAD}{section}\n{text}"))
    facts = recognise(document)
    lines = {block.place.line: block.text for block in document.blocks if block.kind is not BlockKind.TABLE}
    for fact in facts.statements():
        told = lines.get(fact.place.line)
        assert told is not None, "a statement that stands nowhere"
        assert 0 <= fact.place.start <= fact.place.end, "a span that runs backwards"
        assert "".join(fact.figure.text.split()) in "".join(text.split()), "a figure that is not printed"
        no_floats(fact)
    assert recognise(document).facts == facts.facts, "recognised twice, two accounts"
    checks = tie_out(facts)
    return f"{min(len(facts.statements()), 20)} statements, {len({check.rule.id for check in checks.checks})} rules"


def _mutate(data: bytes, rng: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    if rng.random() < 0.15:
        other = rng.choice(_told)
        at, to = rng.randrange(len(text) + 1), rng.randrange(len(other) + 1)
        text = text[:at] + other[to : to + rng.randint(1, 80)] + text[at:]
    return mutated(text, rng).encode("utf-8", errors="replace")


_told = seeds.narratives()
GRAMMAR = Target(
    "grammar",
    "txt",
    run,
    lambda: [f"{'-' * at}\n{text}".encode() for at, text in enumerate(_told)],
    _mutate,
    smaller,
)
