-- The coordinators of a section: recipients where nobody is responsible, or once a deadline has passed. Only ids, so that
-- actors who are no members may ask too.
CREATE FUNCTION caseflow_coordinators(wanted uuid) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  SELECT DISTINCT user_id
  FROM membership
  WHERE section_id = wanted AND ended_at IS NULL AND role IN ('section_coordinator', 'coalition_coordinator');
END
$body$;
REVOKE ALL ON FUNCTION caseflow_coordinators FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_coordinators TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_coordinators OWNER TO caseflow_guard;

-- Who works on cases of a section, and who of them coordinates it: what somebody leaves behind goes to the queue of the
-- section. Only ids, and asked while a case is changed or assessed, also by actors who are no members.
CREATE FUNCTION caseflow_staff(wanted uuid) RETURNS TABLE (user_id uuid, is_coordinator boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  SELECT user_id, bool_or(role IN ('section_coordinator', 'coalition_coordinator'))
  FROM membership
  WHERE section_id = wanted AND ended_at IS NULL
    AND role IN ('caseworker', 'section_coordinator', 'coalition_coordinator')
  GROUP BY user_id;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_staff FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_staff TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_staff OWNER TO caseflow_guard;
