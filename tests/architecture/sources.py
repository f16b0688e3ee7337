"""The source files that the architecture rules check, and the message of a broken rule."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """A file: its path relative to the checkout, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Fault:
    """A rule: finds the places that break it, and says what to do instead."""

    path: str
    line: int
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.advice}"


Rule = Callable[[Source], Iterator[Fault]]


def sources(*places: str, ending: str = ".py", root: Path = ROOT) -> list[Source]:
    """Return the files of folders (or single files) of the checkout."""
    found = []
    for place in places:
        path = root / place
        files = [path] if path.is_file() else sorted(file for file in path.rglob(f"*{ending}") if file.is_file())
        found += [Source(file.relative_to(root).as_posix(), file.read_text("utf-8")) for file in files]
    return found


def broken(rule: Rule, files: list[Source]) -> str:
    """Return every fault, one per line; an empty text if there is none."""
    return "\n".join(str(fault) for file in files for fault in rule(file))


def assert_kept(rule: Rule, files: list[Source]) -> None:
    """Fail with every fault and what to do instead."""
    assert files
    if faults := broken(rule, files):
        pytest.fail(f"{rule.__name__}\n{faults}", pytrace=False)


def calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call with the full name of the function, imports resolved: `sqlalchemy.select`, `session.commit`."""
    known: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            known |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            first, dot, rest = ast.unparse(node.func).partition(".")
            yield node, known.get(first, first) + dot + rest


def words_in(node: ast.AST) -> str:
    """Return the text of a string literal or f-string with letters in it; an empty text for other nodes."""
    parts = (
        [node]
        if isinstance(node, ast.Constant)
        else getattr(node, "values", [])
        if isinstance(node, ast.JoinedStr)
        else []
    )
    text = "".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return text if any(letter.isalpha() for letter in text) else ""
