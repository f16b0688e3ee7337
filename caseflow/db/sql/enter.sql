-- Signs the transaction in by the token of a session: finds whose it is, notes once a minute that it is in use, and makes
-- that person the actor. One round trip instead of a transaction of its own. It runs with the rights of the caller, as the
-- job that looks up who signs in, and gives nothing for a token that is not good.
CREATE OR REPLACE FUNCTION caseflow_enter(token bytea, at timestamptz, idle interval, longest interval)
RETURNS TABLE (user_id uuid, name text, language text, memberships jsonb)
LANGUAGE plpgsql VOLATILE ROWS 1
AS $body$
#variable_conflict use_column
DECLARE
  found record;
  members jsonb;
BEGIN
  PERFORM set_config('caseflow.user', '', true), set_config('caseflow.job', 'accounts', true);
  SELECT s.id, s.seen_at, s.user_id, u.name, u.language INTO found
  FROM user_session s JOIN app_user u ON u.id = s.user_id
  WHERE s.token_hash = token AND s.ended_at IS NULL AND s.seen_at > at - idle AND s.created_at > at - longest AND u.is_active;
  IF found.id IS NULL THEN
    PERFORM set_config('caseflow.job', '', true);
    RETURN;
  END IF;
  IF found.seen_at < at - interval '1 minute' THEN
    UPDATE user_session SET seen_at = at WHERE id = found.id;
  END IF;
  SELECT coalesce(jsonb_agg(jsonb_build_array(m.section_id, section.name, m.role, section.code) ORDER BY m.started_at, m.id), '[]')
  INTO members
  FROM membership m JOIN section ON section.id = m.section_id
  WHERE m.user_id = found.user_id AND m.ended_at IS NULL;
  PERFORM set_config('caseflow.user', found.user_id::text, true), set_config('caseflow.job', '', true);
  RETURN QUERY SELECT found.user_id, found.name::text, found.language::text, members;
END
$body$;
