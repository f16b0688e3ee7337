"""A small random coalition, and an oracle in Python that says who may see and change which of its rows.

The rows are not made by `tests/factories`, because row security must not depend on services. The
oracle is written from the description of who may see what (docs/architecture.md), not from the policies.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from caseflow.db.identity_tokens import IdentityField
from caseflow.models import (
    Absence,
    Act,
    Alarm,
    AlarmKind,
    Assessment,
    AssessmentCause,
    AuditEntry,
    CalendarFeed,
    Case,
    CaseCounter,
    CaseGrant,
    CaseListing,
    CasePerson,
    CaseView,
    Claim,
    ClaimPerson,
    CodeNameCounter,
    Confidentiality,
    Consent,
    ConsentScope,
    ConsentStatus,
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    DomesticRemedy,
    Filing,
    FilingChannel,
    GrantLevel,
    IdentityReveal,
    IdentityToken,
    Intervention,
    InterventionKind,
    Mail,
    MailBounce,
    MailKind,
    Membership,
    OtherProcedure,
    Outlook,
    Person,
    PersonIdentity,
    ReassessmentRun,
    RegisterChange,
    Reminder,
    ReminderSyncRequest,
    RequestKey,
    Role,
    SavedList,
    Section,
    SectionKind,
    SectionThresholds,
    Stage,
    State,
    User,
    UserSession,
)
from tests.leaks.claims import CHILDREN_OF_CLAIMS, rows_of_claim, rows_of_decision
from tests.leaks.evidence import CHILDREN_OF_EVIDENCE, add_evidence
from tests.leaks.persons import add_differences, add_relation_and_contacts
from tests.leaks.sections import add_settings_of_sections

TODAY = datetime.now(UTC).date()
"""The real day, because the database uses its own clock for the end of grants."""
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
IN_AN_HOUR = datetime.now(UTC) + timedelta(hours=1)
WORKS_ON_CASES = {Role.CASEWORKER, Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR}
CHILDREN = (
    Claim,
    Act,
    *CHILDREN_OF_CLAIMS,
    Intervention,
    *CHILDREN_OF_EVIDENCE,
    DomesticRemedy,
    OtherProcedure,
    Filing,
    Deadline,
    DeadlineAcknowledgement,
    Assessment,
    CaseGrant,
    CaseView,
    CaseListing,
    CasePerson,
    ClaimPerson,
    CodeNameCounter,
    Consent,
)


def session_token(user_id: UUID) -> bytes:
    """Return the token of a person's session."""
    return b"session of " + user_id.bytes


