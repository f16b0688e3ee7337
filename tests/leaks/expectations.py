"""Which rows of each table with policies a person may see, as the oracle of `tests/leaks/world.py` says it."""

from collections.abc import Callable, Iterator
from uuid import UUID

from caseflow.db.base import Base
from caseflow.models import (
    Absence,
    Alarm,
    AuditChain,
    AuditEntry,
    CalendarFeed,
    Case,
    CaseCounter,
    CaseDifference,
    CaseLink,
    CaseMerge,
    CaseReview,
    ContactAttempt,
    ContactChannel,
    ContactChannelValue,
    ContactRhythm,
    DossierBuild,
    Draft,
    EvidenceContent,
    EvidenceCustody,
    EvidenceUpload,
    IdentityReveal,
    IdentityToken,
    ListSetting,
    Mail,
    MailBounce,
    Membership,
    Note,
    NoteMention,
    PeopleSetting,
    Person,
    PersonDifference,
    PersonIdentity,
    PersonMerge,
    PersonMergeRow,
    PersonRelation,
    ReassessmentRun,
    RegisterChange,
    RemedyPerson,
    Reminder,
    ReminderSetting,
    ReminderSyncRequest,
    Reprisal,
    RequestKey,
    ReviewComment,
    Role,
    SavedList,
    SectionContact,
    SectionThresholds,
    TaskTemplate,
    User,
    UserSession,
)
from tests.leaks.world import CHILDREN, World

ADDS_UPLOAD = {
    "evidence_upload": "INSERT INTO evidence_upload (id, case_id, user_id, size, beginning, received, begun_at, touched_at) VALUES (:id, :case, :user, 1, decode(repeat('00', 32), 'hex'), 0, now(), now())"
}
"""The upload of a person, as `ADDITIONS` of the walk over all tables."""


def is_hidden(world: World, row: Base) -> bool:
    """Return whether a row is of a case that was merged into another one, or of persons who are in no other case."""
    merged = {case.id for case in world.cases if case.merged_into_id}
    if isinstance(row, Case):
        return row.id in merged
    if hasattr(row, "case_id"):
        return row.case_id in merged
    person_id = (row.merged_into_id or row.id) if isinstance(row, Person) else getattr(row, "person_id", None)
    return person_id is not None and all(case.id in merged for case in world.cases_of_person[person_id])


def expectations(world: World) -> Iterator[tuple[type[Base], Callable[[UUID, Base], bool]]]:
    """Yield each table with policies, and the function that returns the rows an actor may see."""
    case_of = {case.id: case for case in world.cases}
    yield Case, lambda user, row: world.may_see(user, case_of[row.id])
    for child in (*CHILDREN, ContactAttempt, RemedyPerson):
        yield child, lambda user, row: world.may_see(user, case_of[row.case_id])
    yield (
        Reminder,
        lambda user, row: Role.ADMINISTRATOR in world.roles(user) or world.may_see(user, case_of[row.case_id]),
    )
    yield CaseCounter, lambda user, row: row.section_id in world.case_sections(user)
    yield (
        AuditEntry,
        lambda user, row: (
            row.section_id in world.audit_sections(user)
            or (
                row.case_id in case_of
                and world.may_see(user, case_of[case_of[row.case_id].merged_into_id or row.case_id])
            )
        ),
    )
    yield AuditChain, lambda user, row: row.section_id in world.audit_sections(user)
    yield User, lambda user, row: world.reads_all_accounts(user) or row.id in world.colleagues(user)
    yield (
        Membership,
        lambda user, row: (
            world.reads_all_accounts(user) or row.user_id == user or row.section_id in world.member_sections(user)
        ),
    )
    yield ReassessmentRun, lambda user, row: Role.ADMINISTRATOR in world.roles(user)
    for model in (ReminderSyncRequest, Alarm):
        yield model, lambda user, row: Role.ADMINISTRATOR in world.roles(user)
    yield RegisterChange, lambda user, row: bool(world.roles(user))
    yield Mail, lambda user, row: Role.ADMINISTRATOR in world.roles(user) or row.recipient_id == user
    yield MailBounce, lambda user, row: Role.ADMINISTRATOR in world.roles(user) or row.user_id == user
    yield ReminderSetting, lambda user, row: Role.ADMINISTRATOR in world.roles(user) or row.user_id == user
    yield (
        Draft,
        lambda user, row: row.user_id == user and (row.case_id is None or world.may_see(user, case_of[row.case_id])),
    )
    yield EvidenceUpload, lambda user, row: row.user_id == user and world.may_change(user, case_of[row.case_id])
    yield SavedList, world.reads_saved_list
    yield CalendarFeed, lambda user, row: row.user_id == user
    for model in (SectionThresholds, ContactRhythm):
        yield model, lambda user, row: bool(world.roles(user))
    yield (
        SectionContact,
        lambda user, row: (
            (row.is_published and bool(world.roles(user))) or row.section_id in world.member_sections(user)
        ),
    )
    yield Absence, lambda user, row: user == row.substitute_id or row.user_id in world.colleagues(user)
    yield Person, lambda user, row: world.sees_person(user, row.merged_into_id or row.id)
    yield PersonMerge, lambda user, row: world.sees_person(user, row.kept_id)
    yield (
        PersonMergeRow,
        lambda user, row: (
            world.sees_person(user, row.merge_id)  # the id of the person who was kept
            and (row.case_id is None or world.may_see(user, case_of[row.case_id]))
        ),
    )
    yield (
        PersonRelation,
        lambda user, row: world.sees_person(user, row.person_id) and world.sees_person(user, row.other_id),
    )
    yield (
        PersonDifference,
        lambda user, row: world.sees_person(user, row.first_id) and world.sees_person(user, row.second_id),
    )
    for model in (CaseDifference, CaseLink):
        yield (
            model,
            lambda user, row: all(world.may_see(user, case_of[one]) for one in (row.first_id, row.second_id)),
        )
    for model in (CaseReview, ReviewComment, DossierBuild, Reprisal):
        yield (
            model,
            lambda user, row: (
                world.may_see(user, case_of[row.case_id])
                and case_of[row.case_id].section_id in world.case_sections(user)
            ),
        )
    yield CaseMerge, lambda user, row: world.may_see(user, case_of[row.kept_id])
    yield IdentityToken, lambda user, row: world.sees_own_person(user, row.section_id, row.person_id)
    yield (
        IdentityReveal,
        lambda user, row: (
            world.sees_own_person(user, row.section_id, row.person_id)
            and (row.user_id == user or world.coordinates(user, row.section_id))
        ),
    )
    for model in (PersonIdentity, ContactChannelValue):
        yield (
            model,
            lambda user, row: (
                world.sees_own_person(user, row.section_id, row.person_id)
                and any(world.recipients[case.id] == user for case in world.cases_of_person[row.person_id][:1])
            ),
        )
    yield ContactChannel, lambda user, row: world.sees_person(user, row.person_id)
    for model in (PeopleSetting, TaskTemplate):
        yield model, lambda user, row: row.section_id in world.case_sections(user)
    for model in (EvidenceContent, EvidenceCustody, Note, NoteMention):
        yield (
            model,
            lambda user, row: (
                world.may_see(user, case_of[row.case_id])
                and (
                    (row.note_id if isinstance(row, NoteMention) else row.evidence_id) not in world.restricted
                    or case_of[row.case_id].section_id in world.case_sections(user)
                )
            ),
        )
    for model in (UserSession, RequestKey, ListSetting):
        yield model, lambda user, row: row.user_id == user
