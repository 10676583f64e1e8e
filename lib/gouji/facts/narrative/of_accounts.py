"""Finds the balance of a fund's account that is told in the words of the fund's own:
…（项）。年初结转和结余5万元，本年收入20万元，本年支出25万元."""

from __future__ import annotations

from gouji.facts.claim import Topic
from gouji.facts.narrative.reading import Reading
from gouji.facts.narrative.topics import is_account
from gouji.facts.narrative.word_lists import WORDS

_TOTAL = "[total]."
_SPENT = "expenditure"
#: Between the key of an account and what of its balance is meant.
_OF = "/balance "


def of_its_account(reading: Reading, named: list[Topic]) -> list[Topic]:
    """Returns what words that name no fund mean in a paragraph that begins with the title of an account and tells its
    balance; [] for all others. What the account spent is the account's own amount."""
    table, total, column = named[0].key.partition(_TOTAL) if named else ("", "", "")
    if not total or table not in WORDS.fund_sections.values() or named[0].phrase.startswith(tuple(WORDS.fund_names)):
        return []
    account = _titled(reading)
    if account is None:
        return []
    reading.of_account = account
    return [account] if column == _SPENT else [Topic(named[0].phrase, f"~{account.key}{_OF}{column}")]


def _titled(reading: Reading) -> Topic | None:
    """Returns the account that the paragraph begins with, where it has stated nothing but its balance."""
    if reading.out:
        own = reading.of_account
        stated = (one.claim.topic for one in reading.out)
        return own if own and all(topic.key == own.key or _OF in topic.key for topic in stated) else None
    first = reading.topics[0] if reading.topics and reading.since_figure.titled else None
    return first if first and is_account(first) and not reading.lists else None
