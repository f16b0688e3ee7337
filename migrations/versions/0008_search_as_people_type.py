"""The words of a case are written by the application, in one normal form (`caseflow.db.searching`)."""

import sqlalchemy as sa
from alembic import op

revision = "0008_search_as_people_type"
down_revision = "0007_reminder_sync_requests"
branch_labels = None
depends_on = None
LINT_EXCEPTIONS = {
    "ban-drop-generated-expression": "web, worker and beat are restarted with the release that brings this migration",
    "ban-drop-function": "only the two expressions that this migration drops called it",
}


def upgrade() -> None:
    """Bring the schema up. What is stored stays until `migrations/env.py` rewrites it, so no table is rewritten."""
    op.execute('ALTER TABLE "case" ALTER search DROP EXPRESSION')
    op.execute('ALTER TABLE "case" ALTER lookup DROP EXPRESSION')
    op.alter_column("case", "search", server_default="")
    op.alter_column("case", "lookup", server_default="")
    op.add_column("case", sa.Column("search_version", sa.Integer(), server_default="0", nullable=False))
    op.execute("DROP TEXT SEARCH CONFIGURATION caseflow")
    op.execute("DROP FUNCTION caseflow_fold(text)")


def downgrade() -> None:
    """Take the schema down, as 0001 made it."""
    op.execute(
        "CREATE FUNCTION caseflow_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE "
        "AS $body$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $body$"
    )
    op.execute("CREATE TEXT SEARCH CONFIGURATION caseflow (COPY = simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION caseflow ALTER MAPPING FOR asciiword, word, hword, hword_part, hword_asciipart, "
        "asciihword, numword, numhword WITH unaccent, simple"
    )
    for column in ("search_version", "lookup", "search"):
        op.drop_column("case", column)
    op.execute(
        'ALTER TABLE "case" '
        "ADD search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('caseflow', coalesce(title, '') || ' ' || "
        "coalesce(narrative, '') || ' ' || coalesce(place_region, '') || ' ' || coalesce(place_district, ''))) STORED, "
        "ADD lookup varchar NOT NULL GENERATED ALWAYS AS (caseflow_fold(reference || ' ' || coalesce(place_region, '') || "
        "' ' || coalesce(place_district, ''))) STORED, ALTER search SET STATISTICS 1000"
    )
    op.execute('CREATE INDEX ix_case_search ON "case" USING gin (section_id, search)')
    op.execute('CREATE INDEX ix_case_lookup ON "case" USING gin (section_id, lookup gin_trgm_ops)')
