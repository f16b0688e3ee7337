"""A question for each use of consent, in the forms that ask for all of them at once."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from wtforms import SelectField

from caseflow.models import ConsentScope, ConsentStatus
from caseflow.web.forms import CaseflowForm


def name_of(scope: ConsentScope) -> str:
    """Return the name of the field of a scope."""
    return f"scope_{scope.value}"


class ScopeFields(CaseflowForm):
    """A form with a field for each scope, which `asks` adds."""

    def scope_fields(self) -> Mapping[ConsentScope, SelectField]:
        """Return the fields by scope."""
        return {scope: self[name_of(scope)] for scope in ConsentScope}

    def answers_by_scope(self) -> dict[ConsentScope, ConsentStatus]:
        """Return what was answered."""
        return {scope: ConsentStatus(field.data) for scope, field in self.scope_fields().items() if field.data}


FormClass = TypeVar("FormClass", bound=type[ScopeFields])


def asks(question: Callable[[ConsentScope], SelectField]) -> Callable[[FormClass], FormClass]:
    """Add the field that `question` makes to a form for each scope: behind those of its bases, before its own."""
    fields = {name_of(scope): question(scope) for scope in ConsentScope}  # now: WTForms orders fields as they were made

    def add(form: FormClass) -> FormClass:
        for name, field in fields.items():
            setattr(form, name, field)
        form.sometimes_required |= frozenset(fields)
        return form

    return add
