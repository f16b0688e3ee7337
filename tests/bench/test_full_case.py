"""The benchmark of a full case: what it prints, and that statements do not grow with what a case holds."""

import re

import pytest

from bench.full_case import PAGES, main

pytestmark = pytest.mark.slow  # a server, and pages of two cases several times


def test_it_prints_the_pages_of_a_full_case_and_a_search(capsys):
    main(["--cases", "300", "--files", "4", "--notes", "5", "--history", "300", "--rounds", "2"])
    printed = capsys.readouterr().out
    pages = re.findall(r"full case, (\w+): [\d.]+ x the floor, .* (\d+) statements \(.*, (\d+) statements\)", printed)
    assert [page for page, _, _ in pages] == [page.removeprefix("/") or "summary" for page in PAGES]
    assert [page for page, full, small in pages if full != small] == []
    assert "search for a word of notes: " in printed
