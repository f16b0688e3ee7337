"""Fills an empty database with the demo coalition."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.clock import today
from caseflow.demo.cases import CASES
from caseflow.demo.consents import add_consents_of
from caseflow.demo.contacts import add_contacts_of, set_rhythms
from caseflow.demo.dockets import add_decision_of, add_docket_of
from caseflow.demo.dossiers import add_dossier_of
from caseflow.demo.drafts import add_drafts_of
from caseflow.demo.duplicates import merge_what_is_one, say_what_differs
from caseflow.demo.evidence import add_evidence_of
from caseflow.demo.interim import add_interim_measures
from caseflow.demo.marks import add_marks
from caseflow.demo.notes import add_notes_on_evidence, add_planned_note
from caseflow.demo.objections import add_objections_of
from caseflow.demo.people import OnePassword, add_absences, add_people, add_saved_lists, close_accounts
from caseflow.demo.persons import add_people_of
from caseflow.demo.plan import ActPlan, Asked, CasePlan, ClaimPlan, Did, Due, Step, known
from caseflow.demo.reprisals import add_reprisal_of
from caseflow.demo.reviews import act_after_approval, add_review_of, approve, file_case
from caseflow.demo.section_contacts import add_section_contacts
from caseflow.demo.tasks import add_tasks_of, add_template_of_hearings
from caseflow.features.accounts.passwords import Cost
from caseflow.features.cases.commands import CaseDescription, MoveCase, NewCase
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import EditableCase, assign_case, describe_case, editable_case, open_case
from caseflow.features.claims.commands import ActDetails, ClaimDetails, HousingApplicationDetails, OtherTreatyDetails
from caseflow.features.claims.service import add_act, add_claim, add_housing_application, add_other_treaty
from caseflow.features.deadlines.commands import NewDeadline
from caseflow.features.deadlines.queries import deadlines_of_cases
from caseflow.features.deadlines.service import add_deadline, complete, give_deadline
from caseflow.features.interventions.commands import InterventionDetails
from caseflow.features.interventions.service import add_intervention
from caseflow.features.procedures.commands import ProcedureDetails
from caseflow.features.procedures.service import add_procedure
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.features.remedies.service import add_remedy
from caseflow.law import load_vocabularies
from caseflow.models import (
    Case,
    CaseGrant,
    Confidentiality,
    GrantLevel,
    InterventionKind,
    InterventionResult,
    RemedyKind,
    Role,
    Section,
    Stage,
)
from caseflow.storage import Store
from caseflow.unit_of_work import UnitOfWork, Units

PATH = (
    Stage.INTAKE,
    Stage.VERIFICATION,
    Stage.DOMESTIC_REMEDIES,
    Stage.READINESS_REVIEW,
    Stage.APPROVED,
    Stage.FILED,
    Stage.REGISTERED,
    Stage.PENDING,
    Stage.DECIDED,
    Stage.FOLLOW_UP,
)
LEAVES_FROM = {
    Stage.CLOSED_WITHOUT_FILING: Stage.DOMESTIC_REMEDIES,
    Stage.SUSPENDED: Stage.DOMESTIC_REMEDIES,
    Stage.WITHDRAWN: Stage.VERIFICATION,
    Stage.REFERRED: Stage.VERIFICATION,
    Stage.CLOSED: Stage.FOLLOW_UP,
}
"""The last stage before a case left the path to the Committee."""


def seed(units: Units, store: Store, cost: Cost, password: str) -> None:
    """Add sections, people and cases. The database must have the reference packs, and no section.

    Cases are added in the order of their dates, so that the references of a section are in this order too.
    """
    sections, people = add_people(units, OnePassword(cost), password)
    set_rhythms(units, sections, people)
    case_ids: dict[str, UUID] = {}
    for plan in sorted(CASES, key=lambda case: -case.opened):
        worker = people[plan.by]
        home = worker.memberships[0].section_id
        leader = next(p for p in people.values() if _leads(p, home))
        case_id = add_case(units, plan, worker, leader, sections)
        case_ids[plan.title] = case_id
        with units.begin(worker) as uow:
            add_evidence_of(uow, store, editable_case(uow, case_id))
        _advance(units, plan, case_id, worker, people)
        with units.begin(worker) as uow:
            add_docket_of(uow, editable_case(uow, case_id))
            add_decision_of(uow, editable_case(uow, case_id))
        given = {due.what: people[due.to].user_id for due in plan.due if due.to}
        if given:
            _give_deadlines(units, worker, case_id, given)
        add_tasks_of(units, worker, case_id, plan.tasks, people)
    add_absences(units, people, sections)
    add_saved_lists(units, people)
    add_section_contacts(units, sections, people)
    say_what_differs(units, people, case_ids)
    merge_what_is_one(units, people, case_ids)
    add_notes_on_evidence(units, people, case_ids)
    add_marks(units, people, case_ids)
    add_dossier_of(units, store, people["lucia"], case_ids)
    add_interim_measures(units, people, case_ids)
    add_reprisal_of(units, people, case_ids)
    add_review_of(units, people["lucia"], people["carmen"], case_ids)
    add_template_of_hearings(units, sections, people)
    close_accounts(units)


def _leads(person: PersonActor, section_id: UUID) -> bool:
    roles = (Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR)
    return any(member.section_id == section_id and member.role in roles for member in person.memberships)


def add_case(
    units: Units, plan: CasePlan, worker: PersonActor, leader: PersonActor, sections: dict[str, Section]
) -> UUID:
    """Open a planned case through the services, bring it to its stage, and return its id."""
    section = next(one for one in sections.values() if one.id == worker.memberships[0].section_id)
    on = today(section.time_zone)
    with units.begin(worker) as uow:
        case = _open(uow, plan, section, on)
        added = {one.code_name: one for one in add_people_of(uow, case)}
        people = {name: one.id for name, one in added.items()}
        for claim in plan.claims:
            _add_claim(uow, case, claim, people, on)
        for due in plan.due:
            _add_deadline(uow, case, due, on)
        for one in plan.elsewhere:
            details = ProcedureDetails(version=None, body=one.body, status=one.status, began=known(one.began, on))
            add_procedure(uow, case, details)
            uow.flush()
        for did in plan.did:
            add_intervention(uow, case, _intervention(did, on))
            uow.flush()
        for noted in sorted(plan.noted, key=lambda one: -one.days_ago):
            add_planned_note(uow, case, noted, {name: one.person_id for name, one in added.items()}, on)
        if plan.is_sealed:
            described = replace(_described(case, plan), confidentiality=Confidentiality.SEALED)
            describe_case(uow, case, described)
            uow.flush()
    with units.begin(worker) as uow:
        add_consents_of(uow, editable_case(uow, case.id), on)
    with units.begin(worker) as uow:
        add_contacts_of(uow, editable_case(uow, case.id), on)
        add_drafts_of(uow, case)
    with units.begin(worker if plan.is_sealed else leader) as uow:
        opened = one_case(uow, case.id)
        _move(uow, opened, _way(plan)[0], plan)
        for code in plan.shared:
            _share(
                uow, opened, sections[code.rstrip("!")].id, GrantLevel.WRITE if code.endswith("!") else GrantLevel.READ
            )
        if plan.is_unowned:
            assign_case(uow, opened, opened.version, None)
    with units.begin(worker) as uow:
        add_objections_of(uow, editable_case(uow, case.id), plan, on)
    return case.id


def _open(uow: UnitOfWork, plan: CasePlan, section: Section, on: date) -> EditableCase:
    right = plan.claims[0].rights[0] if plan.claims else plan.right
    new = NewCase(
        section_id=section.id,
        state_code=plan.state or section.code,
        right=right,
        title=plan.title,
        happened=known(plan.happened, on),
        contact_note=plan.contact,
        urgency=plan.urgency,
        opened_on=on - timedelta(days=plan.opened),
        is_demo=True,
    )
    case = open_case(uow, new)
    uow.flush()
    describe_case(uow, case, _described(case, plan))
    uow.flush()
    return case


def _described(case: Case, plan: CasePlan) -> CaseDescription:
    return CaseDescription(
        version=case.version,
        title=case.title,
        state_code=case.state_code,
        place_region=plan.region,
        place_district=plan.district,
        happened=case.happened,
        narrative=plan.narrative,
        urgency=case.urgency,
        confidentiality=case.confidentiality,
        lateness_reason=plan.lateness,
    )


def _add_claim(uow: UnitOfWork, case: EditableCase, plan: ClaimPlan, people: Mapping[str, UUID], on: date) -> None:
    articles = {right.code: right.articles for right in load_vocabularies().rights}
    details = ClaimDetails(
        version=None,
        rights=plan.rights,
        violation_types=plan.violations,
        articles=tuple(dict.fromkeys(article for right in plan.rights for article in articles[right])),
        label=plan.label,
        disadvantage=plan.lost,
        delay_claimed=bool(plan.delay),
        delay_since=known(plan.delay_since, on),
        delay_explanation=plan.delay,
    )
    claim = add_claim(uow, case, details)
    for act in plan.acts:
        add_act(uow, case, claim, _act(act, on))
        uow.flush()
    for asked in plan.asked:
        add_housing_application(uow, case, claim, _asked(asked, on))
        uow.flush()
    for treaty, article in plan.treaties:
        add_other_treaty(uow, case, claim, OtherTreatyDetails(version=None, treaty=treaty, article=article))
        uow.flush()
    for step in plan.steps:
        only = tuple(people[code] for code in step.only)
        add_remedy(uow, case, claim, replace(_remedy(step, on), concerns_some=bool(only), person_ids=only))
        uow.flush()


def _asked(plan: Asked, on: date) -> HousingApplicationDetails:
    return HousingApplicationDetails(
        version=None,
        authority=plan.authority,
        applied=known(plan.applied, on),
        answered=known(plan.answered, on),
        answer=plan.answer,
    )


def _intervention(plan: Did, on: date) -> InterventionDetails:
    return InterventionDetails(
        kind=InterventionKind(plan.kind),
        measure=plan.measure,
        party=plan.party,
        began=known(plan.began, on),
        result=InterventionResult(plan.result) if plan.result else None,
        ended=known(plan.ended, on),
        outcome=plan.outcome,
    )


def _act(plan: ActPlan, on: date) -> ActDetails:
    return ActDetails(
        version=None,
        what=plan.what,
        began=known(plan.began, on),
        ended=known(plan.ended, on),
        is_continuing=bool(plan.goes_on),
        continuing_reason=plan.goes_on,
        is_attributable=plan.is_attributable,
    )


def _remedy(plan: Step, on: date) -> RemedyDetails:
    is_used = plan.unused is None
    return RemedyDetails(
        version=None,
        is_used=is_used,
        stage=plan.stage,
        kind=RemedyKind(plan.kind),
        authority=plan.authority,
        file_number=plan.file_number,
        filed=known(plan.filed, on),
        decided=known(plan.decided, on),
        notified=known(plan.notified, on),
        notified_to=plan.notified_to,
        outcome=plan.outcome,
        raised_right=plan.raised if is_used else None,
        could_repair=plan.repair if is_used else None,
        is_suspensive=plan.suspends,
        next_step=plan.next_step,
        next_step_due=None if plan.next_in is None else on + timedelta(days=plan.next_in),
        next_step_reason=plan.kept,
        reason_not_used=plan.unused,
        explanation=plan.because,
        is_documented=plan.proof,
    )


def _add_deadline(uow: UnitOfWork, case: Case, due: Due, on: date) -> None:
    deadline = add_deadline(uow, case.id, NewDeadline(title=due.what, due_on=on + timedelta(days=due.in_days)))
    uow.flush()
    if due.done:
        complete(uow, deadline.id, deadline.version, due.done)


def _give_deadlines(units: Units, worker: PersonActor, case_id: UUID, given: dict[str, UUID]) -> None:
    """Give deadlines of a case to people, by the titles of the deadlines."""
    with units.begin(worker) as uow:
        for deadline in deadlines_of_cases(uow, [case_id]):
            if deadline.title in given:
                give_deadline(uow, deadline.id, deadline.version, given[deadline.title])


def _way(plan: CasePlan) -> tuple[list[Stage], list[Stage]]:
    """Return the stages that a case goes through: up to its review, and those for which it is approved."""
    last = LEAVES_FROM.get(plan.stage, plan.stage)
    way = [*PATH[1 : PATH.index(last) + 1], *([plan.stage] if plan.stage in LEAVES_FROM else [])]
    approved = way.index(Stage.APPROVED) if Stage.APPROVED in way else len(way)
    return way[:approved], way[approved:]


def _move(uow: UnitOfWork, case: Case, stages: Sequence[Stage], plan: CasePlan) -> None:
    """Move a case through stages."""
    for stage in stages:
        reason = plan.reason if stage in LEAVES_FROM else ""
        move_case(uow, case, MoveCase(version=case.version, to=stage, reason=reason))
        uow.flush()


def _advance(
    units: Units, plan: CasePlan, case_id: UUID, worker: PersonActor, people: Mapping[str, PersonActor]
) -> None:
    """Have a case approved, filed and moved on, as planned: what binds is done once all that is filed is recorded."""
    leader = next(p for p in people.values() if _leads(p, worker.memberships[0].section_id))
    for stage in _way(plan)[1]:
        if stage is Stage.APPROVED:
            approve(units, plan, case_id, worker, people)
        elif stage is Stage.FILED:
            file_case(units, plan, case_id, worker, people)
        else:
            with units.begin(leader) as uow:
                _move(uow, one_case(uow, case_id), [stage], plan)
    act_after_approval(units, plan, case_id, worker)


def _share(uow: UnitOfWork, case: Case, section_id: UUID, level: GrantLevel) -> None:
    grant = CaseGrant(case_id=case.id, section_id=section_id, level=level)
    uow.session.add(grant)
    uow.flush()
    changes: dict[str, list[object]] = {"level": [None, level.value]}
    uow.audit.record("case.shared", grant, section_id=case.section_id, case_id=case.id, changes=changes)
