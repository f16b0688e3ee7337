-- The cases of a section that may be about the event that is asked for: in the same State, and at the same place or about the same time.
--
-- Blocks are read in the order of an index, and no other case is looked at. A block with more than `most` cases says little (a flood, a
-- large town without a date) and is left out. Dates are EDTF text: days and months are found, and a date that says less than a month is
-- about no time in particular; `earliest` and `latest` have the tolerance in them. As with words (`matching_cases.sql`), row security would use no index for these expressions.
CREATE FUNCTION caseflow_near_cases(
  section uuid, state text, place text, earliest date, latest date, but_not uuid, most integer
) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $body$
#variable_conflict use_column
DECLARE
  here text := regexp_replace(normalize(lower(place), NFKD), '[\u0300-\u036f]', '', 'g');
  from_day text := to_char(earliest, 'YYYY-MM-DD');
  until_day text := to_char(latest, 'YYYY-MM-DD') || '~';
  months text[] := ARRAY(
    SELECT to_char(month, 'YYYY-MM') || sign
    FROM generate_series(date_trunc('month', earliest::timestamp), latest::timestamp, interval '1 month') AS month
    CROSS JOIN unnest('{"",~,?,%}'::text[]) AS sign);
  block uuid[];
  found uuid[] := '{}';
BEGIN
  IF section <> ALL (caseflow_case_sections()) OR length(place) > 300 THEN RETURN found; END IF;
  IF earliest IS NOT NULL THEN
    block := ARRAY(
      SELECT id FROM "case"
      WHERE section_id = section AND state_code = state AND happened ~>=~ from_day AND happened ~<=~ until_day
        AND id IS DISTINCT FROM but_not AND {visible_case}
      LIMIT most + 1);
    block := block || ARRAY(
      SELECT id FROM "case"
      WHERE section_id = section AND state_code = state AND happened = ANY (months)
        AND id IS DISTINCT FROM but_not AND {visible_case}
      LIMIT most + 1);
    IF cardinality(block) <= most THEN found := found || block; END IF;
  END IF;
  IF here <> '' AND earliest IS NOT NULL THEN
    block := ARRAY(
      SELECT id FROM "case"
      WHERE section_id = section AND state_code = state AND happened ~>=~ from_day AND happened ~<=~ until_day
        AND regexp_replace(normalize(lower(coalesce(nullif(place_district, ''), place_region)), NFKD), '[\u0300-\u036f]', '', 'g') = here
        AND id IS DISTINCT FROM but_not AND {visible_case}
      LIMIT most + 1);
    block := block || ARRAY(
      SELECT id FROM "case"
      WHERE section_id = section AND state_code = state AND happened = ANY (months)
        AND regexp_replace(normalize(lower(coalesce(nullif(place_district, ''), place_region)), NFKD), '[\u0300-\u036f]', '', 'g') = here
        AND id IS DISTINCT FROM but_not AND {visible_case}
      LIMIT most + 1);
    IF cardinality(block) <= most THEN found := found || block; END IF;
  END IF;
  IF here <> '' THEN
    block := ARRAY(
      SELECT id FROM "case"
      WHERE section_id = section AND state_code = state AND (earliest IS NULL OR happened IS NULL)
        AND regexp_replace(normalize(lower(coalesce(nullif(place_district, ''), place_region)), NFKD), '[\u0300-\u036f]', '', 'g') = here
        AND id IS DISTINCT FROM but_not AND {visible_case}
      LIMIT most + 1);
    IF cardinality(block) <= most THEN found := found || block; END IF;
  END IF;
  RETURN ARRAY(SELECT DISTINCT each FROM unnest(found) AS each);
END
$body$;
REVOKE ALL ON FUNCTION caseflow_near_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_near_cases TO caseflow_app;
ALTER FUNCTION caseflow_near_cases OWNER TO caseflow_guard;
