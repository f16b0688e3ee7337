"""Files are short, have meaningful names, and contain nothing unfinished and no addresses of registries."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Fault, Source, assert_kept, broken, sources

MOST_LINES = 400
LONG_FOR_A_REASON = {
    "migrations/versions/0001_first_tables.py": "all tables of the first release: history, read once",
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME|X{3})\b")


def too_long(source: Source) -> Iterator[Fault]:
    lines = source.text.count("\n")
    if lines >= MOST_LINES and source.path not in LONG_FOR_A_REASON:
        yield Fault(source.path, lines, f"{lines} lines are two rooms: divide the file by what its parts do")


def named_for_nothing(source: Source) -> Iterator[Fault]:
    parts = source.path.removesuffix(".py").split("/")
    for name in EMPTY_NAMES.intersection(parts):
        yield Fault(source.path, 1, f"{name!r} says nothing: name the module after what it is about")


def unfinished(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield Fault(source.path, number, "finish it now, or write an issue and take the note out")


def names_a_registry(source: Source) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if "http" in line or "--index-url" in line or "--find-links" in line:
            yield Fault(source.path, number, "requirements name packages and hashes, never where they come from")


CODE = sources("caseflow", "worker", "migrations", "tests", "bench", "deploy", "docs", "config.py", "wsgi.py")
TEMPLATES = sources("templates", ending="")
REQUIREMENTS = sources("requirements.txt", "requirements-test.txt")


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        (too_long, CODE),
        (too_long, TEMPLATES),
        (named_for_nothing, CODE),
        (unfinished, CODE),
        (unfinished, TEMPLATES),
        (names_a_registry, REQUIREMENTS),
    ],
)
def test_the_files_keep_the_rule(rule, files):
    assert_kept(rule, files)


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (too_long, Source("caseflow/features/cases/service.py", "pass\n" * MOST_LINES)),
        (named_for_nothing, Source("caseflow/web/utils.py", "")),
        (named_for_nothing, Source("caseflow/helpers/dates.py", "")),
        (unfinished, Source("caseflow/app.py", "# todo: later\n".upper())),
        (names_a_registry, Source("requirements.txt", "--index-url https://example.org\n")),
        (names_a_registry, Source("requirements.txt", "celery @ https://example.org/celery.whl\n")),
    ],
)
def test_a_planted_fault_is_found(rule, planted):
    assert planted.path in broken(rule, [planted])
