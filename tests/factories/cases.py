"""Cases and their children."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from caseflow.access import Permission, PersonActor
from caseflow.access.actor import JobActor, SystemRole
from caseflow.features.cases.commands import CaseDescription, MoveCase, NewCase
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import describe_case, editable_case, open_case
from caseflow.features.claims.commands import ActDetails, ClaimDetails, HousingApplicationDetails, OtherTreatyDetails
from caseflow.features.claims.queries import one_claim
from caseflow.features.claims.service import add_act, add_claim, add_housing_application, add_other_treaty
from caseflow.features.communications.commands import LetterDetails
from caseflow.features.communications.decision.commands import RecommendationDetails
from caseflow.features.communications.decision.service import add_recommendation
from caseflow.features.communications.service import add_letter
from caseflow.features.consent.commands import ConsentDetails
from caseflow.features.consent.service import record_consent
from caseflow.features.interventions.commands import InterventionDetails
from caseflow.features.interventions.service import add_intervention
from caseflow.features.notes.commands import NoteDetails
from caseflow.features.notes.service import add_note
from caseflow.features.objections.commands import ObjectionDetails
from caseflow.features.objections.service import add_objection
from caseflow.features.people.commands import PersonDetails, RoleDetails
from caseflow.features.people.queries import has_victim
from caseflow.features.people.service import add_person
from caseflow.features.procedures.commands import ProcedureDetails
from caseflow.features.procedures.service import add_procedure
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.service import add_remedy
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.service import add_task
from caseflow.features.tasks.templates.commands import TemplateDetails
from caseflow.features.tasks.templates.service import add_template
from caseflow.models import (
    Act,
    Awaited,
    Case,
    CaseGrant,
    Claim,
    ClaimDecision,
    ClaimResult,
    Confidentiality,
    ConsentForm,
    ConsentScope,
    ConsentStatus,
    DomesticRemedy,
    FollowUpKind,
    FollowUpStep,
    GrantLevel,
    HousingApplication,
    Intervention,
    InterventionKind,
    Letter,
    LetterDirection,
    LetterKind,
    Note,
    NoteKind,
    OtherProcedure,
    OtherTreatyArticle,
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    ReviewComment,
    Role,
    Section,
    Stage,
    StateObjection,
    Task,
    TaskTemplate,
)
from caseflow.unit_of_work import Units
from tests.factories.dates import in_days
from tests.factories.people import make_actor
from tests.factories.reviews import approve, colleague, file_case, make_comment, make_review


def make_case(units: Units, by: PersonActor, section: Section | None = None, **details: Any) -> Case:
    """Open a case as a person, by default in the first section in which they may."""
    section_id = section.id if section else by.sections_for(Permission.CASE_CREATE)[0].section_id
    described = {name: details.pop(name) for name in list(details) if name not in NewCase.__slots__}
    given = {"state_code": "ES", "right": "HOUSING", "title": "Family of four evicted without notice"} | details
    with units.begin(by) as uow:
        case = open_case(uow, NewCase(section_id=section_id, **given))
        if described:
            uow.flush()
            describe_case(uow, case, replace(description_of(case), **described))
    return case


def description_of(case: Case) -> CaseDescription:
    """Return the present description of a case, to be changed."""
    return CaseDescription(**{name: getattr(case, name) for name in CaseDescription.__slots__})


def reload_case(units: Units, by: PersonActor, case: Case) -> Case:
    """Return a case read again from the database, with its claims and acts."""
    with units.begin(by) as uow:
        return whole_case(uow, case.id)


def make_claim(units: Units, by: PersonActor, case: Case, **details: Any) -> Claim:
    """Add a claim to a case."""
    with units.begin(by) as uow:
        return add_claim(
            uow, editable_case(uow, case.id), ClaimDetails(version=None, **{"rights": ("HOUSING",), **details})
        )


def make_act(units: Units, by: PersonActor, claim: Claim, **details: Any) -> Act:
    """Add an act to a claim."""
    given = {"what": "Bailiffs emptied the flat without a court order", **details}
    with units.begin(by) as uow:
        case = editable_case(uow, claim.case_id)
        return add_act(uow, case, one_claim(uow, case, claim.id), ActDetails(version=None, **given))


def make_housing_application(units: Units, by: PersonActor, claim: Claim, **details: Any) -> HousingApplication:
    """Add a request for housing to a claim."""
    given = {"authority": "Social services of the city", **details}
    with units.begin(by) as uow:
        case = editable_case(uow, claim.case_id)
        found = one_claim(uow, case, claim.id)
        return add_housing_application(uow, case, found, HousingApplicationDetails(version=None, **given))


def make_intervention(units: Units, by: PersonActor, case: Case, kind: str = "letter", **details: Any) -> Intervention:
    """Record what an organisation did for the people of a case, by default a letter."""
    given = {"kind": InterventionKind(kind), "measure": "Asked for a stay of the eviction", **details}
    with units.begin(by) as uow:
        return add_intervention(uow, editable_case(uow, case.id), InterventionDetails(**given))


def make_note(units: Units, by: PersonActor, case: Case, text: str = "She called.", **details: Any) -> Note:
    """Add a note to a case, by default of a call; `mentions` are the ids of colleagues."""
    mentions = details.pop("mentions", ())
    with units.begin(by) as uow:
        given = NoteDetails(**{"kind": NoteKind.CALL, "text": text, **details})
        return add_note(uow, editable_case(uow, case.id), given, mentions)


def make_letter(units: Units, by: PersonActor, case: Case, kind: str = "comments_requested", **details: Any) -> Letter:
    """Enter a letter of today on the docket of a case that was filed, by default one that came."""
    given = {"kind": LetterKind(kind), "direction": LetterDirection.RECEIVED, "dated_on": in_days(0), **details}
    with units.begin(by) as uow:
        return add_letter(uow, editable_case(uow, case.id), LetterDetails(**given))


def make_letter_of_old_case(units: Units, by: PersonActor, case: Case, kind: str = "comments_requested") -> Letter:
    """Write a letter to a case in any stage, without the service."""
    details = {"kind": LetterKind(kind), "direction": LetterDirection.RECEIVED, "dated_on": in_days(0)}
    with units.begin(by) as uow:
        letter = Letter(case_id=case.id, entered_by_id=by.user_id, awaited=Awaited.AUTHOR, **details)
        uow.session.add(letter)
    return letter


def make_decision_of_old_case(
    units: Units, by: PersonActor, claim: Claim, letter: Letter
) -> tuple[ClaimDecision, Recommendation]:
    """Write the outcome of a claim and a recommendation to a case in any stage, without the service."""
    of_letter = {"case_id": claim.case_id, "letter_id": letter.id, "position": 1}
    outcome = ClaimDecision(**of_letter, claim_id=claim.id, result=ClaimResult.VIOLATION)
    status, kind = RecommendationStatus.OPEN, RecommendationKind.GENERAL
    recommendation = Recommendation(**of_letter, kind=kind, text="A law on evictions", progress=status)
    with units.begin(by) as uow:
        uow.session.add_all([outcome, recommendation])
    return outcome, recommendation


def make_recommendation(units: Units, by: PersonActor, case: Case) -> Recommendation:
    """Add a recommendation to a case whose docket has Views."""
    kind, status = RecommendationKind.GENERAL, RecommendationStatus.OPEN
    with units.begin(by) as uow:
        details = RecommendationDetails(kind=kind, text="A law on evictions", progress=status)
        return add_recommendation(uow, editable_case(uow, case.id), details)


def make_follow_up(units: Units, by: PersonActor, case: Case, recommendation: Recommendation) -> FollowUpStep:
    """Write a step in the follow-up of a recommendation to a case in any stage, without the service."""
    of_it = {"case_id": case.id, "recommendation_id": recommendation.id, "position": 1}
    with units.begin(by) as uow:
        step = FollowUpStep(**of_it, kind=FollowUpKind.OBSERVED, on_day=in_days(0), text="A working group met")
        uow.session.add(step)
    return step


def make_comment_of_old_case(units: Units, by: PersonActor, case: Case) -> ReviewComment:
    """Comment on a review of a case that is in any stage, which stays as it is."""
    stage = reload_case(units, by, case).stage
    alter_case(units, by, case, stage=Stage.READINESS_REVIEW)
    with colleague(units, case) as reviewer:
        make_review(units, by, case, reviewer)
    comment = make_comment(units, by, case)
    alter_case(units, by, case, stage=stage)
    return comment


def make_task(units: Units, by: PersonActor, case: Case, title: str = "Copy the file", **details: Any) -> Task:
    """Add a task to a case, by default without a day and for whoever owns the case."""
    with units.begin(by) as uow:
        return add_task(uow, editable_case(uow, case.id), TaskDetails(title=title, **details))


def make_template(units: Units, section_id: UUID, **details: Any) -> TaskTemplate:
    """Add a template of tasks to a section, as a coordinator of it does."""
    given = {"name": "Eviction", "date_name": "Day of the eviction", "lines": "-3: Ask\n- In writing\n0: Be there"}
    with units.begin(_coordinator_of(units, section_id)) as uow:
        return add_template(uow, section_id, TemplateDetails(**{**given, **details}))


def _coordinator_of(units: Units, section_id: UUID) -> PersonActor:
    with units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        section = uow.session.get_one(Section, section_id)
    return make_actor(units, (section, Role.SECTION_COORDINATOR))


def make_other_treaty(units: Units, by: PersonActor, claim: Claim, **details: Any) -> OtherTreatyArticle:
    """Add articles of another treaty to a claim."""
    given = {"treaty": "ICCPR", "article": "17", **details}
    with units.begin(by) as uow:
        case = editable_case(uow, claim.case_id)
        return add_other_treaty(uow, case, one_claim(uow, case, claim.id), OtherTreatyDetails(version=None, **given))


def make_objection(units: Units, by: PersonActor, case: Case, **details: Any) -> StateObjection:
    """Add an objection of the State to a case."""
    given = {"ground": "exhaustion", **details}
    with units.begin(by) as uow:
        return add_objection(uow, editable_case(uow, case.id), ObjectionDetails(version=None, **given))


def make_procedure(units: Units, by: PersonActor, case: Case, **details: Any) -> OtherProcedure:
    """Add a procedure before another international body."""
    with units.begin(by) as uow:
        return add_procedure(
            uow, editable_case(uow, case.id), ProcedureDetails(version=None, **{"body": "ECTHR", **details})
        )


def make_remedy(units: Units, by: PersonActor, claim: Claim, **details: Any) -> DomesticRemedy:
    """Add a used step to a claim's ladder."""
    given = {"is_used": True, "stage": "COURT_1", **details}
    with units.begin(by) as uow:
        case = editable_case(uow, claim.case_id)
        return add_remedy(uow, case, one_claim(uow, case, claim.id), RemedyDetails(version=None, **given))


