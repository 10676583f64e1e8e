"""Questions of the review in annotated copies: each stands at the figures, or else at the words, that it rests on."""

from pathlib import Path

import pytest
from test_annotated import WRITERS, Anchored, anchored, copy_of, is_on, plain, sample_document

from gouji import audit
from gouji.findings.finding import Finding


@pytest.mark.parametrize("kind", list(WRITERS))
def test_every_question_stands_where_it_is_asked(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"account.{kind}"
    WRITERS[kind](sample_document(), path)
    audited = audit(path)
    copy = copy_of(audited, tmp_path / "copy")
    pinned = anchored(copy)
    asked = [finding for finding in audited.findings.findings if finding.reviewed]
    assert any(finding.suspects for finding in asked)
    assert any(not finding.suspects for finding in asked)
    for finding in asked:
        assert _stands(finding, pinned, copy), finding.title


def _stands(finding: Finding, pinned: Anchored, copy: Path) -> bool:
    """True where the figures of a question, or the first words that it quotes, carry its note."""
    texts = [text for number, text in pinned if number == finding.id]
    if finding.suspects:
        return all(any(is_on(fact.figure.text, text, copy) for text in texts) for fact in finding.suspects)
    quoted = plain(finding.quotes[0].text)
    return any(text and (text in quoted or quoted in text) for text in texts)
