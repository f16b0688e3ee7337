import re

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from caseflow.errors import Invalid
from caseflow.web.fields import UncertainDateField
from caseflow.web.forms import PAGE_EXPIRED, CaseflowForm, FormError, MaxLength, VersionField


class CaseForm(CaseflowForm):
    title = StringField("Title", [InputRequired("Write a title.")], description="No names.")
    story = TextAreaField("What happened", [MaxLength(50)])
    notes = TextAreaField("Notes")
    state = SelectField("State", choices={"": "Choose", "ES": "Spain"})
    urgency = RadioField("Urgency", choices={"normal": "Normal", "urgent": "Urgent"}, default="normal")
    rights = SelectMultipleField("Rights", choices={"HOUSING": "Housing", "WATER": "Water"})
    agreed = BooleanField("The person agreed")
    password = PasswordField("Password")
    happened = UncertainDateField("When?")
    version = VersionField()


GOOD = {"title": "Eviction", "state": "ES", "urgency": "normal", "version": "3"}


@pytest.fixture
def open_form(in_page):
    """Return the submitted form, with a valid token unless another is given."""

    def build(**values: str | None) -> CaseForm:
        token = CaseForm(formdata=None).csrf_token.current_token
        sent = {"csrf_token": token} | GOOD | values
        form = CaseForm(
            formdata=MultiDict({name: text for name, text in sent.items() if text is not None}), data={"version": 7}
        )
        form.validate()
        return form

    return build


@pytest.mark.parametrize(
    ("sent", "data", "is_valid"),
    [([""], [], True), (["", "x"], ["x"], False), (["", "WATER"], ["WATER"], True), (["x"], ["x"], False)],
)
def test_a_blank_value_is_no_choice_and_hides_no_wrong_one(in_page, sent, data, is_valid):
    class ChoosingForm(CaseflowForm):
        rights = SelectMultipleField("Rights", [Optional()], choices={"HOUSING": "Housing", "WATER": "Water"})

    token = ChoosingForm(formdata=None).csrf_token.current_token
    form = ChoosingForm(formdata=MultiDict([("csrf_token", token), *(("rights", one) for one in sent)]))
    assert form.validate() is is_valid
    assert form.rights.data == data


@pytest.mark.parametrize("sent", ["0", "1796120251719151", str(2**63 - 1)])
def test_a_version_is_a_number_of_up_to_63_bits(open_form, sent):
    assert open_form(version=sent).version.data == int(sent)


@pytest.mark.parametrize("sent", [None, "", "-1", "1.5", "three", str(2**63)])
def test_another_version_is_refused_like_an_expired_page(open_form, sent):
    form = open_form(version=sent)
    assert [str(one) for one in form.version.errors] == [str(PAGE_EXPIRED)]


def test_texts_are_stripped_and_passwords_are_not(open_form):
    form = open_form(title="  Evic\0tion ", password="  secret ")
    assert form.title.data == "Eviction"
    assert form.password.data == "  secret "
    assert form.version.data == 3
    assert form.error_list() == []


def test_blanks_count_as_empty(open_form):
    assert open_form(title=" \0 ").title.data == ""


def test_a_text_that_is_too_long_is_refused_with_limit_and_length_and_kept(open_form):
    form = open_form(story="x" * 1_051)
    assert form.error_list() == [FormError("Use at most 50 characters. You have entered 1,051.", "#story")]
    assert "x" * 1_051 in form.story()
    assert not re.search(r"<textarea[^>]* maxlength=", form.story()), "a browser would cut the text"


@pytest.mark.parametrize(("name", "limit"), [("title", 250), ("notes", 20_000)])
def test_every_text_has_a_limit(open_form, name, limit):
    assert not open_form(**{name: "x" * limit}).errors
    assert name in open_form(**{name: "x" * (limit + 1)}).errors


def test_a_text_of_two_megabytes_is_refused_at_its_field(open_form):
    form = open_form(notes="a " * 1_000_000)
    assert [error.href for error in form.error_list()] == ["#notes"]


@pytest.mark.parametrize("token", ["", "wrong", "IjEi.aaaa.bbbb"])
def test_an_expired_page_keeps_what_was_typed_and_says_what_to_do(open_form, token):
    form = open_form(csrf_token=token)
    (error,) = form.error_list()
    assert error.href is None
    assert "had been open for too long" in error.text
    assert "select the button again" in error.text
    assert 'value="Eviction"' in form.title()
    assert 'value="wrong"' not in form.hidden_tag()


@pytest.mark.parametrize("version", ["3; drop", "", None])
def test_a_changed_or_missing_version_is_handled_like_an_expired_page(open_form, version):
    form = open_form(version=version)
    assert form.version.data is None
    (error,) = form.error_list()
    assert error.href is None
    assert "open for too long" in error.text


def test_the_error_summary_has_the_order_of_the_fields_and_links_to_them(open_form):
    form = open_form(title="", state="XX", **{"happened-year": "13"})
    assert [error.href for error in form.error_list()] == ["#title", "#state", "#happened-year"]


def test_a_choice_that_is_not_on_the_list_is_refused(open_form):
    assert open_form(urgency="yesterday").error_list() == [FormError("Choose one from the list.", "#urgency")]


def test_errors_of_a_service_are_shown_at_the_field(open_form):
    form = open_form()
    form.explain(Invalid("No.", {"title": "This title holds a name.", "elsewhere": "Choose a section first."}))
    assert form.error_list() == [
        FormError("Choose a section first.", None),
        FormError("This title holds a name.", "#title"),
    ]
    form = open_form()
    form.explain(Invalid("The decision is before its filing."))
    assert form.error_list() == [FormError("The decision is before its filing.", None)]


def test_an_error_is_linked_to_its_field(open_form):
    text = open_form(title="").title()
    assert 'aria-describedby="title-hint title-error"' in text
    assert 'aria-invalid="true"' in text
    assert 'id="title-error"' in text
    assert '<span class="govuk-visually-hidden">Error:</span>' in text


def test_each_kind_of_field_is_drawn_with_the_kit(open_form):
    form = open_form(rights="WATER", agreed="y")
    assert "govuk-character-count" in form.story()
    assert re.search(r'<option value="ES" selected>', form.state())
    assert re.search(r'type="radio" value="normal" checked', form.urgency())
    assert re.search(r'type="checkbox" value="WATER" checked', form.rights())
    assert "<legend" in form.rights()
    assert re.search(r'type="checkbox" value="y" checked', form.agreed())
    assert 'type="password"' in form.password(autocomplete="new-password")
    assert "secret" not in open_form(password="secret").password()
    assert "govuk-input--width-10" in form.title(params={"classes": "govuk-input--width-10"})
    assert "<input" in form.version()


def test_what_was_typed_is_escaped(open_form):
    form = open_form(title='"><script>', story="</textarea><script>")
    assert "<script>" not in form.title()
    assert "<script>" not in form.story()


def test_unticking_a_box_unticks_it(open_form):
    assert open_form().agreed.data is False
