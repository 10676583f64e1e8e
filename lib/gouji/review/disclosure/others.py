"""Questions on full names of units that an account presents as its own, but that are neither its department nor its
units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gouji.document.model import BlockKind
from gouji.labels import normalise, years_in_digits
from gouji.review.disclosure.names import same_name
from gouji.review.disclosure.passages import clear, narrated, parted, under, unknown
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.material import Material, quote
from gouji.review.observation import Observation, Outcome, Quote

_MATTER = "文中的单位名称"
#: Titles stand among the first blocks, and are no longer.
_FIRST, _TITLE = 12, 60
_MOST = 5


def other_units(rule: DisclosureRule, material: Material) -> Iterator[Observation]:
    """Asks once about names whose income, expenditure or lack of them the account states in sentences and notes, and
    about names that stand where its own belongs.

    The `words` have groups whose names begin with `name` (`name_alone` where no amount is told). The `synonyms` are the
    headings under which its units are named.
    """
    own = normalise(material.facts.department)
    if not own:
        yield unknown(rule, _MATTER, "未能确定部门名称")
        return
    known = "".join((material.once(_titles), *_text_of(material, rule.synonyms["chapter"])))
    found: list[Quote] = []
    alone = True
    for block in material.once(narrated).holding(rule.anywhere):
        for match in rule.pattern.finditer(years_in_digits(block.text)):
            group = next(key for key, one in match.groupdict().items() if one)
            name = normalise(match[group])
            if not (rule.excused.search(name) or name in known or same_name(name, own) or _is_reordered(name, own)):
                found.append(quote(block, match.start(group), match.end(group)))
                alone = alone and group.startswith("name_alone")
    if not found:
        yield clear(rule, _MATTER)
        return
    places = "；".join(f"{one.where}“{one.text}”" for one in found[:_MOST])
    asked = f"写作“{found[0].text}”" if alone else f"说明“{found[0].text}”的收支"
    yield Observation(
        rule,
        _MATTER,
        Outcome.RAISED,
        f"{material.facts.department}的决算中为何{asked}？",
        f"{places}：既不是决算单位，也不在所列的单位构成之内，可能沿用了其他单位的文稿，"
        "请核对该处的文字和数字是否属于本单位。",
        quotes=tuple(found),
    )


def _is_reordered(name: str, own: str) -> bool:
    """True for the department's own name with its parts in another order: 政协某市委员会办公室, 某市政协办公室."""
    return not Counter(name.replace("委员会", "")) - Counter(own)


def _titles(material: Material) -> str:
    """Returns the text of the titles."""
    first = (block.text for block in material.document.blocks[:_FIRST])
    return normalise("".join(text for text in first if len(text) < _TITLE and "。" not in text))


def _text_of(material: Material, words: tuple[str, ...]) -> Iterator[str]:
    """Returns the text under headings with some words, tables included."""
    for block in material.once(parted)[1]:
        named = any(word in heading.title for heading in block.section for word in words)
        if named and block.kind is BlockKind.TABLE and block.grid:
            yield from (normalise(cell.text) for row in block.grid.rows for cell in row)
    yield from (normalise(block.text) for block in under(material.once(parted)[1], words))
