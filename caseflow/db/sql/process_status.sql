-- How the processes do: when worker and beat were last seen, since when something due waits, whose addresses refused mails,
-- how many alarms are open, whether one is about a clock, and when the last full pass over reminders ended (if none has, when the first was asked for).
-- What was written after it was due waits since it was written. Numbers and moments only, so that the web server can show
-- them without reading the outbox.
CREATE FUNCTION caseflow_process_status(at timestamptz, bounced_since timestamptz)
RETURNS TABLE (worker timestamptz, beat timestamptz, oldest_unsent timestamptz, bounced uuid[], alarms bigint, is_clock_wrong boolean,
  full_pass timestamptz)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  SELECT
    (SELECT h.beat_at FROM heartbeat h WHERE h.name = 'worker'),
    (SELECT h.beat_at FROM heartbeat h WHERE h.name = 'beat'),
    least(
      (SELECT min(greatest(m.due_at, m.created_at)) FROM mail m WHERE m.status = 'waiting' AND m.due_at <= $1),
      (SELECT min(greatest(r.due_at, r.created_at)) FROM reminder r
       WHERE r.status = 'waiting' AND r.mail_id IS NULL AND r.due_at <= $1),
      (SELECT min(s.next_digest_at) FROM reminder_setting s WHERE s.next_digest_at <= $1)),
    ARRAY(SELECT DISTINCT b.user_id FROM mail_bounce b WHERE b.is_permanent AND b.cleared_at IS NULL AND b.at > $2),
    (SELECT count(*) FROM alarm a WHERE a.seen_at IS NULL),
    EXISTS (SELECT FROM alarm a WHERE a.seen_at IS NULL AND a.kind = 'clock'),
    (SELECT coalesce(max(q.ended_at), min(q.asked_at)) FROM reminder_sync_request q WHERE q.is_full_pass);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_process_status FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_process_status TO caseflow_app;
ALTER FUNCTION caseflow_process_status OWNER TO caseflow_guard;
