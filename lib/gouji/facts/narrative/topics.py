"""Finds the topic of words: a subject of the section's lexicon, a classified account, or the phrase itself."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from gouji.facts.claim import Topic
from gouji.facts.narrative.tokens import Token
from gouji.facts.narrative.word_lists import WORDS
from gouji.labels import normalise
from gouji.layouts.phrases import Subject, load_phrases
from gouji.reference import economic_names, function_names
from gouji.reference.classification import LAST_YEAR
from gouji.reference.classification import accounts as accounts_of_all_years
from gouji.runtime.word_lists import any_of

_MEANINGFUL = frozenset(WORDS.meaningful)
#: Sections in which a base is looked up first, after its own section.
_BASES = ("expenditure", "income", "overall", "basic", "general_budget", "fiscal", "three_public", "other")
_LEVEL = re.compile(r"\((?:\d{2,3})?([类款项])\)")
#: A level with its part of the code: (208类), (05款).
_LEVEL_CODE = re.compile(r"\((\d{2,3})[类款项]\)")
_ROW = re.compile(r"\[(\d+)\]")
#: Digits of a code, by its level.
_DIGITS = {"类": 3, "款": 5, "项": 7}
_CODED = re.compile(r"^(?P<code>[12]\d{2}(?:\d{2}){0,2})(?P<name>[^\d].*)$")
#: 防汛(2130314): the name of an account, with its code behind it.
_CODED_BEHIND = re.compile(r"^(?:.*\))?(?P<name>[^()]+)\((?P<code>\d{5,7})\)")
#: Words for the speaker and the time, before other words.
_SPEAKER = re.compile(f"^(?:(?:{any_of(WORDS.own)})(?:{any_of(WORDS.speakers)})|{any_of(WORDS.spoken_of)})+(?=..)")
_BEFORE_BASE = re.compile(f"^(?:{any_of(WORDS.before_base)})")
_BEHIND_BASE = re.compile(f"(?:{any_of(WORDS.behind_base)})+$")
_SUFFIX = re.compile(rf"(?:{any_of(WORDS.money_ends)})$")
_TOTAL = re.compile(rf"(?:{any_of(WORDS.total_ends)})$")
#: Behind the name of a 类: 住房保障支出类支出.
_CLASS_END = re.compile("类(?:支出)?$")
#: Separators between the names of 类, 款 and 项 that are not followed by (类).
_STEP = re.compile(r"\s*(?:-+|[—–]+|→|>|/)\s*")


#: Prefix of each key of several subjects named together.
_JOINT = "&"
#: Separator between the key of a whole and the phrase of a part that differs from the headline of that name.
_WITHIN = "/"
#: First digit of economic codes, and their table, which has no functional codes.
_ECONOMIC, _BASIC = "3", "basic_expenditure"
#: The table whose only accounts are classes.
_BY_CLASS = "fiscal_summary"
_SHORTEST_PATH = 2
#: Prefix of the key of an account that no classification lists: its table, the code above it, and its name.
UNLISTED = "~account "
#: Tables whose rows are accounts by function.
_BY_FUNCTION = ("general_budget", "expenditure")
#: Tables of funds, few of whose accounts the classification lists.
_OF_FUNDS = ("government_fund", "state_capital")


@dataclass(frozen=True)
class Accounts:
    """The accounts a document may name, by function or economic kind: code by name, those of its own tables first.

    `printed`: the codes that each table prints.
    """

    names: ChainMap[str, tuple[str, ...]]
    printed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]]) -> Accounts:
        """Builds the accounts from (table, code, name) of printed rows and from the classification."""
        named: dict[str, dict[str, None]] = {}
        printed: dict[str, set[str]] = {}
        for table, code, name in rows:
            printed.setdefault(table, set()).add(code)
            named.setdefault(account_name(name), {})[code] = None
        classified = _classified()
        own = {name: tuple(codes | dict.fromkeys(classified.get(name, ()))) for name, codes in named.items()}
        return cls(ChainMap(own, classified), {key: frozenset(one) for key, one in printed.items()})

    def find(self, path: Sequence[str], table: str, surely: bool = False) -> tuple[str, ...]:
        """Returns the codes that the last name of a 类-款-项 path may mean, those the table prints first.

        `surely`: the words say that they name accounts, so names that are also ordinary words count too.
        """
        named = account_name(path[-1])
        codes = self.names.get(named, ())
        if surely:
            codes = tuple(dict.fromkeys((*codes, *_of_all_years().get(named, ()))))
        for name in path[:-1]:
            above = self.names.get(account_name(name)) or _of_all_years().get(account_name(name), ())
            codes = tuple(code for code in codes if any(code.startswith(one) for one in above)) if above else codes
        codes = tuple(code for code in codes if code.startswith(_ECONOMIC) == (table == _BASIC))
        if table == _BY_CLASS:
            codes = tuple(code for code in codes if len(code) == _DIGITS["类"])
        shown = tuple(code for code in codes if code in self.printed.get(table, ()))
        return shown or codes


@lru_cache(maxsize=4096)
def account_name(name: str) -> str:
    """Returns an account's name for comparison: without 支出 at its end (教育支出, 教育)."""
    plain = _LEVEL.sub("", normalise(name))
    return _SUFFIX.sub("", plain) or plain


