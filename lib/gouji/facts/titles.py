"""What a document's titles say of it: the year of account and the department.

Titles stand at the beginning of each of its files, among the links of a page it was published on; headings of its parts
(第三部分 2023年度部门决算情况说明) name the year too. A title is believed where the text speaks of its year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.document.headings import parse_number
from gouji.document.marks import is_caption
from gouji.document.model import Block, BlockKind, Document
from gouji.facts.word_lists import WORDS
from gouji.labels import YEAR_DIGITS, normalise, years_in_digits
from gouji.layouts import Layouts
from gouji.runtime.word_lists import any_of

_YEAR = re.compile(rf"({YEAR_DIGITS})\s*年")
#: Words before a year with which another is compared, or that it comes before this one.
_COMPARED = re.compile(rf"(?:{any_of(WORDS.before_other_years)})\s*[（(]?\s*$")
#: They stand in so many characters before it.
_COMPARED_WITHIN = 12
#: Titles stand among so many of a file's first paragraphs: a page's links come before them.
_BEGINNING = 40
_LONGEST_TITLE = 45
#: The text speaks of a year where it names it at least half as often as any other.
_OFTEN = 0.5
_NO_TITLE = re.compile(r"[。；;]|[万亿]元|\d元")
#: 某局2024年度部门决算, 2024年某局部门决算公开, with the department's name in it; not a table's caption.
_TITLE = re.compile(
    r"^(?:20\d\d年度?)?(?P<name>[^0-9年。,:|>]*?)(?:20\d\d年度?[^0-9年。,:|>]*?)?"
    rf"(?:{any_of(WORDS.accounts_of)})?决算(?:{any_of(WORDS.title_ends)})*$"
)
#: 某局2026年部门预算, 2026年某局预算公开.
_BUDGET_TITLE = re.compile(
    rf"{YEAR_DIGITS}年[^。,:|>]*(?:(?:{any_of(WORDS.accounts_of)})预算|预算(?={any_of(WORDS.title_ends)}))"
    rf"(?:{any_of(WORDS.title_ends)})*$"
)
#: 决算 however it is written; 预决算 is said of both.
_ACCOUNTS = re.compile(r"(?<!预)[决決]\s*算")
#: 第一部分 某局概况.
_PART_TITLE = re.compile(
    rf"^第一(?:{any_of(WORDS.chapters)})(?P<name>[^0-9年。:]{{3,40}}?)"
    rf"(?:{any_of(WORDS.accounts_of)})?(?:{'|'.join(WORDS.descriptions)})$"
)
#: A name that a title's first line prints alone.
_NAME_LINE = re.compile(r"^[\u4e00-\u9fff()]{3,30}$")
_SHORTEST_NAME = 3
_INSTITUTION = f"(?:{'|'.join(WORDS.institutions)})"
#: What may stand behind an institution's name, other than words of the form.
_BEHIND_NAME = rf"$|[(（“\"]|{any_of(WORDS.behind_names)}"


def year_of_account(document: Document, word: str) -> int | None:
    """Returns the year of the titles, if the text mentions it, else the year that the text names most often without
    years of comparison."""
    texts = [years_in_digits(block.text) for block in document.blocks]
    votes = Counter(year for text in texts for year in _own_years(text))
    votes = votes or Counter(year for text in texts for year in _YEAR.findall(text))
    most = max(votes.values(), default=0)
    for title in _titles(document):
        if word in title and (match := _YEAR.search(years_in_digits(title))) and votes[match.group(1)] >= _OFTEN * most:
            return int(match.group(1))
    return int(votes.most_common(1)[0][0]) if votes else None


def budget_title(document: Document) -> str:
    """Returns the title of a document that is a budget; "" for any other.

    It is one where a title and a table's caption say so, and nothing in the whole text says 决算: final accounts speak
    of budgets too.
    """
    title = next((one for one in _titles(document) if _BUDGET_TITLE.search(normalise(one))), "")
    if not title or any(_ACCOUNTS.search(text) for block in document.blocks for text in _texts(block)):
        return ""
    captions = (one.text for one in document.blocks if one.kind is not BlockKind.TABLE and is_caption(one.text))
    return title if any("预算" in caption for caption in captions) else ""


def _texts(block: Block) -> Iterator[str]:
    """Yields all that a block prints."""
    yield block.text
    for row in block.grid.rows if block.grid else ():
        yield from (cell.text for cell in row)


def department_in_titles(document: Document, layouts: Layouts) -> str:
    """Returns the department that a title names, or the heading of the first part; "" if none does."""
    titles = [normalise(title).replace(layouts.word, "决算") for title in _titles(document)]
    names = (name for title in titles if (match := _TITLE.match(title)) and (name := _name_in(match["name"], layouts)))
    if name := next(names, ""):
        return name
    if name := next(_names_above(titles, layouts), ""):
        return name
    parts = (_PART_TITLE.match(normalise(block.text)) for block in document.blocks)
    return next((name for part in parts if part and (name := _name_in(part["name"], layouts))), "")


def _own_years(text: str) -> Iterator[str]:
    for match in _YEAR.finditer(text):
        if not _COMPARED.search(text, max(0, match.start() - _COMPARED_WITHIN), match.start()):
            yield match.group(1)


def _titles(document: Document) -> Iterator[str]:
    """Yields possible titles: short lines without amounts at the beginning of each file, and headings of parts."""
    for blocks in _by_file(document):
        for at, block in enumerate(blocks):
            part = block.kind is BlockKind.HEADING and block.section[-1].level == 1
            if (at < _BEGINNING or part) and _is_title(block):
                yield block.text


def _by_file(document: Document) -> list[list[Block]]:
    files: dict[str, list[Block]] = {}
    for block in document.blocks:
        part = document.part_of(block.place.line)
        files.setdefault(part.sha256 if part else "", []).append(block)
    return list(files.values())


def _is_title(block: Block) -> bool:
    short = 0 < len(block.text) <= _LONGEST_TITLE
    return short and block.kind is not BlockKind.TABLE and not _NO_TITLE.search(block.text)


def _names_above(titles: Sequence[str], layouts: Layouts) -> Iterator[str]:
    """Yields names printed alone on the line above 2023年度部门决算."""
    for above, title in pairwise(titles):
        match = _TITLE.match(title)
        if match and not match["name"] and _NAME_LINE.match(above) and (name := _name_in(above, layouts)):
            yield name


def _name_in(printed: str, layouts: Layouts) -> str:
    """Returns a department's name without the title's other words (某局“三公”经费支出决算); "" for words of the
    form."""
    if parse_number(printed):
        return ""
    name = printed[: _end_of_name(printed, layouts)].removeprefix("关于").removesuffix("部门").removesuffix("关于")
    return name if len(name) >= _SHORTEST_NAME else ""


def _end_of_name(printed: str, layouts: Layouts) -> int:
    """Returns where the form's words begin: at the first of them behind which no institution's name ends."""
    word = "|".join(map(re.escape, layouts.form_words))
    ends = [match.end() for match in re.finditer(f"{_INSTITUTION}(?={word}|{_BEHIND_NAME})", printed)]
    last = max(ends, default=0)
    form = re.compile(word).search(printed, last)
    return form.start() if form else len(printed)
