"""Views are thin: read a form, call one service, answer."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import Fault, Source, assert_kept, broken, sources

MOST_LINES = 15
ROUTES = {"route", "get", "post", "put", "patch", "delete"}


def is_view(node: ast.AST) -> bool:
    """Return whether a function is a view of a blueprint: `@blueprint.get(...)`."""
    if not isinstance(node, ast.FunctionDef):
        return False
    marks = [mark.func for mark in node.decorator_list if isinstance(mark, ast.Call)]
    return any(isinstance(mark, ast.Attribute) and mark.attr in ROUTES for mark in marks)


def lines_of(source: Source, function: ast.FunctionDef) -> int:
    """Return the number of non-empty lines of the body, without the docstring."""
    has_docstring = ast.get_docstring(function) is not None
    body = function.body[1:] if has_docstring else function.body
    if not body:
        return 0
    lines = source.text.splitlines()[body[0].lineno - 1 : function.end_lineno]
    return sum(bool(line.strip()) and not line.strip().startswith("#") for line in lines)


def long_views(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if is_view(node) and (lines := lines_of(source, node)) > MOST_LINES:
            advice = f"{node.name} has {lines} lines, {MOST_LINES} are enough: move what it decides into the service"
            yield Fault(source.path, node.lineno, advice)


def test_views_are_short():
    files = sources("caseflow/features", "caseflow/web")
    assert any(is_view(node) for file in files for node in ast.walk(file.tree))
    assert_kept(long_views, files)


def test_a_planted_long_view_is_found():
    head = '@blueprint.get("/x")\n@requires(P)\ndef show():\n    """Show.\n\n    Much\n    to\n    say.\n    """\n'
    fine, long = head + "    a = 1\n" * MOST_LINES, head + "    a = 1\n" * (MOST_LINES + 1)
    assert not broken(long_views, [Source("caseflow/features/cases/views.py", fine)])
    assert "show has 16 lines" in broken(long_views, [Source("caseflow/features/cases/views.py", long)])
