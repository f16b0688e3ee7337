"""Eight sections with people of every role, and cases that have a canary in every text field.

A canary is a word that stands nowhere else. Each case has one, and each section one in the names of its people. Who may
see which is said here a second time, from the description of roles and not from the policies of the database.
"""

import secrets
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.demo.plan import ActPlan, CasePlan, ClaimPlan, Due, Step
from caseflow.demo.seed import add_case
from caseflow.features.accounts.commands import NewUser
from caseflow.features.accounts.passwords import Passwords
from caseflow.features.accounts.queries import account_to_sign_in, begin_session, person_actor
from caseflow.features.accounts.service import COALITION_ROLES, add_section, add_user
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.procedures.commands import ProcedureDetails
from caseflow.features.procedures.service import add_procedure
from caseflow.models import (
    Assessment,
    Deadline,
    DomesticRemedy,
    Reminder,
    Role,
    Section,
    SectionKind,
)
from caseflow.setting_values import ARGON2_PROFILES
from caseflow.unit_of_work import Units

STATES: Final = ("ES", "EC", "FI", "SI", "FR", "AR", "PT")
SECRETARIAT: Final = "HQ"
PARTS: Final[dict[str, Any]] = {
    "remedy_id": DomesticRemedy, "deadline_id": Deadline, "assessment_id": Assessment, "reminder_id": Reminder,
}  # fmt: skip
"""Name of an id in addresses -> table of the part."""
WORKS_ON_CASES: Final = frozenset({Role.CASEWORKER, Role.SECTION_COORDINATOR, Role.COALITION_COORDINATOR})
ADMINISTRATION: Final = JobActor(SystemRole.ACCOUNTS_ADMIN)
HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Planted:
    """A case, with everything by which it would be recognised on a page."""

    id: UUID
    section: str
    owner: UUID
    canary: str
    reference: str
    is_sealed: bool
    shared: frozenset[str]
    """Sections that were given a grant."""
    parts: dict[str, UUID]
    """Ids of its parts by the name that they have in addresses."""

    @property
    def marks(self) -> tuple[str, ...]:
        """Return the texts that no page may show to people who may not see the case."""
        return (self.canary, self.reference, str(self.id), *map(str, self.parts.values()))


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person with an open session."""

    actor: PersonActor
    token: str
    sections: frozenset[str]
    working_sections: frozenset[str]

    @property
    def audited_sections(self) -> set[str]:
        """Return the sections whose trail this person reads: it names people, and cases by their references.

        An auditor of the secretariat reads that of all.
        """
        if all(member.role is not Role.AUDITOR for member in self.actor.memberships):
            return set()
        return {*STATES, SECRETARIAT} if SECRETARIAT in self.sections else set(self.sections)

    def may_see(self, case: Planted) -> bool:
        """Return whether the roles let this person see a case."""
        if self.working_sections & case.shared:
            return True
        return case.section in self.working_sections and (not case.is_sealed or case.owner == self.actor.user_id)


@dataclass
class World:
    """All that was planted."""

    names: dict[str, str] = field(default_factory=dict)
    """Canary in the names of a section's people, by section."""
    cases: list[Planted] = field(default_factory=list)
    visitors: list[Visitor] = field(default_factory=list)

    def forbidden(self, visitor: Visitor) -> set[str]:
        """Return all texts that no page may show to a person."""
        marks = {mark for case in self.cases if not visitor.may_see(case) for mark in case.marks}
        marks -= {case.reference for case in self.cases if case.section in visitor.audited_sections}
        near = (
            {case.section for case in self.cases if visitor.may_see(case)} | visitor.sections | visitor.audited_sections
        )
        near |= {code for case in self.cases if case.section in visitor.working_sections for code in case.shared}
        return marks | {canary for code, canary in self.names.items() if code not in near}


def canary(chance: Random) -> str:
    """Return a word that stands nowhere else."""
    return "zq" + "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(14))


