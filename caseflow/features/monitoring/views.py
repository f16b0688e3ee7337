"""What a machine that monitors the service is answered."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from caseflow.features.monitoring import service
from caseflow.web.access import public, runtime, units

blueprint = Blueprint("monitoring", __name__)


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """Answer a machine that asks whether all is well, and say nothing else."""
    seen = service.look(units(), runtime().settings.redis_url)
    return jsonify(seen.as_json()), 200 if seen.is_well else 503
