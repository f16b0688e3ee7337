-- Number each entry of the audit trail, date it, and chain it to the one before. Each part is preceded by its length, so that
-- no two different rows give the same line; `caseflow.audit` builds the line again to verify it. The application may not
-- give a time: the clock of the database is read while the head is locked, so that times follow the numbers. It runs before the
-- policy refuses an entry, and a plan that is shown would hold the head of a foreign chain.
CREATE FUNCTION caseflow_chain_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET debug_print_plan = off
AS $body$
DECLARE head audit_chain; e audit_entry; line text := ''; part text;
BEGIN
  INSERT INTO audit_chain (section_id, last_sequence, last_hash)
  VALUES (NEW.section_id, 0, sha256(convert_to(NEW.section_id::text, 'UTF8')))
  ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_chain WHERE section_id = NEW.section_id FOR UPDATE;
  NEW.sequence := head.last_sequence + 1;
  NEW.previous_hash := head.last_hash;
  NEW.at := coalesce(NEW.at, clock_timestamp());
  e := NEW;
  FOREACH part IN ARRAY ARRAY[
    e.id::text,
    e.section_id::text,
    e.sequence::text,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    coalesce(e.actor_id::text, '-'),
    e.job,
    e.action,
    e.subject,
    coalesce(e.subject_id::text, '-'),
    coalesce(e.case_id::text, '-'),
    e.changes::text
  ] LOOP
    line := line || octet_length(part) || ':' || part;
  END LOOP;
  NEW.hash := sha256(NEW.previous_hash || convert_to(line, 'UTF8'));
  UPDATE audit_chain SET last_sequence = NEW.sequence, last_hash = NEW.hash WHERE section_id = NEW.section_id;
  RETURN NEW;
END
$body$;
ALTER FUNCTION caseflow_chain_audit OWNER TO caseflow_guard;
CREATE TRIGGER chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION caseflow_chain_audit();
