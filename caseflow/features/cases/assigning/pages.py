"""The page that assigns several cases, and what it says afterwards."""

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from flask import request, url_for

from caseflow.errors import CaseflowError, Conflict, Invalid
from caseflow.features.cases.assigning.forms import AssignSeveralForm, ids_in
from caseflow.features.cases.assigning.queries import chosen_cases, may_assign
from caseflow.features.cases.assigning.service import Assigned
from caseflow.features.cases.owners.queries import owners
from caseflow.features.cases.pages import owner_name
from caseflow.models import Case, Confidentiality
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.trail import recall_trail
from caseflow.web.words import error_sentence

Message = tuple[str, str]
"""A text, and its kind."""


def assign_form(uow: UnitOfWork) -> tuple[AssignSeveralForm, int]:
    """Return the form for the cases in the address, and how many of these the person sees but may not assign."""
    form, visible = AssignSeveralForm(), chosen_cases(uow, ids_in(request.args.getlist("chosen")))
    cases = sorted((case for case in visible if may_assign(uow, case)), key=lambda case: case.reference)
    form.set_choices({case.id: _described(uow, case) for case in cases}, cases, owners(uow))
    return form, len(visible) - len(cases)


def _described(uow: UnitOfWork, case: Case) -> str:
    parts = [case.reference, case.title, owner_name(uow, case)]
    parts += [_("sealed: only its owner sees it")] if case.confidentiality is Confidentiality.SEALED else []
    return " · ".join(parts)


def list_address() -> str:
    """Return the address of the list in which the cases were chosen, with its filters; that of all cases if it is not known."""
    ids = ids_in(request.args.getlist("chosen"))[:1]
    trail = recall_trail(ids[0]) if ids else None
    return trail.href if trail else url_for("cases.index")


def messages(form: AssignSeveralForm, assigned: Assigned) -> Iterator[Message]:
    """Yield what was done and what was not, and why: references with the same reason together."""
    name = cast("dict[str, str]", form.owner.choices)[form.owner.data]
    if assigned.done:
        which = ", ".join(sorted(assigned.done))
        if form.command().owner_id is None:
            yield _("Now without an owner: %(cases)s.", cases=which), "good"
        else:
            yield _("%(name)s now owns: %(cases)s.", name=name, cases=which), "good"
    if assigned.unchanged:
        yield _("These had this owner already: %(cases)s.", cases=", ".join(sorted(assigned.unchanged))), "info"
    reasons: dict[str, list[str]] = defaultdict(list)
    for reference, error in assigned.refused:
        reasons[_reason(error)].append(reference)
    for reason, references in reasons.items():
        yield _("Not assigned: %(cases)s. %(reason)s", cases=", ".join(sorted(references)), reason=reason), "warn"
    if assigned.missing:
        words = ngettext(
            "%(num)d case was not assigned: you do not see it any more.",
            "%(num)d cases were not assigned: you do not see them any more.",
            assigned.missing,
        )
        yield words, "warn"


def _reason(error: CaseflowError) -> str:
    if isinstance(error, Conflict):
        return _("Someone else saved this meanwhile. Look at it, then assign it again.")
    if isinstance(error, Invalid) and error.fields:
        return " ".join(
            error_sentence(CaseflowError(sentence, values=error.values)) for sentence in error.fields.values()
        )
    return error_sentence(error)
