"""Verifies a run at its end: what was lost, what was duplicated, how late it was."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from bench.chaos.cluster import Cluster
from bench.chaos.load import Entry
from bench.chaos.smtp_server import Accepted
from caseflow.outbound.mail import Letterhead, message_id

DUPLICATED_IN_APP = (
    "SELECT count(*) FROM (SELECT FROM reminder WHERE status IN ('sent', 'waiting', 'failed') "
    "GROUP BY deadline_id, threshold, recipient_id, due_on HAVING count(*) > 1) AS twice"
)
SENT = "SELECT deadline_id, mail_id FROM reminder WHERE status = 'sent'"


@dataclass(frozen=True, slots=True)
class Lateness:
    """How long after they were due mails were accepted, in seconds. Zeros when there were none."""

    mails: int
    median: float
    percentile_99: float
    longest: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Lateness":
        """Summarize."""
        found = sorted(seconds) or [0.0]
        return cls(len(found), found[len(found) // 2], found[int(len(found) * 0.99)], found[-1])


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of everything that was due."""

    due: int
    """Reminders; a digest carries several."""
    people: int
    lost: int
    duplicated_by_message_id: int
    duplicated_in_app: int
    marked_and_never_accepted: int
    accepted: int
    raw_repeats: int
    """Mails that the server accepted again with the same Message-ID: mail clients show them once."""
    late: Lateness
    late_without_outages: Lateness

    @property
    def is_passed(self) -> bool:
        """Return whether nothing was lost and nothing duplicated."""
        return not (
            self.lost or self.duplicated_by_message_id or self.duplicated_in_app or self.marked_and_never_accepted
        )

    def as_dict(self) -> dict[str, object]:
        """Return the figures."""
        return asdict(self)


def verify(cluster: Cluster, ledger: Sequence[Entry], accepted: Sequence[Accepted]) -> Verification:
    """Compare the ledger with the log of the mail server and with the tables."""
    times = Counter(one.message_id for one in accepted)
    first: dict[str, float] = {}
    ids_of: dict[str, set[str]] = defaultdict(set)
    for one in accepted:
        first.setdefault(one.recipient, one.at)
        ids_of[one.recipient].add(one.message_id)
    message_ids = _message_ids(cluster)
    late = [(entry, first[entry.person.email]) for entry in ledger if entry.person.email in first]
    return Verification(
        due=sum(len(entry.deadlines) for entry in ledger),
        people=len(ledger),
        lost=sum(
            message_ids.get(one) not in ids_of[entry.person.email] for entry in ledger for one in entry.deadlines
        ),
        duplicated_by_message_id=sum(len(found) - 1 for found in ids_of.values()),
        duplicated_in_app=_count(cluster, DUPLICATED_IN_APP),
        marked_and_never_accepted=len(set(message_ids.values()) - set(times)),
        accepted=len(accepted),
        raw_repeats=len(accepted) - len(times),
        late=Lateness.of(at - entry.due_at for entry, at in late),
        late_without_outages=Lateness.of(
            at - entry.due_at for entry, at in late if not _was_down(cluster, entry.due_at, at)
        ),
    )  # fmt: skip


def _message_ids(cluster: Cluster) -> dict[UUID, str]:
    """Return the Message-ID with which each deadline's reminder was marked as sent."""
    head = Letterhead(cluster.settings.mail_sender, cluster.settings.base_url)
    return {row[0]: message_id(head, row[1]) for row in cluster.query(SENT)}  # type: ignore[arg-type, misc]  # two uuids


def _count(cluster: Cluster, statement: str) -> int:
    return int(cluster.query(statement)[0][0])  # type: ignore[call-overload, no-any-return]  # a count


def _was_down(cluster: Cluster, begin: float, end: float) -> bool:
    """Return whether PostgreSQL, Redis, the mail server or all workers were down at some time in between."""
    outages = [(name, max(a, begin), min(b, end)) for name, a, b in cluster.outages if a < end and b > begin]
    if any(name in {"postgres", "redis", "mail"} for name, _a, _b in outages):
        return True
    return {name for name, _a, _b in outages if name.startswith("worker")} >= set(cluster.workers)
