"""Says what must be done about a finding, in the same words in all papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gouji.checks.check import Checks
from gouji.facts.fact import Fact
from gouji.facts.shown import in_unit, told_amount
from gouji.findings.displacement import SLIP as DISPLACED
from gouji.findings.evidence import candidates_of, stands_in_identities
from gouji.findings.finding import Finding, distinct_repairs
from gouji.findings.naming import spoken
from gouji.findings.suggested import print_of, shown_value
from gouji.repair.corrections import only_asks
from gouji.runtime.immutable import immutable

#: What is asked where no correction can be named: of figures that cannot be told apart, of what is wrong as printed, of
#: what may be right, and of notes.
COMPARE, CORRECT, EXPLAIN, MEND = "核对账表，确定有误的数字后更正", "核对后更正", "核对后更正或说明", "公开时改正"
#: What questions of a family of rules (the first part of their ids) ask for.
_OF_FAMILY = {
    "codes": "说明列支科目，有误的更正",
    "disclosure": "补充公开或说明",
    "form": "补填或说明",
    "reasonableness": "说明，附明细账",
    "reasons": "说明，附有关资料",
    "timing": "说明依据和时点",
    "years": "说明两年差异，有误的更正",
}
#: What is asked where rows print each other's amounts.
ROW_BY_ROW = "按账上科目逐行核对后更正"
#: Limit on the corrections told.
_MOST = 3


@immutable()
class Change:
    """A correction in words: the figure's place and name, its print ("" where it is not filled in), and what it should
    be."""

    where: str
    printed: str
    to: str

    @property
    def told(self) -> str:
        """Returns `第三部分 七（二）公务接待费决算，3万元 → 0.25万元`."""
        return f"{self.where}，{self.printed or '未填列'} → {self.to}"

    @property
    def brief(self) -> str:
        """Returns `3万元 → 0.25万元`; of a figure that is not filled in, its value."""
        return f"{self.printed} → {self.to}" if self.printed else self.to


@immutable()
class Remedy:
    """What must be done about a finding: `asks` in words, and the corrections where arithmetic suggests any. `by_row`:
    they are of rows that print each other's amounts."""

    asks: str
    changes: tuple[Change, ...] = ()
    by_row: bool = False

    @property
    def told(self) -> str:
        """Returns `更正：第三部分 七（二）公务接待费决算，3万元 → 0.25万元`, for papers that do not name the figure."""
        return self._with(one.told for one in self.changes)

    @property
    def brief(self) -> str:
        """Returns `更正：3万元 → 0.25万元`, for tables whose title names the figure. Of rows that print each other's
        amounts it returns no amounts: without their rows they tell nothing."""
        return self.asks if self.by_row else self._with(one.brief for one in self.changes)

    def _with(self, changes: Iterable[str]) -> str:
        times = Counter(changes)
        said = [f"{one}（{number}处）" if number > 1 else one for one, number in times.items()]
        more = f"；等{len(self.changes)}处" if len(said) > _MOST else ""
        return f"{self.asks}：{'；'.join(said[:_MOST])}{more}" if said else self.asks


def remedy(finding: Finding, checks: Checks) -> Remedy:
    """Returns what must be done about a finding."""
    if changes := _changes(finding, checks):
        if finding.slip == DISPLACED and len(changes) > 1:
            return Remedy(ROW_BY_ROW, changes, by_row=True)
        blank = all(one.blank for one in finding.suspects)
        asks = "核对是否漏填，漏填的补列" if blank else "核对后更正或说明"
        return Remedy("更正" if finding.severity == "error" else asks, changes)
    if finding.severity == "note":
        return Remedy(MEND)
    if stands_in_identities(finding) and not all(only_asks(check) for check in finding.checks):
        return Remedy(COMPARE)
    if finding.severity == "error":
        return Remedy(CORRECT)
    return Remedy(_OF_FAMILY.get(finding.rule.partition(".")[0], EXPLAIN))


def _changes(finding: Finding, checks: Checks) -> tuple[Change, ...]:
    """Returns the corrections, each with its figure as printed and as it should be."""
    if finding.repairs:
        return tuple(
            _change(one.fact, in_unit(shown_value(one.to, one.value, one.fact, finding), one.fact))
            for one in distinct_repairs(finding)
        )
    if not finding.located or not stands_in_identities(finding):
        return ()
    first = candidates_of(finding, checks)[0]
    if not (first.to or first.bounded):
        return (_change(first.fact, "应为多少须核对账表"),)
    known = first.to and (first.value is None or not first.bounded or print_of(first.value, first.fact, finding))
    to = shown_value(first.to, first.value, first.fact, finding) if known else first.bounded or first.to
    return (_change(first.fact, to),)


def _change(fact: Fact, to: str) -> Change:
    return Change(spoken(fact), "" if fact.blank else told_amount(fact), to)
