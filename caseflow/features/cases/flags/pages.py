"""The panel of flags, and the pages that flag several cases and resolve several flags."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import request

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.features.cases.assigning.forms import ids_in
from caseflow.features.cases.assigning.queries import MOST_CHOSEN
from caseflow.features.cases.flags import queries
from caseflow.features.cases.flags.forms import FlagSeveralForm, ResolveSeveralForm
from caseflow.features.cases.flags.service import Flagged
from caseflow.models import Case, CaseFlag, FlagKind
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CaseView
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import error_sentence, label


@dataclass(frozen=True, slots=True)
class FlagsPanel:
    """The flags of a case: open ones, and those that were resolved."""

    open: Sequence[CaseFlag]
    resolved: Sequence[CaseFlag]


def flags_panel(uow: UnitOfWork, view: CaseView) -> FlagsPanel:
    """Return the flags of a case: one statement."""
    flags = queries.flags_of(uow, view.case.id)
    return FlagsPanel(
        [one for one in flags if one.resolved_at is None], [one for one in flags if one.resolved_at is not None]
    )


def flag_words(flag: CaseFlag) -> str:
    """Return what a flag says: of another one, its reason."""
    return flag.reason if flag.kind is FlagKind.OTHER else label("flag_kind", flag.kind.value)


def flag_form(uow: UnitOfWork) -> tuple[FlagSeveralForm, list[str]]:
    """Return the form for the cases in the address, and the references of those that the person may not change."""
    form, visible = (
        FlagSeveralForm(),
        queries.chosen_for_flags(uow, ids_in(request.args.getlist("chosen"))[:MOST_CHOSEN]),
    )
    editable = [one for one in visible if may_on_case(uow.session, uow.actor, Permission.CASE_EDIT, one)]
    editable.sort(key=lambda one: one.reference)
    form.set_cases({one.id: f"{one.reference} · {one.title}" for one in editable})
    return form, sorted({one.reference for one in visible} - {one.reference for one in editable})


def resolve_form(uow: UnitOfWork) -> tuple[ResolveSeveralForm, list[str]]:
    """Return the form for the open flags of the cases in the address, and the references of cases that the person may not change."""
    ids = ids_in(request.args.getlist("chosen"))[:MOST_CHOSEN]
    form, cases = ResolveSeveralForm(), queries.chosen_for_flags(uow, ids)
    editable = {one.id: one for one in cases if may_on_case(uow.session, uow.actor, Permission.CASE_EDIT, one)}
    flags = queries.open_flags(uow, of_cases=[one.id for one in cases])
    own = sorted((one for one in flags if one.case_id in editable), key=lambda one: editable[one.case_id].reference)
    form.set_flags({one.id: _described(editable[one.case_id], one) for one in own})
    return form, sorted({one.reference for one in cases if one.id not in editable})


def _described(case: Case, flag: CaseFlag) -> str:
    words = [case.reference, case.title, flag_words(flag)]
    return " · ".join(words if flag.kind is FlagKind.OTHER else [*words, flag.reason])


def resolve_messages(resolved: Flagged) -> Iterator[tuple[str, str]]:
    """Yield what was done and what was not, and why."""
    if resolved.done:
        yield _("Flags resolved: %(cases)s.", cases=", ".join(sorted(resolved.done))), "good"
    for reference, error in resolved.refused:
        yield _("Not resolved: %(cases)s. %(reason)s", cases=reference, reason=error_sentence(error)), "warn"
    if resolved.missing:
        words = ngettext(
            "%(num)d flag was resolved by someone else meanwhile, or you do not see its case any more.",
            "%(num)d flags were resolved by someone else meanwhile, or you do not see their cases any more.",
            resolved.missing,
        )
        yield words, "warn"


def flag_messages(flagged: Flagged) -> Iterator[tuple[str, str]]:
    """Yield what was done and what was not, and why: references with the same reason together."""
    if flagged.done:
        yield _("Flagged: %(cases)s.", cases=", ".join(sorted(flagged.done))), "good"
    if flagged.unchanged:
        yield _("These had this flag already: %(cases)s.", cases=", ".join(sorted(flagged.unchanged))), "info"
    reasons: dict[str, list[str]] = defaultdict(list)
    for reference, error in flagged.refused:
        reasons[error_sentence(error)].append(reference)
    for reason, references in reasons.items():
        yield _("Not flagged: %(cases)s. %(reason)s", cases=", ".join(sorted(references)), reason=reason), "warn"
    if flagged.missing:
        words = ngettext(
            "%(num)d case was not flagged: you do not see it any more.",
            "%(num)d cases were not flagged: you do not see them any more.",
            flagged.missing,
        )
        yield words, "warn"
