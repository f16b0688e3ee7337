"""Whether the communication is in writing and names its author."""

from typing import Any

import pytest

from caseflow.law.sentences import write
from tests.law.building import answer, document, found, of_rule


@pytest.mark.parametrize(
    ("author", "result", "outlook"),
    [
        ({"named": True, "in_writing": True}, "met", "clear"),
        ({"named": False, "in_writing": True}, "not_met", "incomplete"),
        ({"named": True, "in_writing": False}, "not_met", "incomplete"),
        ({"named": False, "in_writing": False}, "not_met", "incomplete"),
        ({"named": False}, "not_met", "incomplete"),
        ({"named": True}, "unknown", "incomplete"),
        ({"in_writing": True}, "unknown", "incomplete"),
        ({"named": None, "in_writing": None}, "unknown", "incomplete"),
        ({}, "unknown", "incomplete"),
        (None, "unknown", "incomplete"),
    ],
)
def test_table(author: Any, result: str, outlook: str) -> None:
    facts = document(author=author)
    assert answer("written-and-named", facts) == result
    assert found(facts).outlook == outlook


def test_an_anonymous_author_learns_how_a_name_is_kept_unpublished() -> None:
    (finding,) = of_rule(found(document(author={"named": False, "in_writing": True})), "written-and-named")
    assert "left out of what is published" in write(finding.because)
    assert finding.facts == ("/author/named",)
    assert any("rule 1(3)" in source for source in finding.sources)


def test_paths_lead_to_recorded_facts() -> None:
    left_out = document()
    del left_out["author"]
    for facts, path in ((left_out, ""), (document(author=None), "/author"), (document(author={}), "/author")):
        (finding,) = of_rule(found(facts), "written-and-named")
        assert finding.facts == (path,)
