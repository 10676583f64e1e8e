"""Marks findings in copies of the originals: audit → notes → pins in each file → annotated copies."""

from gouji.annotate.copies import NOT_ANNOTATED, Copy, annotated_copies, problems_in_words

__all__ = ["NOT_ANNOTATED", "Copy", "annotated_copies", "problems_in_words"]
