-- The people who share a section with the actor, the actor included.
CREATE FUNCTION caseflow_colleagues() RETURNS SETOF uuid ROWS 100
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  SELECT DISTINCT theirs.user_id
  FROM membership mine
  JOIN membership theirs ON theirs.section_id = mine.section_id
  WHERE mine.user_id = caseflow_actor() AND mine.ended_at IS NULL;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_colleagues FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_colleagues TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_colleagues OWNER TO caseflow_guard;
