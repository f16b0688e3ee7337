"""Papers: documents of text and tables as DOCX and PDF in one archive, made in a child process with little memory and time.

A paper is a list of blocks, each a mapping with a `kind` (`BLOCKS`). Its texts are only ever text: nothing in them is a template, a
field or markup, and no program reads them as such (docs/decisions/0049).
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from caseflow.rendering.limits import PAPER_SECONDS

Block = Mapping[str, Any]
BLOCKS: Final = ("title", "heading", "paragraph", "numbered", "note", "table", "fields", "lines")
"""Kinds of blocks.

    title, heading(level), paragraph, note, numbered(number): `text`
    table: `head`, `rows`, `widths` (in per cent)
    fields: `rows` of a label and a value
    lines: `rows`, each a label with a line to write on
"""
NAME_FOUND: Final = b"N"
TOO_LARGE: Final = b"M"
BUILT: Final = b"B"


class PaperFault(StrEnum):
    """Why there are no papers."""

    NAME_FOUND = "name_found"
    """A name that must not stand in a paper stands in it."""
    TOO_LARGE = "too_large"
    """It needs more memory or time than the child has."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. `name` is that of its files, without an ending; `forbidden` are the names that must not stand in it."""

    name: str
    title: str
    language: str
    dated: str
    """The day on its face and in its properties, as 2026-12-01."""
    head: str
    """What each page says on top."""
    page: str
    """The word for a page in its language."""
    blocks: Sequence[Block]
    forbidden: Sequence[str] = ()

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Bundle:
    """An archive with papers and a manifest of their fingerprints, or why there is none. `pages` are those of the first paper."""

    content: bytes = b""
    pages: int = 0
    fault: PaperFault | None = None


def bundle(papers: str, *, most_seconds: float = PAPER_SECONDS) -> Bundle:
    """Return an archive of papers, given as JSON of `Paper.to_data`. They are handed over in memory, and nothing of them is on a disk."""
    command = [sys.executable, "-I", "-m", "caseflow.rendering.papers.child"]
    child = subprocess.Popen(  # noqa: S603 - our own program, without a shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},  # neither keys nor passwords
        start_new_session=True,
    )
    try:
        answer, _ = child.communicate(papers.encode(), timeout=most_seconds)
    except subprocess.TimeoutExpired:
        return Bundle(fault=PaperFault.TOO_LARGE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
    return _parsed(answer, is_killed=child.returncode < 0)


def as_json(papers: Sequence[Paper]) -> str:
    """Return papers as JSON."""
    return json.dumps([paper.to_data() for paper in papers], ensure_ascii=False)


def _parsed(answer: bytes, *, is_killed: bool) -> Bundle:
    kind, rest = answer[:1], answer[1:]
    if kind == BUILT and rest[4:8] == b"PK\x03\x04" and not is_killed:
        return Bundle(rest[4:], int.from_bytes(rest[:4], "big"))
    if kind == NAME_FOUND:
        return Bundle(fault=PaperFault.NAME_FOUND)
    return Bundle(fault=PaperFault.TOO_LARGE if kind == TOO_LARGE or is_killed else PaperFault.BROKEN)
