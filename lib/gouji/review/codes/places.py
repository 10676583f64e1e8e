"""Questions on codes in wrong places: unknown, of an earlier or another classification, or below another code's row."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.facts.fact import Facts
from gouji.reference.classification import accounts, is_complete, parent_of, plain, superseded
from gouji.review.codes.model import CodeRule
from gouji.review.codes.rows import CODED, Printed, concerns, printed_codes, where
from gouji.review.material import Material
from gouji.review.observation import Observation, Outcome


def unknown(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about a row with an amount whose code no list of the year has, if the list is complete below its
    superior."""
    year = material.facts.year
    for row in material.once(printed_codes):
        judged = year and row.filled and is_complete(parent_of(row.code), year) and row.code[0] in "23"
        if not judged or row.code in superseded():
            continue
        if row.code in accounts():
            yield Observation(rule, row.code, Outcome.CLEAR)
            continue
        at, above = where(row, material.facts), accounts().get(parent_of(row.code), ())
        below = f"“{parent_of(row.code)} {above[-1].name}”之下" if above else "支出功能分类" * (row.code[0] == "2")
        yield Observation(
            rule,
            row.code,
            Outcome.RAISED,
            f"{at}科目编码{row.code}“{row.name}”不在{year}年科目之内，金额应列何处？",
            f"{year}年政府收支分类科目{below or '部门预算支出经济分类'}没有编码{row.code}，而{at}在此列有金额；"
            "须查预算批复、指标文件和账上所用科目。",
            concerns([row]),
        )


def superseded_codes(material: Material) -> Iterator[Printed]:
    """Returns the rows with an amount whose code, or code and name together, belong to a classification no longer
    used."""
    for row in material.once(printed_codes):
        former = superseded().get(row.code)
        if (
            former is None
            or not row.filled
            or former.until >= (material.facts.year or 0)
            or former.now.startswith(row.code)
        ):
            continue
        if row.code not in accounts() or plain(row.name) == plain(former.name):
            yield row


def superseded_rows(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about the codes of an earlier classification; one matter."""
    found = tuple(superseded_codes(material))
    if not found:
        yield Observation(rule, "旧科目编码", Outcome.CLEAR)
        return
    lines = []
    for row in found:
        former = superseded()[row.code]
        now = f"，现为{former.now}" if former.now else ""
        lines.append(f"{where(row, material.facts)}{row.code}“{former.name}”（用至{former.until}年{now}）")
    first, name = found[0], superseded()[found[0].code].name
    yield Observation(
        rule,
        "旧科目编码",
        Outcome.RAISED,
        f"{material.facts.year}年决算{where(first, material.facts)}为何仍用旧科目{first.code}“{name}”？",
        "；".join(lines) + "。旧编码与现行编码含义不同，须查账上实际科目，并看报表是否由决算系统导出。",
        concerns(found),
    )


def foreign(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about rows of the basic expenditure table with an amount under classes that do not belong there; one
    matter."""
    if not material.facts.tables["basic_expenditure"].codes:
        return
    rows = (row for row in material.once(printed_codes) if row.filled and row.code.startswith(rule.classes))
    found = [row for row in rows if row.facts[0].concept.table == "basic_expenditure"]
    if not found:
        yield Observation(rule, rule.title, Outcome.CLEAR)
        return
    named = "、".join(f"{row.code}“{row.name}”{_amount(row)}" for row in found[:6])
    at = where(found[0], material.facts)
    yield Observation(
        rule,
        rule.title,
        Outcome.RAISED,
        f"{at}为何列有{found[0].code}“{found[0].name}”？{rule.note.rstrip('。')}",
        f"{at}{named}{'等' if len(found) > 6 else ''}。{rule.note}须查这些金额在账上的科目和性质。",
        concerns(found),
    )


def _amount(row: Printed) -> str:
    figure = next((fact.figure for fact in row.facts if fact.amount), None)
    return f"{figure.text.strip()}{figure.unit}" if figure else ""


def misplaced(rule: CodeRule, material: Material) -> Iterator[Observation]:
    """Asks about a row with an amount that stands below the row of another superior than its code's."""
    limit = material.threshold("codes_out_of_order")
    found: dict[str, tuple[str, list[str]]] = {}
    for key in CODED:
        if key == "basic_expenditure":
            continue
        codes = material.facts.tables[key].codes
        out = [(code, above) for code, above in _superiors(codes) if not code.startswith(above)]
        if len(out) * 100 > limit * len(codes):
            continue  # the table is in another order: where a row stands says nothing
        for code, above in out:
            found.setdefault(code, (above, []))[1].append(key)
    rows = {row.code: row for row in material.once(printed_codes)} if found else {}
    for code, (above, _) in found.items():
        row = rows[code]
        if row.filled:
            yield _ask_if_misplaced(rule, row, rows[above], material.facts)


def _ask_if_misplaced(rule: CodeRule, row: Printed, above: Printed, facts: Facts) -> Observation:
    at = where(row, facts)
    return Observation(
        rule,
        f"{row.code} 列在{above.code}之下",
        Outcome.RAISED,
        f"{at}{row.code}“{row.name}”为何列在{above.code}“{above.name}”之下？",
        f"编码{row.code}的上级是{parent_of(row.code)}，{at}却排在{above.code}“{above.name}”之下；"
        "须查是编码录错，还是上级合计少了或多了这一行。",
        concerns([row]),
    )


def _superiors(codes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Returns, by code, the nearest code before it at a higher level. Leaves out codes without one."""
    standing: list[str] = []
    for code in codes:
        standing = [one for one in standing if len(one) < len(code)]
        if standing:
            yield code, standing[-1]
        standing.append(code)
