-- The people of its section who work on cases and may see a case: of a sealed one only its owner and those with a grant. They
-- may be responsible for its deadlines, and be notified by escalation. Only ids; asked by the jobs that plan and send
-- reminders, and by actors who see the case.
CREATE FUNCTION caseflow_case_staff(wanted uuid) RETURNS TABLE (user_id uuid, is_coordinator boolean, is_owner boolean) ROWS 10
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  SELECT person.id, person.coordinates, c.owner_id IS NOT DISTINCT FROM person.id
  FROM "case" c
  CROSS JOIN LATERAL caseflow_staff(c.section_id) AS person (id, coordinates)
  WHERE c.id = wanted AND c.merged_into_id IS NULL
    AND (caseflow_job() IN ('deadlines.remind', 'readiness.reassess')
      OR (c.section_id = ANY (caseflow_case_sections()) AND (c.confidentiality <> 'sealed' OR c.owner_id = caseflow_actor()))
      OR c.id IN (SELECT caseflow_granted_cases('read')))
    AND (c.confidentiality <> 'sealed'
      OR c.owner_id = person.id
      OR EXISTS (
        SELECT FROM case_grant g
        WHERE g.case_id = c.id
          AND (g.ends_on IS NULL OR g.ends_on >= current_date)
          AND (g.user_id = person.id
            OR g.section_id IN (
              SELECT m.section_id
              FROM membership m
              WHERE m.user_id = person.id AND m.ended_at IS NULL
                AND m.role IN ('caseworker', 'section_coordinator', 'coalition_coordinator')))));
END
$body$;
REVOKE ALL ON FUNCTION caseflow_case_staff FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_case_staff TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_case_staff OWNER TO caseflow_guard;
