-- Keep `case_listing`: the days, the outlook and the activity by which the list of cases is sorted and filtered. The kinds and
-- stages are those of `models.deadline_kinds.HARD_KINDS` and `models.ENDED_STAGES` (tests/features/cases/test_listing.py).
--
-- Locks: whoever changes deadlines or the stage has locked the case, then the row here, and last the head of the audit trail.
CREATE FUNCTION caseflow_renew_case_listing(renewed uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN
  -- The lock is a statement of its own, so that the next one sees what the transaction that was waited for has changed.
  PERFORM FROM case_listing WHERE case_id = renewed FOR UPDATE;
  UPDATE case_listing l SET irreversible_on = n.irreversible_on, due_on = n.due_on,
    one_year_on = n.one_year_on, last_one_year_on = n.last_one_year_on
  FROM (
    SELECT
      min(d.due_on) FILTER (WHERE d.kind IN ('one_year', 'next_domestic_step', 'threatened_act', 'committee_request'))
        AS irreversible_on,
      min(d.due_on) AS due_on,
      min(d.due_on) FILTER (WHERE d.kind = 'one_year') AS one_year_on,
      max(d.due_on) FILTER (WHERE d.kind = 'one_year') AS last_one_year_on
    FROM deadline d JOIN "case" c ON c.id = d.case_id
    WHERE d.case_id = renewed AND d.done_at IS NULL
      AND c.stage NOT IN ('closed', 'closed_without_filing', 'withdrawn', 'referred')
  ) AS n
  WHERE l.case_id = renewed
    AND (l.irreversible_on, l.due_on, l.one_year_on, l.last_one_year_on)
      IS DISTINCT FROM (n.irreversible_on, n.due_on, n.one_year_on, n.last_one_year_on);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_renew_case_listing FROM PUBLIC;
ALTER FUNCTION caseflow_renew_case_listing OWNER TO caseflow_guard;

CREATE FUNCTION caseflow_list_case() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO case_listing (case_id, section_id, active_at) VALUES (NEW.id, NEW.section_id, NEW.created_at)
    ON CONFLICT DO NOTHING;
  ELSE
    PERFORM caseflow_renew_case_listing(NEW.id);
  END IF;
  RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_list_case FROM PUBLIC;
ALTER FUNCTION caseflow_list_case OWNER TO caseflow_guard;
CREATE TRIGGER list_new AFTER INSERT ON "case" FOR EACH ROW EXECUTE FUNCTION caseflow_list_case();
CREATE TRIGGER list_stage AFTER UPDATE OF stage ON "case" FOR EACH ROW
  WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION caseflow_list_case();

CREATE FUNCTION caseflow_list_deadline() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM caseflow_renew_case_listing(OLD.case_id); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM caseflow_renew_case_listing(NEW.case_id); END IF;
  RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_list_deadline FROM PUBLIC;
ALTER FUNCTION caseflow_list_deadline OWNER TO caseflow_guard;
CREATE TRIGGER list_added AFTER INSERT OR DELETE ON deadline FOR EACH ROW EXECUTE FUNCTION caseflow_list_deadline();
CREATE TRIGGER list_changed AFTER UPDATE OF due_on, kind, done_at, case_id ON deadline FOR EACH ROW
  WHEN ((OLD.case_id, OLD.due_on, OLD.kind, OLD.done_at) IS DISTINCT FROM (NEW.case_id, NEW.due_on, NEW.kind, NEW.done_at))
  EXECUTE FUNCTION caseflow_list_deadline();

CREATE FUNCTION caseflow_list_outlook() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  UPDATE case_listing SET outlook = NEW.outlook WHERE case_id = NEW.case_id AND outlook IS DISTINCT FROM NEW.outlook;
  RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_list_outlook FROM PUBLIC;
ALTER FUNCTION caseflow_list_outlook OWNER TO caseflow_guard;
CREATE TRIGGER list_current AFTER INSERT OR UPDATE OF is_current, outlook ON assessment FOR EACH ROW
  WHEN (NEW.is_current) EXECUTE FUNCTION caseflow_list_outlook();