@cache
def _classified() -> dict[str, tuple[str, ...]]:
    """Codes by comparable name of every account of the classifications, by function and by economic kind; by a name of
    earlier years where no account has it now."""
    named: dict[str, tuple[str, ...]] = {}
    for code, name in (*function_names().items(), *economic_names().items()):
        plain = account_name(name)
        named[plain] = (*named.get(plain, ()), code)
    all_years = [one for names in accounts_of_all_years().values() for one in names]
    former = {account_name(one.name): (one.code,) for one in all_years if one.until < LAST_YEAR}
    return {**former, **named}


@cache
def _of_all_years() -> dict[str, tuple[str, ...]]:
    """Codes by comparable name of every account that the classifications have or had."""
    named: dict[str, tuple[str, ...]] = {}
    for code, names in accounts_of_all_years().items():
        for name in dict.fromkeys(account_name(one.name) for one in names):
            named[name] = (*named.get(name, ()), code)
    return named


@cache
def _subjects(section: str) -> dict[str, Subject]:
    return {phrase: subject for subject in load_phrases().subjects[section] for phrase in subject.phrases}


@cache
def heads() -> dict[str, Topic]:
    """Returns the headline of each section whose shares may leave out their base."""
    return {section: _known(phrase, section) for section, phrase in load_phrases().heads.items()}


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(load_phrases().openers)


@cache
def _headlines() -> dict[str, str]:
    """Returns every phrase of every section's lexicon with the section to which a base of that name belongs
    (占本年支出合计的)."""
    found: dict[str, str] = {}
    for section in (*_BASES, *load_phrases().subjects):
        for phrase in _subjects(section):
            found.setdefault(phrase, section)
    return found


def headline(phrase: str, section: str) -> Topic:
    """Returns the subject from a section's lexicon, or one of another section where it has none of that name."""
    return (
        _known(phrase, section)
        if section in load_phrases().subjects and phrase in _subjects(section)
        else Topic(phrase, phrase)
    )


def headline_within(text: str, section: str) -> Topic:
    """Returns the subject of a section among words that only say which money it is, and that it is all of it."""
    return _compound(text, section) or headline(text, section)


def names_headline(phrase: str, key: str, section: str) -> bool:
    """True where a phrase contains a name of the section's headline with that key (全县三公经费总支出)."""
    subjects = _subjects(section) if section in load_phrases().subjects else {}
    return any(name in phrase and _known(name, section).key == key for name in subjects)


def is_headline(phrase: str) -> bool:
    """True for a phrase that some section's lexicon knows."""
    return normalise(phrase) in _headlines()


def base(run: Sequence[Token], section: str, accounts: Accounts) -> Topic | None:
    """Returns the base of a share: a subject of any section, or the words as they are; None where none is named."""
    text = "".join(token.text for token in run if token.kind != "aside")
    text = _BEHIND_BASE.sub("", text)
    shorter = _BEFORE_BASE.sub("", text)
    if (other := WORDS.other_bases.get(shorter)) and is_headline(other):
        return replace(headline(other, section), phrase=shorter)
    for phrase in (text, shorter, f"本年{shorter}", _SUFFIX.sub("", shorter), _TOTAL.sub("", shorter)):
        for where in (section, _headlines().get(phrase, "")):
            if where and phrase in _subjects(where):
                return _known(phrase, where)
    found = topics(
        [token for token in run if token.kind in ("subject", "unknown", "connective", "level", "list", "closing")],
        section,
        accounts,
    )
    if found:
        return found[0]
    return Topic(text, text) if text else None


