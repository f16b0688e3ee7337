"""The people of the demo coalition: at least one of every role, and one with different roles in two sections."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.clock import today
from caseflow.features.accounts.commands import NewUser
from caseflow.features.accounts.passwords import Cost, Passwords
from caseflow.features.accounts.queries import person_actor
from caseflow.features.accounts.service import add_section, add_user, deactivate
from caseflow.features.cases.saved.commands import NewSavedList
from caseflow.features.cases.saved.service import save_list
from caseflow.features.reminders.preferences.commands import NewAbsence
from caseflow.features.reminders.preferences.service import add_absence
from caseflow.models import Role, Section, SectionKind
from caseflow.unit_of_work import Units

ADMINISTRATION = JobActor(SystemRole.ACCOUNTS_ADMIN)
SECRETARIAT = "HQ"


@dataclass(frozen=True, slots=True)
class DemoSection:
    """A section of the demo coalition."""

    code: str
    name: str
    time_zone: str


SECTIONS = (
    DemoSection(SECRETARIAT, "Coalition secretariat", "Europe/Zurich"),
    DemoSection("ES", "Spain section", "Europe/Madrid"),
    DemoSection("EC", "Ecuador section", "America/Guayaquil"),
    DemoSection("FI", "Finland section", "Europe/Helsinki"),
    DemoSection("SI", "Slovenia section", "Europe/Ljubljana"),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person with roles in sections. `key` identifies the person in the plans of cases."""

    key: str
    name: str
    roles: tuple[tuple[str, Role], ...]
    has_left: bool = False
    """Their account is closed; what they own or approved still names them."""

    @property
    def email(self) -> str:
        """The address to sign in with; mail to .example is never delivered (RFC 2606)."""
        return f"{self.key}@demo.example"


_WORKS, _LEADS, _COUNTS = Role.CASEWORKER, Role.SECTION_COORDINATOR, Role.SECTION_REPORTER
PEOPLE = (
    DemoPerson("lucia", "Lucía Campomar", (("ES", _WORKS),)),
    DemoPerson("marcos", "Marcos Vallejuelo", (("ES", _WORKS),)),
    DemoPerson("berta", "Berta Salcines", (("ES", _WORKS),), has_left=True),
    DemoPerson("carmen", "Carmen Oriola", (("ES", _LEADS),)),
    DemoPerson("teo", "Teo Barrientos", (("ES", _COUNTS),)),
    DemoPerson("rosa", "Rosa Quilumba", (("EC", _WORKS),)),
    DemoPerson("andres", "Andrés Yaguache", (("EC", _WORKS),)),
    DemoPerson("pilar", "Pilar Montúfar", (("EC", _LEADS),)),
    DemoPerson("bruno", "Bruno Cevallitos", (("EC", _COUNTS),)),
    DemoPerson("aino", "Aino Lehtokari", (("FI", _WORKS),)),
    DemoPerson("jussi", "Jussi Rantapelto", (("FI", _WORKS),)),
    DemoPerson("kaisa", "Kaisa Mäntylahti", (("FI", _LEADS),)),
    DemoPerson("eero", "Eero Suvikangas", (("FI", _COUNTS),)),
    DemoPerson("maja", "Maja Brezovnik", (("SI", _WORKS),)),
    DemoPerson("rok", "Rok Podlesek", (("SI", _WORKS),)),
    DemoPerson("nina", "Nina Zagorjan", (("SI", _LEADS),)),
    DemoPerson("luka", "Luka Hribovec", (("SI", _COUNTS),)),
    DemoPerson("elena", "Elena Duarte Sanz", (("EC", _WORKS), ("ES", _COUNTS))),
    DemoPerson("sofia", "Sofia Aldermann", ((SECRETARIAT, Role.COALITION_COORDINATOR),)),
    DemoPerson("omar", "Omar Benhadi", ((SECRETARIAT, Role.ADMINISTRATOR),)),
    DemoPerson("ines", "Inês Valadares", ((SECRETARIAT, Role.AUDITOR),)),
    DemoPerson(
        "dario",
        "Darío Lendoiro",
        (("ES", _LEADS), ("EC", _LEADS), ("FI", _LEADS), (SECRETARIAT, Role.COALITION_COORDINATOR)),
        has_left=True,
    ),
    DemoPerson("greta", "Greta Ostermann", ((SECRETARIAT, Role.COALITION_COORDINATOR),), has_left=True),
)


