-- Signing in without giving a password's hash away. The web server learns with which salt and cost to hash what was typed, and
-- gives the result back; whether it is that of the account is compared here, and only then a session begins.

-- The account with an address: its devices, and the salt and cost of its password as Argon2 writes them before the hash. One row
-- for the address that is asked for, which is given in the forms in which it may be stored, in lower case.
CREATE FUNCTION caseflow_account_to_sign_in(addresses text[])
RETURNS TABLE (user_id uuid, email text, device_generation integer, salt text)
LANGUAGE plpgsql STABLE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
  SELECT u.id, u.email::text, u.device_generation, regexp_replace(u.password_hash, '\$[^$]*$', '')
  FROM app_user u
  WHERE lower(u.email) = ANY (addresses[1:2]) AND u.is_active
  ORDER BY u.id LIMIT 1;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_account_to_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_account_to_sign_in TO caseflow_app;
ALTER FUNCTION caseflow_account_to_sign_in OWNER TO caseflow_guard;

-- Begin a session of the account with this address and this hash of its password; return whose it is.
CREATE FUNCTION caseflow_sign_in(addresses text[], hashed text, token bytea, browser text, at timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
DECLARE who uuid;
BEGIN
  SELECT u.id INTO who FROM app_user u
  WHERE lower(u.email) = ANY (addresses) AND u.is_active
    AND sha256(convert_to(u.password_hash, 'UTF8')) = sha256(convert_to(hashed, 'UTF8'));
  IF who IS NOT NULL THEN
    INSERT INTO user_session (id, token_hash, user_id, browser, created_at, seen_at)
    VALUES (gen_random_uuid(), token, who, browser, at, at);
  END IF;
  RETURN who;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_sign_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_sign_in TO caseflow_app;
ALTER FUNCTION caseflow_sign_in OWNER TO caseflow_guard;

-- Whether a hash is that of the acting person's own password, and a new hash in its place if so.
CREATE FUNCTION caseflow_change_password(hashed text, changed text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  UPDATE app_user SET password_hash = changed
  WHERE id = caseflow_actor() AND is_active
    AND sha256(convert_to(password_hash, 'UTF8')) = sha256(convert_to(hashed, 'UTF8'));
  RETURN FOUND;
END
$body$;
REVOKE ALL ON FUNCTION caseflow_change_password FROM PUBLIC;
GRANT EXECUTE ON FUNCTION caseflow_change_password TO caseflow_app;
ALTER FUNCTION caseflow_change_password OWNER TO caseflow_guard;