def topics(run: Sequence[Token], section: str, accounts: Accounts, *, each: bool = False) -> list[Topic]:
    """Returns the topics that words name: several where subjects are joined (收入总计和支出总计), none for mere
    connectives.

    `each`: 分别 or 各 says that the figures behind refer to several things.
    """
    if each and (joined := _joined(run, section, accounts)):
        return joined
    pieces = _trimmed(run)
    if not pieces:
        return []
    if any(piece.kind == "level" for piece in pieces):
        return [_account("".join(piece.text for piece in pieces), section, accounts)]
    known = [piece for piece in pieces if piece.kind == "subject"]
    if known and all(piece.kind in ("subject", "list") for piece in _without_trailing(pieces)):
        return [_known(piece.text, section) for piece in known]
    text = "".join(piece.text for piece in pieces)
    if code := _CODED.match(text):
        return [_coded(code["code"], code["name"], section)]
    subjects = _subjects(section)
    for phrase in (text, text.replace("的", "")):
        if phrase in subjects:
            return [_known(phrase, section)]
    shorter = "".join(piece.text for piece in _without_trailing(pieces))
    if shorter in subjects:
        return [_known(shorter, section)]
    if compound := _compound(text, section):
        return [compound]
    if account := _named_account(text, section, accounts) or _account_of_path(text, section, accounts):
        return [account]
    plain = _SPEAKER.sub("", text) or text
    return [Topic(plain, plain)]


def _joined(run: Sequence[Token], section: str, accounts: Accounts) -> list[Topic]:
    """Returns one topic for each name of A、B、C分别为, where none of the names contains a comma of its own."""
    marks = {piece.text for piece in run if piece.kind == "list"}
    if not marks or len([piece for piece in run if piece.kind == "subject"]) > 1 or topics_whole(run, section):
        return []
    mark = "、" if "、" in marks else next(iter(marks))
    names: list[list[Token]] = [[]]
    for piece in run:
        if piece.kind == "list" and piece.text == mark:
            names.append([])
        else:
            names[-1].append(piece)
    found = [topics(name, section, accounts) for name in names]
    if not all(len(one) == 1 for one in found) or len(found) == 1:
        return []
    return _with_shared_end([one[0] for one in found], section) or [one[0] for one in found]


def _with_shared_end(named: Sequence[Topic], section: str) -> list[Topic]:
    """货物、工程、服务采购支出: returns the subjects where the end of the last name completes all others."""
    subjects, last = _subjects(section), named[-1].phrase
    if any(topic.known for topic in named[:-1]) or last not in subjects:
        return []
    for at in range(1, len(last)):
        phrases = [f"{topic.phrase}{last[at:]}" for topic in named[:-1]]
        if all(phrase in subjects for phrase in phrases):
            return [*(_known(phrase, section) for phrase in phrases), named[-1]]
    return []


def topics_whole(run: Sequence[Token], section: str) -> bool:
    """True where the words together are one subject of the lexicon."""
    return "".join(piece.text for piece in _trimmed(run)) in _subjects(section)


def _compound(text: str, section: str) -> Topic | None:
    """使用财政拨款安排的三公经费支出合计: returns the subject among words that only say which money it is, and that it
    is all."""
    for core, pattern in _compounds():
        if core in _subjects(section) and pattern.fullmatch(text):
            return replace(_known(core, section), phrase=text)
    return None