@dataclass(frozen=True, slots=True)
class DemoAbsence:
    """Days on which a person is away, counted from today, and who is notified instead."""

    key: str
    section: str
    substitute: str
    starts_in: int
    ends_in: int


ABSENCES = (DemoAbsence("marcos", "ES", "lucia", 3, 12),)


@dataclass
class OnePassword(Passwords):
    """Hashes the demo password once: twenty hashes would delay the first start by seconds."""

    cost: Cost
    _made: dict[str, str] = field(default_factory=dict, repr=False)

    def hash(self, password: str) -> str:
        """Return the cached hash."""
        if password not in self._made:
            self._made[password] = super().hash(password)
        return self._made[password]


def add_people(units: Units, passwords: Passwords, password: str) -> tuple[dict[str, Section], dict[str, PersonActor]]:
    """Add sections and people; return the sections by code and the people by key."""
    with units.begin(ADMINISTRATION) as uow:
        sections = {
            one.code: add_section(
                uow,
                one.code,
                one.name,
                SectionKind.SECRETARIAT if one.code == SECRETARIAT else SectionKind.SECTION,
                time_zone=one.time_zone,
                is_demo=True,
            )
            for one in SECTIONS
        }
        ids = {}
        for person in PEOPLE:
            for code, role in person.roles:
                new = NewUser(email=person.email, name=person.name, password=password, section_code=code, role=role)
                ids[person.key] = add_user(uow, passwords, new).id
                uow.flush()
    with units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        actors = {key: person_actor(uow, user_id) for key, user_id in ids.items()}
    return sections, {key: actor for key, actor in actors.items() if actor is not None}


def add_saved_lists(units: Units, people: Mapping[str, PersonActor]) -> None:
    """Save a list for a caseworker, and one for the section of a coordinator."""
    with units.begin(people["lucia"]) as uow:
        save_list(uow, NewSavedList(name="My evictions", query="text=eviction&view=mine"))
    with units.begin(people["carmen"]) as uow:
        home = people["carmen"].memberships[0].section_id
        query = "right=HOUSING&view=fileable&sort=clock"
        save_list(uow, NewSavedList(name="Housing, ready to file", query=query, section_id=home))


def add_absences(units: Units, people: Mapping[str, PersonActor], sections: Mapping[str, Section]) -> None:
    """Enter the absences, each by the person who is away."""
    for absence in ABSENCES:
        person = people[absence.key]
        with units.begin(person) as uow:
            on = today(sections[absence.section].time_zone)
            new = NewAbsence(
                user_id=person.user_id,
                substitute_id=people[absence.substitute].user_id,
                starts_on=on + timedelta(days=absence.starts_in),
                ends_on=on + timedelta(days=absence.ends_in),
            )
            add_absence(uow, new)


def close_accounts(units: Units) -> None:
    """Close the accounts of the people who left."""
    with units.begin(ADMINISTRATION) as uow:
        for person in PEOPLE:
            if person.has_left:
                deactivate(uow, person.email)


def sign_ins() -> list[str]:
    """Return the accounts to sign in with, by role, one per line."""
    names = {section.code: section.name for section in SECTIONS}
    lines = []
    for role in Role:
        for person in PEOPLE:
            codes = [code for code, held in person.roles if held is role and not person.has_left]
            if codes:
                where = ", ".join(names[code] for code in codes)
                lines.append(f"  {role.value.replace('_', ' '):<22}{person.email:<24}{where}")
    return lines
