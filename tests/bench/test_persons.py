"""The benchmark of a case with many persons: what it prints, and that finding finds."""

import re

import pytest

from bench.persons import MANY, main

pytestmark = pytest.mark.slow


def test_it_prints_the_pages_and_what_finding_takes(capsys):
    main(["--cases", "300", "--persons", "500", "--rounds", "2"])
    printed = capsys.readouterr().out
    pages = re.findall(
        rf"case with {MANY} persons, (\w+): [\d.]+ x the floor, (\d+) statements .*, (\d+) statements\)", printed
    )
    assert [page for page, _, _ in pages] == ["summary", "people", "facts", "readiness"]
    assert all(many == few for _, many, few in pages), "statements do not grow with the persons"
    assert re.findall(r"find by (\w+) among 500: [\d.]+ ms", printed) == ["name", "phone", "number"]
