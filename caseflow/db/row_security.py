"""The wall: who may see and change which rows, said once, in the database.

`install(connection)` is run by the migrations after every upgrade, in the same transaction: the policies are a
definition, not history. Every policy speaks of the acting person (`caseflow.user`) or the named background job
(`caseflow.job`), which `UnitOfWork` sets for each transaction; without either no row of case data is seen.

Roles: `caseflow_owner` owns the tables (and is bound too: FORCE), `caseflow_app` is what the application connects as,
`caseflow_guard` owns the functions that policies call, so that they can read memberships and grants, and
`caseflow_counter` owns the functions that count cases for people who may see counts but no cases.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from caseflow.db.guard_functions import (
    AUDIT_TRIGGER,
    COUNTER_FUNCTIONS,
    GUARD_FUNCTIONS,
    REMINDER_SETTING_TRIGGERS,
)

ACTOR = "(SELECT caseflow_actor())"
JOB = "(SELECT caseflow_job())"
IS_ADMINISTRATOR = "(SELECT caseflow_has_role('administrator'))"
IS_COORDINATOR = (
    "((SELECT caseflow_has_role('section_coordinator')) OR (SELECT caseflow_has_role('coalition_coordinator')))"
)
IS_AUDITOR = "(SELECT caseflow_has_role('auditor'))"
CASE_SECTIONS = "ANY ((SELECT caseflow_case_sections())::uuid[])"
HAS_ANY_ROLE = "cardinality((SELECT caseflow_member_sections())) > 0"
MEMBER_SECTIONS = "ANY ((SELECT caseflow_member_sections())::uuid[])"
REPORT_SECTIONS = "ANY ((SELECT caseflow_report_sections())::uuid[])"

OWN_CASE = f"(section_id = {CASE_SECTIONS} AND (confidentiality <> 'sealed' OR owner_id = {ACTOR}))"
REASSESSING = f"{JOB} = 'readiness.reassess'"
VISIBLE_CASE = f"({OWN_CASE} OR id IN (SELECT caseflow_granted_cases('read')))"
WRITABLE_CASE = f"({OWN_CASE} OR id IN (SELECT caseflow_granted_cases('write')))"


def of_visible_case(table: str) -> str:
    """Return the condition that the row's case is visible: the policy on `case` decides, inside the sub-select."""
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = {table}.case_id)'


def of_case_visible_to_people(table: str) -> str:
    """Return the condition of what a job that works on cases has no business with: who looked, who was given leave."""
    return f"({JOB} IS NULL AND {of_visible_case(table)})"