@cache
def _compounds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Returns the subjects that may have other words around them, with those words."""
    found = ((one.core, f"(?:{any_of(one.around)})*") for one in load_phrases().compounds)
    return tuple((core, re.compile(f"{around}{re.escape(core)}{around}")) for core, around in found)


def is_opener(topic: Topic) -> bool:
    """True for words that name the speaker (本部门), not the topic."""
    return not topic.known and bool(_openers().match(topic.phrase))


def _trimmed(run: Sequence[Token]) -> list[Token]:
    """Returns the words without speaker and time before a subject, and without connectives at both ends."""
    pieces = [token for token in run if token.kind != "aside"]
    if not pieces:
        return []
    if pieces[0].kind == "unknown" and pieces[0].text.startswith("含") and len(pieces[0].text) > 1:
        pieces[0] = replace(pieces[0], text=pieces[0].text[1:])
    while pieces and (pieces[0].kind == "list" or _opens(pieces[0], pieces[1:])):
        pieces = pieces[1:]
    while pieces and (pieces[-1].kind == "list" or _is_connective(pieces[-1])):
        pieces = pieces[:-1]
    if not pieces or pieces[-1].kind == "subject":
        return pieces
    named = any(not _connects(piece) for piece in pieces) or (len(pieces) > 1 and pieces[0].text == "财政拨款")
    return pieces if named else []


def _without_trailing(pieces: Sequence[Token]) -> list[Token]:
    """Without 支出, 经费 and the like behind a subject."""
    kept = list(pieces)
    while kept and _connects(kept[-1]):
        kept.pop()
    return kept


def _connects(token: Token) -> bool:
    return token.kind in ("connective", "closing")


def _is_connective(token: Token) -> bool:
    return _connects(token) and token.text not in _MEANINGFUL


def _opens(token: Token, behind: Sequence[Token]) -> bool:
    """True for a mere connective, and for words that name the speaker before a known subject."""
    if _is_connective(token):
        return True
    names = any(piece.kind in ("subject", "level") for piece in behind)
    if len(token.text) == 1 and behind and behind[0].text.startswith("机关"):
        return False  # 局机关运行经费: of the 局机关, not of the 局
    return token.kind == "unknown" and names and bool(_openers().match(token.text))


def _known(phrase: str, section: str) -> Topic:
    subject = _subjects(section)[phrase]
    key = subject.final[0].partition("|")[0].strip() if subject.final else f"-{phrase}"
    return Topic(phrase, key, subject.final, subject.budget, subject.initial)


def _account(text: str, section: str, accounts: Accounts) -> Topic:
    """Returns the account that 社会保障和就业支出(类)…(款)就业管理事务(项) names, at its level. Words behind its last
    level are dropped."""
    if row := _CODED_BEHIND.match(text):
        return _coded(row["code"], row["name"], section)
    names = [name for name in _LEVEL.split(text)[0::2] if name]
    levels = _LEVEL.findall(text)
    path = [re.sub(r"^(?:支出|的|[-—:、,])+", "", name) for name in names[: len(levels)]]
    path = [name for name in path if name] or [text]
    table = load_phrases().accounts.get(section, "")
    found = (accounts.find(path, table) or accounts.find(path, table, surely=bool(levels))) if table else ()
    code = "".join(_LEVEL_CODE.findall(text))
    if levels and len(code) == _DIGITS[levels[-1]]:
        table = table if levels[-1] == "类" else load_phrases().coded_accounts.get(section, table)
        return _topic_of(path[-1], table, (code,), section) if table else Topic(path[-1], path[-1])
    codes = [code for code in found if not levels or len(code) == _DIGITS[levels[-1]]]
    return _topic_of(path[-1], table, codes, section) if codes else _unlisted(path, levels, section, accounts)


def _unlisted(path: Sequence[str], levels: Sequence[str], section: str, accounts: Accounts) -> Topic:
    """Returns an account that no classification lists; where its 类 is printed and known, with the account above it:
    公共安全支出(类)法院(款)案件审判(项) is of 20405. Of a fund it is kept with all names of its path. Of several funds
    it may be of any."""
    table, names = load_phrases().accounts.get(section, ""), path[:-1]
    if levels[:1] != ["类"] or len(levels) != len(path) or not names or section in load_phrases().other_funds:
        return Topic(path[-1], path[-1])
    if table in _OF_FUNDS:
        return Topic(path[-1], f"{UNLISTED}{table} /{'/'.join(account_name(name) for name in path)}")
    if table not in _BY_FUNCTION:
        return Topic(path[-1], path[-1])
    for size in range(len(names), 0, -1):
        codes = [code for code in accounts.find(names[:size], table, True) if len(code) == _DIGITS[levels[size - 1]]]
        if len(codes) == 1:
            rest = "/".join(account_name(name) for name in path[size:])
            return Topic(path[-1], f"{UNLISTED}{table} {codes[0]}/{rest}")
    return Topic(path[-1], path[-1])


def _named_account(text: str, section: str, accounts: Accounts) -> Topic | None:
    table = load_phrases().accounts.get(section, "")
    codes = accounts.find([text], table) if table else ()
    if not codes and table not in ("", _BASIC) and (name := _CLASS_END.sub("", text)) != text:
        text, codes = name, tuple(code for code in accounts.find([name], table) if len(code) == _DIGITS["类"])
    if not codes:
        return None
    return _topic_of(text, table, codes, section)


def _account_of_path(text: str, section: str, accounts: Accounts) -> Topic | None:
    """Returns the account at the end of a path of names without levels (教育支出-普通教育-小学教育); None where no name
    above it is an account's."""
    table = load_phrases().accounts.get(section, "")
    path = _STEP.split(text) if table else []
    if len(path) < _SHORTEST_PATH or not any(account_name(name) in accounts.names for name in path[:-1]):
        return None
    codes = accounts.find(path, table)
    return _topic_of(path[-1], table, codes, section) if codes else None


