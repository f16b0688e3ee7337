"""How fields are drawn: WTForms' plain fields through the macros of govuk-frontend, with all texts translated.

Forms name plain fields (`StringField`, `TextAreaField`, …); `CaseflowForm` draws them with `draw`. The kit's macros tie the
message to the box (`aria-describedby`); they do not say `aria-invalid`, so that is added here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from flask import current_app
from markupsafe import Markup, escape
from wtforms import BooleanField, Field, RadioField, SelectField, SelectFieldBase, SelectMultipleField
from wtforms.widgets import CheckboxInput, FileInput, HiddenInput, Input, ListWidget, PasswordInput, Select, TextArea

from caseflow.web.direction import direction
from caseflow.web.texts import gettext, ngettext, page_locale
from caseflow.web.words import Choices

Params = dict[str, Any]

MANY: Final = 100
"""From this number of options on, a rendered list is cached. Lists of people are never so long."""
NO_SIGNS: Final = "%{count}"
"""Where the kit's script puts a number into a sentence."""


def draw(field: Field, given: Mapping[str, Any]) -> Markup | None:
    """Draw a field with the kit; None when its own widget draws it (hidden fields, dates).

    `given` may hold `params`: further parameters of the kit's macro (`{"classes": "govuk-input--width-10"}`); anything else
    becomes an attribute of the input.
    """
    widget = field.widget
    attributes = {name: value for name, value in given.items() if name != "params"}
    if isinstance(widget, HiddenInput):
        return None
    if isinstance(widget, ListWidget) or (isinstance(widget, Select) and widget.multiple):
        kind, params = _options(field)
    elif isinstance(widget, CheckboxInput):
        kind, params = "checkboxes", _tick(field)
    elif isinstance(widget, Select):
        kind, params = "select", _labelled(field, attributes)
    elif isinstance(widget, TextArea):
        kind, params = _text_box(field, attributes)
    elif isinstance(widget, Input):
        kind, params = _line(field, widget, attributes)
    else:
        return None
    if field.errors:
        params["errorMessage"] = error_message(field)
    params = _merged(params, given.get("params", {}))
    is_blank = not field.errors and (
        kind == "select" or (kind == "input" and not params["value"]) or _is_unanswered(field, kind)
    )
    box = Markup(_blank(kind, json.dumps(params))) if is_blank else cast("Markup", macro(kind)(params))  # noqa: S704 - drawn by the kit
    return _with_options(box, field) if kind == "select" else box


def _is_unanswered(field: Field, kind: str) -> bool:
    """Return whether it is a list of boxes to tick or choose from, of which none is, and whose words are a vocabulary's."""
    return kind in {"checkboxes", "radios"} and not field.data and isinstance(getattr(field, "choices", None), Choices)


def macro(component: str) -> Any:
    """Return a macro of the kit: "character-count" gives govukCharacterCount."""
    name = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    template = current_app.jinja_env.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    return getattr(template.module, name)


def error_message(field: Field) -> Params:
    """Return the first error, with the word that screen readers read before it."""
    return {"text": str(field.errors[0]), "visuallyHiddenText": gettext("Error")}


def label_of(field: Field) -> str:
    """Return the label, with the words that it may stay empty."""
    words = str(field.label.text)
    return gettext("%(label)s (optional)", label=words) if _may_stay_empty(field) else words


def _may_stay_empty(field: Field) -> bool:
    """Return whether a field of a form that is saved (`CaseflowForm`) needs no answer, and has none until one is given."""
    if not getattr(field.flags, "is_marked", False) or field.flags.required or isinstance(field, BooleanField):
        return False
    if isinstance(field, SelectMultipleField):
        return True
    if isinstance(field, SelectField):
        has_blank = not isinstance(field, RadioField) and any(
            choice[0] in ("", None) for choice in field.iter_choices()
        )
        return bool(field.flags.optional) or has_blank
    return True


def _base(field: Field) -> Params:
    params: Params = {"id": field.id, "name": field.name}
    if field.description:
        params["hint"] = {"text": str(field.description)}
    return params


def _labelled(field: Field, attributes: Params) -> Params:
    if field.errors:
        attributes["aria-invalid"] = "true"
    return _base(field) | {"label": {"text": label_of(field)}, "attributes": attributes}


def _value(field: Field) -> str:
    """Return the text of the box: as submitted, or the object's value."""
    return str(cast("Any", field)._value())  # noqa: SLF001 - WTForms' hook for widgets


def _line(field: Field, widget: Input, attributes: Params) -> tuple[str, Params]:
    if widget.input_type == "text":
        attributes.setdefault("dir", "auto")
    params = _labelled(field, attributes)
    if isinstance(widget, PasswordInput):
        words = {
            "showPasswordText": gettext("Show"),
            "hidePasswordText": gettext("Hide"),
            "showPasswordAriaLabelText": gettext("Show password"),
            "hidePasswordAriaLabelText": gettext("Hide password"),
            "passwordShownAnnouncementText": gettext("Your password is visible"),
            "passwordHiddenAnnouncementText": gettext("Your password is hidden"),
        }
        return "password-input", params | words | {"autocomplete": attributes.pop("autocomplete", "current-password")}
    params["autocomplete"] = attributes.pop("autocomplete", "off")
    if isinstance(widget, FileInput):
        return "file-upload", params
    return "input", params | {"type": widget.input_type, "value": _value(field)}


