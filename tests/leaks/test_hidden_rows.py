"""What SQL of a stranger learns of rows that are hidden: nothing by errors, by searching, by counting, by naming them."""

import psycopg
import pytest

from caseflow.db.policies import GUARDED
from caseflow.db.prepare import EQUAL
from tests.leaks.attacker import refused, rows

READ_BY_NOBODY = {"signing_key"}

PROBES = {
    "a pattern that ends within": 'SELECT count(*) FROM "case" WHERE title LIKE %(start)s || chr(92)',
    "a pattern of another text": 'SELECT count(*) FROM "case" WHERE reference LIKE %(start)s || chr(92)',
    "many wildcards": "SELECT count(*) FROM \"case\" WHERE narrative LIKE %(start)s || repeat('%%a', 100000) || chr(92)",
    "not like": 'SELECT count(*) FROM "case" WHERE title NOT LIKE %(start)s || chr(92)',
    "like without case": 'SELECT count(*) FROM "case" WHERE title ILIKE %(start)s || chr(92)',
    "an array of rows": "SELECT count(*) FROM \"case\" WHERE ARRAY[ROW(title::text, 1)] @> ARRAY[ROW(%(title)s::text, 'x'::text)]",
    "a deep question": "SELECT count(*) FROM \"case\" WHERE search @@ (%(word)s || ' & ' || repeat('!(', 6000) || 'x' || repeat(')', 6000))::tsquery",
    "a division": 'SELECT count(*) FROM "case" WHERE starts_with(title, %(start)s) AND 1 / (length(title) - length(title)) = 1',
    "a cast": "SELECT count(*) FROM \"case\" WHERE CASE WHEN title LIKE %(start)s || '%%' THEN title::integer = 1 END",
    "another table": "SELECT count(*) FROM domestic_remedy WHERE stage LIKE 'COURT' || chr(92)",
    "the trail": "SELECT count(*) FROM audit_entry WHERE action LIKE 'case.opened' || chr(92)",
    "an account": "SELECT count(*) FROM app_user WHERE email LIKE 'u' || chr(92)",
}  # fmt: skip


@pytest.mark.parametrize("probe", PROBES)
def test_no_error_tells_of_a_hidden_row(attacker, probe):
    """Row security comes before every operator that can raise an error: nobody sees a row, so there is no error."""
    title, reference = attacker.known('SELECT title, reference FROM "case" ORDER BY id LIMIT 1')[0]
    start = reference[:2] if probe == "a pattern of another text" else title[:4]
    values = {"title": title, "start": start, "word": "x:*"}
    with attacker.connection() as connection:
        assert connection.execute(PROBES[probe].encode(), values).fetchone() == (0,)


def test_no_built_in_operator_is_marked_leakproof_by_us(attacker):
    marked = "SELECT oid::regprocedure::text FROM pg_proc WHERE proleakproof AND oid >= 16384"
    assert attacker.known(marked) == []
    names = ["textlike", "ts_match_vq", "arraycontains", "textnlike", "arrayoverlap", "arraycontained"]
    assert attacker.known("SELECT proname FROM pg_proc WHERE proleakproof AND proname = ANY (%s)", names) == []


SETTINGS = ("caseflow.user", "caseflow.job")
VALUES = ("x", "accounts.admin", "audit.verify", ":", "0" * 36, "{", "\\x00", "ä" * 40)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("table", GUARDED)
def test_no_policy_raises_an_error(attacker, table, setting):
    """What is not ours in the settings is nobody. An error would be raised only where there is a row to ask about."""
    if table in READ_BY_NOBODY:
        return
    with (
        attacker.connection() as connection
    ):  # one for all: those that were closed still count towards the limit of the role for a while
        for value in VALUES:
            connection.execute("SELECT set_config(%s, %s, true)", [setting, value])
            rows(connection, table)
            connection.rollback()


GUESSES = (
    "title ^@ %s", "starts_with(title, %s)", "title >= %s", "title < %s", "title::text ~>=~ %s", "GREATEST(title, %s) = title",
    "(title, 1) >= (%s, 1)", "title >= ANY (ARRAY[%s])", "title::bpchar >= %s", "title::name >= %s::name", "title >= %s::name",
    "title BETWEEN %s AND 'zzzz'",
)  # fmt: skip


