-- Whether the actor may ask who works in a section: its members, people to whom a case of it is shared, and the jobs that
-- plan reminders or manage accounts. Others would learn how many people a section has.
CREATE FUNCTION caseflow_knows_staff(wanted uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
AS $body$
#variable_conflict use_column
BEGIN
  RETURN caseflow_job() IN ('deadlines.remind', 'readiness.reassess', 'accounts.admin')
    OR wanted = ANY (caseflow_member_sections())
    OR EXISTS (SELECT FROM "case" c WHERE c.section_id = wanted AND c.id IN (SELECT caseflow_granted_cases('read')));
END
$body$;
REVOKE ALL ON FUNCTION caseflow_knows_staff FROM PUBLIC;
ALTER FUNCTION caseflow_knows_staff OWNER TO caseflow_guard;

-- The coordinators of a section: recipients where nobody is responsible, or once a deadline has passed. Only ids.
CREATE FUNCTION caseflow_coordinators(wanted uuid) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  IF caseflow_knows_staff(wanted) IS NOT TRUE THEN RETURN; END IF;
  RETURN QUERY
  SELECT DISTINCT user_id
  FROM membership
  WHERE section_id = wanted AND ended_at IS NULL AND role IN ('section_coordinator', 'coalition_coordinator');
END
$body$;
REVOKE ALL ON FUNCTION caseflow_coordinators FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_coordinators TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_coordinators OWNER TO caseflow_guard;

-- Who works on cases of a section, and who of them coordinates it: what somebody leaves behind goes to the queue of the
-- section. Only ids, and asked while a case is changed or assessed.
CREATE FUNCTION caseflow_staff(wanted uuid) RETURNS TABLE (user_id uuid, is_coordinator boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  IF caseflow_knows_staff(wanted) IS NOT TRUE THEN RETURN; END IF;
  RETURN QUERY
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
