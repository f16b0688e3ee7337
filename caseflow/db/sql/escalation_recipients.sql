-- The coordinators who may be notified about a case: for a sealed one only those who own it or have a grant. Asked by the
-- jobs that plan and send reminders, and by actors who see the case.
CREATE FUNCTION caseflow_escalation_recipients(wanted uuid) RETURNS SETOF uuid ROWS 3
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  SELECT coordinator.id
  FROM "case" c
  CROSS JOIN LATERAL caseflow_coordinators(c.section_id) AS coordinator (id)
  WHERE c.id = wanted
    AND (caseflow_job() IN ('deadlines.remind', 'readiness.reassess')
      OR (c.section_id = ANY (caseflow_case_sections()) AND (c.confidentiality <> 'sealed' OR c.owner_id = caseflow_actor()))
      OR c.id IN (SELECT caseflow_granted_cases('read')))
    AND (c.confidentiality <> 'sealed'
      OR c.owner_id = coordinator.id
      OR EXISTS (
        SELECT FROM case_grant g
        WHERE g.case_id = c.id
          AND (g.ends_on IS NULL OR g.ends_on >= current_date)
          AND (g.user_id = coordinator.id
            OR g.section_id IN (
              SELECT m.section_id
              FROM membership m
              WHERE m.user_id = coordinator.id AND m.ended_at IS NULL
                AND m.role IN ('caseworker', 'section_coordinator', 'coalition_coordinator')))));
END
$body$;
REVOKE ALL ON FUNCTION caseflow_escalation_recipients FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_escalation_recipients TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_escalation_recipients OWNER TO caseflow_guard;
