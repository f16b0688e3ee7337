"""The base of every form: rendered with the kit, length limits, clear messages, and no loss of what was typed."""

import dataclasses
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from http import HTTPStatus
from typing import Any, ClassVar, Final, TypeVar, cast, get_args, get_origin, get_type_hints

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.csrf import _FlaskFormCSRF
from flask_wtf.form import _Auto, _is_submitted
from markupsafe import Markup
from wtforms import (
    Field,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from caseflow.db.base import LONGEST_LINE, LONGEST_TEXT
from caseflow.errors import Invalid
from caseflow.web.compression import form_token, unmask
from caseflow.web.dates import show_number
from caseflow.web.drafted import drafted
from caseflow.web.fields import RADIOS_IN_A_LINE, HourField, UncertainDateField
from caseflow.web.once import hidden_key
from caseflow.web.texts import gettext, lazy_gettext
from caseflow.web.widgets import draw
from caseflow.web.words import error_sentence, in_page_language

PAGE_EXPIRED: Final = lazy_gettext(
    "This page had been open for too long, so nothing was saved. What you typed is still here: select the button again."
)
SMALL_RADIOS: Final = {"params": {"classes": "govuk-radios--small"}}
SMALL_RADIOS_IN_A_LINE: Final = RADIOS_IN_A_LINE
"""For `render_kw` of a field: how the kit draws its radio buttons."""
NOT_ON_LIST: Final = lazy_gettext("Choose one from the list.")


Command = TypeVar("Command")


@dataclass(frozen=True)
class FormError:
    """One line of the error summary; `href` links to the field with the error."""

    text: str
    href: str | None


class MaxLength:
    """Refuses a text that is too long, naming limit and length. The text is never cut."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise `ValidationError` when the text is too long."""
        length = len(field.data or "")
        if length > self.most:
            raise ValidationError(
                gettext(
                    "Use at most %(most)s characters. You have entered %(length)s.",
                    most=show_number(self.most),
                    length=show_number(length),
                )
            )


class VersionField(IntegerField):
    """The row's version when the form was drawn, so that concurrent changes are detected (docs/security.md)."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse the number; a changed or missing one is refused like an expired page."""
        self.data = None  # never the row's current version: that would overwrite the other person's change
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(PAGE_EXPIRED) from error
        number = cast("int | None", self.data)
        if number is None or not 0 <= number < 2**63:  # a row of the register counts microseconds
            raise ValueError(PAGE_EXPIRED)


class PageCSRF(_FlaskFormCSRF):  # type: ignore[misc]  # Flask-WTF publishes no types
    """Masks the CSRF token (`web.compression`), and gives a clear message when it has expired."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:  # noqa: ARG002 - WTForms' signature
        """Return the token for this answer."""
        return form_token()

    def validate_csrf_token(self, form: Form, field: Field) -> None:
        """Raise `ValidationError`; the form is drawn again with a new token and everything that was typed."""
        field.data = unmask(next(iter(field.raw_data or ()), None))  # as sent: a form may be validated twice
        try:
            super().validate_csrf_token(form, field)
        except ValidationError as error:
            raise ValidationError(PAGE_EXPIRED) from error


def tidy(value: Any) -> Any:
    """Return a text without surrounding blanks and without NUL, which PostgreSQL can't store."""
    return value.replace("\0", "").strip() if isinstance(value, str) else value


def _without_blanks(chosen: list[str] | None) -> list[str] | None:
    """Return what was chosen of a list without blank values, which are no choice."""
    return chosen and [one for one in chosen if one]


class CaseflowForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF publishes no types
    """The base of every form. Fields are those of WTForms and of `caseflow.web.fields`; their rendering is decided here."""

    sometimes_required: ClassVar[frozenset[str]] = frozenset()
    """Fields that other answers make necessary: only the others are marked as optional."""
    answer_status = HTTPStatus.OK
    """HTTP status of the page that shows this form (set by `web.saving`)."""
    adds: ClassVar[bool] = False
    """Whether saving it adds something, unless it carries the version of a row: then sending it twice needs confirmation."""
    is_repeatable: ClassVar[bool] = False
    """Whether saving it again with the same values does no harm and may be wanted, as with a setting."""
    keeps_drafts: ClassVar[bool] = True
    """Whether what is typed into it is kept until it is saved (`web.drafts`): not words that are searched for, nor reasons to look."""
    saves: ClassVar[bool] = True
    """Whether sending it saves what was typed, so that a draft of it is erased: not if it is a step to another form."""
    shows_identity: ClassVar[bool] = False
    """Whether it may hold what identifies somebody: then only the page of the form shows a draft of it."""
    saved_at: str | None = None
    """Where the form leads that was saved before, if this one needs confirmation (set by `web.saving`)."""
    send_to: str | None = None
    """The address to which the page sends the form; by default its own (set by `web.saving`)."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF publishes no types
        """Settings of all fields."""

        csrf_class = PageCSRF

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:  # noqa: ARG002 - WTForms' signature
            """Accept form data only: JSON and files must not take the place of a typed text."""
            if formdata is _Auto:
                used = drafted(request.path)
                return request.form if _is_submitted() else used.fields if used else None
            return formdata

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Strip every text, and add a length limit where the form sets none. Passwords are not changed."""
            field: Field = super().bind_field(form, unbound_field, options)
            field.flags.is_marked = self.csrf and options["name"] not in getattr(form, "sometimes_required", ())
            if isinstance(field, SelectField):
                field.invalid_choice_message = field.invalid_choice_message or NOT_ON_LIST  # type: ignore[attr-defined]  # younger than the types
                field.filters = [*field.filters, tidy]  # blanks count as no choice, as `Optional` takes them
            if isinstance(field, SelectMultipleField):
                field.filters = [*field.filters, _without_blanks]
                # Where the first value is blank, `Optional` would clear what is wrong with the others.
                field.validators = [one for one in field.validators if not isinstance(one, Optional)]
            if not isinstance(field, StringField) or isinstance(field, HiddenField):
                return field
            if not isinstance(field, PasswordField):
                field.filters = [*field.filters, tidy]
            if getattr(field.flags, "maxlength", None) is None:
                limit = MaxLength(LONGEST_TEXT if isinstance(field, TextAreaField) else LONGEST_LINE)
                field.validators = [*field.validators, limit]
                field.flags.maxlength = limit.most
            return field

        def render_field(self, field: Field, render_kw: Mapping[str, Any]) -> Markup:
            """Draw a field with the kit, or with its own widget where it has one."""
            own: dict[str, Any] = field.render_kw or {}
            given = {**own, **render_kw}
            if params := {**own.get("params", {}), **render_kw.get("params", {})}:
                given["params"] = params
            drawn = draw(field, given)
            return Markup(field.widget(field, **given)) if drawn is None else drawn  # noqa: S704 - widgets escape values

    def error_list(self) -> list[FormError]:
        """Return the errors in the order of the fields, for the error summary. Errors of hidden fields have no link."""
        found = [FormError(str(text), None) for text in self.form_errors]
        if self.saved_at:
            found.append(FormError(gettext("Open what was saved"), self.saved_at))
        found.extend(FormError(_named(field), _href(field)) for field in self if field.errors)
        return list(dict.fromkeys(found))

    def hidden_tag(self, *fields: Any) -> Markup:
        """Return the hidden fields, with the key with which the form is saved once (`web.once`)."""
        return cast("Markup", super().hidden_tag(*fields)) + hidden_key()

    def is_filled(self) -> bool:
        """Return whether it shows what somebody typed: it was sent, or is drawn from a draft. Then nothing is proposed in it."""
        return bool(self.is_submitted()) or drafted(request.path) is not None

    def is_adding(self) -> bool:
        """Return whether saving it adds something."""
        return self.adds and not ("version" in self and self["version"].data)

    def boxes(self) -> list[Field]:
        """Return the visible fields, in the order of their declaration."""
        return [field for field in self if not isinstance(field.widget, HiddenInput)]

    def values_of(self, row: object) -> dict[str, Any]:
        """Return the values of a row by field name. A form whose fields have other names than the row overrides this."""
        return {field.name: getattr(row, field.name) for field in self if hasattr(row, field.name)}

    def build(self, command: type[Command], **values: object) -> Command:
        """Return a command filled from the fields of equal names; `values` takes precedence.

        An empty field is "" where the command has a `str`, and None where it is optional.
        """
        kinds = _kinds(cast("Hashable", command))
        own = {name: _as(kind, self[name].data) for name, kind in kinds.items() if name in self and name not in values}
        return command(**{**own, **values})

    def explain(self, error: Invalid) -> None:
        """Add a service's errors to the fields that they name; others are shown above the form."""
        for name, sentence in error.fields.items():
            words = in_page_language(sentence, error)
            if name in self:
                self[name].errors = [*self[name].errors, words]
            else:
                self.form_errors.append(words)
        if not error.fields:
            self.form_errors.append(error_sentence(error))


@cache
def _kinds(command: Any) -> dict[str, Any]:
    hints = get_type_hints(command)
    return {one.name: hints[one.name] for one in dataclasses.fields(command)}


def _as(kind: Any, value: Any) -> Any:
    """Return a field's value converted to the type of the command's field."""
    if kind is str:
        return value or ""
    if kind is int:
        return value or 0
    if get_origin(kind) is tuple:
        return tuple(dict.fromkeys(value or ()))
    chosen = next((one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, Enum)), None)
    if value in ("", None):
        return None
    return chosen(value) if chosen else value


def _first(errors: Any) -> str:
    """Return the first message, also of nested forms."""
    while not isinstance(errors, str):
        values = (
            list(errors.values())
            if isinstance(errors, Mapping)
            else list(errors)
            if isinstance(errors, list | tuple)
            else None
        )
        if values is None:
            return str(errors)
        errors = values[0]
    return errors


def _named(field: Field) -> str:
    """Return the first message of a field; with the field's name where a form may have several of that kind."""
    message = _first(field.errors)
    return f"{field.label.text}: {message}" if isinstance(field, UncertainDateField | HourField) else message


def _href(field: Field) -> str | None:
    if isinstance(field.widget, HiddenInput):
        return None
    return f"#{field.error_id if isinstance(field, UncertainDateField) else field.id}"
