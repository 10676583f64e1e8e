"""What cannot be seen beside a label changes nothing: an indent printed as a control character, Word's bullet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest

from gouji import Audit
from gouji.fictitious.departments import make_department, to_text
from gouji.labels import is_part, row_label

UNSEEN = ["\x01", "\xad", "\u200b", "\u200e", "\u2060", "\ufeff", "\ue004", "\uf0b7", "\U000e0020"]


@pytest.mark.parametrize("char", UNSEEN, ids=[f"U+{ord(char):04X}" for char in UNSEEN])
def test_a_label_with_an_unseen_character_is_the_label(char: str) -> None:
    assert row_label(f"{char}其中：{char}公务用{char}车运行维护费") == "公务用车运行维护费"
    assert is_part(f"{char}其中：公务用车运行维护费")


def test_every_control_format_and_private_character_counts_as_unseen() -> None:
    unseen = [
        char
        for char in map(chr, range(0x110000))
        if unicodedata.category(char) in ("Cc", "Cf", "Co") and not char.isspace() and char != "\0"
    ]
    assert row_label("合" + "".join(unseen) + "计") == "合计"


@pytest.mark.parametrize("char", ["\xad", "\uf0b7"])
def test_an_account_with_them_before_every_label_is_the_account(char: str, audit_text: Callable[[str], Audit]) -> None:
    plain = to_text(make_department(3, "national2022"))
    marked, number = re.subn(r"(?m)^(\t?)(?=(其中|合计|本年|一、|二、|年初|年末))", rf"\1{char}", plain)
    assert number > 20
    before, after = audit_text(plain), audit_text(marked)
    assert len(after.facts.facts) == len(before.facts.facts)
    assert [one.severity for one in after.findings.findings] == [one.severity for one in before.findings.findings]