@dataclass
class World:
    """All rows, as Python objects. No row is added after the first question to the oracle."""

    sections: list[Section] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    grants: list[CaseGrant] = field(default_factory=list)
    recipients: dict[UUID, UUID] = field(default_factory=dict)
    """The recipient of the reminder about each case."""
    cases_of_person: dict[UUID, list[Case]] = field(default_factory=lambda: defaultdict(list))
    """The cases in which each person has a role; a few have one in two."""
    restricted: set[UUID] = field(default_factory=set)  # evidence and notes on it that only the section knows

    @cached_property
    def _active_of(self) -> dict[UUID, list[Membership]]:
        found = defaultdict(list)
        for one in self.memberships:
            if one.ended_at is None:
                found[one.user_id].append(one)
        return dict(found)

    @cached_property
    def _grants_of(self) -> dict[UUID, list[CaseGrant]]:
        found = defaultdict(list)
        for grant in self.grants:
            found[grant.case_id].append(grant)
        return dict(found)

    def _active(self, user: UUID) -> list[Membership]:
        return self._active_of.get(user, [])

    def roles(self, user: UUID) -> set[Role]:
        return {m.role for m in self._active(user)}

    def member_sections(self, user: UUID) -> set[UUID]:
        return {m.section_id for m in self._active(user)}

    def case_sections(self, user: UUID) -> set[UUID]:
        return {m.section_id for m in self._active(user) if m.role in WORKS_ON_CASES}

    def reads_saved_list(self, user: UUID, row: SavedList) -> bool:
        return row.section_id in self.case_sections(user) if row.section_id else row.user_id == user

    def audit_sections(self, user: UUID) -> set[UUID]:
        """An auditor reads the trail of their section; an auditor of the secretariat, everyone's."""
        own = {m.section_id for m in self._active(user) if m.role is Role.AUDITOR}
        whole = any(section.id in own and section.kind is SectionKind.SECRETARIAT for section in self.sections)
        return {section.id for section in self.sections} if whole else own

    def _by_role(self, user: UUID, case: Case) -> bool:
        is_named = case.confidentiality is not Confidentiality.SEALED or case.owner_id == user
        return case.section_id in self.case_sections(user) and is_named and not case.merged_into_id

    def _by_grant(self, user: UUID, case: Case, levels: set[GrantLevel]) -> bool:
        working = self.case_sections(user)
        return not case.merged_into_id and any(
            grant.level in levels
            and (grant.ends_on is None or grant.ends_on >= TODAY)
            and (grant.section_id in working or (grant.user_id == user and bool(working)))
            for grant in self._grants_of.get(case.id, [])
        )

    def may_see(self, user: UUID, case: Case) -> bool:
        return self._by_role(user, case) or self._by_grant(user, case, set(GrantLevel))

    def may_change(self, user: UUID, case: Case) -> bool:
        return self._by_role(user, case) or self._by_grant(user, case, {GrantLevel.WRITE})

    def sees_person(self, user: UUID, person_id: UUID) -> bool:
        """A person is seen with any case in which they have a role."""
        return any(self.may_see(user, case) for case in self.cases_of_person[person_id])

    def sees_own_person(self, user: UUID, section_id: UUID, person_id: UUID) -> bool:
        """Digests, reveals and identities are for the person's own section, whatever is shared."""
        return section_id in self.case_sections(user) and self.sees_person(user, person_id)

    def coordinates(self, user: UUID, section_id: UUID) -> bool:
        wanted = {Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR}
        return any(m.section_id == section_id and m.role in wanted for m in self._active(user))

    def may_share(self, user: UUID, case: Case) -> bool:
        """Grants are given by people of the case's own section; a person with a grant can't pass it on."""
        return self._by_role(user, case)

    def colleagues(self, user: UUID) -> set[UUID]:
        """The people who have or had a role in one of the user's sections: its history shows their names."""
        mine = self.member_sections(user)
        return {m.user_id for m in self.memberships if m.section_id in mine} | {user}

    def reads_all_accounts(self, user: UUID) -> bool:
        return bool(self.roles(user) & {Role.ADMINISTRATOR, Role.AUDITOR})


