-- The cases that are shared with the actor, or with a section in which the actor works, at a level ('read' is in any).
CREATE FUNCTION caseflow_granted_cases(wanted text) RETURNS SETOF uuid ROWS 100
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE mine uuid[] := caseflow_case_sections(); me uuid := caseflow_actor();
BEGIN
  IF mine = '{}' THEN RETURN; END IF;
  RETURN QUERY
  SELECT g.case_id
  FROM case_grant g
  WHERE (g.ends_on IS NULL OR g.ends_on >= current_date)
    AND (wanted = 'read' OR g.level = wanted)
    AND (g.section_id = ANY (mine) OR g.user_id = me);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_granted_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_granted_cases TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_granted_cases OWNER TO caseflow_guard;
