-- How the sections of the coalition do, for coalition coordinators, who may not see their cases: how many open cases there are,
-- and in how many of them something is due that cannot be undone within 30 days, something is overdue, the communication could be
-- filed, nobody owns the case, or an act is threatened; and whether in any of them what cannot be undone within 7 days has not been
-- acknowledged. Cases are counted, each once. The owner's policies leave out sealed cases that the actor does not see (decision 4).
CREATE FUNCTION caseflow_section_numbers(at timestamptz)
RETURNS TABLE (section uuid, open bigint, irreversible bigint, overdue bigint, fileable bigint, unowned bigint, emergencies bigint,
  is_unseen boolean)
LANGUAGE plpgsql STABLE ROWS 20 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE mine uuid[] := caseflow_report_sections();
BEGIN
  IF caseflow_has_role('coalition_coordinator') IS NOT TRUE THEN RETURN; END IF;
  RETURN QUERY
  WITH own AS MATERIALIZED (
    SELECT c.id, c.section_id, c.stage, c.urgency, c.owner_id, ($1 AT TIME ZONE s.time_zone)::date AS today
    FROM "case" c
    JOIN section s ON s.id = c.section_id
    WHERE c.section_id = ANY (mine) AND c.stage NOT IN ('closed', 'closed_without_filing', 'withdrawn', 'referred')
  ), due AS (
    SELECT o.id,
      bool_or(d.is_hard AND d.due_on BETWEEN o.today AND o.today + 30) AS is_irreversible,
      bool_or(d.due_on < o.today) AS is_overdue,
      bool_or(d.kind = 'one_year' AND d.due_on >= o.today) AS has_year,
      bool_or(d.kind = 'threatened_act') AS is_threatened,
      bool_or(d.is_hard AND d.due_on BETWEEN o.today AND o.today + 6 AND NOT EXISTS (
        SELECT FROM deadline_acknowledgement a WHERE a.deadline_id = d.id AND a.acknowledged_for = d.due_on)) AS is_unseen
    FROM own o
    JOIN (
      SELECT id, case_id, kind, due_on, kind IN ('one_year', 'next_domestic_step', 'threatened_act', 'committee_request') AS is_hard
      FROM deadline WHERE done_at IS NULL
    ) d ON d.case_id = o.id
    GROUP BY o.id
  )
  SELECT o.section_id, count(*),
    count(*) FILTER (WHERE due.is_irreversible),
    count(*) FILTER (WHERE due.is_overdue),
    count(*) FILTER (WHERE due.has_year
      AND o.stage IN ('intake', 'verification', 'domestic_remedies', 'readiness_review', 'approved')
      AND EXISTS (SELECT FROM assessment x WHERE x.case_id = o.id AND x.is_current AND x.outlook NOT IN ('barred', 'premature'))),
    count(*) FILTER (WHERE NOT EXISTS (
      SELECT FROM membership m WHERE m.user_id = o.owner_id AND m.section_id = o.section_id AND m.ended_at IS NULL
        AND m.role IN ('caseworker', 'section_coordinator', 'coalition_coordinator'))),
    count(*) FILTER (WHERE due.is_threatened OR o.urgency = 'emergency'),
    coalesce(bool_or(due.is_unseen), false)
  FROM own o
  LEFT JOIN due ON due.id = o.id
  GROUP BY o.section_id;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_section_numbers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_section_numbers TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_section_numbers OWNER TO caseflow_counter;

-- When a coordinator of each section signed in last, for coalition coordinators.
CREATE FUNCTION caseflow_coordinators_signed_in() RETURNS TABLE (section uuid, at timestamptz)
LANGUAGE plpgsql STABLE ROWS 20 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE mine uuid[] := caseflow_report_sections();
BEGIN
  IF caseflow_has_role('coalition_coordinator') IS NOT TRUE THEN RETURN; END IF;
  RETURN QUERY
  SELECT m.section_id, max(s.created_at)
  FROM membership m
  JOIN user_session s ON s.user_id = m.user_id
  WHERE m.section_id = ANY (mine) AND m.ended_at IS NULL AND m.role IN ('section_coordinator', 'coalition_coordinator')
  GROUP BY m.section_id;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_coordinators_signed_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_coordinators_signed_in TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_coordinators_signed_in OWNER TO caseflow_guard;