def make_world(session: Session, chance: Random, *, users: int = 40, cases: int = 50) -> World:
    """Fill every table with case data. Needs a session that is not subject to row security."""
    world = World()
    session.merge(_state())  # exists in the template, but not in a database that was migrated by hand
    kinds = [SectionKind.SECRETARIAT, *[SectionKind.SECTION] * 4]
    world.sections = [Section(code=f"S{n}", name=f"Section {n}", kind=kind) for n, kind in enumerate(kinds)]
    world.users = [User(email=f"u{n}@example.org", name=f"User {n}", password_hash="-") for n in range(users)]
    session.add_all([*world.sections, *world.users])
    session.flush()
    session.add_all(
        [
            AuditEntry(section_id=one.id, action="section.added", subject="section", subject_id=one.id, changes={})
            for one in world.sections
        ]
    )
    session.flush()
    world.memberships = _memberships(world, chance)
    world.cases = [_case(world, chance, number) for number in range(1, cases + 1)]
    session.add_all([*world.memberships, *world.cases])
    session.flush()
    world.grants = [_grant(world, chance, case) for case in world.cases for _ in range(chance.choice([0, 0, 1, 2]))]
    session.add_all(world.grants)
    for case in world.cases:
        world.recipients[case.id] = chance.choice(world.users).id
        add_children(session, case, world.recipients[case.id])
        _add_people(session, world, case, world.recipients[case.id])
    _add_second_roles(session, world, chance)
    for section in world.sections:
        session.add(CaseCounter(section_id=section.id, year=TODAY.year, last_number=cases))
    session.add_all(
        [
            ReassessmentRun(ruleset="-", data="-"),
            ReminderSyncRequest(is_full_pass=True),
            Alarm(kind=AlarmKind.REMINDERS, number=1),
        ]
    )
    session.add_all([ReminderSyncRequest(section_id=section.id) for section in world.sections])
    session.add(RegisterChange(actor_id=world.users[0].id, subject="state", subject_key="ES", action="state.changed"))
    for user in world.users:
        session.add_all(
            [
                UserSession(token_hash=sha256(session_token(user.id)).digest(), user_id=user.id),
                RequestKey(
                    key=chance.randbytes(32), content=chance.randbytes(32), user_id=user.id, location="/my-work"
                ),
                CalendarFeed(token_hash=chance.randbytes(32), user_id=user.id),
                Mail(recipient_id=user.id, kind=MailKind.AT_ONCE, due_at=YESTERDAY),
                MailBounce(user_id=user.id, address=user.email, is_permanent=True),
            ]
        )
    for away, there in zip(world.users, world.users[1:], strict=False):
        session.add(Absence(user_id=away.id, substitute_id=there.id, starts_on=TODAY, ends_on=TODAY))
    session.add_all([SavedList(user_id=user.id, name="Mine", query="view=mine") for user in world.users])
    for section in world.sections:
        session.add(SavedList(user_id=world.users[0].id, section_id=section.id, name="Ours", query="view=due"))
        session.add(SectionThresholds(section_id=section.id, kind=DeadlineKind.MANUAL, thresholds=[3, 0, -1]))
    add_settings_of_sections(session, world.sections, world.users)
    add_differences(session, world.cases, world.users[0].id)
    return world


def _state() -> State:
    return State(
        code="ES", name="Spain", covenant="party", verification="checked", source="-", pack="test", op_signed=None
    )


def _memberships(world: World, chance: Random) -> list[Membership]:
    wanted = set()
    for user in world.users:
        for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
            section = chance.choice(world.sections)
            role = chance.choice([*Role, Role.CASEWORKER, Role.CASEWORKER])
            wanted.add((user.id, section.id, role))
    return [
        Membership(user_id=user, section_id=section, role=role, ended_at=YESTERDAY if chance.random() < 0.2 else None)
        for user, section, role in sorted(wanted, key=str)
    ]


def _case(world: World, chance: Random, number: int) -> Case:
    section = chance.choice(world.sections)
    return Case(
        section_id=section.id,
        year=TODAY.year,
        number=number,
        reference=f"{section.code}-{number}",
        title=f"Case {number}",
        state_code="ES",
        opened_on=date(TODAY.year, 1, 1) + timedelta(days=chance.randrange(300)),
        stage=chance.choice(list(Stage)),
        rights=chance.sample(["HOUSING", "WATER", "HEALTH"], chance.randrange(3)),
        owner_id=chance.choice([None, *[user.id for user in world.users]]),
        confidentiality=Confidentiality.SEALED if chance.random() < 0.3 else Confidentiality.SECTION,
    )


def _grant(world: World, chance: Random, case: Case) -> CaseGrant:
    section, user = chance.choice([(chance.choice(world.sections).id, None), (None, chance.choice(world.users).id)])
    ends_on = chance.choice([None, TODAY, TODAY + timedelta(days=30), TODAY - timedelta(days=2)])
    return CaseGrant(
        case_id=case.id, section_id=section, user_id=user, level=chance.choice([*GrantLevel]), ends_on=ends_on
    )


