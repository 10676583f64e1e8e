"""The family of disclosure rules: which function follows which kind."""

from __future__ import annotations

from gouji.review.disclosure.annex import evaluation, promised
from gouji.review.disclosure.chapters import contents, demanded, empty_headings, terms
from gouji.review.disclosure.characters import characters
from gouji.review.disclosure.forms import instructions, old_form
from gouji.review.disclosure.levels import levels, totals
from gouji.review.disclosure.listed_names import listed_names
from gouji.review.disclosure.names import jurisdiction, names, subordinate, years
from gouji.review.disclosure.others import other_units
from gouji.review.disclosure.reasons import restated, unexplained
from gouji.review.disclosure.rule import DisclosureRule
from gouji.review.disclosure.tables import counts, counts_of_guests, missing, none_published, none_read, unreadable
from gouji.review.disclosure.writing import moved_and_level, opposed, punctuation, zero_base
from gouji.review.family import Family

FAMILY = Family(
    "disclosure",
    DisclosureRule,
    {
        "demanded": demanded,
        "empty_heading": empty_headings,
        "contents": contents,
        "terms": terms,
        "table_missing": missing,
        "levels": levels,
        "total_row": totals,
        "table_unreadable": unreadable,
        "tables_unread": none_read,
        "tables_elsewhere": none_published,
        "counts": counts,
        "counts_of_guests": counts_of_guests,
        "old_form": old_form,
        "instructions": instructions,
        "years": years,
        "names": names,
        "other_unit": other_units,
        "jurisdiction": jurisdiction,
        "subordinate": subordinate,
        "promised": promised,
        "evaluation": evaluation,
        "unexplained": unexplained,
        "restated": restated,
        "punctuation": punctuation,
        "opposed": opposed,
        "zero_base": zero_base,
        "moved_and_level": moved_and_level,
        "characters": characters,
        "listed_names": listed_names,
    },
)
