"""The output of processes is written to the file, with or without a terminal."""

import subprocess
import sys

import pytest

from caseflow.local import process
from caseflow.local.logs import Follower, Terminal
from tests.local.waiting import HANG_SECONDS


@pytest.fixture
def follow(tmp_path):
    """Follow a process with this output until it ends."""

    def say(what: bytes) -> tuple[str, list[str]]:
        heard: list[str] = []
        code = f"import sys; sys.stdout.buffer.write({what!r})"
        running = process.start([sys.executable, "-c", code], folder=tmp_path, environment={}, output=subprocess.PIPE)
        follower = Follower("web", running, tmp_path, Terminal(), heard.append)
        follower.start()
        follower.join(HANG_SECONDS)
        assert not follower.is_alive()
        running.wait()
        file = tmp_path / "web.log"
        return file.read_text() if file.is_file() else "", heard

    return say


def test_each_line_goes_to_the_terminal_with_its_name_and_to_the_file(follow, capsys):
    assert follow(b"one\ntwo") == ("one\ntwo\n", ["one", "two"])
    assert capsys.readouterr().out == "web      | one\nweb      | two\n"


def test_bytes_that_are_no_text_and_percent_signs_do_no_harm(follow):
    assert follow(b"100% \xff\n")[1] == ["100% \N{REPLACEMENT CHARACTER}"]


def test_a_closed_terminal_silences_only_the_terminal(follow, monkeypatch):
    class Closed:
        def write(self, _: str) -> None:
            raise BrokenPipeError

        def flush(self) -> None: ...

    monkeypatch.setattr("sys.stdout", Closed())
    assert follow(b"still written\n")[0] == "still written\n"


def test_a_log_file_that_cannot_be_written_costs_the_file_and_no_line(follow, tmp_path, capsys):
    (tmp_path / "web.log").mkdir()
    assert follow(b"one\n") == ("", ["one"])
    said = capsys.readouterr()
    assert "web.log can't be written (Is a directory): its lines stand only here" in said.out
    assert said.out.endswith("web      | one\n")
    assert not said.err


def test_a_full_disk_prints_no_traceback(follow, tmp_path, capsys):
    (tmp_path / "web.log").symlink_to("/dev/full")
    assert follow(b"one\ntwo\n")[1] == ["one", "two"]
    assert not capsys.readouterr().err
