"""Collect all sentences to translate, and update the catalogues of all languages (`make messages`).

    python deploy/messages.py

Adds new sentences to each caseflow/translations/<language>/LC_MESSAGES/messages.po, removes unused ones, and compiles the
.mo file. The result depends on the code only: no dates, versions, absolute paths or line numbers. How to add a language: docs/translating.md.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from caseflow.law import load_register, load_vocabularies
from caseflow.law.data import TO_CONFIRM
from caseflow.law.routes import load_mechanisms
from caseflow.law.vocabularies import RemedyStage, Term
from caseflow.translations import CATALOGUES, compile_catalogues, read_catalogue

ROOT: Final = Path(__file__).resolve().parent.parent
VOCABULARIES: Final = "caseflow/law/data/vocabularies.json"
MECHANISMS: Final = "caseflow/law/data/mechanisms.csv"

Keywords = Mapping[str, tuple[int, int] | None]
SAY: Final = "say"
"""The function of `caseflow.law.sentences` that takes a message."""
SENTENCES: Final = "caseflow/law/sentences.py"
KEYWORDS: Final[Keywords] = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2),
}  # fmt: skip
JINJA: Final = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
"""As in `caseflow.web.kit`; a template that can't be parsed is an error."""

SPEAK_ENGLISH: Final = ("caseflow/law/", "caseflow/cli/", "caseflow/local/", "caseflow/demo/")
"""Their other texts are not translated: what the engine finds goes through `say`."""
ERRORS: Final = ("NotFound", "Forbidden", "Conflict", "Invalid")
PROBLEMS: Final = "problems"
"""The variable in which services collect sentences by field: `problems["title"] = "Say what happened."`."""

Ids = str | tuple[str, ...]
"""A sentence, or its singular and plural."""


class NotLiteralError(SystemExit):
    """A sentence that can't be collected, because it is built at run time."""

    def __init__(self, path: str, line: int) -> None:
        super().__init__(
            f"{path}:{line}: write the sentence as a literal with named places, and give what belongs there as `values`"
        )


@dataclass(frozen=True)
class Found:
    """A sentence and the file that contains it."""

    ids: Ids
    path: str


class ReproducibleCatalog(Catalog):
    """A catalogue with a minimal header, without dates, so that the file changes only when sentences change."""

    def _headers(self) -> list[tuple[str, str]]:
        plural = [("Language", str(self.locale)), ("Plural-Forms", self.plural_forms)] if self.locale else []
        return [*plural, ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "8bit")]  # fmt: skip

    mime_headers = property(_headers)


def collect(root: Path = ROOT) -> Catalog:
    """Return the template: every sentence with the files that contain it."""
    template = ReproducibleCatalog(
        header_comment="# The sentences of caseflow. Written by `make messages`.", fuzzy=False
    )
    data = (*_of_vocabularies(), *_of_register(), *_of_mechanisms())
    for found in (*_of_python(root), *said_of_law(root), *_of_templates(root), *data):
        template.add(found.ids, locations=[(found.path, 0)])
    return template


def _of_python(root: Path) -> Iterator[Found]:
    for file in sorted((root / "caseflow").rglob("*.py")):
        path, text = file.relative_to(root).as_posix(), file.read_text("utf-8")
        if path.startswith(SPEAK_ENGLISH):
            continue
        if "gettext" in text:
            yield from _extracted("python", file, path, {})
        if "caseflow.errors" in text or path == "caseflow/errors.py":
            yield from sentences_of_errors(path, text)


def said_of_law(root: Path) -> Iterator[Found]:
    """Yield the messages that the law engine says, and those that are said of it elsewhere."""
    for file in sorted((root / "caseflow").rglob("*.py")):
        path, text = file.relative_to(root).as_posix(), file.read_text("utf-8")
        if "caseflow.law.sentences import" in text or path == SENTENCES:
            yield from messages_of_law(path, text)