def _coded(code: str, name: str, section: str) -> Topic:
    """Returns the account of a leading code: 2080106就业管理事务."""
    table = load_phrases().accounts.get(section, "")
    return _topic_of(name, table, (code,), section) if table else Topic(name, name)


_COLUMN = {
    "general_budget": "total",
    "expenditure": "total",
    "government_fund": "expenditure",
    "state_capital": "expenditure",
    "basic_expenditure": "amount",
    "fiscal_summary": "expenditure",
}


def _topic_of(name: str, table: str, codes: Sequence[str], section: str) -> Topic:
    """Returns an account as a topic. Where several codes share a name, any may be meant."""
    paths = [f"{table}[{code}].{_COLUMN[table]}" for code in codes]
    key = paths[0] if len(paths) == 1 else f"account {account_name(name)}"
    budget, initial = (" | ".join(f"{kind}.{path}" for path in paths) for kind in ("budget", "initial"))
    if table == _BY_CLASS:  # some tell the general budget's alone here
        paths += [f"general_budget[{code}].total" for code in codes]
    for other in load_phrases().other_funds.get(section, ()):
        paths += [f"{other}[{code}].{_COLUMN[other]}" for code in codes]
    return Topic(name, key, (" | ".join(paths),), (budget,), (initial,))


def together(named: Sequence[Topic]) -> Topic:
    """Returns the topic of several subjects that share one amount (公务用车运行费和公务接待费12万元): the whole of a
    family if they are all of it."""
    keys = {topic.key for topic in named}
    for family in load_phrases().families:
        if keys == set(family.parts):
            whole, joint = _headline_of(family.whole), _joint(named)
            return replace(whole, phrase=joint.phrase) if whole else joint
    return _joint(named)


def _joint(named: Sequence[Topic]) -> Topic:
    return Topic("、".join(topic.phrase for topic in named), _JOINT + _JOINT.join(topic.key for topic in named))


@cache
def _headline_of(key: str) -> Topic | None:
    """Returns the subject whose amounts state a concept, None where the lexicon has none."""
    for section in load_phrases().subjects:
        for phrase in _subjects(section):
            if (topic := _known(phrase, section)).key == key and len(topic.final) == 1:
                return topic
    return None


def _is_below(topic: Topic, whole: Topic) -> bool:
    """True for an account below the list's own: 30101 基本工资 in 301 工资福利支出."""
    codes = [_ROW.search(one.key) for one in (topic, whole)]
    table = topic.key.partition("[")[0]
    if table != whole.key.partition("[")[0] or _WITHIN in whole.key:
        return False
    own, above = (match.group(1) if match else "" for match in codes)
    return bool(above) and own.startswith(above) and own != above


def as_in_its_section(topic: Topic, whole: Topic | None) -> Topic:
    """Returns a part that only another section's lexicon knows as what it is there (基本支出…其中人员经费)."""
    section = load_phrases().parts_as_in.get(whole.key) if whole else None
    if section and not topic.known and topic.phrase in _subjects(section):
        return _known(topic.phrase, section)
    return topic


def within(topic: Topic, whole: Topic | None) -> Topic:
    """Returns the topic of a subject inside a list of something that is no headline (教育支出…其中基本支出): it differs
    from the headline."""
    topic = as_in_its_section(topic, whole)
    if whole is None or not topic.known or f"{_JOINT}{topic.key}" in whole.key or _is_below(topic, whole):
        return topic
    if whole.known and not is_account(whole) and topic.key != whole.key and _WITHIN not in whole.key:
        return topic
    return replace(topic, key=f"{whole.key}{_WITHIN}{topic.phrase}", final=(), budget=(), initial=())


def is_account(topic: Topic) -> bool:
    """True for a 类, 款 or 项 rather than a headline."""
    return topic.key.startswith(("account ", UNLISTED)) or bool(_ROW.search(topic.key))
