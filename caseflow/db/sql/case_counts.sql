-- How many cases of a section were opened in a period: by right, by stage, by month, and in all. A case without rights is
-- counted under the right ''; no right has that code.
CREATE FUNCTION caseflow_case_counts(wanted uuid, first_day date, last_day date) RETURNS TABLE (dimension text, code text, cases bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  WITH chosen AS MATERIALIZED (
    SELECT id, stage, rights, opened_on FROM "case"
    WHERE section_id = wanted AND opened_on BETWEEN first_day AND last_day
  )
  SELECT 'right', r.code::text, count(DISTINCT id)
  FROM chosen, unnest(CASE WHEN rights = '{}' THEN ARRAY[''] ELSE rights END) AS r(code)
  GROUP BY r.code
  UNION ALL
  SELECT 'stage', stage::text, count(*) FROM chosen GROUP BY stage
  UNION ALL
  SELECT 'month', to_char(opened_on, 'YYYY-MM'), count(*) FROM chosen GROUP BY 2
  UNION ALL
  SELECT 'total', '', count(*) FROM chosen;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_case_counts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_case_counts TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_case_counts OWNER TO caseflow_counter;