@pytest.mark.parametrize("guess", GUESSES)
def test_no_plan_tells_how_a_hidden_text_begins(attacker, guess):
    """An operator that PostgreSQL marks LEAKPROOF is evaluated before the policy, and then the policy only where it is true."""
    title = attacker.known('SELECT title FROM "case" ORDER BY id LIMIT 1')[0][0]
    plans = []
    for begin in (title[:3], "\U0010fffd", " "):
        with attacker.connection() as connection:
            query = f'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM "case" WHERE {guess}'
            lines = [line for (line,) in psycopg.ClientCursor(connection).execute(query.encode(), [begin])]
            plans.append([line for line in lines if not line.strip().startswith("Filter:")])
    assert plans[0] == plans[1] == plans[2]


def test_of_text_and_bytes_only_equality_is_marked_leakproof(attacker):
    marked = {name for (name,) in attacker.known(
        "SELECT proname FROM pg_proc WHERE proleakproof AND proargtypes::oid[] && "
        "ARRAY['text', 'varchar', 'bpchar', 'bytea', 'name', 'anyarray', 'jsonb']::regtype[]::oid[]"
    )}  # fmt: skip
    assert marked - set(EQUAL) == set()


def test_searching_tells_of_no_hidden_case(attacker, ana):
    """The function that searches by indexes finds what the list shows; it takes no pattern and no question of any depth."""
    world = attacker.world
    visible = {case.id for case in world.cases if world.may_see(ana, case)}
    search = "SELECT caseflow_matching_cases(%s::tsquery, %s, %s, 1000)"
    for words, part, right in (
        (None, None, "HOUSING"),
        (None, None, "WATER"),
        (None, "%", None),
        (None, "_", None),
        (None, "\\", None),
        (None, "s", None),
        ("!nothing", None, None),
        (None, None, None),
    ):
        with attacker.connection(ana) as connection:
            assert set(connection.execute(search, [words, part, right]).fetchone()[0]) <= visible
        with attacker.connection() as connection:
            assert connection.execute(search, [words, part, right]).fetchone()[0] == []
    with attacker.connection(ana) as connection:
        assert set(connection.execute(search, ["!nothing", None, None]).fetchone()[0]) == visible
        deep = "x & " + "!(" * 5000 + "y" + ")" * 5000
        assert connection.execute(search, [deep, None, None]).fetchone()[0] is None


def test_nobody_counts_the_staff_of_a_foreign_section(attacker):
    world = attacker.world
    known = {
        user.id: world.member_sections(user.id)
        | {case.section_id for case in world.cases if world.may_see(user.id, case)}
        for user in world.users
        if world.member_sections(user.id)
    }
    lone = min(known, key=lambda user: len(known[user]))
    assert len(known[lone]) < len(world.sections)
    for function in ("caseflow_staff", "caseflow_coordinators"):
        for section in world.sections:
            asked = f"SELECT count(*) FROM {function}(%s)".encode()
            with attacker.connection() as connection:
                assert connection.execute(asked, [section.id]).fetchone() == (0,)
            with attacker.connection(lone) as connection:
                many = connection.execute(asked, [section.id]).fetchone()[0]
            assert section.id in known[lone] or many == 0


def test_nobody_learns_who_works_on_a_case_that_they_do_not_see(attacker, ana):
    world, asked = attacker.world, b"SELECT count(*) FROM caseflow_case_staff(%s)"
    staff = {}
    for case in world.cases:
        with attacker.connection() as connection:
            assert connection.execute(asked, [case.id]).fetchone() == (0,)
        with attacker.connection(ana) as connection:
            staff[case.id] = connection.execute(asked, [case.id]).fetchone()[0]
    assert not [case.id for case in world.cases if staff[case.id] and not world.may_see(ana, case)]
    assert any(staff.values())


def test_of_a_sealed_case_only_its_owner_and_people_with_a_grant_are_staff(attacker):
    world = attacker.world
    for case in world.cases:
        if case.owner_id is None or not world.may_see(case.owner_id, case):
            continue
        with attacker.connection(case.owner_id) as connection:
            rows = connection.execute(b"SELECT user_id, is_owner FROM caseflow_case_staff(%s)", [case.id]).fetchall()
        assert [user for user, _is_owner in rows if not world.may_see(user, case)] == []
        assert {user for user, is_owner in rows if is_owner} <= {case.owner_id}


