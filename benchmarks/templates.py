"""Documents of one template checked at once: what each costs, beside what it costs alone.

The documents are variations of one fictitious department: in each some cells are blank, print another amount or cannot
be read, so that all outcomes occur.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
from tests.support.variations import variations

from gouji.checks.batch import Batch
from gouji.checks.rules import load_rules
from gouji.checks.template import TemplateSystem, by_template
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.recognise import recognise
from gouji.fictitious.departments import make_department, to_text
from gouji.intervals import SCALE, VERDICTS

SEED = 20231126
_DOCUMENTS = 10_000
#: So many documents are made; the others repeat them with some amounts of their own.
_MADE = 200
_CHANGED = 0.01
_HUNDREDTH = 10_000 * SCALE // 100


def template_systems(median: Callable[[Callable[[], object], int], float]) -> None:
    """Prints what a check of 10,000 documents of one template costs each, and what it takes to come to it; `median`
    gives the seconds of so many runs."""
    text = to_text(make_department(SEED, "national2022"))
    facts = recognise(Document("department", "", "utf-8", read_blocks(text)))
    documents = list(variations(facts, Random(SEED), _MADE))
    system = TemplateSystem.of(facts)
    batch = _many(system.batch(documents))
    together = median(lambda: system.check(batch), 5) / _DOCUMENTS
    identities = tuple(rule for rule in load_rules() if rule.kind == "identity")
    alone = median(lambda: [tie_out(one, identities) for one in documents[:20]], 3) / 20
    codes = system.check(batch).codes
    ended = "、".join(f"{verdict.value} {(codes == code).mean():.1%}" for code, verdict in enumerate(VERDICTS))
    print(f"同一模板的 {_DOCUMENTS:,} 份文件（{len(batch.amounts)} 格，{len(system.checks)} 项勾稽：{ended}）")
    print(f"  一并核对每份 {together * 1000:.4f} ms；逐份核对每份 {alone * 1000:.2f} ms，为 {alone / together:.0f} 倍")
    steps = {
        "建立模板": median(lambda: TemplateSystem.of(facts), 5),
        "分组每份": median(lambda: by_template(documents), 5) / _MADE,
        "由事实成数组每份": median(lambda: system.batch(documents), 5) / _MADE,
    }
    print("  " + "，".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in steps.items()))


def _many(batch: Batch) -> Batch:
    """The documents over and over, up to 10,000, each with some printed amounts a few hundredths of 万元 off."""
    rng = np.random.default_rng(SEED)
    made = (batch.amounts, batch.radii, batch.blank, batch.unreadable)
    amounts, radii, blank, unreadable = (np.tile(array, _DOCUMENTS // len(batch)) for array in made)
    changed = (rng.random(amounts.shape) < _CHANGED) & (amounts != 0)
    return Batch(amounts + changed * rng.integers(-3, 4, amounts.shape) * _HUNDREDTH, radii, blank, unreadable)
