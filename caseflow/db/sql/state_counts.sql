-- How many open cases against some States would become receivable if the State joined, each case once, by the surest
-- reason: a continuing act, a remedy still awaited, or facts that are past.
CREATE FUNCTION caseflow_state_counts(wanted text[]) RETURNS TABLE (state text, facts text, cases bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE mine uuid[] := caseflow_report_sections();
BEGIN RETURN QUERY
  SELECT c.state_code::text,
    CASE
      WHEN EXISTS (SELECT FROM act a WHERE a.case_id = c.id AND a.is_continuing) THEN 'continuing'
      WHEN EXISTS (
        SELECT FROM domestic_remedy r
        WHERE r.case_id = c.id AND r.is_used AND r.decided IS NULL AND coalesce(r.outcome, 'pending') = 'pending'
      ) THEN 'awaited'
      ELSE 'past'
    END,
    count(*)
  FROM "case" c
  WHERE c.section_id = ANY (mine) AND c.state_code = ANY (wanted)
    AND c.stage NOT IN ('closed', 'withdrawn', 'closed_without_filing')
  GROUP BY 1, 2;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_state_counts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_state_counts TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_state_counts OWNER TO caseflow_counter;
