-- Two files of one event become one. Only these functions move rows from one case to another, and write `case_merge`.
--
-- The tables are those of `db/case_tables.py`. All rows are moved in one statement, at the end of which every foreign key holds. That a
-- person has one role in a case is asked at the end of the transaction: the roles of somebody who is in both are joined meanwhile.

-- Why two cases can't be merged, as codes of the vocabulary `case_merge_obstacle`; nothing if they can.
CREATE FUNCTION caseflow_merge_obstacles(kept uuid, merged uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
DECLARE
  pair uuid[] := ARRAY[kept, merged];
  found text[];
BEGIN
  -- Whoever works in a section may change all of its cases that are not sealed, and sees no sealed one but their own.
  IF caseflow_job() IS NOT NULL OR kept = merged OR 2 <> (
    SELECT count(*) FROM "case" WHERE id = ANY (pair) AND section_id = ANY (caseflow_case_sections()) AND {visible_case})
  THEN RETURN ARRAY['hidden']; END IF;
  SELECT array_remove(ARRAY[
    CASE WHEN a.section_id <> b.section_id THEN 'section' END,
    CASE WHEN a.state_code <> b.state_code THEN 'state' END,
    CASE WHEN 'sealed' IN (a.confidentiality, b.confidentiality) THEN 'sealed' END,
    CASE WHEN a.stage IN ('closed', 'closed_without_filing', 'withdrawn', 'referred') THEN 'ended' END,
    CASE WHEN EXISTS (SELECT FROM filing WHERE case_id = ANY (pair) AND ended_at IS NULL)
      OR a.stage IN ('filed', 'registered', 'pending', 'decided', 'follow_up')
      OR b.stage IN ('filed', 'registered', 'pending', 'decided', 'follow_up') THEN 'filed' END,
    CASE WHEN EXISTS (SELECT FROM letter WHERE case_id = ANY (pair)) OR EXISTS (SELECT FROM claim_decision WHERE case_id = ANY (pair))
      OR EXISTS (SELECT FROM recommendation WHERE case_id = ANY (pair))
      OR EXISTS (SELECT FROM follow_up_step WHERE case_id = ANY (pair)) THEN 'letters' END,
    CASE WHEN EXISTS (
      SELECT FROM case_grant g WHERE g.case_id = ANY (pair) AND (g.ends_on IS NULL OR g.ends_on >= current_date)
      GROUP BY g.section_id, g.user_id, g.level, g.ends_on HAVING count(DISTINCT g.case_id) < 2) THEN 'shared' END,
    CASE WHEN EXISTS (
      SELECT FROM case_difference d WHERE d.first_id = least(kept, merged) AND d.second_id = greatest(kept, merged)
        AND d.taken_back_at IS NULL) THEN 'different' END,
    CASE WHEN EXISTS (SELECT FROM case_review WHERE case_id = ANY (pair))
      OR EXISTS (SELECT FROM review_comment WHERE case_id = ANY (pair))
      OR EXISTS (SELECT FROM prepared_filing WHERE case_id = ANY (pair)) THEN 'reviewed' END,
    CASE WHEN EXISTS (SELECT FROM dossier_text WHERE case_id = merged) OR EXISTS (SELECT FROM dossier_annex WHERE case_id = merged)
      OR EXISTS (SELECT FROM dossier_build WHERE case_id = merged) THEN 'dossier' END,
    CASE WHEN EXISTS (SELECT FROM interim_request WHERE case_id = merged)
      OR EXISTS (SELECT FROM interim_breach WHERE case_id = merged) THEN 'interim' END,
    CASE WHEN EXISTS (
      SELECT FROM case_link l WHERE merged IN (l.first_id, l.second_id) AND l.removed_at IS NULL) THEN 'linked' END,
    CASE WHEN EXISTS (SELECT FROM case_merge m WHERE m.kept_id = merged AND m.undone_at IS NULL) THEN 'merged_before' END
  ], NULL) INTO found
  FROM "case" a, "case" b WHERE a.id = kept AND b.id = merged;
  RETURN found;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_merge_obstacles FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_merge_obstacles TO caseflow_app, caseflow_guard;
ALTER FUNCTION caseflow_merge_obstacles OWNER TO caseflow_guard;

-- Moves what belongs to a case to another one of the section, hides the merged case, and gives the id of the merge.
CREATE FUNCTION caseflow_merge_cases(kept uuid, merged uuid, why text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
DECLARE
  merge uuid := gen_random_uuid();
  moved jsonb := '{}';
  found jsonb;
  source text;
  numbered text[];
  numbers text;
  only_if text;
  parts text[] := '{}';
  apart constant text := ' AND NOT EXISTS (SELECT FROM deadline o WHERE o.case_id = $2 AND o.key = ';
BEGIN
  PERFORM FROM "case" WHERE id IN (kept, merged) ORDER BY id FOR NO KEY UPDATE;
  IF caseflow_merge_obstacles(kept, merged) <> '{}' THEN
    RAISE insufficient_privilege USING MESSAGE = 'these cases are not merged';
  END IF;
  SET CONSTRAINTS uq_case_person_case_id_person_id DEFERRED;
  FOR source, numbered IN SELECT key, ARRAY(SELECT jsonb_array_elements_text(value)) FROM jsonb_each('{moved_tables}') LOOP
    only_if := CASE source WHEN 'deadline' THEN apart || 't.key)' WHEN 'case_flag' THEN ' AND NOT (t.resolved_at IS NULL AND t.kind <> ''other'' '
      'AND EXISTS (SELECT FROM case_flag o WHERE o.case_id = $2 AND o.kind = t.kind AND o.resolved_at IS NULL))' ELSE '' END;
    EXECUTE format(
      'SELECT coalesce(jsonb_agg(jsonb_build_object(''id'', t.id%s) ORDER BY t.id), ''[]'') FROM %I t WHERE t.case_id = $1%s',
      (SELECT string_agg(format(', %1$L, t.%1$I', one), '') FROM unnest(numbered) AS one), source, only_if)
      INTO found USING merged, kept;
    moved := moved || jsonb_build_object(source, found);
    numbers := (SELECT string_agg(CASE one WHEN 'code_name' THEN
        ', code_name = left(t.code_name, 1) || ((SELECT count(*) FROM case_person o WHERE o.case_id = $1 '
        'AND left(o.code_name, 1) = left(t.code_name, 1) AND (o.position, o.id) <= (t.position, t.id)) + coalesce('
        '(SELECT c.last_number FROM code_name_counter c WHERE c.case_id = $2 AND c.letter = left(t.code_name, 1)), 0))'
      ELSE format(', %1$I = t.%1$I + coalesce((SELECT max(k.%1$I) + 1 FROM %2$I k WHERE k.case_id = $2) '
        '- (SELECT min(m.%1$I) FROM %2$I m WHERE m.case_id = $1), 0)', one, source) END, '') FROM unnest(numbered) AS one);
    parts := parts || format('%1$s AS (UPDATE %2$I t SET case_id = $2%3$s WHERE t.case_id = $1%4$s)',
      'moved_' || source, source, coalesce(numbers, ''), only_if);
  END LOOP;
  FOR source IN SELECT jsonb_object_keys('{following_tables}') LOOP
    only_if := CASE WHEN source IN ('deadline_acknowledgement', 'reminder')
      THEN apart || '(SELECT d.key FROM deadline d WHERE d.id = t.deadline_id))' ELSE '' END;
    parts := parts || format('%s AS (UPDATE %I t SET case_id = $2 WHERE t.case_id = $1%s)', 'moved_' || source, source, only_if);
  END LOOP;
  EXECUTE 'WITH ' || array_to_string(parts, ', ') || ' SELECT' USING merged, kept;
  INSERT INTO code_name_counter (case_id, letter, last_number)
    SELECT kept, left(p.code_name, 1), max(substr(p.code_name, 2)::integer) FROM case_person p WHERE p.case_id = kept GROUP BY 1, 2
    ON CONFLICT (case_id, letter) DO UPDATE SET last_number = greatest(code_name_counter.last_number, excluded.last_number);
  INSERT INTO case_merge (id, section_id, kept_id, merged_id, merged_reference, reason, user_id, merged_at, moved)
    SELECT merge, c.section_id, kept, merged, c.reference, why, caseflow_actor(), now(), moved FROM "case" c WHERE c.id = merged;
  UPDATE "case" SET merged_into_id = kept, version = version + 1 WHERE id = merged;
  RETURN merge;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_merge_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_merge_cases TO caseflow_app;
ALTER FUNCTION caseflow_merge_cases OWNER TO caseflow_guard;

-- Keeps what the application changed for a merge of this transaction, and a digest of what it left.
CREATE FUNCTION caseflow_keep_merge(merge uuid, what jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  UPDATE case_merge SET changed = what WHERE id = merge AND user_id = caseflow_actor() AND merged_at = now();
END
$body$;
REVOKE ALL ON FUNCTION caseflow_keep_merge FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_keep_merge TO caseflow_app;
ALTER FUNCTION caseflow_keep_merge OWNER TO caseflow_guard;

-- Moves the rows of a merge back, and shows the merged case again. For whoever may change the case that was kept.
CREATE FUNCTION caseflow_unmerge_cases(merge uuid, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
DECLARE
  done case_merge;
  source text;
  parent text;
  name text;
  numbered text[];
  parts text[] := '{}';
BEGIN
  SELECT * INTO done FROM case_merge WHERE id = merge AND undone_at IS NULL FOR UPDATE;
  PERFORM FROM "case" WHERE id IN (done.kept_id, done.merged_id) ORDER BY id FOR NO KEY UPDATE;
  IF caseflow_job() IS NOT NULL OR NOT EXISTS (
    SELECT FROM "case" WHERE id = done.kept_id AND section_id = ANY (caseflow_case_sections()) AND {visible_case})
  THEN RAISE insufficient_privilege USING MESSAGE = 'this merge is not undone'; END IF;
  SET CONSTRAINTS uq_case_person_case_id_person_id DEFERRED;
  FOR source, numbered IN SELECT key, ARRAY(SELECT jsonb_array_elements_text(value)) FROM jsonb_each('{moved_tables}') LOOP
    parts := parts || format(
      '%1$s AS (UPDATE %2$I t SET case_id = $1%3$s FROM jsonb_populate_recordset(NULL::%2$I, $3 -> %2$L) r WHERE t.id = r.id AND t.case_id = $2)',
      'moved_' || source, source, (SELECT string_agg(format(', %1$I = r.%1$I', one), '') FROM unnest(numbered) AS one));
  END LOOP;
  FOR source, parent, name IN SELECT key, value ->> 0, value ->> 1 FROM jsonb_each('{following_tables}') LOOP
    parts := parts || format(
      '%1$s AS (UPDATE %2$I t SET case_id = $1 FROM jsonb_to_recordset($3 -> %3$L) AS r(id uuid) WHERE t.%4$I = r.id AND t.case_id = $2)',
      'moved_' || source, source, parent, name);
  END LOOP;
  EXECUTE 'WITH ' || array_to_string(parts, ', ') || ' SELECT' USING done.merged_id, done.kept_id, done.moved;
  UPDATE case_merge SET undone_by_id = caseflow_actor(), undone_at = now(), undo_reason = why WHERE id = merge;
  UPDATE "case" SET merged_into_id = NULL, version = version + 1 WHERE id = done.merged_id;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_unmerge_cases FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_unmerge_cases TO caseflow_app;
ALTER FUNCTION caseflow_unmerge_cases OWNER TO caseflow_guard;
