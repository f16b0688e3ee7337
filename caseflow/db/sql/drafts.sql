-- Erases the drafts of a person whose account is closed, for whoever manages accounts: their rows are not visible to them.
CREATE FUNCTION caseflow_erase_drafts(wanted uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  IF caseflow_job() IS DISTINCT FROM 'accounts.admin' THEN RETURN; END IF;
  DELETE FROM draft d WHERE d.user_id = wanted;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_erase_drafts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_erase_drafts TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_erase_drafts OWNER TO caseflow_guard;
