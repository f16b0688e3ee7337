"""The functions that policies and counts call. Each runs as a role of its own with a fixed search path.

They are STABLE and called as scalar sub-selects, so PostgreSQL runs each once per statement, not once per row. They are
written in PL/pgSQL because that keeps the plan of its query for the life of the connection; a function in SQL with
SECURITY DEFINER is planned anew at every call (0.15 to 0.8 ms each, several in every statement).
"""


def _guard(
    signature: str, returns: str, query: str, *, begin: str = "", owner: str = "caseflow_guard"
) -> tuple[str, ...]:
    """Return the statements that create a SECURITY DEFINER function owned by a role that can't sign in.

    It returns what `query` gives; `begin` are declarations and statements before it. Names of columns go before names
    of results where both are meant by one word. ROWS in `returns` is how many the planner reckons with (else a thousand).
    """
    name = signature.partition("(")[0]
    give = f"RETURN QUERY {query};" if returns.startswith(("SETOF", "TABLE")) else f"RETURN ({query});"
    return (
        f"DROP FUNCTION IF EXISTS {signature}",
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE plpgsql STABLE SECURITY DEFINER "
        f"SET search_path = pg_catalog, public, pg_temp AS $body$\n#variable_conflict use_column\n"
        f"{begin or 'BEGIN'} {give} END $body$",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name} TO caseflow_app, caseflow_guard, caseflow_counter",
        f"ALTER FUNCTION {name} OWNER TO {owner}",
    )


def _sections_with(roles: str) -> str:
    return (
        "SELECT coalesce(array_agg(DISTINCT section_id), '{}') FROM membership "  # noqa: S608 - text of ours
        f"WHERE user_id = caseflow_actor() AND ended_at IS NULL AND role IN ({roles})"
    )


