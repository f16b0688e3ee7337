"""Actors, permissions of roles, and checks of whether an actor may perform an act."""

from caseflow.access.actor import Actor, JobActor, MemberOf, PersonActor
from caseflow.access.permissions import Permission, permissions_of

__all__ = ["Actor", "JobActor", "MemberOf", "Permission", "PersonActor", "permissions_of"]
