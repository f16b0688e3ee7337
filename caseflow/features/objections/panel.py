"""The State's objections on the page "Committee", with what each means."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.features.objections.commands import EXHAUSTION
from caseflow.features.objections.facts import objection_facts
from caseflow.law import load_register
from caseflow.law.objections import NEVER_GIVEN_UP, Remark, remark_on, remark_on_silence
from caseflow.models import StateObjection
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView
from caseflow.web.texts import gettext as _
from caseflow.web.words import in_words, label, source_in_words


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is said about a ground: the ground in words, what its objection or the silence on it means, and the sources."""

    ground: str
    text: str
    sources: Sequence[str]


@dataclass(frozen=True, slots=True)
class Objections:
    """The objections of a case in their order, and what they mean."""

    rows: Sequence[StateObjection]
    meanings: Sequence[Meaning]


def objections(_uow: UnitOfWork, view: CaseView) -> Objections:
    """Return the objections of a case, which come with it."""
    rows = view.case.state_objections
    return Objections(rows, _meanings(rows, is_complete=view.case.is_without_objections))


def _meanings(rows: Sequence[StateObjection], *, is_complete: bool) -> list[Meaning]:
    """Return what objections to exhaustion mean; what silence means once it is confirmed that there are no others."""
    found = [_meaning(row.ground, remark) for row in rows if (remark := remark_on(objection_facts(row))).because]
    if not is_complete:
        return found
    raised = {row.ground for row in rows}
    for rule in (EXHAUSTION, *sorted(NEVER_GIVEN_UP)):
        silence = remark_on_silence(rule, has_other_objections=bool(rows))
        if rule not in raised and silence is not None:
            found.append(_meaning(rule, silence, _("No objection is recorded.")))
    return found


def _meaning(ground: str, remark: Remark, before: str = "") -> Meaning:
    readings = load_register().ruleset.readings
    text = " ".join(filter(None, (before, in_words(remark.because))))
    return Meaning(label("objection_ground", ground), text, [source_in_words(readings[key]) for key in remark.sources])


PANELS = (CasePanel(CasePage.COMMITTEE, 20, objections, "objections/_objections.html"),)
