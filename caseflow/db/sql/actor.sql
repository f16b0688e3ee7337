-- The acting person and the named job, as UnitOfWork sets them for the transaction.
CREATE OR REPLACE FUNCTION caseflow_actor() RETURNS uuid
LANGUAGE sql STABLE
AS $body$ SELECT nullif(current_setting('caseflow.user', true), '')::uuid $body$;

CREATE OR REPLACE FUNCTION caseflow_job() RETURNS text
LANGUAGE sql STABLE
AS $body$ SELECT nullif(current_setting('caseflow.job', true), '') $body$;

-- Whether the actor has a role in any section.
CREATE FUNCTION caseflow_has_role(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN (
  SELECT EXISTS (SELECT FROM membership WHERE user_id = caseflow_actor() AND ended_at IS NULL AND role = wanted)
); END
$body$;
REVOKE ALL ON FUNCTION caseflow_has_role FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_has_role TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_has_role OWNER TO caseflow_guard;
