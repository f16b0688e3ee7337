"""Every word that people see goes through gettext: here in features and web, in `test_templates.py` in templates."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Fault, Source, assert_kept, broken, calls, sources, words_in

SPEAKERS = {
    "flash", "ValidationError", "StopValidation", "InputRequired", "DataRequired", "FormError", "Link", "UnreadableBoxError",
}  # fmt: skip
SPOKEN = {"label", "description", "message", "legend"}
ADVICE = "people read this: write _l(…) in a form and _(…) in a view (flask_babel's lazy_gettext and gettext)"


def untranslated(source: Source) -> Iterator[Fault]:
    """Find literals where a label, an error or a message is expected."""
    for node, name in calls(source):
        last = name.rpartition(".")[2]
        spoken = [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN]
        if last in SPEAKERS or last.endswith("Field") or name.endswith("errors.append"):
            spoken += node.args[:1]
        if last.endswith("Field"):
            spoken += [
                words for keyword in node.keywords if keyword.arg == "choices" for words in _choices(keyword.value)
            ]
        for spoken_node in spoken:
            if words_in(spoken_node):
                yield Fault(source.path, spoken_node.lineno, f"{words_in(spoken_node)!r}: {ADVICE}")


def _choices(node: ast.AST) -> list[ast.AST]:
    pairs = getattr(node, "elts", [])
    return [pair.elts[1] for pair in pairs if isinstance(pair, ast.Tuple) and len(pair.elts) > 1]


def test_words_of_pages_go_through_gettext():
    assert_kept(untranslated, sources("caseflow/features", "caseflow/web"))


@pytest.mark.parametrize(
    "planted",
    [
        'title = StringField("Title")',
        'title = StringField(_l("Title"), [InputRequired("Write a title.")])',
        'title = StringField(_l("Title"), description="In a few words.")',
        'stage = SelectField(_l("Stage"), choices=[("intake", "Intake")])',
        'flash("Saved.", "good")',
        'flash(f"Saved {reference}.", "good")',
        'raise ValidationError("Too long.")',
        'form.form_errors.append("Wrong password.")',
        'Length(max=3, message="Too long.")',
    ],
)
def test_a_planted_literal_is_found(planted):
    assert ADVICE in broken(untranslated, [Source("caseflow/features/cases/forms.py", planted)])


@pytest.mark.parametrize(
    "fine",
    [
        'title = StringField(_l("Title"), [InputRequired(_l("Write a title."))], render_kw={"autocomplete": "off"})',
        'flash(_("Saved."), "good")',
        'stage = SelectField(_l("Stage"), choices=[("intake", _l("Intake"))])',
        'form["title"].errors.append(sentence)',
    ],
)
def test_translated_words_are_not_found(fine):
    assert not broken(untranslated, [Source("caseflow/features/cases/forms.py", fine)])
