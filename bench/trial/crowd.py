"""Many people, each with one case of their own: whom the trial reminds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg

from caseflow.access import PersonActor
from caseflow.clock import now

NOON = 12


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person, their address and their case."""

    user_id: UUID
    email: str
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody, in one section where it is noon now, and a colleague in whose name deadlines are added."""

    people: Sequence[Somebody]
    maker: PersonActor
    zone: str


def zone_of_noon() -> str:
    """Return a time zone where it is noon now: what is told in the morning is due, and midnight is far."""
    east = NOON - now().hour
    return f"Etc/GMT{-east:+d}" if east else "UTC"


def make_crowd(url: str, number: int) -> Crowd:
    """Write them, set by set, as a superuser. Their digests wait for a year: the load lets their hour come."""
    zone, maker, section = zone_of_noon(), uuid4(), uuid4()
    people = [Somebody(uuid4(), f"reader{place}@example.org", uuid4()) for place in range(number)]
    values = {
        "section": section,
        "zone": zone,
        "users": [maker, *[one.user_id for one in people]],
        "emails": ["maker@example.org", *[one.email for one in people]],
        "owners": [one.user_id for one in people],
        "cases": [one.case_id for one in people],
        "at": now(),
        "later": now() + timedelta(days=365),
    }
    with psycopg.connect(url) as connection:
        for statement in _STATEMENTS:
            connection.execute(statement, values)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")
    return Crowd(people, PersonActor(maker, ""), zone)


_STATEMENTS = (
    "INSERT INTO section (id, code, name, kind, time_zone, is_demo, created_at) "
    "VALUES (%(section)s, 'TRIAL', 'Trial', 'section', %(zone)s, true, %(at)s)",
    "INSERT INTO app_user (id, email, name, password_hash, language, is_active, created_at) "
    "SELECT id, email, '-', '-', CASE WHEN random() < 0.5 THEN 'en' ELSE 'es' END, true, %(at)s "
    "FROM unnest(%(users)s::uuid[], %(emails)s::text[]) AS one (id, email)",
    "INSERT INTO membership (id, user_id, section_id, role, started_at) "
    "SELECT gen_random_uuid(), id, %(section)s, 'caseworker', %(at)s FROM unnest(%(users)s::uuid[]) AS one (id)",
    'INSERT INTO "case" (id, section_id, year, number, reference, title, state_code, urgency, confidentiality, stage, '
    "owner_id, opened_on, rights, version, is_demo, created_at) "
    "SELECT id, %(section)s, 2026, place, 'TRIAL-2026-' || place, 'A case', 'ES', 'normal', 'section', 'intake', "
    "owner, %(at)s, '{HOUSING}', 1, true, %(at)s "
    "FROM unnest(%(cases)s::uuid[], %(owners)s::uuid[]) WITH ORDINALITY AS one (id, owner, place)",
    "UPDATE reminder_setting SET next_digest_at = %(later)s",
)
