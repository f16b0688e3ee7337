"""The health check for monitoring systems."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from caseflow.features.monitoring import service
from caseflow.features.monitoring.pages import disk_check
from caseflow.web.access import public, runtime, units

blueprint = Blueprint("monitoring", __name__)


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """Return the health of the installation: 200 if it is well, otherwise 503."""
    seen = service.check_health(units(), runtime().settings.redis_url, disk_check().can_write)
    return jsonify(seen.as_json()), 200 if seen.is_well else 503
