"""The amounts that are followed over departments and years: every concept path in their lists exists."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from gouji.checks.identity import parse_reference
from gouji.checks.vocabulary import known
from gouji.layouts.phrases import load_phrases
from gouji.ledger.quantities import quantities as compared
from gouji.trends.series import Quantity
from gouji.trends.series import quantities as followed

_COMPARED = [path for one in compared() for path in one.concepts]
_FOLLOWED = [path for one in followed() for path in one.paths]


@pytest.mark.parametrize("path", dict.fromkeys([*_COMPARED, *_FOLLOWED]))
def test_a_table_prints_it_or_a_sentence_states_it(path: str) -> None:
    if path.startswith("narrative."):
        subjects = [one for section in load_phrases().subjects.values() for one in section]
        assert any(path in one.final for one in subjects)
    else:
        known(parse_reference(path), "")


def test_titles_and_names_are_unique() -> None:
    assert len({one.name for one in compared()}) == len(compared()) > 5
    assert len({one.title for one in compared()}) == len(compared())
    assert len({one.title for one in followed()}) == len(followed()) > 5


@pytest.mark.parametrize("wrong", [{"chart": "total"}, {"paths": []}, {"unit": "元"}])
def test_a_malformed_entry_is_refused(wrong: dict[str, object]) -> None:
    entry = {"title": "基本支出", "paths": ["expenditure[total].basic"], "chart": "totals"}
    assert Quantity.model_validate(entry).paths == ("expenditure[total].basic",)
    with pytest.raises(ValidationError):
        Quantity.model_validate(entry | wrong)
