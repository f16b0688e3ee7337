-- Who acts. The settings `caseflow.user` and `caseflow.job` can be written by anybody who can send SQL, so neither is believed:
-- a person is believed with a signature that only the functions below can make, a job if the role that signed in may act as it
-- (decision 22). Policies ask for both; none of these functions raises an error that depends on a setting (decision 23).

-- The key of the signatures. STABLE, so that it is read when it is needed and never a constant of a plan: whoever sends SQL can
-- have the plans of all functions shown (`debug_print_plan`). Its only caller is `caseflow_signature`.
CREATE FUNCTION caseflow_signing_key() RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$ BEGIN RETURN (SELECT key FROM signing_key); END $body$;
REVOKE ALL ON FUNCTION caseflow_signing_key FROM PUBLIC;
ALTER FUNCTION caseflow_signing_key OWNER TO caseflow_guard;

-- The signature of a person, given as text, as the actor of this transaction of this connection: worth nothing in any other. The
-- variable with the key is used in an expression only: a query with it could have a plan that shows it.
CREATE FUNCTION caseflow_signature(who text) RETURNS text
LANGUAGE plpgsql STABLE
AS $body$
DECLARE key bytea := caseflow_signing_key();
BEGIN
  RETURN encode(sha256(
    key || convert_to(who, 'UTF8') || int4send(pg_backend_pid()) || timestamptz_send(now()) || key
  ), 'hex');
END
$body$;
REVOKE ALL ON FUNCTION caseflow_signature FROM PUBLIC;
ALTER FUNCTION caseflow_signature OWNER TO caseflow_guard;

-- The acting person; null without one, or with a signature that is not ours. It raises no error, whatever the setting holds:
-- policies ask it, and an error would tell that there was a row to ask about.
CREATE OR REPLACE FUNCTION caseflow_actor() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
DECLARE signed text := current_setting('caseflow.user', true);
BEGIN
  IF signed IS NULL OR signed = '' THEN RETURN NULL; END IF;
  IF substr(signed, 38) = caseflow_signature(left(signed, 36)) THEN RETURN left(signed, 36)::uuid; END IF;
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
  PERFORM set_config('caseflow.job', '', true), set_config('caseflow.user', who::text || ':' || caseflow_signature(who::text), true);
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

-- Whether the role that signed in may act as a job. A job that is not named here is nobody's.
CREATE FUNCTION caseflow_may_act_as(job text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  RETURN job IN ('accounts', 'register', 'status')
    OR (job IN ('accounts.admin', 'audit.verify', 'deadlines.remind', 'dossier.build', 'evidence.check', 'evidence.copy', 'keys.rotate', 'readiness.reassess')
      AND pg_has_role(caseflow_login(), 'caseflow_command', 'MEMBER'))
    OR (job IN ('deadlines.remind', 'dossier.build', 'evidence.check', 'evidence.copy', 'readiness.reassess', 'watch') AND pg_has_role(caseflow_login(), 'caseflow_worker', 'MEMBER'));
END
$body$;
REVOKE ALL ON FUNCTION caseflow_may_act_as FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_may_act_as TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_may_act_as OWNER TO caseflow_guard;

-- Make a job the actor of this transaction. A job that the role may not act as is an error here, and only here.
CREATE FUNCTION caseflow_take_job(job text) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $body$
BEGIN
  IF caseflow_may_act_as(job) IS NOT TRUE THEN
    RAISE insufficient_privilege USING MESSAGE = format('%s may not act as the job %s', current_user, job);
  END IF;
  PERFORM set_config('caseflow.user', '', true), set_config('caseflow.job', job, true);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_take_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_take_job TO caseflow_app;
ALTER FUNCTION caseflow_take_job OWNER TO caseflow_guard;

-- The job that acts; null if none does, or one that the role may not act as. It raises no error, for the same reason as
-- `caseflow_actor`.
CREATE OR REPLACE FUNCTION caseflow_job() RETURNS text
LANGUAGE sql STABLE
AS $body$
  SELECT CASE WHEN nullif(current_setting('caseflow.job', true), '') IS NOT NULL
    AND caseflow_may_act_as(current_setting('caseflow.job', true)) THEN current_setting('caseflow.job', true) END
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
