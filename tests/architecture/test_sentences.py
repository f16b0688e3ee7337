"""Sentences on pages are plain standard English: words that puzzled readers do not come back (docs/glossary.md has the others)."""

import re

import pytest
from babel.messages.catalog import Catalog

from deploy.messages import collect

FORBIDDEN = {
    r"stands?|stood": "say “is shown”, “is kept” or “is”",
    r"anew": "say “again” or use a verb with “re-”",
    r"mails?": "say “email”",
    r"told": "say “notified” or “informed”",
    r"hangs? on|hung on": "say “belongs to” or “depends on”",
    r"goes from": "say “is removed from”",
    r"is none": "say what there is not",
    r"is no (day|date|table)": "say “is not a date”",
    r"whoever": "say “anyone who”, or name the people",
    r"put (it |them |things )?right": "say “fix” or “correct”",
    r"until now": "say “earlier” or “so far”",
    r"say (that|so)": "say “confirm”, “state” or “mark as”",
    r"writes?": "say “enter” of a field and “save” of a file",
    r"woken|wakes?|asleep": "say “started” or “postponed”",
    r"somebody": "say “someone”",
}
"""Words that must not be in a sentence, and what to say instead."""

ALLOWED = {
    # A calendar has no such day; there is no shorter way to say it.
    "There is no day %(day)s in %(month)s: it has %(days)s days.",
}


def odd(catalog: Catalog) -> list[str]:
    """Return the sentences with a forbidden word, each with what to say instead."""
    found = []
    for message in catalog:
        for sentence in message.id if isinstance(message.id, tuple) else (message.id,):
            if sentence in ALLOWED:
                continue
            found += [
                f"{sentence!r}: {instead}"
                for word, instead in FORBIDDEN.items()
                if re.search(rf"\b({word})\b", sentence, re.IGNORECASE)
            ]
    return found


def ids(catalog: Catalog) -> set[str]:
    return {one for message in catalog for one in (message.id if isinstance(message.id, tuple) else (message.id,))}


def test_sentences_are_plain_english():
    assert odd(collect()) == []


def test_every_exception_is_still_needed():
    catalog = collect()
    assert ids(catalog) >= ALLOWED
    assert all(re.search(rf"\b({'|'.join(FORBIDDEN)})\b", sentence, re.IGNORECASE) for sentence in ALLOWED)


@pytest.mark.parametrize(
    "planted",
    [
        "What is due stands in My work.",
        "These stand in the list.",
        "The clocks are computed anew.",
        "Your mail address",
        "Mails",
        "You are told in time.",
        "Remedies hang on claims.",
        "It goes from the ladder.",
        "“%(line)s” is none.",
        "%(day)s is no day.",
        "Whoever has it sees it.",
        "This can be put right.",
        "Nobody can put it right any more.",
        "All answers until now",
        "Say that you have seen it.",
        "Write the year.",
        "The reminder was woken.",
        "The clock wakes the worker.",
        "This deadline is asleep.",
        "Somebody else was faster.",
        ("%(num)d mail", "%(num)d mails"),
    ],
)
def test_a_planted_sentence_is_found(planted):
    catalog = Catalog()
    catalog.add(planted)
    assert odd(catalog)


@pytest.mark.parametrize(
    "fine",
    [
        "Email address",
        "Emails are held back by the setting CASEFLOW_MAIL: nothing is sent until it is removed.",
        "In writing and named",
        "No standing",
        "Could this remedy have put the violation right?",
        "There is no day %(day)s in %(month)s: it has %(days)s days.",
    ],
)
def test_plain_sentences_are_not_found(fine):
    catalog = Catalog()
    catalog.add(fine)
    assert odd(catalog) == []


def test_no_label_says_itself_that_its_field_may_stay_empty():
    assert {one for one in ids(collect()) if one.endswith("(optional)")} == {"%(label)s (optional)"}, "pages add it"
