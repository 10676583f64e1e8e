"""Merges the decisions of the working papers with those of a file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from gouji.dispositions.disposition import Disposition


@dataclass(frozen=True)
class Papers:
    """The content of an earlier run's working papers: the decisions as they stand there now, as the run wrote them, and
    as the parameters' file stated them at that time; and those that the auditor has withdrawn."""

    decided: Mapping[str, Disposition] = field(default_factory=dict)
    written: Mapping[str, Disposition] = field(default_factory=dict)
    stated: Mapping[str, Disposition] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()


def merge(papers: Papers, stated: Mapping[str, Disposition], file: str) -> tuple[dict[str, Disposition], list[str]]:
    """Returns the decisions in force, and a line for each conflict.

    A decision edited since the last run, in either place, is the newer one. Where both were edited, the later date
    counts, and without a later date the working papers.
    """
    decided: dict[str, Disposition] = {}
    notices: list[str] = []
    for name in sorted({*papers.decided, *stated, *papers.withdrawn}):
        here, there = papers.decided.get(name), stated.get(name)
        if name in papers.withdrawn:
            kept = f"，{file} 中仍有，按其保留：{there.told}" if there else ""
            was = papers.written[name].told if name in papers.written else ""
            notices.append(f"工作底稿中撤回了 {name} 的认定（原为{was}）{kept}")
        if here is not None and there is not None and not here.same(there):
            decided[name], notice = _chosen(here, there, papers, file)
            notices += [notice] if notice else []
        else:
            # Of two alike, the one that says what the finding was.
            found = here if here is not None and (there is None or here.about) else there
            decided |= {name: found} if found else {}
    return decided, notices


def _chosen(here: Disposition, there: Disposition, papers: Papers, file: str) -> tuple[Disposition, str]:
    name = here.finding
    edited_here, edited_there = (
        not one.same(before.get(name)) for one, before in ((here, papers.written), (there, papers.stated))
    )
    if not (edited_here and edited_there):
        return (there if edited_there else here), ""
    earliest = datetime.date.min
    later = (there.date or earliest) > (here.date or earliest)
    chosen = there if later else here
    taken = f"按日期较近的 {file}" if later else "按工作底稿" if here.date == there.date else "按日期较近的工作底稿"
    return chosen, f"{name} 的两处认定不同：工作底稿为“{here.told}”，{file} 为“{there.told}”；{taken}"
