"""Failures around the application, each as a sentence that says what to do: files, the database, the schema.

For the command line and the processes that `caseflow up` runs. Errors of the database carry values of rows in their texts, so
only their kind is passed on.
"""

import errno
import os
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from caseflow.errors import CaseflowError, Invalid

LONGEST: Final = 3_000
"""Characters of a sentence that may repeat what was typed."""
PACKAGE: Final = Path(__file__).resolve().parents[1]
OF_FILES: Final[Mapping[int, str]] = {
    errno.ENOSPC: "There is no space left on the disk. Free some, then try again.",
    errno.EDQUOT: "The quota of the disk is used up. Free some space, then try again.",
    errno.EROFS: "The disk can only be read. Choose a CASEFLOW_HOME on one that can be written.",
    errno.EACCES: "This account may not use it. Use the account that it belongs to, or choose another place.",
    errno.EPERM: "This account may not use it. Use the account that it belongs to, or choose another place.",
    errno.EEXIST: "Something else has this name. Move it away, then try again.",
    errno.ENOTDIR: "A file stands where a folder is needed. Move it away, or choose another place.",
    errno.EISDIR: "A folder stands where a file is needed. Move it away, or choose another place.",
    errno.ENOTEMPTY: "The folder is not empty. Move what is in it away, then try again.",
    errno.ENAMETOOLONG: "The path is too long. Choose a shorter one.",
    errno.EMFILE: "Too many files are open. Raise the limit (ulimit -n), then try again.",
    errno.ENFILE: "Too many files are open on this machine. Try again when others have ended.",
    errno.ENOENT: "It is not there. Check the path.",
    errno.EIO: "The disk can't be read or written. Check the disk.",
}
FULL: Final = "The database takes no more connections just now. Try again in a minute, or end programs that use it."
SCHEMA: Final = "The schema of the database is not that of this caseflow. Run `caseflow migrate` of the newest version."
OF_CONNECTIONS: Final = (
    # part of PostgreSQL's message when a connection fails, which has no code: sentence
    ("too many clients", FULL),
    ("connection slots", FULL),
    ("too many connections", FULL),
    ("password authentication failed", "The database does not accept the password of DATABASE_URL. Correct it."),
    ("no password supplied", "DATABASE_URL has no password, and the database asks for one. Add it."),
    ("does not exist", "The role or the database in DATABASE_URL does not exist. Run `caseflow prepare` first."),
    ("is starting up", "The database is starting. Try again in a moment."),
    ("shutting down", "The database is stopping. Try again when it runs."),
    ("pg_hba.conf", "The database does not let this machine in with DATABASE_URL. Check its pg_hba.conf."),
    ("ssl", "The database can't be reached over TLS. Check sslmode in DATABASE_URL."),
)
NO_CONNECTION: Final = (
    "The database can't be reached. Check that it runs (`caseflow up` on one machine) and that DATABASE_URL names it."
)
OF_STATES: Final[Mapping[str, str]] = {
    # SQLSTATE, or its first two characters: sentence
    "53100": "The disk of the database is full. Free some space, then try again. Nothing was saved.",
    "53300": FULL,
    "53": "The database has no memory or space left. Try again later. Nothing was saved.",
    "55P03": "Another program holds what is needed. Try again in a minute. Nothing was saved.",
    "57014": "The database took too long and was stopped. Try again later. Nothing was saved.",
    "57": "The database was stopped meanwhile. Try again when it runs. Nothing was saved.",
    "40": "Another program changed the same at the same moment. Try again. Nothing was saved.",
    "25006": "The database can only be read. Connect to the one that can be written.",
    "42P01": SCHEMA,
    "42703": SCHEMA,
    "42883": SCHEMA,
    "42501": "The role of the database may not do this. Check the roles in DATABASE_URL and OWNER_DATABASE_URL.",
    "42": SCHEMA,
    "22": "The database can't store a value that was given: it is too long, or has a sign that no text may have. Nothing was saved.",
    "23": "The database refused a value that was given, because it contradicts others. Nothing was saved.",
}


def sentence_of(error: BaseException) -> str:
    """Return an error as a sentence, without control characters. An unexpected one is named by its kind and place, never by its values."""
    text = _sentence_of(error)
    shown = "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text[:LONGEST])
    return shown if len(text) <= LONGEST else f"{shown} …"


def _sentence_of(error: BaseException) -> str:
    if isinstance(error, CaseflowError):
        fields = error.fields.values() if isinstance(error, Invalid) else ()
        return " ".join([str(error), *(sentence % error.values if error.values else sentence for sentence in fields)])
    if isinstance(error, OSError):
        return _of_file(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory. Give less at once, or more memory."
    if isinstance(error, RecursionError):
        return "The file is nested too deeply. Is it the right one?"
    if isinstance(error, UnicodeError):
        return (
            "A text has signs that can't be stored or shown. Check the encoding of the terminal and of what was typed."
        )
    return _of_database(error) or _unexpected(error)


def _of_file(error: OSError) -> str:
    what = OF_FILES.get(error.errno or 0, f"{error.strerror or type(error).__name__}. Check it, then try again.")
    return f"{os.fsdecode(error.filename)}: {what}" if isinstance(error.filename, str | bytes) else what


def _of_database(error: BaseException) -> str | None:
    """Return the sentence for an error of SQLAlchemy, psycopg or Alembic; None for others."""
    kind = type(error).__module__.partition(".")[0]
    if kind == "alembic":
        return SCHEMA
    origin = getattr(error, "orig", None) or error
    if type(origin).__module__.partition(".")[0] != "psycopg":
        return "An address of a database can't be read. Check DATABASE_URL." if kind == "sqlalchemy" else None
    state = getattr(origin, "sqlstate", None) or ""
    if sentence := OF_STATES.get(state) or OF_STATES.get(state[:2]):
        return sentence
    message = str(origin).casefold()
    if sentence := next((sentence for part, sentence in OF_CONNECTIONS if part in message), None):
        return sentence
    return f"The database refused this ({state}). Nothing was saved." if state else NO_CONNECTION


def _unexpected(error: BaseException) -> str:
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    place = f" at {Path(frames[-1].filename).relative_to(PACKAGE.parent)}:{frames[-1].lineno}" if frames else ""
    return f"This is a fault of caseflow: {type(error).__name__}{place}. Report it with this line."
