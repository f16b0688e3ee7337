-- Every account has settings for its digest, and the hour is that of the section which the person joined first.
CREATE FUNCTION caseflow_new_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  INSERT INTO reminder_setting (user_id, next_digest_at) VALUES (NEW.id, NEW.created_at);
  RETURN NEW;
END
$body$;
ALTER FUNCTION caseflow_new_user OWNER TO caseflow_guard;
CREATE TRIGGER reminder_setting AFTER INSERT ON app_user FOR EACH ROW EXECUTE FUNCTION caseflow_new_user();

CREATE FUNCTION caseflow_new_member() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  UPDATE reminder_setting s
  SET time_zone = section.time_zone
  FROM section
  WHERE section.id = NEW.section_id AND s.user_id = NEW.user_id AND s.time_zone = 'UTC';
  RETURN NEW;
END
$body$;
ALTER FUNCTION caseflow_new_member OWNER TO caseflow_guard;
CREATE TRIGGER reminder_setting AFTER INSERT ON membership FOR EACH ROW EXECUTE FUNCTION caseflow_new_member();