def make_world(units: Units, chance: Random, *, people: int, cases: int) -> World:
    """Fill an empty database: people of every role and cases for each section, some sealed, some shared."""
    world, sections, workers = World(), dict[str, Section](), dict[str, list[PersonActor]]()
    passwords = Passwords(ARGON2_PROFILES["quick"])
    for code in (*STATES, SECRETARIAT):
        world.names[code] = canary(chance)
        kind = SectionKind.SECRETARIAT if code == SECRETARIAT else SectionKind.SECTION
        with units.begin(ADMINISTRATION) as uow:
            sections[code] = add_section(uow, code, f"Section {code}", kind, time_zone="UTC")
    for code in sections:
        tokens: dict[UUID, str] = {}
        actors = [
            _add_person(units, passwords, (code, role), f"{world.names[code]} {number}", tokens)
            for role in Role
            if code == SECRETARIAT or role not in COALITION_ROLES
            for number in range(people)
        ]
        workers[code] = [actor for actor in actors if actor.memberships[0].role is Role.CASEWORKER]
        leader = next(actor for actor in actors if actor.memberships[0].role is Role.SECTION_COORDINATOR)
        world.visitors += [_visitor(actor, tokens[actor.user_id], code) for actor in actors]
        for number in range(cases):
            others = [other for other in sections if other != code]
            shared = chance.sample(others, 1) if number % 5 == 4 and others else []
            worker = workers[code][number % people]
            is_sealed = number % 4 == 3
            plan = _plan(chance, canary(chance), code, shared=tuple(shared), is_sealed=is_sealed)
            world.cases.append(_add_case(units, plan, worker, leader, sections))
    return world


def _add_person(
    units: Units, passwords: Passwords, held: tuple[str, Role], name: str, tokens: dict[UUID, str]
) -> PersonActor:
    """Add a person with a role in a section who is signed in: the token of the session is noted in `tokens`."""
    section, role = held
    email = f"{secrets.token_hex(6)}@{section.lower()}.example"
    password = secrets.token_urlsafe(16)
    with units.begin(ADMINISTRATION) as uow:
        new = NewUser(email=email, name=name, password=password, section_code=section, role=role)
        user_id = add_user(uow, passwords, new).id
    tokens[user_id] = secrets.token_urlsafe(32)
    with units.begin(ADMINISTRATION) as uow:
        actor, account = person_actor(uow, user_id), account_to_sign_in(uow, email)
        assert actor is not None
        assert account is not None
        hashed = passwords.hash_with(account.salt, password, is_known=True)
        assert begin_session(uow, email, hashed, tokens[user_id], "") == user_id
    return actor


def _visitor(actor: PersonActor, token: str, code: str) -> Visitor:
    works = actor.memberships[0].role in WORKS_ON_CASES
    return Visitor(actor, token, frozenset({code}), frozenset({code}) if works else frozenset())


def _plan(chance: Random, word: str, code: str, *, shared: tuple[str, ...], is_sealed: bool) -> CasePlan:
    """Return a case with its canary in every text field."""
    filed = chance.randrange(200, 500)
    steps = (
        Step("COURT_1", f"Court {word}", "dismissed", filed, filed - 50, filed - 60 + 5, f"{word}/1", f"Lawyer {word}"),
        Step("APPEAL", unused="not_tried", because=f"Because {word}"),
    )
    claim = ClaimPlan(
        rights=(chance.choice(("HOUSING", "WATER", "HEALTH")),),
        acts=(ActPlan(f"Act {word}", filed + 50, goes_on=f"Goes on {word}"),),
        steps=steps,
        lost=f"Lost {word}",
        delay=f"Slow {word}",
        delay_since=filed,
        label=f"Label {word}",
    )
    return CasePlan(
        by="",
        title=f"Title {word}",
        narrative=f"Narrative {word}",
        opened=chance.randrange(1, HUNDRED),
        claims=(claim,),
        state=code if code in STATES else "ES",
        region=f"Region {word}",
        district=f"District {word}",
        happened=filed + 50,
        is_sealed=is_sealed,
        contact=f"Contact {word}",
        lateness=f"Late {word}",
        due=(Due(f"Due {word}", 3), Due(f"Done {word}", 2, f"Outcome {word}")),
        shared=shared,
    )


def _add_case(
    units: Units, plan: CasePlan, worker: PersonActor, leader: PersonActor, sections: dict[str, Section]
) -> Planted:
    case_id = add_case(units, plan, worker, leader, sections)
    word = plan.title.removeprefix("Title ")
    with units.begin(worker) as uow:
        procedure = add_procedure(
            uow, editable_case(uow, case_id), ProcedureDetails(version=None, body="CCPR", file_number=f"{word}/2")
        )
        uow.flush()
        procedure_id = procedure.id
    with units.begin(worker) as uow:
        case = whole_case(uow, case_id)
        parts = {"claim_id": case.claims[0].id, "act_id": case.claims[0].acts[0].id, "procedure_id": procedure_id}
        for name, kind in PARTS.items():
            if (found := uow.session.scalar(select(kind.id).where(kind.case_id == case_id).limit(1))) is not None:
                parts[name] = found
        reference, code = case.reference, case.section.code
    shared = frozenset(plan.shared)
    return Planted(case_id, code, worker.user_id, word, reference, plan.is_sealed, shared, parts)
