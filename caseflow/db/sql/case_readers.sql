-- Who works on cases and may see a case, of its section or by a grant, and whether they work in its section: those may know what its
-- restricted evidence is. A note mentions only them. Only ids, for people who see the case.
CREATE FUNCTION caseflow_case_readers(wanted uuid) RETURNS TABLE (user_id uuid, is_of_section boolean) ROWS 20
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  IF caseflow_job() IS NOT NULL OR NOT EXISTS (SELECT FROM "case" WHERE id = wanted AND {visible_case}) THEN RETURN; END IF;
  RETURN QUERY
  SELECT m.user_id, bool_or(m.section_id = c.section_id)
  FROM "case" c
  JOIN membership m ON m.ended_at IS NULL AND m.role IN ('caseworker', 'section_coordinator', 'coalition_coordinator')
  WHERE c.id = wanted
  GROUP BY m.user_id
  HAVING bool_or(m.section_id = c.section_id AND (c.confidentiality <> 'sealed' OR c.owner_id = m.user_id))
    OR bool_or(EXISTS (
      SELECT FROM case_grant g
      WHERE g.case_id = c.id
        AND (g.ends_on IS NULL OR g.ends_on >= current_date)
        AND (g.user_id = m.user_id OR g.section_id = m.section_id)));
END
$body$;
REVOKE ALL ON FUNCTION caseflow_case_readers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_case_readers TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_case_readers OWNER TO caseflow_guard;
