-- Persons of a section who share a digest that says much: of an address of email, an identity number, a phone number, a whole name.
-- A digest that more than `most_sharing` persons share says little (a hotline, a common name) and is left out.
--
-- The digests are grouped here, in the order of an index: under row security each of them would first be looked up with its person
-- and its case. Only persons are returned with a role in a case that the actor sees, of a section in which the actor works.
CREATE FUNCTION caseflow_recorded_twice(section uuid, after_field text, after_token bytea, most integer, most_sharing integer)
RETURNS TABLE (field varchar, token bytea, people uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $body$
#variable_conflict use_column
BEGIN
  IF section <> ALL (caseflow_case_sections()) THEN RETURN; END IF;
  RETURN QUERY
    SELECT shared.field, shared.token, visible.people
    FROM (
      SELECT identity_token.field, identity_token.token, array_agg(identity_token.person_id) AS sharing
      FROM identity_token
      WHERE identity_token.section_id = section AND identity_token.field = ANY ('{email,number,phone,whole_name}'::varchar[])
        AND (identity_token.field, identity_token.token) > (after_field, after_token)
      GROUP BY identity_token.field, identity_token.token
      HAVING count(*) BETWEEN 2 AND most_sharing
      ORDER BY identity_token.field, identity_token.token
    ) AS shared
    CROSS JOIN LATERAL (
      SELECT array_agg(DISTINCT holder.id) AS people
      FROM person AS found CROSS JOIN LATERAL (SELECT coalesce(found.merged_into_id, found.id) AS id) AS holder
      WHERE found.id = ANY (shared.sharing) AND EXISTS (
        SELECT FROM case_person WHERE case_person.person_id = holder.id AND EXISTS (
          SELECT FROM "case" WHERE "case".id = case_person.case_id AND {visible_case}))
    ) AS visible
    WHERE cardinality(visible.people) > 1
    LIMIT most;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_recorded_twice FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_recorded_twice TO caseflow_app;
ALTER FUNCTION caseflow_recorded_twice OWNER TO caseflow_guard;
