"""Who acts, what a role may do, and whether this actor may do this to that."""

from caseflow.access.actor import Actor, JobActor, MemberOf, PersonActor
from caseflow.access.permissions import Permission, permissions_of

__all__ = ["Actor", "JobActor", "MemberOf", "Permission", "PersonActor", "permissions_of"]
