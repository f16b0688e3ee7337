-- Signs the transaction in by the token of a session (the token, and not its hash: who finds a hash in the table must not be
-- able to use it): finds whose it is, notes once a minute that it is in use, and makes
-- that person the actor. One round trip instead of a transaction of its own. It gives nothing for a token that is not good. If
-- `noted`, the caller commits at once: ending the session must never wait for a slow page. It commits too if there is nobody: a
-- session that was opened or used while the clock was ahead is ended, or it would be good again when that time comes.
DROP FUNCTION IF EXISTS caseflow_enter(bytea, timestamptz, interval, interval);
CREATE FUNCTION caseflow_enter(token bytea, at timestamptz, idle interval, longest interval)
RETURNS TABLE (user_id uuid, name text, language text, time_zone text, memberships jsonb, noted boolean)
LANGUAGE plpgsql VOLATILE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE
  entered record;
  members jsonb;
  noted boolean := false;
  ahead CONSTANT interval := '1 minute';  -- by which the clocks of two servers may differ
BEGIN
  -- Planning the statements of a page under row security takes longer than running them.
  PERFORM set_config('plan_cache_mode', 'force_generic_plan', true);
  PERFORM set_config('caseflow.user', '', true), set_config('caseflow.job', '', true);
  SELECT s.id, s.created_at, s.seen_at, s.user_id, u.name, u.language, setting.time_zone INTO entered
  FROM user_session s JOIN app_user u ON u.id = s.user_id LEFT JOIN reminder_setting setting ON setting.user_id = u.id
  WHERE s.token_hash = sha256(token) AND s.ended_at IS NULL AND s.seen_at > at - idle AND s.created_at > at - longest AND u.is_active;
  IF entered.id IS NULL THEN RETURN; END IF;
  IF greatest(entered.created_at, entered.seen_at) > at + ahead THEN
    UPDATE user_session SET ended_at = at WHERE id = entered.id AND ended_at IS NULL;
    RETURN;
  END IF;
  IF entered.seen_at < at - interval '1 minute' THEN
    UPDATE user_session SET seen_at = at WHERE id = entered.id AND ended_at IS NULL;
    IF NOT FOUND THEN RETURN; END IF;  -- it was ended while this waited for the row
    noted := true;
  END IF;
  SELECT coalesce(jsonb_agg(jsonb_build_array(m.section_id, section.name, m.role, section.code) ORDER BY m.started_at, m.id), '[]')
  INTO members
  FROM membership m JOIN section ON section.id = m.section_id
  WHERE m.user_id = entered.user_id AND m.ended_at IS NULL;
  PERFORM caseflow_sign(entered.user_id);
  RETURN QUERY SELECT entered.user_id, entered.name::text, entered.language::text, entered.time_zone::text, members, noted;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_enter FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_enter TO caseflow_app;
ALTER FUNCTION caseflow_enter OWNER TO caseflow_guard;

-- The same by the address of a calendar feed, for which the address is the key. It notes at most once an hour that it was read.
CREATE FUNCTION caseflow_enter_feed(token bytea, at timestamptz) RETURNS TABLE (user_id uuid, name text, language text)
LANGUAGE plpgsql VOLATILE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE
  entered record;
  hashed bytea := sha256(token);
BEGIN
  PERFORM set_config('caseflow.user', '', true), set_config('caseflow.job', '', true);
  SELECT u.id, u.name, u.language INTO entered
  FROM calendar_feed f JOIN app_user u ON u.id = f.user_id
  WHERE f.token_hash = hashed AND f.revoked_at IS NULL AND u.is_active;
  UPDATE calendar_feed f SET read_at = at
  WHERE f.token_hash = hashed AND f.revoked_at IS NULL AND (f.read_at IS NULL OR f.read_at < at - interval '1 hour');
  IF entered.id IS NULL THEN RETURN; END IF;
  PERFORM caseflow_sign(entered.id);
  RETURN QUERY SELECT entered.id, entered.name::text, entered.language::text;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_enter_feed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_enter_feed TO caseflow_app;
ALTER FUNCTION caseflow_enter_feed OWNER TO caseflow_guard;