_WORKING = "'caseworker', 'section_coordinator', 'coalition_coordinator'"
GUARD_FUNCTIONS = (
    "CREATE OR REPLACE FUNCTION caseflow_actor() RETURNS uuid LANGUAGE sql STABLE "
    "AS $body$ SELECT nullif(current_setting('caseflow.user', true), '')::uuid $body$",
    "CREATE OR REPLACE FUNCTION caseflow_job() RETURNS text LANGUAGE sql STABLE "
    "AS $body$ SELECT nullif(current_setting('caseflow.job', true), '') $body$",
    *_guard(
        "caseflow_has_role(wanted text)",
        "boolean",
        "SELECT EXISTS (SELECT FROM membership WHERE user_id = caseflow_actor() AND ended_at IS NULL AND role = wanted)",
    ),
    *_guard(
        "caseflow_member_sections()",
        "uuid[]",
        "SELECT coalesce(array_agg(DISTINCT section_id), '{}') FROM membership WHERE user_id = caseflow_actor() AND ended_at IS NULL",
    ),
    *_guard(
        "caseflow_case_sections()",
        "uuid[]",
        _sections_with(_WORKING),
    ),
    *_guard(
        "caseflow_report_sections()",
        "uuid[]",
        "SELECT coalesce(array_agg(DISTINCT s.id), '{}') FROM membership m JOIN section s "
        "ON s.id = m.section_id OR (m.role = 'coalition_coordinator' AND s.kind = 'section') "
        "WHERE m.user_id = caseflow_actor() AND m.ended_at IS NULL "
        "AND m.role IN ('caseworker', 'section_coordinator', 'section_reporter', 'coalition_coordinator')",
    ),
    *_guard(
        "caseflow_audit_sections()",
        "uuid[]",
        "SELECT coalesce(array_agg(DISTINCT s.id), '{}') FROM membership m JOIN section own ON own.id = m.section_id "
        "JOIN section s ON s.id = own.id OR own.kind = 'secretariat' "
        "WHERE m.user_id = caseflow_actor() AND m.ended_at IS NULL AND m.role = 'auditor'",
    ),
    *_guard(
        "caseflow_colleagues()",
        "SETOF uuid ROWS 100",
        "SELECT DISTINCT theirs.user_id FROM membership mine JOIN membership theirs ON theirs.section_id = mine.section_id "
        "WHERE mine.user_id = caseflow_actor() AND mine.ended_at IS NULL",
    ),
    # Who is told when nobody is responsible, or when a deadline has passed: ids only, also for who is no member.
    *_guard(
        "caseflow_coordinators(wanted uuid)",
        "SETOF uuid",
        "SELECT DISTINCT user_id FROM membership WHERE section_id = wanted AND ended_at IS NULL "
        "AND role IN ('section_coordinator', 'coalition_coordinator')",
    ),
    # Who works in a section, and who of them coordinates it: what is left of somebody who left goes to its queue. Ids
    # only, and asked while a case is changed or assessed, also by who is no member.
    *_guard(
        "caseflow_staff(wanted uuid)",
        "TABLE (user_id uuid, is_coordinator boolean)",
        "SELECT user_id, bool_or(role IN ('section_coordinator', 'coalition_coordinator')) FROM membership "  # noqa: S608 - text of ours
        "WHERE section_id = wanted AND ended_at IS NULL "
        f"AND role IN ({_WORKING}) GROUP BY user_id",
    ),
    *_guard(
        "caseflow_granted_cases(wanted text)",
        "SETOF uuid ROWS 100",
        "SELECT g.case_id FROM case_grant g WHERE (g.ends_on IS NULL OR g.ends_on >= current_date) "
        "AND (wanted = 'read' OR g.level = wanted) AND (g.section_id = ANY (mine) OR g.user_id = me)",
        begin="DECLARE mine uuid[] := caseflow_case_sections(); me uuid := caseflow_actor(); "
        "BEGIN IF mine = '{}' THEN RETURN; END IF;",
    ),
    # Which coordinators may be told of a case: of a sealed one those who are named. Asked by the jobs that plan and send,
    # and by who sees the case.
    *_guard(
        "caseflow_heirs(wanted uuid)",
        "SETOF uuid ROWS 3",
        'SELECT coordinator.id FROM "case" c CROSS JOIN LATERAL caseflow_coordinators(c.section_id) AS coordinator (id) '  # noqa: S608 - text of ours
        "WHERE c.id = wanted AND (caseflow_job() IN ('deadlines.remind', 'readiness.reassess') "
        "OR (c.section_id = ANY (caseflow_case_sections()) AND (c.confidentiality <> 'sealed' OR c.owner_id = caseflow_actor())) "
        "OR c.id IN (SELECT caseflow_granted_cases('read'))) "
        "AND (c.confidentiality <> 'sealed' OR c.owner_id = coordinator.id OR EXISTS (SELECT FROM case_grant g "
        "WHERE g.case_id = c.id AND (g.ends_on IS NULL OR g.ends_on >= current_date) AND (g.user_id = coordinator.id "
        "OR g.section_id IN (SELECT m.section_id FROM membership m WHERE m.user_id = coordinator.id AND m.ended_at IS NULL "
        f"AND m.role IN ({_WORKING})))))",
    ),
)

_CASE_COUNTS = _guard(
    "caseflow_case_counts(wanted uuid, first_day date, last_day date)",
    "TABLE (dimension text, code text, cases bigint)",
    # A case without rights stands under the right ''; nothing else can have that code.
    'WITH chosen AS MATERIALIZED (SELECT id, stage, rights, opened_on FROM "case" '
    "WHERE section_id = wanted AND opened_on BETWEEN first_day AND last_day) "
    "SELECT 'right', r.code::text, count(DISTINCT id) FROM chosen, "
    "unnest(CASE WHEN rights = '{}' THEN ARRAY[''] ELSE rights END) AS r(code) GROUP BY r.code "
    "UNION ALL SELECT 'stage', stage::text, count(*) FROM chosen GROUP BY stage "
    "UNION ALL SELECT 'month', to_char(opened_on, 'YYYY-MM'), count(*) FROM chosen GROUP BY 2 "
    "UNION ALL SELECT 'total', '', count(*) FROM chosen",
    owner="caseflow_counter",
)
_STATE_COUNTS = _guard(
    "caseflow_state_counts(wanted text[])",
    "TABLE (state text, facts text, cases bigint)",
    # Each case once: what would make it receivable if its State joined, the surest first. What has ended counts no more.
    "SELECT c.state_code::text, CASE "
    "WHEN EXISTS (SELECT FROM act a WHERE a.case_id = c.id AND a.is_continuing) THEN 'continuing' "
    "WHEN EXISTS (SELECT FROM domestic_remedy r WHERE r.case_id = c.id AND r.is_used AND r.decided IS NULL "
    "AND coalesce(r.outcome, 'pending') = 'pending') THEN 'awaited' ELSE 'past' END, count(*) "
    'FROM "case" c WHERE c.section_id = ANY (mine) AND c.state_code = ANY (wanted) '
    "AND c.stage NOT IN ('closed', 'withdrawn', 'closed_without_filing') GROUP BY 1, 2",
    begin="DECLARE mine uuid[] := caseflow_report_sections(); BEGIN",
    owner="caseflow_counter",
)
COUNTER_FUNCTIONS = (*_CASE_COUNTS, *_STATE_COUNTS)

