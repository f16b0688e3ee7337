"""The people who are reminded, each with one case of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg

from caseflow.access import PersonActor
from caseflow.clock import now

NOON = 12


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, their address and their case."""

    user_id: UUID
    email: str
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Recipients:
    """All of them, in one section where it is noon now, and a colleague in whose name deadlines are added."""

    people: Sequence[Recipient]
    author: PersonActor
    zone: str


def noon_time_zone() -> str:
    """Return a time zone where it is noon now: morning digests are due, and midnight is far."""
    east = NOON - now().hour
    return f"Etc/GMT{-east:+d}" if east else "UTC"


def make_recipients(url: str, number: int) -> Recipients:
    """Write them as superuser. Their digests are due in a year, until the load makes them due."""
    zone, author, section = noon_time_zone(), uuid4(), uuid4()
    people = [Recipient(uuid4(), f"reader{place}@example.org", uuid4()) for place in range(number)]
    values = {
        "section": section,
        "zone": zone,
        "users": [author, *[one.user_id for one in people]],
        "emails": ["author@example.org", *[one.email for one in people]],
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
    return Recipients(people, PersonActor(author, ""), zone)


_STATEMENTS = (
    "INSERT INTO section (id, code, name, kind, time_zone, is_demo, created_at) "
    "VALUES (%(section)s, 'CHAOS', 'Chaos run', 'section', %(zone)s, true, %(at)s)",
    "INSERT INTO app_user (id, email, name, password_hash, language, is_active, created_at) "
    "SELECT id, email, '-', '-', CASE WHEN random() < 0.5 THEN 'en' ELSE 'es' END, true, %(at)s "
    "FROM unnest(%(users)s::uuid[], %(emails)s::text[]) AS one (id, email)",
    "INSERT INTO membership (id, user_id, section_id, role, started_at) "
    "SELECT gen_random_uuid(), id, %(section)s, 'caseworker', %(at)s FROM unnest(%(users)s::uuid[]) AS one (id)",
    'INSERT INTO "case" (id, section_id, year, number, reference, title, state_code, urgency, confidentiality, stage, '
    "owner_id, opened_on, rights, version, is_demo, created_at) "
    "SELECT id, %(section)s, 2026, place, 'CHAOS-2026-' || place, 'A case', 'ES', 'normal', 'section', 'intake', "
    "owner, %(at)s, '{HOUSING}', 1, true, %(at)s "
    "FROM unnest(%(cases)s::uuid[], %(owners)s::uuid[]) WITH ORDINALITY AS one (id, owner, place)",
    "UPDATE reminder_setting SET next_digest_at = %(later)s",
)