def add_children(session: Session, case: Case, user_id: UUID) -> None:
    """Add one row of every table that belongs to a case."""
    claim = Claim(case_id=case.id, position=1, rights=["HOUSING"])
    session.add(claim)
    session.flush()
    deadline = Deadline(case_id=case.id, kind=DeadlineKind.MANUAL, key=f"manual:{case.id}", due_on=TODAY)
    session.add_all(
        [
            deadline,
            Act(case_id=case.id, claim_id=claim.id, position=1, what="Eviction"),
            *rows_of_claim(case, claim, user_id),
            DomesticRemedy(case_id=case.id, claim_id=claim.id, position=1, stage="COURT"), OtherProcedure(case_id=case.id, position=1, body="ECTHR"),
            Intervention(case_id=case.id, position=1, kind=InterventionKind.LETTER), Filing(
                case_id=case.id, filed_on=TODAY, channel=FilingChannel.POST, proof="Receipt no. 7", recorded_by_id=user_id
            ),
            Assessment(
                case_id=case.id, cause=AssessmentCause.CHANGE, assessed_on=TODAY, confirmed_on=TODAY,
                outlook=Outlook.INCOMPLETE, ruleset="-", data="-", digest=bytes(32), findings={},
            ),
            CaseView(case_id=case.id, user_id=user_id, viewed_on=TODAY),
            AuditEntry(
                section_id=case.section_id, actor_id=user_id, action="case.opened", subject="case",
                subject_id=case.id, case_id=case.id, changes={"title": [None, case.title]},
            ),
        ]
    )  # fmt: skip
    session.flush()
    session.add_all(
        [
            Reminder(
                deadline_id=deadline.id, deadline_version=1, case_id=case.id, recipient_id=user_id, threshold=3, due_on=TODAY
            ),
            DeadlineAcknowledgement(deadline_id=deadline.id, user_id=user_id, case_id=case.id), *rows_of_decision(claim, user_id),
        ]
    )  # fmt: skip


def _add_people(session: Session, world: World, case: Case, user_id: UUID) -> None:
    """Add two persons of a case, the first with an identity that is revealed to somebody, and what belongs to them."""
    first, _ = people = [Person(section_id=case.section_id), Person(section_id=case.section_id)]
    session.add_all(people)
    session.flush()
    roles = [
        CasePerson(
            case_id=case.id, section_id=case.section_id, person_id=one.id, position=number, code_name=f"V{number}",
            roles=["victim"],
        )
        for number, one in enumerate(people, 1)
    ]  # fmt: skip
    session.add_all([*roles, CodeNameCounter(case_id=case.id, letter="V", last_number=2)])
    session.flush()
    claim = session.query(Claim).where(Claim.case_id == case.id).one()
    of_first = {"person_id": first.id, "section_id": case.section_id}
    session.add_all(
        [
            ClaimPerson(claim_id=claim.id, case_person_id=roles[0].id, case_id=case.id),
            Consent(
                case_id=case.id,
                case_person_id=roles[0].id,
                scope=ConsentScope.SUBMIT,
                status=ConsentStatus.GIVEN,
                decided_on=TODAY,
            ),
            PersonIdentity(**of_first, name_sealed=b"sealed"),
            IdentityToken(**of_first, token=case.id.bytes, field=IdentityField.NAME),
            IdentityReveal(**of_first, case_id=case.id, user_id=user_id, reason="-", expires_at=IN_AN_HOUR),
        ]
    )
    session.flush()
    world.restricted |= add_evidence(session, claim, roles[0], user_id)
    add_relation_and_contacts(session, roles, user_id, TODAY)
    for one in people:
        world.cases_of_person[one.id].append(case)


def _add_second_roles(session: Session, world: World, chance: Random) -> None:
    """Give some persons a role in a second case of their section."""
    for person_id, (case, *_) in list(world.cases_of_person.items()):
        others = [one for one in world.cases if one.section_id == case.section_id and one is not case]
        if others and chance.random() < 0.2:
            other = chance.choice(others)
            session.add(
                CasePerson(
                    case_id=other.id, section_id=case.section_id, person_id=person_id, position=9,
                    code_name=f"W{person_id.hex[:8]}", roles=["witness"],
                )
            )  # fmt: skip
            world.cases_of_person[person_id].append(other)
    session.flush()