CHILDREN_OF_A_FOREIGN_ROW = {
    "deadline_acknowledgement": "INSERT INTO deadline_acknowledgement (deadline_id, user_id, case_id, acknowledged_at) VALUES ({deadline}, {me}, {case}, now())",
    "reminder": "INSERT INTO reminder (id, deadline_id, deadline_version, case_id, recipient_id, threshold, cause, due_on, status, reason, created_at) VALUES (gen_random_uuid(), {deadline}, 1, {case}, {me}, 99, 'responsible', now(), 'waiting', '', now())",
    "act": "UPDATE act SET claim_id = {claim} WHERE case_id = {case}",
    "housing_application": "UPDATE housing_application SET claim_id = {claim} WHERE case_id = {case}",
    "other_treaty_article": "UPDATE other_treaty_article SET claim_id = {claim} WHERE case_id = {case}",
    "domestic_remedy": "UPDATE domestic_remedy SET claim_id = {claim} WHERE case_id = {case}",
    "remedy_person": "INSERT INTO remedy_person (domestic_remedy_id, case_person_id, case_id) SELECT {remedy}, id, case_id FROM case_person WHERE case_id = {case} AND code_name = 'V2'",
    "person of a remedy": "INSERT INTO remedy_person (domestic_remedy_id, case_person_id, case_id) SELECT id, {person}, case_id FROM domestic_remedy WHERE case_id = {case}",
    "deadline": "UPDATE deadline SET claim_id = {claim} WHERE case_id = {case}",
    "new deadline": "INSERT INTO deadline (id, case_id, claim_id, kind, key, due_on, version, created_at, dated_at) VALUES (gen_random_uuid(), {case}, {claim}, 'manual', 'x', now(), 1, now(), now())",
    "task": "UPDATE task SET claim_id = {claim} WHERE case_id = {case}",
    "task on a remedy": "UPDATE task SET claim_id = NULL, domestic_remedy_id = {remedy} WHERE case_id = {case}",
    "new task": "INSERT INTO task (id, case_id, claim_id, title, asked_by_id, version, created_at) VALUES (gen_random_uuid(), {case}, {claim}, 'x', {me}, 1, now())",
    "task of somebody else": "INSERT INTO task (id, case_id, title, asked_by_id, version, created_at) SELECT gen_random_uuid(), {case}, 'x', user_id, 1, now() FROM membership WHERE user_id <> {me} LIMIT 1",
    "moved acknowledgement": "UPDATE deadline_acknowledgement SET deadline_id = {deadline} WHERE user_id = {me}",
    "moved reminder": "UPDATE reminder SET deadline_id = {deadline} WHERE case_id = {case}",
    "a reminder of somebody else": "UPDATE reminder SET recipient_id = {me} WHERE case_id = {case}",
}  # fmt: skip


@pytest.mark.parametrize("child", CHILDREN_OF_A_FOREIGN_ROW)
@pytest.mark.parametrize("seen", [True, False])
def test_no_row_of_a_case_names_a_row_of_another(attacker, ana, child, seen):
    """Neither of a case that is hidden, which would tell that there is such a row, nor of another that the person may see."""
    world = attacker.world
    changed = [case for case in world.cases if world.may_change(ana, case)]
    own = next(case for case in changed if case.owner_id is not None)
    other = next(case for case in world.cases if world.may_see(ana, case) == seen and case.id != own.id)
    deadline = attacker.known("SELECT id FROM deadline WHERE case_id = %s", other.id)[0][0]
    claim = attacker.known("SELECT id FROM claim WHERE case_id = %s", other.id)[0][0]
    remedy = attacker.known("SELECT id FROM domestic_remedy WHERE case_id = %s", other.id)[0][0]
    person = attacker.known("SELECT id FROM case_person WHERE case_id = %s", other.id)[0][0]
    values = {"deadline": f"'{deadline}'", "claim": f"'{claim}'", "case": f"'{own.id}'", "me": f"'{ana}'"}
    values |= {"remedy": f"'{remedy}'", "person": f"'{person}'"}
    with attacker.connection(ana) as connection:
        if child == "moved acknowledgement":
            mine = attacker.known("SELECT id FROM deadline WHERE case_id = %s", own.id)[0][0]
            made = CHILDREN_OF_A_FOREIGN_ROW["deadline_acknowledgement"].format(**{**values, "deadline": f"'{mine}'"})
            connection.execute(f"{made} ON CONFLICT DO NOTHING".encode())
        refused(connection, CHILDREN_OF_A_FOREIGN_ROW[child].format(**values))
