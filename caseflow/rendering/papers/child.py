"""The program of the child: reads papers as JSON from its input, and answers with an archive of DOCX and PDF files.

It reads the fonts and the template of its own programs and nothing else, and starts with neither keys nor a place to write to.
"""

import hashlib
import io
import json
import os
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NoReturn

import pypdfium2

from caseflow.rendering.limits import LARGEST_PAPERS, PAPER_CPU_SECONDS, PAPER_MEMORY
from caseflow.rendering.papers import BUILT, NAME_FOUND, TOO_LARGE
from caseflow.rendering.papers.portable import portable
from caseflow.rendering.papers.word import word

MANIFEST: Final = "manifest.json"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member of an archive: the archive does not say when it was made."""
_TAGS: Final = re.compile(rb"<[^>]*>")
_INVISIBLE: Final = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")
_WORD: Final = re.compile(r"\w+")


class NameFound(Exception):
    """A name that must not stand in a paper stands in it."""


def main() -> None:
    """Answer, and end."""
    for what, most in (
        (resource.RLIMIT_DATA, PAPER_MEMORY),
        (resource.RLIMIT_CPU, PAPER_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    content = sys.stdin.buffer.read(LARGEST_PAPERS + 1)
    if len(content) > LARGEST_PAPERS:
        _say(TOO_LARGE)
    try:
        pages, archive = archive_of(json.loads(content))
    except NameFound:
        _say(NAME_FOUND)
    except MemoryError:
        _say(TOO_LARGE)
    _say(BUILT + pages.to_bytes(4, "big") + archive)


def _say(answer: bytes) -> NoReturn:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    os._exit(0)


def archive_of(papers: Iterable[Mapping[str, Any]]) -> tuple[int, bytes]:
    """Return the number of pages of the first paper, and an archive of all with a manifest.

    Raises:
        NameFound: a forbidden name stands in a paper.
    """
    files: dict[str, bytes] = {}
    pages = 0
    for paper in papers:
        text, drawn = word(paper), portable(paper)
        number, words_of_pdf = _text_of_pdf(drawn)
        pages = pages or number
        check_names(paper["forbidden"], [*_texts_of_docx(text), words_of_pdf, paper["name"], paper["title"]])
        files |= {f"{paper['name']}.docx": text, f"{paper['name']}.pdf": drawn}
    manifest = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    files[MANIFEST] = json.dumps({"files": manifest}, indent=2).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return pages, made.getvalue()


def check_names(forbidden: Iterable[str], texts: Iterable[str]) -> None:
    """Refuse texts in which a name stands as words, whatever its accents and capitals.

    Raises:
        NameFound: one does.
    """
    wanted = [words for name in forbidden if (words := _folded(name))]
    if not wanted:
        return
    for text in texts:
        folded = f" {' '.join(_folded(text))} "
        if any(f" {' '.join(words)} " in folded for words in wanted):
            raise NameFound


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _texts_of_docx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.infolist():
            yield part.filename
            if part.filename.endswith((".xml", ".rels")):
                yield _TAGS.sub(b" ", parts.read(part)).decode()


def _text_of_pdf(content: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(content)
    texts = []
    for page in document:
        shown = page.get_textpage()
        texts.append(shown.get_text_bounded())
        shown.close()
        page.close()
    return len(document), " ".join((*texts, *document.get_metadata_dict().values()))


if __name__ == "__main__":
    main()
