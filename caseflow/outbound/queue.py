"""Sends jobs to Celery's queue. A job is a hint: what is due is stored in tables and found without it."""

from collections.abc import Callable

from celery import Celery
from kombu.exceptions import OperationalError

from caseflow.jobs import Job

CONNECT_SECONDS = 1.0
"""Short, because a page must not wait for an unreachable Redis."""


def make_sender(broker_url: str) -> Callable[[Job, dict[str, str]], None]:
    """Return a function that sends a job by name.

    The function raises `ConnectionError` at once when the queue can't be reached.
    """
    client = Celery("caseflow", broker=broker_url, set_as_current=False)
    client.conf.update(
        task_ignore_result=True,
        broker_connection_timeout=CONNECT_SECONDS,
        broker_transport_options={
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": CONNECT_SECONDS,
            "max_retries": 0,
        },
    )

    def send(job: Job, arguments: dict[str, str]) -> None:
        try:
            client.send_task(job.value, kwargs=arguments, retry=False, ignore_result=True)
        except OperationalError as error:
            raise ConnectionError("the queue can't be reached") from error

    return send
