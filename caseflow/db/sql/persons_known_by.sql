-- The persons of a section who have a digest of every word that is asked for. `words` numbers which word each of `tokens` is a spelling
-- of. Words may be divided among the records of a person who was recorded twice.
--
-- It begins with the rarest word, and reads in the order of an index: under row security each of the twenty thousand who share a family
-- name would first be looked up with its person and its case. Only persons are returned with a role in a case that the actor sees, of
-- a section in which the actor works, and at most `most` of them.
CREATE FUNCTION caseflow_persons_known_by(section uuid, tokens bytea[], words integer[], most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $body$
#variable_conflict use_column
DECLARE
  spellings bytea[];
  known uuid[];
BEGIN
  IF section <> ALL (caseflow_case_sections()) THEN RETURN '{}'; END IF;
  FOR spellings IN
    SELECT array_agg(asked.token)
    FROM unnest(tokens, words) AS asked (token, word) CROSS JOIN LATERAL (
      SELECT count(*) AS number
      FROM (SELECT FROM identity_token WHERE section_id = section AND token = asked.token LIMIT 1000) AS first_ones) AS holders
    GROUP BY asked.word ORDER BY sum(holders.number)
  LOOP
    IF known IS NULL THEN
      known := ARRAY(
        SELECT DISTINCT coalesce(merged.merged_into_id, identity_token.person_id)
        FROM identity_token LEFT JOIN person AS merged ON merged.id = identity_token.person_id AND merged.merged_into_id IS NOT NULL
        WHERE identity_token.section_id = section AND identity_token.token = ANY (spellings));
    ELSE
      known := ARRAY(
        SELECT holder.id
        FROM unnest(known) AS holder (id)
        WHERE EXISTS (
          SELECT FROM identity_token WHERE section_id = section AND token = ANY (spellings) AND person_id = holder.id)
        OR EXISTS (
          SELECT FROM person JOIN identity_token ON identity_token.person_id = person.id
          WHERE person.merged_into_id = holder.id AND identity_token.section_id = section AND token = ANY (spellings)));
    END IF;
  END LOOP;
  RETURN ARRAY(
    SELECT holder.id
    FROM unnest(known) AS holder (id)
    WHERE EXISTS (
      SELECT FROM case_person WHERE case_person.person_id = holder.id AND EXISTS (
        SELECT FROM "case" WHERE "case".id = case_person.case_id AND {visible_case}))
    LIMIT most);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_persons_known_by FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_persons_known_by TO caseflow_app;
ALTER FUNCTION caseflow_persons_known_by OWNER TO caseflow_guard;
