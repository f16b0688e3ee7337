"""The entry point of the web server: `gunicorn wsgi:app`."""

import os

from caseflow.app import create_app
from caseflow.runtime import make_runtime
from config import Settings

app = create_app(make_runtime(Settings.from_env(os.environ)))
