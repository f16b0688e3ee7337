"""What a machine that monitors the service is answered."""

from typing import cast

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from caseflow.features.monitoring import service
from caseflow.web.access import public, units

blueprint = Blueprint("monitoring", __name__)


def _runtime() -> service.Watched:
    return cast("service.Watched", current_app.extensions["caseflow.runtime"])


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """Answer a machine that asks whether all is well, and say nothing else."""
    seen = service.look(units(), _runtime().settings.redis_url)
    return jsonify(seen.as_json()), 200 if seen.is_well else 503
