"""Copies for looking: the pages of a file as plain pictures, made in a child process that can do nothing else (docs/decisions/0043).

The child gets the file through a pipe and answers with pictures through another. It has no network, opens no file, starts no
program, and has little memory and time. What it answers is not trusted either: a picture has no place for anything but pixels.
"""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseflow.rendering.confinement import NotConfined
from caseflow.rendering.limits import LARGEST_ANSWER, LARGEST_PAGE, MOST_PAGES, MOST_SECONDS
from caseflow.rendering.pictures import is_plain_picture

PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff"})
PDF: Final = "application/pdf"
RENDERED: Final = PICTURES | {PDF}
"""The media types of which copies are made. Others are opened by people, on a computer kept for that."""
NOT_CONFINED: Final = b"N"
"""The answer of a child that could not confine itself, and so has read nothing."""
_PIECE: Final = 64 * 1024
_NUMBER: Final = 4
"""Bytes of a number in the answer of the child."""


class Refusal(StrEnum):
    """Why there is no copy of a file."""

    BROKEN = "broken"
    """It is not what its beginning says, or so damaged that it cannot be read."""
    LOCKED = "locked"
    """It asks for a password."""
    TOO_LARGE = "too_large"
    """It needs more memory than the child has."""
    TOO_SLOW = "too_slow"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The first pages of a file as JPEG, or why there are none. `pages_in_all` is how many the file has."""

    pages: tuple[bytes, ...] = ()
    pages_in_all: int = 0
    refusal: Refusal | None = None


def render(content: Iterable[bytes], media_type: str, *, most_seconds: float = MOST_SECONDS) -> Rendered:
    """Return the first pages of a file as pictures. It is handed over piece by piece, and nothing of it is ever on a disk.

    What `content` raises is raised.

    Raises:
        NotConfined: this machine cannot confine the child, which has read nothing then.
    """
    command = [sys.executable, "-I", "-m", "caseflow.rendering.child", media_type]
    child = subprocess.Popen(  # noqa: S603 - our own program, without a shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},  # neither keys nor passwords
        bufsize=0,
        start_new_session=True,
    )
    try:
        answer = _talk(child, content, time.monotonic() + most_seconds)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        ended = child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
    if answer is None or ended == -signal.SIGXCPU:
        return Rendered(refusal=Refusal.TOO_SLOW)
    if answer == NOT_CONFINED:
        raise NotConfined("the process that makes copies could not confine itself")
    return parse_answer(answer)


def _talk(child: "subprocess.Popen[bytes]", content: Iterable[bytes], end: float) -> bytes | None:
    """Hand the content over while reading the answer; None if the time was over first."""
    assert child.stdin is not None
    assert child.stdout is not None
    os.set_blocking(child.stdin.fileno(), False)
    pieces: Iterator[bytes] = filter(None, content)
    waiting, is_fed = memoryview(b""), False
    answer = bytearray()
    while (left := end - time.monotonic()) > 0:
        readable, writable, _ = select.select([child.stdout], [] if is_fed else [child.stdin], [], left)
        if readable:
            piece = os.read(child.stdout.fileno(), _PIECE)
            answer += piece
            if not piece or len(answer) > LARGEST_ANSWER:
                return bytes(answer)
        if writable:
            waiting = waiting or memoryview(next(pieces, b""))
            is_fed = not waiting
            try:
                waiting = waiting[os.write(child.stdin.fileno(), waiting) :] if waiting else waiting
            except BlockingIOError:
                continue
            except BrokenPipeError:  # it has seen enough
                is_fed = True
            if is_fed:
                child.stdin.close()
    return None


def parse_answer(answer: bytes) -> Rendered:
    """Return what the child said: the number of pages and their pictures, or why there are none. What is neither is broken."""
    broken = Rendered(refusal=Refusal.BROKEN)
    if answer[:1] == b"R":
        said = answer[1:].decode("ascii", "replace")
        return Rendered(refusal=Refusal(said)) if said in set(Refusal) else broken
    if answer[:1] != b"P" or not answer.endswith(b"E"):
        return broken
    pages: list[bytes] = []
    in_all, rest = _number(answer[1:]), memoryview(answer)[1 + _NUMBER : -1]
    while rest:
        length = _number(rest)
        page, rest = bytes(rest[_NUMBER : _NUMBER + length]), rest[_NUMBER + length :]
        if length > LARGEST_PAGE or len(page) < length or len(pages) == MOST_PAGES or not is_plain_picture(page):
            return broken
        pages.append(page)
    return Rendered(tuple(pages), in_all) if pages and in_all >= len(pages) else broken


def _number(data: bytes | memoryview) -> int:
    return int.from_bytes(data[:_NUMBER], "big")
