"""A paper as tagged PDF, set by Typst: the template is ours, and the paper is data that it reads as JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst

from caseflow.rendering.papers.word import plain

FOLDER: Final = Path(__file__).parent
"""What the template could read from: our own programs. It reads nothing, and what people write is never part of it."""
TEMPLATE: Final = FOLDER / "paper.typ"


def portable(paper: Mapping[str, Any]) -> bytes:
    """Return a paper as PDF, whose properties are its title, its language and its day."""
    data = json.dumps(_plain(paper), ensure_ascii=False)
    compiler = typst.Compiler(str(TEMPLATE), str(FOLDER), ignore_system_fonts=True, sys_inputs={"paper": data})
    made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)  # one document, which is not written to a file
    return made


def _plain(value: Any) -> Any:
    """Return data whose texts hold nothing but what is shown."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
