-- The cases that somebody owns, for whoever manages accounts: only numbers, by section, by whether they are open and sealed.
CREATE FUNCTION caseflow_owned_cases(wanted uuid) RETURNS TABLE (section_id uuid, is_open boolean, is_sealed boolean, cases bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  IF caseflow_job() IS DISTINCT FROM 'accounts.admin' THEN RETURN; END IF;
  RETURN QUERY
  SELECT c.section_id, c.stage NOT IN ('closed', 'closed_without_filing', 'withdrawn', 'referred'), c.confidentiality = 'sealed', count(*)
  FROM "case" c
  WHERE c.owner_id = wanted
  GROUP BY 1, 2, 3;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_owned_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_owned_cases TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_owned_cases OWNER TO caseflow_guard;

-- Makes one person the owner of another's cases in a section, and gives their ids. Only somebody who works there gets them.
CREATE FUNCTION caseflow_hand_over(giver uuid, taker uuid, wanted uuid, with_sealed boolean) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  IF caseflow_job() IS DISTINCT FROM 'accounts.admin'
    OR NOT EXISTS (SELECT FROM caseflow_staff(wanted) AS staff WHERE staff.user_id = taker) THEN RETURN; END IF;
  RETURN QUERY
  UPDATE "case" SET owner_id = taker, version = version + 1
  WHERE owner_id = giver AND section_id = wanted AND (with_sealed OR confidentiality <> 'sealed')
  RETURNING id;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_hand_over FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_hand_over TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_hand_over OWNER TO caseflow_guard;

-- Ends what was shared with a person by name, or it would come back with their next role. Gives the grants with their cases.
CREATE FUNCTION caseflow_end_grants(wanted uuid) RETURNS TABLE (grant_id uuid, case_id uuid, section_id uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  IF caseflow_job() IS DISTINCT FROM 'accounts.admin' THEN RETURN; END IF;
  RETURN QUERY
  UPDATE case_grant g SET ends_on = current_date - 1
  FROM "case" c
  WHERE c.id = g.case_id AND g.user_id = wanted AND (g.ends_on IS NULL OR g.ends_on >= current_date)
  RETURNING g.id, g.case_id, c.section_id;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_end_grants FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_end_grants TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_end_grants OWNER TO caseflow_guard;

-- The section of a case, for whoever manages accounts and records there what changed owner: its rows are not visible to them.
CREATE FUNCTION caseflow_section_of_case(wanted uuid) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  IF caseflow_job() IS DISTINCT FROM 'accounts.admin' THEN RETURN NULL; END IF;
  RETURN (SELECT c.section_id FROM "case" c WHERE c.id = wanted);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_section_of_case FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_section_of_case TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_section_of_case OWNER TO caseflow_guard;