_PARTS = (
    "e.id::text",
    "e.section_id::text",
    "e.sequence::text",
    "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
    "coalesce(e.actor_id::text, '-')",
    "e.job",
    "e.action",
    "e.subject",
    "coalesce(e.subject_id::text, '-')",
    "coalesce(e.case_id::text, '-')",
    "e.changes::text",
)
AUDIT_TRIGGER = (
    "DROP TRIGGER IF EXISTS chain ON audit_entry",
    "DROP FUNCTION IF EXISTS caseflow_chain_audit()",
    # Length before each part: no two different rows have the same line. `caseflow.audit` builds it again.
    "CREATE FUNCTION caseflow_chain_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "  # noqa: S608 - text of ours
    "SET search_path = pg_catalog, public, pg_temp AS $body$ "
    "DECLARE head audit_chain; e audit_entry; line text := ''; part text; BEGIN "
    "INSERT INTO audit_chain (section_id, last_sequence, last_hash) "
    "VALUES (NEW.section_id, 0, sha256(convert_to(NEW.section_id::text, 'UTF8'))) ON CONFLICT DO NOTHING; "
    "SELECT * INTO head FROM audit_chain WHERE section_id = NEW.section_id FOR UPDATE; "
    "NEW.sequence := head.last_sequence + 1; NEW.previous_hash := head.last_hash; e := NEW; "
    f"FOREACH part IN ARRAY ARRAY[{', '.join(_PARTS)}] LOOP line := line || octet_length(part) || ':' || part; END LOOP; "
    "NEW.hash := sha256(NEW.previous_hash || convert_to(line, 'UTF8')); "
    "UPDATE audit_chain SET last_sequence = NEW.sequence, last_hash = NEW.hash WHERE section_id = NEW.section_id; "
    "RETURN NEW; END $body$",
    "ALTER FUNCTION caseflow_chain_audit() OWNER TO caseflow_guard",
    "CREATE TRIGGER chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION caseflow_chain_audit()",
)

REMINDER_SETTING_TRIGGERS = (
    "DROP TRIGGER IF EXISTS reminder_setting ON app_user",
    "DROP TRIGGER IF EXISTS reminder_setting ON membership",
    "DROP FUNCTION IF EXISTS caseflow_new_user()",
    "DROP FUNCTION IF EXISTS caseflow_new_member()",
    # Nobody can have an account and no digest; and its hour is that of the section that a person came to first.
    "CREATE FUNCTION caseflow_new_user() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
    "SET search_path = pg_catalog, public, pg_temp AS $body$ BEGIN "
    "INSERT INTO reminder_setting (user_id, next_digest_at) VALUES (NEW.id, NEW.created_at); RETURN NEW; END $body$",
    "CREATE FUNCTION caseflow_new_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
    "SET search_path = pg_catalog, public, pg_temp AS $body$ BEGIN "
    "UPDATE reminder_setting s SET time_zone = section.time_zone FROM section WHERE section.id = NEW.section_id "
    "AND s.user_id = NEW.user_id AND s.time_zone = 'UTC'; RETURN NEW; END $body$",
    "ALTER FUNCTION caseflow_new_user() OWNER TO caseflow_guard",
    "ALTER FUNCTION caseflow_new_member() OWNER TO caseflow_guard",
    "CREATE TRIGGER reminder_setting AFTER INSERT ON app_user FOR EACH ROW EXECUTE FUNCTION caseflow_new_user()",
    "CREATE TRIGGER reminder_setting AFTER INSERT ON membership FOR EACH ROW EXECUTE FUNCTION caseflow_new_member()",
)
