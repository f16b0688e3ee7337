"""The output of the processes: to the terminal with the name in front, and to one file each."""

import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from logging import Formatter, LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path

from caseflow.local.process import Running

FILE_BYTES = 5_000_000
FILES_KEPT = 2
LINES_REMEMBERED = 20
NAME_WIDTH = 9


class Terminal:
    """The terminal of the person who started caseflow; it may be closed at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = True

    def say(self, name: str, line: str) -> None:
        """Write one line of a process, with its name."""
        self.write(f"{name:<{NAME_WIDTH}}| {line}\n")

    def write(self, text: str) -> None:
        """Write; stop for good when the terminal is closed: the files still hold everything."""
        with self._lock:
            if not self._open:
                return
            try:
                sys.stdout.write(text)
                sys.stdout.flush()
            except (OSError, ValueError):
                self._open = False


class Follower(threading.Thread):
    """Reads the output of one process until it ends."""

    def __init__(
        self, name: str, process: Running, folder: Path, terminal: Terminal, heard: Callable[[str], None]
    ) -> None:
        super().__init__(name=f"log of {name}", daemon=True)
        self._program = name
        self._process = process
        self._file = folder / f"{name}.log"
        self._terminal = terminal
        self._heard = heard
        self.last: deque[str] = deque(maxlen=LINES_REMEMBERED)

    def run(self) -> None:
        """Pass each line on."""
        handler = self._open_file()
        if self._process.stdout is None:
            return
        with self._process.stdout as lines:
            for raw in lines:
                line = raw.decode(errors="replace").rstrip()
                self.last.append(line)
                if handler is not None:
                    handler.emit(LogRecord(self._program, 0, "", 0, line, None, None))
                self._terminal.say(self._program, line)
                self._heard(line)
        if handler is not None:
            with suppress(OSError):  # what a full disk kept back
                handler.close()

    def _open_file(self) -> "QuietFile | None":
        """Return the log file; None if it can't be written, and then the terminal alone has the lines."""
        try:
            handler = QuietFile(self._file, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8")
        except OSError as error:
            self._terminal.say(
                self._program, f"{self._file} can't be written ({error.strerror}): its lines stand only here."
            )
            return None
        handler.setFormatter(Formatter("%(message)s"))
        return handler


class QuietFile(RotatingFileHandler):
    """A log file. Where the disk is full a line is lost, without a traceback for each on the terminal."""

    def handleError(self, record: LogRecord) -> None:  # noqa: N802 - its name in the library
        """Say nothing: the terminal has the line."""