def of_writable_case(table: str, condition: str = WRITABLE_CASE) -> str:
    """Return the condition that the actor may change the row's case, and so what hangs on it.

    The bare names in the condition are those of the case: inside the sub-select they mean its columns.
    """
    return f'EXISTS (SELECT FROM "case" WHERE "case".id = {table}.case_id AND {condition})'


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: for which command, which rows may be touched (`using`) and which may come out of it (`check`)."""

    table: str
    command: str
    using: str | None = None
    check: str | None = None
    role: str = "caseflow_app"

    def sql(self) -> str:
        """Return the CREATE POLICY statement."""
        name = f"{self.role.removeprefix('caseflow_')}_{self.command.lower()}"
        parts = [f'CREATE POLICY {name} ON "{self.table}" FOR {self.command} TO {self.role}']
        if self.using is not None:
            parts.append(f"USING ({self.using})")
        if self.check is not None:
            parts.append(f"WITH CHECK ({self.check})")
        return " ".join(parts)


def children_of_case(*tables: str, condition: str = WRITABLE_CASE) -> list[Policy]:
    """Return the four policies of tables whose rows belong to a case and are worked on by whom the condition lets."""
    policies = []
    for table in tables:
        visible, writable = of_visible_case(table), of_writable_case(table, condition)
        policies += [
            Policy(table, "SELECT", visible),
            Policy(table, "INSERT", check=writable),
            Policy(table, "UPDATE", writable, writable),
            Policy(table, "DELETE", writable),
        ]
    return policies


def written_by_the_job_too(*tables: str) -> list[Policy]:
    """Return the policies of what the nightly job writes, besides the people who work on the case. It deletes nothing."""
    return [
        policy
        if policy.command in {"SELECT", "DELETE"}
        else replace(
            policy,
            using=policy.using and f"{policy.using} OR {REASSESSING}",
            check=f"{policy.check} OR {REASSESSING}",
        )
        for policy in children_of_case(*tables)
    ]


def kept_by_jobs(table: str, *jobs: str, people: str = "false") -> list[Policy]:
    """Return the policies of a table that everybody reads and only named jobs write, and the people of a condition."""
    writers = f"({JOB} IN ({', '.join(repr(job) for job in jobs)}) OR {people})"
    return [
        Policy(table, "SELECT", "true"),
        Policy(table, "SELECT", "true", role="caseflow_guard"),
        Policy(table, "INSERT", check=writers),
        Policy(table, "UPDATE", writers, writers),
    ]


OWN_REMINDER = f"(recipient_id = {ACTOR} AND {of_visible_case('reminder')})"
"""To mark as read what one was told, one need not be allowed to change the case."""
ACCOUNTS = f"{JOB} IN ('accounts', 'accounts.admin')"
POLICIES = [
    Policy("case", "SELECT", f"{VISIBLE_CASE} OR {REASSESSING}"),
    Policy("case", "INSERT", check=f"section_id = {CASE_SECTIONS}"),
    # The job may lock a row that it assesses (that needs USING), and change none of it (that needs the CHECK).
    Policy("case", "UPDATE", f"{WRITABLE_CASE} OR {REASSESSING}", WRITABLE_CASE),
    Policy("case_counter", "SELECT", f"section_id = {CASE_SECTIONS}"),
    Policy("case_counter", "INSERT", check=f"section_id = {CASE_SECTIONS}"),
    Policy("case_counter", "UPDATE", f"section_id = {CASE_SECTIONS}", f"section_id = {CASE_SECTIONS}"),
    *children_of_case("claim", "act", "domestic_remedy", "other_procedure"),
    *written_by_the_job_too("deadline", "assessment"),
    # Who was given leave can't give it on: only people of the case's own section give and take it.
    Policy("case_grant", "SELECT", of_case_visible_to_people("case_grant")),
    *[policy for policy in children_of_case("case_grant", condition=OWN_CASE) if policy.command != "SELECT"],
    Policy("case_view", "SELECT", of_case_visible_to_people("case_view")),
    Policy("case_view", "INSERT", check=f"user_id = {ACTOR} AND {of_visible_case('case_view')}"),
    Policy(
        "reminder",
        "SELECT",
        f"{JOB} IN ('deadlines.remind', 'watch') OR {IS_ADMINISTRATOR} OR {of_visible_case('reminder')}",
    ),
    Policy(
        "reminder", "INSERT", check=f"{JOB} = 'deadlines.remind' OR {of_writable_case('reminder')} OR {REASSESSING}"
    ),
    Policy(
        "reminder",
        "UPDATE",
        f"{JOB} IN ('deadlines.remind', 'readiness.reassess') OR {OWN_REMINDER} OR {of_writable_case('reminder')}",
        f"{JOB} IN ('deadlines.remind', 'readiness.reassess') OR {OWN_REMINDER} OR {of_writable_case('reminder')}",
    ),
    # What one person said of a deadline: read by all who see the case, written by themselves.
    Policy("deadline_acknowledgement", "SELECT", of_visible_case("deadline_acknowledgement")),
    Policy(
        "deadline_acknowledgement",
        "INSERT",
        check=f"user_id = {ACTOR} AND {of_visible_case('deadline_acknowledgement')}",
    ),
    Policy(
        "deadline_acknowledgement", "UPDATE", f"user_id = {ACTOR} AND {of_visible_case('deadline_acknowledgement')}"
    ),
    # Whoever changes who is told, or when, asks for reminders to be brought in line; the job does it.
    Policy("reminder_sync_request", "SELECT", f"{REASSESSING} OR {JOB} = 'watch' OR {IS_ADMINISTRATOR}"),
    Policy(
        "reminder_sync_request",
        "INSERT",
        check=f"{REASSESSING} OR {JOB} = 'accounts.admin' OR section_id = {CASE_SECTIONS}",
    ),
    Policy("reminder_sync_request", "UPDATE", REASSESSING, REASSESSING),
    Policy("reminder_sync_request", "DELETE", REASSESSING),
    Policy("alarm", "SELECT", f"{REASSESSING} OR {JOB} = 'watch' OR {IS_ADMINISTRATOR}"),
    Policy("alarm", "INSERT", check=REASSESSING),
    Policy(
        "alarm",
        "UPDATE",
        f"{REASSESSING} OR ({IS_ADMINISTRATOR} AND seen_at IS NULL)",
        f"{REASSESSING} OR ({IS_ADMINISTRATOR} AND seen_by_id = {ACTOR})",
    ),
    Policy("section_thresholds", "SELECT", f"{HAS_ANY_ROLE} OR {REASSESSING}"),
    Policy("section_thresholds", "INSERT", check=f"section_id = {CASE_SECTIONS}"),
    Policy("section_thresholds", "UPDATE", f"section_id = {CASE_SECTIONS}"),
    Policy("section_thresholds", "DELETE", f"section_id = {CASE_SECTIONS}"),
    # Mails hold nothing of a case: who, when, and whether it went.
    Policy("mail", "SELECT", f"{JOB} IN ('deadlines.remind', 'watch') OR {IS_ADMINISTRATOR} OR recipient_id = {ACTOR}"),
    Policy("mail", "INSERT", check=f"{JOB} = 'deadlines.remind' OR (kind = 'test' AND recipient_id = {ACTOR})"),
    Policy("mail", "UPDATE", f"{JOB} = 'deadlines.remind' OR {IS_ADMINISTRATOR}"),
    Policy(
        "mail_bounce", "SELECT", f"{JOB} IN ('deadlines.remind', 'watch') OR {IS_ADMINISTRATOR} OR user_id = {ACTOR}"
    ),
    Policy("mail_bounce", "INSERT", check=f"{JOB} = 'deadlines.remind'"),
    Policy("mail_bounce", "UPDATE", IS_ADMINISTRATOR),
    Policy(
        "reminder_setting",
        "SELECT",
        f"{JOB} IN ('deadlines.remind', 'watch') OR {IS_ADMINISTRATOR} OR user_id = {ACTOR}",
    ),
    Policy("reminder_setting", "UPDATE", f"{JOB} = 'deadlines.remind' OR user_id = {ACTOR}"),
    Policy("reminder_setting", "INSERT", check="true", role="caseflow_guard"),
    Policy("reminder_setting", "SELECT", "true", role="caseflow_guard"),
    Policy("reminder_setting", "UPDATE", "true", role="caseflow_guard"),
    # Who is away is known to colleagues: they ask themselves why nothing moves.
    Policy(
        "absence",
        "SELECT",
        f"user_id = {ACTOR} OR substitute_id = {ACTOR} OR user_id IN (SELECT caseflow_colleagues())",
    ),
    Policy(
        "absence",
        "INSERT",
        check=f"user_id = {ACTOR} OR ({IS_COORDINATOR} AND user_id IN (SELECT caseflow_colleagues()))",
    ),
    Policy(
        "absence", "DELETE", f"user_id = {ACTOR} OR ({IS_COORDINATOR} AND user_id IN (SELECT caseflow_colleagues()))"
    ),
    # The address of a calendar is its key: the job that answers it finds the person by it.
    Policy("calendar_feed", "SELECT", f"{JOB} = 'calendar' OR user_id = {ACTOR}"),
    Policy("calendar_feed", "INSERT", check=f"user_id = {ACTOR}"),
    Policy("calendar_feed", "UPDATE", f"{JOB} = 'calendar' OR user_id = {ACTOR}"),
    Policy(
        "audit_entry",
        "SELECT",
        f"{JOB} = 'audit.verify' OR section_id = ANY ((SELECT caseflow_audit_sections())::uuid[]) "
        f"OR (case_id IS NOT NULL AND {of_case_visible_to_people('audit_entry')})",
    ),
    Policy(
        "audit_entry",
        "INSERT",
        # Nobody writes into the trail of a section or a case that is none of theirs; a job names itself.
        check=f"actor_id IS NOT DISTINCT FROM {ACTOR} AND job = coalesce({JOB}, '') AND (job <> '' OR ("
        f"actor_id IS NOT NULL AND CASE WHEN case_id IS NULL THEN section_id = {MEMBER_SECTIONS} "
        f"OR section_id = {REPORT_SECTIONS} ELSE {of_visible_case('audit_entry')} END))",
    ),
    Policy(
        "audit_chain",
        "SELECT",
        f"{JOB} = 'audit.verify' OR section_id = ANY ((SELECT caseflow_audit_sections())::uuid[])",
    ),
    Policy(
        "app_user",
        "SELECT",
        f"{ACCOUNTS} OR id = {ACTOR} OR {IS_ADMINISTRATOR} OR {IS_AUDITOR} OR id IN (SELECT caseflow_colleagues())",
    ),
    Policy("app_user", "INSERT", check=f"{JOB} = 'accounts.admin'"),
    Policy("app_user", "UPDATE", f"{ACCOUNTS} OR id = {ACTOR}"),
    Policy(
        "membership",
        "SELECT",
        f"{ACCOUNTS} OR user_id = {ACTOR} OR {IS_ADMINISTRATOR} OR {IS_AUDITOR} OR section_id = {MEMBER_SECTIONS}",
    ),
    Policy("membership", "INSERT", check=f"{JOB} = 'accounts.admin'"),
    Policy("membership", "UPDATE", f"{JOB} = 'accounts.admin'"),
    Policy("user_session", "SELECT", f"{ACCOUNTS} OR user_id = {ACTOR}"),
    Policy("user_session", "INSERT", check=f"{ACCOUNTS}"),
    Policy("user_session", "UPDATE", f"{ACCOUNTS} OR user_id = {ACTOR}"),
    # What holds no case: read by all, written by the jobs that keep it.
    *kept_by_jobs("section", "accounts.admin"),
    *kept_by_jobs("state", "accounts.admin", people=IS_ADMINISTRATOR),
    *kept_by_jobs("treaty_acceptance", "accounts.admin", people=IS_ADMINISTRATOR),
    *kept_by_jobs("remedy_map", "accounts.admin", people=f"{IS_COORDINATOR} OR {IS_ADMINISTRATOR}"),
    *kept_by_jobs("remedy_map_step", "accounts.admin", people=f"{IS_COORDINATOR} OR {IS_ADMINISTRATOR}"),
    Policy("remedy_map_step", "DELETE", f"{JOB} = 'accounts.admin' OR {IS_COORDINATOR} OR {IS_ADMINISTRATOR}"),
    # Who changed the register is shown to who has a role, and not to the public page.
    Policy("register_change", "SELECT", f"{HAS_ANY_ROLE} OR {JOB} = 'accounts.admin'"),
    Policy(
        "register_change",
        "INSERT",
        check=f"{JOB} = 'accounts.admin' OR (actor_id = {ACTOR} AND ({IS_COORDINATOR} OR {IS_ADMINISTRATOR}))",
    ),
    *kept_by_jobs("vocabulary_term", "accounts.admin"),
    *kept_by_jobs("heartbeat", "watch", "deadlines.remind"),
    Policy("reassessment_run", "SELECT", f"{REASSESSING} OR {IS_ADMINISTRATOR}"),
    Policy("reassessment_run", "INSERT", check=REASSESSING),
    Policy("reassessment_run", "UPDATE", REASSESSING, REASSESSING),
    Policy("sign_in_delay", "ALL", f"{JOB} = 'accounts'", f"{JOB} = 'accounts'"),
    # What the functions behind the policies may read.
    Policy("membership", "SELECT", "true", role="caseflow_guard"),
    Policy("case", "SELECT", "true", role="caseflow_guard"),
    Policy("case_grant", "SELECT", "true", role="caseflow_guard"),
    Policy("audit_chain", "ALL", "true", "true", role="caseflow_guard"),
    # What the counting functions may read: the cases of sections whose counts the actor may see. In a section whose cases
    # the actor sees too, just those: or the difference between the number and the list would betray a sealed case.
    Policy(
        "case",
        "SELECT",
        f"section_id = {REPORT_SECTIONS} AND (NOT section_id = {CASE_SECTIONS} OR {VISIBLE_CASE})",
        role="caseflow_counter",
    ),
    Policy("act", "SELECT", of_visible_case("act"), role="caseflow_counter"),
    Policy("domestic_remedy", "SELECT", of_visible_case("domestic_remedy"), role="caseflow_counter"),
]
GUARDED = sorted({policy.table for policy in POLICIES})

OPEN_TABLES = ("section", "state", "vocabulary_term", "heartbeat", "treaty_acceptance", "remedy_map", "remedy_map_step")
"""Tables without case data that can be read without an actor."""

GRANTS = [
    # Of a case all may be changed but which case of which section it is: a transfer will be an act of its own (L14).
    'REVOKE UPDATE ON "case" FROM caseflow_app',
    "DO $body$ BEGIN EXECUTE (SELECT 'GRANT UPDATE (' || string_agg(quote_ident(attname), ', ') || ') ON \"case\" TO caseflow_app' "
    "FROM pg_attribute WHERE attrelid = '\"case\"'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' "
    "AND attname NOT IN ('id', 'section_id', 'year', 'number', 'reference', 'created_at')); END $body$",
    'GRANT SELECT, INSERT ON "case" TO caseflow_app',
    "GRANT SELECT, INSERT, UPDATE ON case_counter, reminder, app_user, membership, user_session TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE ON deadline_acknowledgement, mail, calendar_feed TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON section_thresholds TO caseflow_app",
    "GRANT SELECT, INSERT, DELETE ON absence TO caseflow_app",
    "GRANT SELECT, INSERT ON mail_bounce TO caseflow_app",
    "GRANT UPDATE (cleared_at) ON mail_bounce TO caseflow_app",
    "GRANT SELECT, UPDATE ON reminder_setting TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE ON reminder_setting TO caseflow_guard",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON claim, act, domestic_remedy, other_procedure, deadline, case_grant TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE ON reassessment_run, alarm TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON reminder_sync_request TO caseflow_app",
    # What was answered stays as it was answered: only that it was found again, replaced or seen is noted.
    "REVOKE UPDATE ON assessment FROM caseflow_app",
    "GRANT UPDATE (is_current, confirmed_on, ruleset, data, seen_at) ON assessment TO caseflow_app",
    "GRANT SELECT, INSERT ON assessment TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE ON treaty_acceptance, remedy_map TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON remedy_map_step TO caseflow_app",
    "GRANT SELECT, INSERT ON case_view, audit_entry, register_change TO caseflow_app",
    "GRANT SELECT ON audit_chain TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE ON section, state, vocabulary_term, heartbeat TO caseflow_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_delay TO caseflow_app",
    "GRANT SELECT ON alembic_version TO caseflow_app",
    "GRANT SELECT ON membership, case_grant, section TO caseflow_guard",
    'GRANT SELECT (id, section_id, confidentiality, owner_id) ON "case" TO caseflow_guard',
    "GRANT SELECT, INSERT, UPDATE ON audit_chain TO caseflow_guard",
    'GRANT SELECT ON "case" TO caseflow_counter',
    "GRANT SELECT (case_id, is_continuing) ON act TO caseflow_counter",
    "GRANT SELECT (case_id, is_used, decided, outcome) ON domestic_remedy TO caseflow_counter",
]


def install(connection: Connection) -> None:
    """Install functions, policies and rights anew. Run as `caseflow_owner`, inside the migration's transaction."""
    old = connection.execute(text("SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'public'")).all()
    for name, table in old:
        connection.execute(text(f'DROP POLICY {name} ON "{table}"'))
    for statement in (*GUARD_FUNCTIONS, *COUNTER_FUNCTIONS, *AUDIT_TRIGGER, *REMINDER_SETTING_TRIGGERS):
        connection.exec_driver_sql(statement)
    for table in GUARDED:
        connection.execute(text(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'))
        connection.execute(text(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'))
    for policy in POLICIES:
        connection.exec_driver_sql(policy.sql())
    for grant in GRANTS:
        connection.execute(text(grant))
