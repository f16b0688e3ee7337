"""The reckoning at the end of a trial: what was lost, what came twice, how late it was."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from bench.trial.house import House
from bench.trial.load import Entry
from bench.trial.post import Accepted
from caseflow.outbound.mail import Letterhead, message_id

TOLD_TWICE = (
    "SELECT count(*) FROM (SELECT FROM reminder WHERE status IN ('sent', 'waiting', 'failed') "
    "GROUP BY deadline_id, threshold, recipient_id, due_on HAVING count(*) > 1) AS twice"
)
SENT = "SELECT deadline_id, mail_id FROM reminder WHERE status = 'sent'"


@dataclass(frozen=True, slots=True)
class Lateness:
    """How long mails took from when they were due, in seconds. Zeros when there were none."""

    mails: int
    half: float
    of_a_hundred_99: float
    longest: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Lateness":
        """Sum up."""
        found = sorted(seconds) or [0.0]
        return cls(len(found), found[len(found) // 2], found[int(len(found) * 0.99)], found[-1])


@dataclass(frozen=True, slots=True)
class Account:
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
    """Mails that the server took a second time with the same Message-ID: what a mailbox folds."""
    late: Lateness
    late_without_outages: Lateness

    @property
    def is_good(self) -> bool:
        """Tell whether nothing was lost and nothing came twice."""
        return not (
            self.lost or self.duplicated_by_message_id or self.duplicated_in_app or self.marked_and_never_accepted
        )

    def as_dict(self) -> dict[str, object]:
        """Return the figures."""
        return asdict(self)


def reckon(house: House, ledger: Sequence[Entry], accepted: Sequence[Accepted]) -> Account:
    """Compare the ledger with the record of the mail server and with the tables."""
    times = Counter(one.message_id for one in accepted)
    first: dict[str, float] = {}
    ids_of: dict[str, set[str]] = defaultdict(set)
    for one in accepted:
        first.setdefault(one.recipient, one.at)
        ids_of[one.recipient].add(one.message_id)
    carried = _carried(house)
    late = [(entry, first[entry.person.email]) for entry in ledger if entry.person.email in first]
    return Account(
        due=sum(len(entry.deadlines) for entry in ledger),
        people=len(ledger),
        lost=sum(
            carried.get(one) not in ids_of[entry.person.email] for entry in ledger for one in entry.deadlines
        ),
        duplicated_by_message_id=sum(len(found) - 1 for found in ids_of.values()),
        duplicated_in_app=_count(house, TOLD_TWICE),
        marked_and_never_accepted=len(set(carried.values()) - set(times)),
        accepted=len(accepted),
        raw_repeats=len(accepted) - len(times),
        late=Lateness.of(at - entry.due_at for entry, at in late),
        late_without_outages=Lateness.of(
            at - entry.due_at for entry, at in late if not _was_away(house, entry.due_at, at)
        ),
    )  # fmt: skip


def _carried(house: House) -> dict[UUID, str]:
    """Return with which Message-ID each deadline's reminder was marked as sent."""
    head = Letterhead(house.settings.mail_sender, house.settings.base_url)
    return {row[0]: message_id(head, row[1]) for row in house.query(SENT)}  # type: ignore[arg-type, misc]  # two uuids


def _count(house: House, statement: str) -> int:
    return int(house.query(statement)[0][0])  # type: ignore[call-overload, no-any-return]  # a count


def _was_away(house: House, begin: float, end: float) -> bool:
    """Tell whether PostgreSQL, Redis, the mail server or all workers were away in a time."""
    gone = [(name, max(a, begin), min(b, end)) for name, a, b in house.outages if a < end and b > begin]
    if any(name in {"postgres", "redis", "mail"} for name, _a, _b in gone):
        return True
    return {name for name, _a, _b in gone if name.startswith("worker")} >= set(house.workers)
