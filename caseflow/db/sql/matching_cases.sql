-- The cases that the actor may see in whose text some words are, or a part in the reference or place, and that claim a right.
-- Null if there are more than `most`: then they are found sooner by reading the list in its order.
--
-- Row security evaluates no operator on a hidden row that may tell of it by an error, and so uses no index for words, parts and
-- rights. Here the indexes are used, section by section, for questions that cannot cause an error: a question is neither deep
-- (PostgreSQL would run out of stack only where the words before match) nor a pattern of the caller's own. What is visible is
-- the condition of the policy itself, which takes the place of the name in braces.
CREATE FUNCTION caseflow_matching_cases(words tsquery, part text, claimed text, most integer) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $body$
#variable_conflict use_column
DECLARE
  mine uuid[] := caseflow_case_sections();
  granted uuid[] := ARRAY(SELECT caseflow_granted_cases('read'));
  pattern text := '%' || replace(replace(replace(part, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  found uuid[];
BEGIN
  IF numnode(words) > 2000 OR length(part) > 300 THEN RETURN NULL; END IF;
  found := ARRAY(
    SELECT matching.id
    FROM unnest(mine) AS own (section)
    CROSS JOIN LATERAL (
      SELECT id FROM "case"
      WHERE section_id = own.section AND {visible_case}
        AND (words IS NULL AND pattern IS NULL OR search @@ words OR lookup LIKE pattern)
        AND (claimed IS NULL OR rights @> ARRAY[claimed]::varchar[])
      LIMIT most + 1
    ) AS matching
    LIMIT most + 1);
  IF cardinality(found) > most THEN RETURN NULL; END IF;
  RETURN found || ARRAY(
    SELECT id FROM "case"
    WHERE id = ANY (granted) AND section_id <> ALL (mine) AND {visible_case}
      AND (words IS NULL AND pattern IS NULL OR search @@ words OR lookup LIKE pattern)
      AND (claimed IS NULL OR rights @> ARRAY[claimed]::varchar[]));
END
$body$;
REVOKE ALL ON FUNCTION caseflow_matching_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_matching_cases TO caseflow_app;
ALTER FUNCTION caseflow_matching_cases OWNER TO caseflow_guard;