def not_used(units: Units, by: PersonActor, claim: Claim, **details: Any) -> DomesticRemedy:
    """Add an unused step with a reason."""
    given = {"stage": "CASSATION", "reason_not_used": "cost_no_legal_aid", **details}
    return make_remedy(units, by, claim, is_used=False, **given)


def move_to(units: Units, by: PersonActor, case: Case, *stages: Stage, reason: str = "Decided by the team") -> Case:
    """Move a case through stages; what takes a second person gets one. A case without a victim gets one before it is filed, who consents to that."""
    if Stage.FILED in stages:
        add_victim_who_consents(units, by, case)
    for stage in stages:
        before = reload_case(units, by, case).stage
        if (
            stage is Stage.APPROVED
            and before is Stage.READINESS_REVIEW
            and by.may(Permission.CASE_APPROVE, case.section_id)
        ):
            approve(units, by, case, reason)
        elif stage is Stage.FILED and before is Stage.APPROVED:
            file_case(units, by, case)
        else:
            with units.begin(by) as uow:
                moved = whole_case(uow, case.id)
                move_case(uow, moved, MoveCase(version=moved.version, to=stage, reason=reason))
    with units.begin(by) as uow:
        return whole_case(uow, case.id)


def add_victim_who_consents(units: Units, by: PersonActor, case: Case) -> None:
    """Add a victim who consents that the case is submitted, unless one is recorded."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        if not has_victim(uow, editable):
            victim = add_person(uow, editable, PersonDetails(), RoleDetails(roles=("victim",)))
            given = ConsentDetails(status=ConsentStatus.GIVEN, decided_on=in_days(0), how=ConsentForm.SIGNED)
            record_consent(uow, editable, victim, ConsentScope.SUBMIT, given)


def alter_case(units: Units, by: PersonActor, case: Case, **columns: Any) -> None:
    """Write columns of a case without the services, as in old or imported rows."""
    with units.begin(by) as uow:
        row = uow.session.get_one(Case, case.id)
        for name, value in columns.items():
            setattr(row, name, value)


def seal(units: Units, by: PersonActor, case: Case) -> Case:
    """Seal a case: only its owner and people with a grant see it."""
    with units.begin(by) as uow:
        sealed = editable_case(uow, case.id)
        return describe_case(uow, sealed, replace(description_of(sealed), confidentiality=Confidentiality.SEALED))


def share(
    units: Units, by: PersonActor, case: Case, to: Section | PersonActor, level: GrantLevel = GrantLevel.READ
) -> CaseGrant:
    """Grant access to a case to another section or to one person."""
    receiver = {"section_id": to.id} if isinstance(to, Section) else {"user_id": to.user_id}
    with units.begin(by) as uow:
        grant = CaseGrant(case_id=case.id, level=level, **receiver)
        uow.session.add(grant)
    return grant
