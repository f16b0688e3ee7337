"""What is restricted: changed and taken out in the section of the case alone, whatever was shared. The oracle is that of the world."""

from random import Random
from uuid import uuid4

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

from caseflow.models import Evidence
from tests.leaks.test_row_security import (  # noqa: F401 - three are fixtures
    REFUSED_BY_POLICY,
    ask_as,
    changed,
    coalition,
    connection,
    everything,
    world,
)

RESTRICTED = {
    "its restriction": "UPDATE evidence SET is_restricted = false WHERE case_id = :case AND is_restricted",
    "its content": "UPDATE evidence_content SET title = 'x' WHERE case_id = :case AND evidence_id = :one",
    "its links": "DELETE FROM evidence_support WHERE case_id = :case AND evidence_id = :one",
}
CUSTODY = "INSERT INTO evidence_custody (id, evidence_id, case_id, kind, at, user_id) VALUES (:id, :one, :case, 'downloaded', now(), :user)"


def test_what_is_restricted_is_changed_in_the_section_of_the_case_alone(everything, world, connection):  # noqa: F811 - the fixtures
    chance, evidence = Random("other draws"), next(rows for model, rows in everything.items() if model is Evidence)
    restricted = {row.case_id: row.id for row in evidence if row.is_restricted}
    tried = set()
    for user, case in chance.sample([(user, case) for user in world.users for case in world.cases], 300):
        ask_as(connection, user.id)
        values = {"case": case.id, "one": restricted[case.id], "id": uuid4()}
        is_own = case.section_id in world.case_sections(user.id)
        for what, statement in RESTRICTED.items():
            allowed = is_own and world.may_change(user.id, case)
            assert changed(connection, statement, **values) == allowed, (what, user.email, case.reference)
            tried.add((is_own, world.may_change(user.id, case)))
        sees = is_own and world.may_see(user.id, case)
        assert changed(connection, CUSTODY, **values, user=user.id) == sees, "whoever sees it may take it out"
        other = next(one for one in world.users if one.id != user.id)
        assert not changed(connection, CUSTODY, **values, user=other.id), "and only in their own name"
        for table in ("evidence_custody", "evidence"):
            assert refused(connection, f"DELETE FROM {table} WHERE case_id = :case", case=case.id)
    assert {(True, True), (False, True), (False, False)} <= tried


def refused(
    connection: Connection,  # noqa: F811 - no fixture here
    statement: str,
    **values: object,
) -> bool:
    """Return whether the role lacks the right, whatever the rows."""
    attempt = connection.begin_nested()
    try:
        connection.execute(text(statement), values)
    except ProgrammingError as error:
        return error.orig.sqlstate == REFUSED_BY_POLICY
    finally:
        attempt.rollback()
    return False
