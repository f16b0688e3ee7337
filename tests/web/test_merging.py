from datetime import date
from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, StringField

from caseflow.law import UncertainDate
from caseflow.models import Urgency
from caseflow.web.fields import UncertainDateField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.merging import as_text, merge, store_base_digests


class Form(CaseflowForm):
    version = VersionField()
    base = HiddenField()
    title = StringField("Title")
    place = StringField("Place")
    when = UncertainDateField("When")
    urgency = SelectField("Urgency", choices={"normal": "Normal", "urgent": "Urgent"})

    class Meta(CaseflowForm.Meta):
        csrf = False


def row(**changes):
    given = {"version": 1, "title": "Old", "place": "", "when": None, "urgency": Urgency.NORMAL}
    return SimpleNamespace(**{**given, **changes})


def sent(**typed):
    """Return a form that was drawn from the old row, filled in and submitted."""
    drawn = Form(None, obj=row())
    store_base_digests(drawn)
    boxes = {"version": "1", "base": drawn.base.data, "title": "Old", "place": "", "urgency": "normal"}
    return Form(MultiDict({**boxes, **typed}))


@pytest.fixture(autouse=True)
def _request(pages):
    with pages.test_request_context():
        yield


def test_an_unchanged_field_takes_the_saved_value():
    form = sent(title="Mine")
    merged = merge(form, row(version=2, place="Sevilla", when=UncertainDate.parse("2025-03"), urgency=Urgency.URGENT))
    assert (form.title.data, form.place.data, form.urgency.data) == ("Mine", "Sevilla", "urgent")
    assert form.when.data == UncertainDate.parse("2025-03")
    assert merged.taken == ["Place", "When", "Urgency"]
    assert merged.both == []
    assert form.version.data == 2


def test_a_field_that_both_changed_is_shown_twice_and_keeps_what_was_typed():
    form = sent(title="Mine")
    merged = merge(form, row(version=2, title="Theirs"))
    assert [(both.label, both.theirs, both.yours) for both in merged.both] == [("Title", "Theirs", "Mine")]
    assert form.title.data == "Mine"


def test_of_a_select_box_the_words_of_both_choices_are_shown():
    form = Form(MultiDict({"version": "1", "base": "", "title": "Old", "place": "", "urgency": "urgent"}))
    merged = merge(form, row(version=2))
    assert [(both.label, both.theirs, both.yours) for both in merged.both] == [("Urgency", "Normal", "Urgent")]


def test_a_second_conflict_is_compared_with_the_first():
    form = sent(title="Mine")
    merge(form, row(version=2, title="Theirs"))
    again = Form(MultiDict({"version": "2", "base": form.base.data, "title": "Mine", "place": "", "urgency": "normal"}))
    merged = merge(again, row(version=3, title="Theirs", place="Sevilla"))
    assert merged.both == []
    assert (again.title.data, again.place.data) == ("Mine", "Sevilla")


@pytest.mark.parametrize("tampered", ["", "no json", "[1]", '{"title": 5}'])
def test_without_digests_everything_that_differs_is_shown(tampered):
    form = sent(title="Mine", base=tampered)
    merged = merge(form, row(version=2, title="Theirs", place="Sevilla"))
    assert {both.label for both in merged.both} == {"Title", "Place"}


def test_empty_and_none_are_equal_and_no_is_a_value():
    assert {as_text(value) for value in (None, "", [])} == {""}
    assert [as_text(answer) for answer in (True, False)] == ["yes", "no"]
    assert as_text(date(2025, 3, 1)) == "2025-03-01"
    assert as_text(["HOUSING", "WATER"]) == "HOUSING, WATER"
    assert as_text("two\r\nlines ") == as_text("two\nlines")
