-- What auditors may know of the cases of the sections whose trail they read: the reference of those named by id, or of the one with
-- a reference. Nothing else of a case.
CREATE FUNCTION caseflow_audited_cases(ids uuid[], wanted text) RETURNS TABLE (id uuid, reference text)
LANGUAGE plpgsql STABLE ROWS 50 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE mine uuid[] := caseflow_audit_sections();
BEGIN RETURN QUERY
  SELECT c.id, c.reference::text FROM "case" c WHERE c.section_id = ANY (mine) AND c.id = ANY ($1)
  UNION
  SELECT c.id, c.reference::text FROM "case" c WHERE c.section_id = ANY (mine) AND c.reference = $2;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_audited_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_audited_cases TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_audited_cases OWNER TO caseflow_guard;

-- Who opened a case of these sections on which day, the latest first.
CREATE FUNCTION caseflow_audited_views(wanted uuid, most integer) RETURNS TABLE (person uuid, viewed_on date)
LANGUAGE plpgsql STABLE ROWS 50 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE mine uuid[] := caseflow_audit_sections();
BEGIN RETURN QUERY
  SELECT v.user_id, v.viewed_on
  FROM case_view v
  JOIN "case" c ON c.id = v.case_id
  WHERE v.case_id = $1 AND c.section_id = ANY (mine)
  ORDER BY v.viewed_on DESC, v.user_id
  LIMIT $2;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_audited_views FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_audited_views TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_audited_views OWNER TO caseflow_guard;
