"""The entry point of the web server: `gunicorn wsgi:app`."""

import os

from caseflow.app import create_app
from caseflow.db.prepare import WEB
from caseflow.runtime import check_database, make_runtime
from config import Settings

settings = Settings.from_env(os.environ)
check_database(settings, WEB)
app = create_app(make_runtime(settings))
