"""The engine leaves no circular garbage, however it ends. `no_garbage_collection` relies on that."""

from __future__ import annotations

import gc

from conftest import SAMPLE
from gouji import audit
from gouji.batch.garbage import no_garbage_collection
from gouji.checks.tie_out import tie_out
from gouji.document.model import Document
from gouji.document.text import read_blocks
from gouji.facts.fact import Facts
from gouji.facts.recognise import recognise
from gouji.fictitious.departments import make_department, to_text
from gouji.findings.explain import explain


def test_an_audit_leaves_nothing_for_the_collector() -> None:
    audit(SAMPLE)  # what is loaded once
    gc.collect()
    with no_garbage_collection():
        audit(SAMPLE)
        assert gc.collect() == 0


def test_what_is_remembered_holds_few_documents() -> None:
    before = living_facts()
    for seed in range(12):
        text = to_text(make_department(seed, "hunan2023"))
        explain(tie_out(recognise(Document("department", "", "utf-8", read_blocks(text)))))
    assert living_facts() <= before + 4


def living_facts() -> int:
    """How many documents' facts there are in memory."""
    return sum(type(one) is Facts for one in gc.get_objects())


def test_the_collector_is_as_it_was_before() -> None:
    with no_garbage_collection():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with no_garbage_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
