"""Questions on 年初结转和结余, beside last year's 年末结转和结余."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome
from gouji.review.years.model import YearRule
from gouji.review.years.tied import Tied, concerned, expanded, leading, listed, observed, tie


def opening(rule: YearRule, material: Material) -> Iterator[Observation]:
    """Asks if this year does not begin with what last year ended with: in all, by fund, or by item."""
    prior = material.prior
    if prior is None:
        return
    found = [tie(*pair, material.facts, prior) for pair in expanded(rule.pairs, material.facts, prior)]

    def raised(broken: Sequence[Tied]) -> Observation:
        first = leading(broken)
        assert first.now
        assert first.then
        text = "".join(block.text for block in material.document.blocks)
        words = [word for word in rule.words if word in text]
        told = f"文中有“{words[0]}”字样，" if words else "文中未见调整的说明，"
        return Observation(
            rule,
            "年初与上年年末结转和结余",
            Outcome.RAISED,
            f"本年{first.title}{first.now.printed}，而上年决算的年末数为{first.then.printed}，是否有追溯调整或收回结余？",
            f"{listed(broken, material.facts, '本年', '上年')}。{told}"
            "请核对年初余额的调整（会计差错更正、收回财政结余资金、机构划转）及其批准文件。",
            concerns=concerned(broken),
        )

    yield from observed(rule, material, found, "上年决算", raised)