def messages_of_law(path: str, text: str) -> Iterator[Found]:
    """Yield the messages that a module gives to `say`.

    Raises:
        NotLiteralError: a message is put together when running.
    """
    for node in ast.walk(ast.parse(text, path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == SAY:
            message = node.args[0]
            if not (isinstance(message, ast.Constant) and isinstance(message.value, str)):
                raise NotLiteralError(path, node.lineno)
            yield Found(message.value, path)


def _of_templates(root: Path) -> Iterator[Found]:
    for file in sorted(file for file in (root / "templates").rglob("*") if file.is_file()):
        yield from _extracted("jinja2.ext:babel_extract", file, file.relative_to(root).as_posix(), JINJA)


def _extracted(
    method: str, file: Path, path: str, options: dict[str, str], keywords: Keywords = KEYWORDS
) -> Iterator[Found]:
    for _line, ids, _comments, _context in extract_from_file(method, str(file), keywords, options=options):
        yield Found(ids, path)


def _of_vocabularies() -> Iterator[Found]:
    words = load_vocabularies()
    for field in fields(words):
        terms = getattr(words, field.name)
        if isinstance(terms, tuple):
            path = MECHANISMS if field.name == "bodies" else VOCABULARIES
            yield from (Found(term.label, path) for term in terms if isinstance(term, Term))
            yield from (Found(term.short, path) for term in terms if isinstance(term, RemedyStage))


def _of_register() -> Iterator[Found]:
    """Yield the sources of the rules, and the names of bodies with their article as findings give them."""
    register = load_register()
    readings = register.ruleset.readings.values()
    to_confirm = (text.removesuffix(TO_CONFIRM) for text in readings if text.endswith(TO_CONFIRM))
    sources = (*register.ruleset.citations.values(), *readings, *to_confirm, register.ruleset.checked_by)
    yield from (Found(words, "caseflow/law/data/ruleset.json") for words in sources)
    yield from (Found(f"the {body.body}", MECHANISMS) for body in register.bodies.values())


def _of_mechanisms() -> Iterator[Found]:
    yield from (Found(words, "caseflow/law/data/mechanisms.json") for words in load_mechanisms().messages())


def sentences_of_errors(path: str, text: str) -> Iterator[Found]:
    """Yield the sentences that a module gives to the errors of `caseflow.errors`, and collects by field.

    Raises:
        NotLiteralError: a sentence is put together when running.
    """
    for node in ast.walk(ast.parse(text, path)):
        spoken: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            spoken = [*node.args[:1], *_by_field(node, path)]
        elif isinstance(node, ast.Assign) and _is_problem(node.targets[0]):
            spoken = [node.value]
        for sentence in spoken:
            if not (isinstance(sentence, ast.Constant) and isinstance(sentence.value, str)):
                raise NotLiteralError(path, sentence.lineno)
            yield Found(sentence.value, path)


def _by_field(call: ast.Call, path: str) -> list[ast.expr]:
    """Return the sentences by field of an `Invalid(sentence, {field: sentence})`."""
    if ast.unparse(call.func) != "Invalid" or len(call.args) == 1:
        return []
    given = call.args[1]
    if isinstance(given, ast.Dict):
        return given.values
    if isinstance(given, ast.Name) and given.id == PROBLEMS:
        return []  # collected where each is written
    raise NotLiteralError(path, given.lineno)


def _is_problem(target: ast.expr) -> bool:
    return isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and target.value.id == PROBLEMS


def renewed(template: Catalog, old: Catalog) -> Catalog:
    """Return a catalogue with exactly the sentences of the template, and the translations of the old one."""
    fresh = ReproducibleCatalog(locale=old.locale, header_comment=old.header_comment, fuzzy=False)
    for message in template:
        if not message.id:
            continue
        known: Message | None = old.get(message.id)
        fresh.add(
            message.id,
            known.string if known and known.pluralizable == message.pluralizable else None,
            locations=message.locations,
            flags=set(message.flags) | ({"fuzzy"} if known and known.fuzzy else set()),
            user_comments=known.user_comments if known else (),
        )
    return fresh


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as text, sorted by sentence so that two people's additions seldom meet."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, sort_output=True, include_lineno=False)
    return buffer.getvalue()


def catalogues() -> dict[str, Path]:
    """Return the catalogue's file of each language."""
    return {file.parents[1].name: file for file in sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))}


def strings(message: Message) -> tuple[str, ...]:
    """Return what a sentence is in the language: one text, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string or ""),)


def missing(catalog: Catalog) -> list[Message]:
    """Return the sentences that are not translated, or marked as uncertain."""
    return [message for message in catalog if message.id and (message.fuzzy or not all(strings(message)))]


def main() -> int:
    """Write everything anew; the exit code says whether something is left to translate."""
    template = collect()
    left = 0
    for language, file in catalogues().items():
        catalog = renewed(template, read_catalogue(file))
        file.write_bytes(written(catalog))
        open_messages = missing(catalog)
        left += len(open_messages)
        print(f"{language}: {len(catalog) - len(open_messages)} of {len(catalog)} sentences")
        for message in open_messages:
            print(f"  {message.locations[0][0]}: {message.id!r}")
    compile_catalogues()
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
