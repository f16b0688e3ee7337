-- The sections in which the actor has any role.
CREATE FUNCTION caseflow_member_sections() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT section_id), '{}')
  FROM membership
  WHERE user_id = caseflow_actor() AND ended_at IS NULL
); END
$body$;
REVOKE ALL ON FUNCTION caseflow_member_sections FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_member_sections TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_member_sections OWNER TO caseflow_guard;

-- The sections in which the actor works on cases.
CREATE FUNCTION caseflow_case_sections() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT section_id), '{}')
  FROM membership
  WHERE user_id = caseflow_actor() AND ended_at IS NULL
    AND role IN ('caseworker', 'section_coordinator', 'coalition_coordinator')
); END
$body$;
REVOKE ALL ON FUNCTION caseflow_case_sections FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_case_sections TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_case_sections OWNER TO caseflow_guard;

-- The sections whose cases the actor may count.
CREATE FUNCTION caseflow_report_sections() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT s.id), '{}')
  FROM membership m
  JOIN section s ON s.id = m.section_id OR (m.role = 'coalition_coordinator' AND s.kind = 'section')
  WHERE m.user_id = caseflow_actor() AND m.ended_at IS NULL
    AND m.role IN ('caseworker', 'section_coordinator', 'section_reporter', 'coalition_coordinator')
); END
$body$;
REVOKE ALL ON FUNCTION caseflow_report_sections FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_report_sections TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_report_sections OWNER TO caseflow_guard;

-- The sections whose audit trail the actor reads: an auditor of the secretariat reads all.
CREATE FUNCTION caseflow_audit_sections() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN (
  SELECT coalesce(array_agg(DISTINCT s.id), '{}')
  FROM membership m
  JOIN section own ON own.id = m.section_id
  JOIN section s ON s.id = own.id OR own.kind = 'secretariat'
  WHERE m.user_id = caseflow_actor() AND m.ended_at IS NULL AND m.role = 'auditor'
); END
$body$;
REVOKE ALL ON FUNCTION caseflow_audit_sections FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_audit_sections TO caseflow_app, caseflow_guard, caseflow_counter;
ALTER FUNCTION caseflow_audit_sections OWNER TO caseflow_guard;
