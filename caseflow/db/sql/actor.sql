-- Who acts. The settings `caseflow.user` and `caseflow.job` can be written by anybody who can send SQL, so neither is believed:
-- a person is believed with a signature that only the functions below can make, a job if the role that signed in may act as it
-- (decision 22).

-- The key of the signatures. IMMUTABLE, so that it is read once for each connection, when the plan of `caseflow_signature` is
-- made; both who signs and who verifies call that one function.
CREATE FUNCTION caseflow_signing_key() RETURNS bytea
LANGUAGE sql IMMUTABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$ SELECT key FROM signing_key $body$;
REVOKE ALL ON FUNCTION caseflow_signing_key FROM PUBLIC;
ALTER FUNCTION caseflow_signing_key OWNER TO caseflow_guard;

-- The signature of a person as the actor of this transaction of this connection: worth nothing in any other.
CREATE FUNCTION caseflow_signature(who uuid) RETURNS text
LANGUAGE plpgsql STABLE
AS $body$
BEGIN
  RETURN encode(sha256(
    caseflow_signing_key() || uuid_send(who) || int4send(pg_backend_pid()) || timestamptz_send(now()) || caseflow_signing_key()
  ), 'hex');
END
$body$;
REVOKE ALL ON FUNCTION caseflow_signature FROM PUBLIC;
ALTER FUNCTION caseflow_signature OWNER TO caseflow_guard;

-- The acting person; null without one, or with a signature that is not ours.
CREATE OR REPLACE FUNCTION caseflow_actor() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
DECLARE signed text := current_setting('caseflow.user', true); who uuid;
BEGIN
  IF signed IS NULL OR signed = '' THEN RETURN NULL; END IF;
  who := left(signed, 36)::uuid;
  IF substr(signed, 38) = caseflow_signature(who) THEN RETURN who; END IF;
  RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_actor FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_actor TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_actor OWNER TO caseflow_guard;

-- Make a person the actor of this transaction, by signing it. Only for functions that found out who it is.
CREATE FUNCTION caseflow_sign(who uuid) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $body$
BEGIN
  PERFORM set_config('caseflow.job', '', true), set_config('caseflow.user', who::text || ':' || caseflow_signature(who), true);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_sign FROM PUBLIC;
ALTER FUNCTION caseflow_sign OWNER TO caseflow_guard;

-- Act as a person without their session: the worker, which asks what its recipient may see, and the command line.
CREATE FUNCTION caseflow_act_as(who uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$ BEGIN PERFORM caseflow_sign(who); END $body$;
REVOKE ALL ON FUNCTION caseflow_act_as FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_act_as TO caseflow_worker, caseflow_command;
ALTER FUNCTION caseflow_act_as OWNER TO caseflow_guard;

-- The role that signed in, or that it took since, inside of functions too that run as their owner.
CREATE FUNCTION caseflow_login() RETURNS name
LANGUAGE sql STABLE
AS $body$ SELECT coalesce(nullif(current_setting('role'), 'none')::name, session_user) $body$;
REVOKE ALL ON FUNCTION caseflow_login FROM PUBLIC;
ALTER FUNCTION caseflow_login OWNER TO caseflow_guard;

-- Which roles may act as a job. A job that is not named here is nobody's.
CREATE FUNCTION caseflow_allowed_job(job text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  IF job IN ('accounts', 'register', 'status')
    OR (job IN ('accounts.admin', 'audit.verify', 'deadlines.remind', 'readiness.reassess')
      AND pg_has_role(caseflow_login(), 'caseflow_command', 'MEMBER'))
    OR (job IN ('deadlines.remind', 'readiness.reassess', 'watch') AND pg_has_role(caseflow_login(), 'caseflow_worker', 'MEMBER'))
  THEN
    RETURN job;
  END IF;
  RAISE insufficient_privilege USING MESSAGE = format('%s may not act as the job %s', caseflow_login(), job);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_allowed_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_allowed_job TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_allowed_job OWNER TO caseflow_guard;

-- The job that acts; null if none does.
CREATE OR REPLACE FUNCTION caseflow_job() RETURNS text
LANGUAGE sql STABLE
AS $body$
  SELECT CASE WHEN nullif(current_setting('caseflow.job', true), '') IS NOT NULL
    THEN caseflow_allowed_job(current_setting('caseflow.job', true)) END
$body$;

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
