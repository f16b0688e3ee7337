"""A copy is pixels and nothing else, and hostile files harm nothing."""

import os
import subprocess
import sys

import pytest

from caseflow.rendering import Refusal, parse_answer, render
from caseflow.rendering.pictures import is_plain_picture
from tests.rendering.hostile import CANARY, HOSTILE, SECRETS, jpeg_with, picture, saved, segment

ATTEMPTS = """
import os, resource, socket
from caseflow.rendering.confinement import confine
confine()
def attempt(what, act):
    try:
        act()
    except BaseException:
        return
    os.write(1, what.encode() + b"\\n")
attempt("socket", socket.socket)
attempt("read", lambda: os.open("/etc/passwd", os.O_RDONLY))
attempt("write", lambda: os.open("/tmp/made-by-a-copy", os.O_CREAT | os.O_WRONLY))
attempt("fork", os.fork)
attempt("exec", lambda: os.execv("/bin/true", ["true"]))
attempt("kill", lambda: os.kill(os.getppid(), 0))
attempt("more memory", lambda: resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40)))
attempt("memory", lambda: bytearray(600 * 1024 * 1024))
os.write(1, b"end\\n")
os._exit(0)
"""

OTHER_MACHINE = """
import ctypes
ctypes.CDLL(None).personality(8)  # the kernel names a machine of 32 bits, for which there is no filter
from caseflow.rendering import render
from caseflow.rendering.confinement import NotConfined, is_possible
from tests.rendering.hostile import picture, saved
try:
    render([saved(picture(), "PNG")], "image/png")
except NotConfined:
    print(is_possible(), "refused")
"""


@pytest.mark.parametrize("name", SECRETS)
def test_nothing_but_pixels_is_in_a_copy(name):
    media_type, content = SECRETS[name]
    found = render([content], media_type)
    assert found.pages
    for page in found.pages:
        assert is_plain_picture(page)
        for secret in (CANARY.encode(), b"Exif", b"xmp", b"ICC_PROFILE", b"Photoshop"):
            assert secret not in page


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_within_bounds(name):
    media_type, content = HOSTILE[name]
    found = render([content], media_type, most_seconds=30)
    assert found.pages or found.refusal is not None
    assert b"evil" not in b"".join(found.pages)


def test_a_photo_stands_upright():
    (page,) = render([SECRETS["jpeg exif"][1]], "image/jpeg").pages
    height, width = page.index(b"\xff\xc0") + 5, page.index(b"\xff\xc0") + 7
    assert page[height : height + 2] > page[width : width + 2], "it was taken lying"


def test_a_file_that_takes_too_long_is_given_up():
    assert render([SECRETS["pdf about"][1]], "application/pdf", most_seconds=0.001).refusal is Refusal.TOO_SLOW


def test_a_confined_process_can_do_nothing():
    done = subprocess.run(
        [sys.executable, "-c", ATTEMPTS], stdout=subprocess.PIPE, check=True, env={"PATH": os.environ["PATH"]}
    )
    assert done.stdout == b"end\n"


def test_where_nothing_confines_the_process_no_file_is_read():
    done = subprocess.run(
        [sys.executable, "-c", OTHER_MACHINE], stdout=subprocess.PIPE, check=True, env={"PATH": os.environ["PATH"]}
    )
    assert done.stdout == b"False refused\n"


@pytest.mark.parametrize(
    "content",
    [
        jpeg_with(segment(0xE1, b"Exif")),
        jpeg_with(segment(0xFE, b"comment")),
        jpeg_with(after=b"more"),
        saved(picture(), "JPEG", progressive=True),
        saved(picture(), "PNG"),
        b"",
    ],
)
def test_what_is_no_plain_picture_is_found(content):
    assert is_plain_picture(saved(picture(), "JPEG"))
    assert not is_plain_picture(content)


@pytest.mark.parametrize(
    "answer", [b"", b"P", b"Rnonsense", b"P\0\0\0\1E", b"P\0\0\0\1\0\0\0\4abcdE", b"P\0\0\0\1\xff\xff\xff\xff"]
)
def test_what_a_child_must_not_say_is_broken(answer):
    assert parse_answer(answer).refusal is Refusal.BROKEN
