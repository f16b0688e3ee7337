"""What a policy is, and what each aggregate of tables contributes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: for which command, which rows may be touched (`using`) and which may come out of it (`check`)."""

    table: str
    command: str
    using: str | None = None
    check: str | None = None
    role: str = "caseflow_app"

    def sql(self) -> str:
        """Return the CREATE POLICY statement."""
        name = f"{self.role.removeprefix('caseflow_')}_{self.command.lower()}"
        parts = [f'CREATE POLICY {name} ON "{self.table}" FOR {self.command} TO {self.role}']
        if self.using is not None:
            parts.append(f"USING ({self.using})")
        if self.check is not None:
            parts.append(f"WITH CHECK ({self.check})")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class AccessRules:
    """The policies and grants of one aggregate. `open_tables` hold no case data and can be read without an actor."""

    policies: tuple[Policy, ...]
    grants: tuple[str, ...]
    open_tables: tuple[str, ...] = ()
