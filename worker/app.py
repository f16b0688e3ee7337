"""The Celery application, from the settings.

Tasks are hints to look into tables, so messages are not protected: after a lost one the next beat sends another, and a
repeated one finds nothing to do. No ETA and no countdown anywhere (docs/security.md).
"""

import os

from celery import Celery
from celery.signals import worker_process_init

from caseflow.db.prepare import WORKER
from caseflow.runtime import check_database
from config import Settings
from worker.heartbeat import HEARTBEAT_STEPS
from worker.runtime import reset_runtime
from worker.schedule import BEAT

VISIBILITY_SECONDS = 120
"""After this time Redis delivers a message that no worker has started to another one. The beat usually sends one earlier."""


def make_celery(settings: Settings) -> Celery:
    """Return the application of worker and beat."""
    app = Celery(
        "caseflow",
        broker=settings.celery_broker_url,
        include=["worker.tasks.deadlines", "worker.tasks.dossier", "worker.tasks.evidence", "worker.tasks.readiness"],
    )
    app.conf.update(
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=False,  # a late acknowledgement to a lost Redis would stop the worker
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_enable_remote_control=False,
        broker_transport_options={"visibility_timeout": VISIBILITY_SECONDS},
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        timezone="UTC",
        beat_schedule=BEAT,
        beat_scheduler="worker.heartbeat:Beat",
    )
    app.steps["consumer"].update(HEARTBEAT_STEPS)
    app.caseflow_settings = settings
    return app


settings = Settings.from_env(os.environ)
check_database(settings, WORKER)
celery = make_celery(settings)
worker_process_init.connect(reset_runtime)