def _text_box(field: Field, attributes: Params) -> tuple[str, Params]:
    attributes.setdefault("dir", "auto")
    params = _labelled(field, attributes) | {"value": _value(field), "rows": attributes.pop("rows", 6)}
    limit = getattr(field.flags, "maxlength", None)
    if limit is None:
        return "textarea", params
    words = {
        "maxlength": limit,
        "threshold": 75,
        "textareaDescriptionText": gettext("You can enter up to %(signs)s characters", signs=NO_SIGNS),
        "charactersAtLimitText": gettext("You have 0 characters left"),
        "charactersUnderLimitText": _plural("under"),
        "charactersOverLimitText": _plural("over"),
    }
    return "character-count", params | words


def _plural(side: str) -> dict[str, str]:
    """Return the singular and plural for the kit's script."""
    forms = {}
    for form, number in (("one", 1), ("other", 2)):
        sentence = (
            ngettext(
                "You have %(signs)s character left",
                "You have %(signs)s characters left",
                number,
                signs=NO_SIGNS,
            )
            if side == "under"
            else ngettext(
                "You have %(signs)s character too many",
                "You have %(signs)s characters too many",
                number,
                signs=NO_SIGNS,
            )
        )
        forms[form] = sentence
    return forms


@lru_cache(maxsize=500)
def _blank(kind: str, params: str) -> str:
    """Return an empty box, cached: it has names and labels, and no data of a person."""
    return str(macro(kind)(json.loads(params)))


def _with_options(box: str, field: Field) -> Markup:
    """Put the options into a select box. The kit's macro takes 60 µs for each, and there are two hundred States."""
    assert isinstance(field, SelectFieldBase)
    if isinstance(field, SelectField) and isinstance(field.choices, dict) and len(field.choices) >= MANY:
        options = _long_list(tuple(field.choices.items()))
        chosen = f'value="{escape(field.data)}"'
        options = options.replace(f"{chosen}>", f"{chosen} selected>", 1)
    else:
        options = "".join(_option(choice[0], choice[1], is_chosen=choice[2]) for choice in field.iter_choices())
    return Markup(str(box).replace("</select>", f"{options}</select>"))  # noqa: S704 - every value and word was escaped


def _option(value: object, words: object, *, is_chosen: bool = False) -> str:
    """Return an option, which ends where the next one begins: a long list without end tags is lighter on the line."""
    return f'<option value="{escape(value)}"{" selected" if is_chosen else ""}>{escape(words)}\n'


@lru_cache(maxsize=20)
def _long_list(pairs: tuple[tuple[object, object], ...]) -> str:
    """Return the options of a long list, cached: in practice the States, in each language."""
    return "".join(_option(value, words) for value, words in pairs)


def _options(field: Field) -> tuple[str, Params]:
    """Return radio buttons, or checkboxes for multiple choice: a fieldset whose legend is the field's label."""
    assert isinstance(field, SelectFieldBase)
    items = [_item(c[0], str(c[1]), is_checked=bool(c[2])) for c in field.iter_choices()]
    multiple = isinstance(field.widget, Select) and field.widget.multiple
    legend = {"text": label_of(field)}
    return "checkboxes" if multiple else "radios", _base(field) | {
        "idPrefix": field.id,
        "fieldset": {"legend": legend},
        "items": items,
    }


def _tick(field: Field) -> Params:
    item = _item("y", str(field.label.text), is_checked=bool(field.data))
    return _base(field) | {"idPrefix": field.id, "items": [item]}


def _item(value: object, text: str, *, is_checked: bool) -> Params:
    """Return a box to tick or choose; what people wrote beside it shows in its own direction."""
    item: Params = {"value": value, "text": text, "checked": is_checked}
    return item | {"label": {"attributes": {"dir": "auto"}}} if direction(text) else item


def _merged(params: Params, more: Mapping[str, Any]) -> Params:
    """Return the parameters merged with those of the template, one level deep; the template takes precedence."""
    merged = dict(params)
    for name, value in more.items():
        mine = merged.get(name)
        merged[name] = mine | value if isinstance(mine, dict) and isinstance(value, dict) else value
    return merged


class DateBoxes:
    """Draws a date as boxes for day, month and year, in the kit's markup (templates/_parts/date_boxes.html)."""

    def __call__(self, field: Field, **given: Any) -> Markup:
        """Return the boxes. `legend_class` chooses the size of the legend."""
        dated, legend_class = cast("Any", field), given.get("legend_class", "")
        shown = ShownDate(
            field.id,
            field.name,
            label_of(field),
            str(field.description),
            tuple((value, str(words)) for value, words in dated.bounds),
            tuple(dated.boxes),
            dated.typed.bound,
            tuple(str(error) for error in field.errors),
            dated.understood,
        )
        is_blank = dated.typed.is_empty and not field.errors
        return (_blank_date if is_blank else _date)(shown, legend_class, str(page_locale()))


@dataclass(frozen=True, slots=True)
class ShownDate:
    """What the boxes of a date show."""

    id: str
    name: str
    label: str
    description: str
    bounds: tuple[tuple[str, str], ...]
    boxes: tuple[Any, ...]
    bound: str
    errors: tuple[str, ...]
    understood: str


def _date(shown: ShownDate, legend_class: str, _language: str) -> Markup:
    boxes = current_app.jinja_env.get_template("_parts/date_boxes.html").module
    return cast("Markup", getattr(boxes, "date_boxes")(shown, legend_class))  # noqa: B009 - a template's macro, unknown to the type checker


_blank_date = lru_cache(maxsize=200)(_date)
"""The same of a date that is not given: names and labels, and no data of a person."""
