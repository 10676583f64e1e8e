"""The sample department's text, and a copy with its errors corrected by hand."""

from __future__ import annotations

from pathlib import Path

#: (line text to find, how many lines below it the first cell stands, what the cells should print)
_TOTALS = {
    "公开02表": ["385.28", "162", "", "", "", "", "223.28"],
    "公开03表": ["385.28", "270.90", "114.38", "", "", ""],
}


def corrected(path: Path) -> str:
    """The text at `path` with its errors corrected: 270.91 as 270.90, both blank 合计 rows filled in, 3万元 of 七（二）
    as 0.25万元, 24.78% of 六 as 24.79%."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, cells in _TOTALS.items():
        start = next(index for index, line in enumerate(lines) if number in line)
        total = next(index for index in range(start, len(lines)) if lines[index].strip() == "合计")
        for offset, cell in enumerate(cells, 1):
            assert not lines[total + offset].strip()
            lines[total + offset] = f"\t{cell}"
    lines = [line.replace("270.91", "270.90").replace("24.78%", "24.79%") for line in lines]
    sentence = next(index for index, line in enumerate(lines) if "公务接待费支出决算3万元" in line)
    lines[sentence] = lines[sentence].replace("支出决算3万元", "支出决算0.25万元")
    return "\n".join(lines)


def replaced(text: str, line: int, old: str, new: str) -> str:
    """`text` with `old` in its 1-based `line` printed as `new`."""
    lines = text.split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    return "\n".join(lines)


def three_public(path: Path) -> str:
    """What the text at `path` says of “三公”经费, a small account: its table, and section 七, which contradicts it."""
    return _parts(
        path,
        [("财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收支决算表")],
        [("七、财政拨款三公", "八、政府性基金预算收入")],
    )


def with_errors(path: Path) -> str:
    """The parts of the text at `path` in which arithmetic finds something, and nothing else: a third of it.

    Tables 02, 03 and 07, and sections 一 to 七.
    """
    return _parts(
        path,
        [
            ("部门收入决算表", "财政拨款收支决算总表"),
            ("财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收支决算表"),
        ],
        [("一、收入支出决算总体情况说明", "八、政府性基金预算收入")],
    )


def _parts(path: Path, tables: list[tuple[str, str]], sections: list[tuple[str, str]]) -> str:
    """An account of the text's lines from the start of each part to that of the next, under the text's headings."""
    lines = path.read_text(encoding="utf-8").split("\n")
    at = lines.index("第二部分 2023年部门决算表")

    def between(start: str, end: str) -> list[str]:
        first, last = (
            next(number for number, line in enumerate(lines) if number >= at and line.strip().startswith(one))
            for one in (start, end)
        )
        return lines[first:last]

    second, third = "第二部分 2023年度部门决算表", "第三部分 2023年度部门决算情况说明"
    kept = [[line for part in parts for line in between(*part)] for parts in (tables, sections)]
    return "\n".join([lines[0], second, *kept[0], third, *kept[1]])
