"""The rows of cases and of everything that belongs to them, as lines for COPY."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from bench.answers import act_of, answer_of, answer_row, case_of, claim_of, json_text, remedy_of
from bench.chain import Chains, Changes, Entry
from bench.coalition import SMALL_CASES, STATES, Coalition, Office, new_id
from bench.texts import PLACES, RARE_CASES, Texts
from caseflow.audit import FIRST_ACTION
from caseflow.features.readiness.service import CLOCKS
from caseflow.law import load_vocabularies
from caseflow.models import Case, DomesticRemedy, Stage, search_text
from caseflow.models.deadline_kinds import CLOSE

RARE_RIGHT = "AUTHOR"
"""In as few cases as the rare word."""
STAGE_WEIGHTS = (20, 12, 25, 6, 3, 4, 3, 5, 3, 3, 6, 2, 2, 2, 4)
OPEN_STAGES = frozenset(list(Stage)[:5])
YEARS_BACK = 6
GRANTED = 0.01
"""Share of cases that another section may read."""
COURT = "Audiencia Provincial, Sección 3ª"
Value = object


def line(*values: Value) -> str:
    """Return a row in the text format of COPY. The values here hold no tab, backslash or line break."""
    return "\t".join(["\\N" if value is None else str(value) for value in values])


@dataclass
class Rows:
    """Makes the rows of one case after the other, by table."""

    coalition: Coalition
    chance: Random
    today: date
    cases: int
    lines: dict[str, list[str]] = field(default_factory=dict)
    counters: Counter[tuple[Office, int]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.texts = Texts(self.chance)
        self.chains = Chains()
        self.rights = [right.code for right in load_vocabularies().rights if right.code != RARE_RIGHT]
        self.kinds = [kind.code for kind in load_vocabularies().violation_types]
        self.now = datetime.combine(self.today, time(6), UTC)
        self.moment = self.now

    def chunks(self, size: int) -> Iterator[dict[str, list[str]]]:
        """Yield the lines of so many cases at a time."""
        for office in self.coalition.offices:
            self._begin_chain(office)
        every = max(self.cases // RARE_CASES, 1)
        for number, office in enumerate(self._offices()):
            self.moment = self.now - timedelta(days=365) * (1 - number / self.cases)
            self._case(office, is_rare=number % every == every // 2)
            if number % size == size - 1:
                yield self._pop_lines()
        yield self._pop_lines()
        yield {"case_counter": [line(o.id, year, last) for (o, year), last in self.counters.items()],
               "audit_chain": [line(*head) for head in self.chains.heads()]}  # fmt: skip

    def _pop_lines(self) -> dict[str, list[str]]:
        taken, self.lines = self.lines, {}
        return taken

    def _offices(self) -> Iterable[Office]:
        *others, small = self.coalition.offices
        chosen = self.chance.choices(others, [office.share for office in others], k=self.cases)
        for place in self.chance.sample(range(self.cases), min(SMALL_CASES, self.cases // 4)):
            chosen[place] = small
        return chosen

    def _put(self, table: str, *values: Value) -> None:
        self.lines.setdefault(table, []).append(line(*values))

    def _case(self, office: Office, *, is_rare: bool) -> None:
        chance = self.chance
        opened = self.today - timedelta(days=int(chance.random() ** 1.5 * 365 * YEARS_BACK))
        self.counters[office, opened.year] += 1
        number = self.counters[office, opened.year]
        case, owner = new_id(chance), chance.choice(office.workers) if chance.random() < 0.95 else None
        stage = chance.choices(list(Stage), STAGE_WEIGHTS)[0]
        state = office.state if chance.random() < 0.9 else chance.choice(STATES)
        region, district = chance.choice(PLACES)
        ranked = range(1, len(self.rights) + 1)
        rights = list(dict.fromkeys(chance.choices(self.rights, [1 / n for n in ranked], k=chance.randrange(1, 3))))
        rights += [RARE_RIGHT] if is_rare else []
        reference, title = f"{office.code}-{opened.year}-{number:04d}", self.texts.title()
        happened = opened - timedelta(days=chance.randrange(400))
        is_sealed = owner is not None and chance.random() < 0.02
        texts = {"reference": reference, "title": title, "narrative": self.texts.narrative(rare=is_rare)}
        row = (
            case, office.id, opened.year, number, reference, title, state, region, district, happened.isoformat()[:7],
            texts["narrative"], "", chance.choices(("normal", "urgent", "emergency"), (90, 8, 2))[0],
            "sealed" if is_sealed else "section", stage.value, owner, opened, _array(rights), 1, "t", self.now, "t",
        )  # fmt: skip
        facts = case_of(case, reference, state, is_checked=True)
        made = _SeededCase(case, office, owner, happened, facts)
        opening: Changes = {"title": [None, title], "reference": [None, reference], "rights": [None, rights]}
        self._audit(made, "case.opened", "case", case, opening)
        self._put("case_view", case, owner or office.coordinator, opened)
        if chance.random() < GRANTED:
            other = chance.choice(self.coalition.offices)
            self._put("case_grant", new_id(chance), case, other.id, "read", self.now)
        for position, right in enumerate(rights, 1):
            self._claim(made, position, right)
        places = {"place_region": region, "place_district": district}
        self._put("case", *row, *search_text(texts | places, made.of_children).values())
        if stage in OPEN_STAGES:
            self._assessment(made)
            self._manual_deadline(made)

    def _claim(self, case: "_SeededCase", position: int, right: str) -> None:
        chance, claim = self.chance, new_id(self.chance)
        kinds = _array(chance.sample(self.kinds, 2))
        lost = "The household lost its home and most of what stood in it."
        self._put("claim", claim, case.id, position, _array([right]), kinds, '{"11(1)","2(1)"}', lost, 1, self.now)
        self._audit(case, "claim.added", "claim", claim, {"rights": [None, [right]]})
        facts = claim_of(case.facts, claim, position, right, lost)
        for number in range(1, chance.randrange(2, 4)):
            began = case.happened + timedelta(days=number * 9)
            act, what = new_id(chance), self.texts.title()
            self._put("act", act, case.id, claim, number, what, began, "f", "t", 1)
            case.of_children.append(what)
            act_of(facts, act, what, began)
        for remedy, step in self._ladder(case, claim):
            case.remedies.append(remedy_of(facts, remedy, step))

    def _ladder(self, case: "_SeededCase", claim: UUID) -> Iterator[tuple[UUID, tuple[Value, ...]]]:
        """Write the remedies of a claim; yield each with the facts that the engine needs."""
        chance, day = self.chance, case.happened
        steps = ("ADM_COMPL", "COURT_1", "APPEAL", "CONST")[: chance.randrange(1, 5)]
        for position, stage in enumerate(steps, 1):
            filed, day = day + timedelta(days=20), day + timedelta(days=chance.randrange(60, 240))
            outcome = chance.choice(("pending", "dismissed", "no_reply")) if position == len(steps) else "dismissed"
            decided = day if outcome == "dismissed" else None
            remedy, file_number = new_id(chance), f"{chance.randrange(1, 999)}/{filed.year}"
            self._put(
                "domestic_remedy", remedy, case.id, claim, position, "t", stage, "ordinary", COURT,
                file_number, filed, decided, decided, outcome, "t", "t", 1, self.now,
            )  # fmt: skip
            case.of_children.extend((COURT, file_number))
            said = {"filed": [None, filed.isoformat()], "stage": [None, stage], "outcome": [None, outcome]}
            self._audit(case, "remedy.added", "domestic_remedy", remedy, said)
            yield remedy, (stage, COURT, filed, decided, outcome)

    def _assessment(self, case: "_SeededCase") -> None:
        """Write the assessment and its computed deadlines, as saving the case would have."""
        findings, deadlines = answer_of(case.facts, case.remedies, self.today)
        row = answer_row(findings)
        self._put("assessment", new_id(self.chance), case.id, "t", self.now, "change", *row)
        for one in deadlines:
            basis = json_text(dict(one.basis))
            self._deadline(case, one.claim_id, one.kind.value, CLOCKS.name, one.key, one.due_on, basis)

    def _manual_deadline(self, case: "_SeededCase") -> None:
        due = self.today + timedelta(days=self.chance.randrange(-20, 360))
        self._deadline(case, None, "manual", "", f"manual:{case.id}", due, "{}")

    def _deadline(self, case: "_SeededCase", *values: Value) -> None:
        claim, kind, source, key, due, basis = values
        assert isinstance(due, date)
        deadline = new_id(self.chance)
        self._put(
            "deadline", deadline, case.id, claim, kind, source, key, due, basis, case.owner, 1, self.now, self.now
        )
        if case.owner is None:
            return
        for threshold in (90, 30, 14, 7, 3, 1, 0, -1):
            day = due - timedelta(days=threshold)
            at = datetime.combine(day, time(7), UTC) if kind != "manual" and threshold <= CLOSE else None
            status = ("waiting", None) if day > self.today else ("sent", self.now)
            told = (case.owner, threshold, "responsible", day, at, *status)
            self._put("reminder", new_id(self.chance), deadline, 1, case.id, *told, self.now)

    def _begin_chain(self, office: Office) -> None:
        at, actor = self.now - timedelta(days=366), office.workers[0]
        added = Entry(new_id(self.chance), office.id, at, actor, FIRST_ACTION, "section", office.id, None, {})
        self._put("audit_entry", *self.chains.entry(added))

    def _audit(self, case: "_SeededCase", action: str, subject: str, row: UUID, changes: Changes) -> None:
        actor, section = case.owner or case.office.coordinator, case.office.id
        assert actor is not None
        entry = Entry(new_id(self.chance), section, self.moment, actor, action, subject, row, case.id, changes)
        self._put("audit_entry", *self.chains.entry(entry))


@dataclass(frozen=True, slots=True)
class _SeededCase:
    """What the rows below a case need of it."""

    id: UUID
    office: Office
    owner: UUID | None
    happened: date
    facts: Case
    remedies: list[DomesticRemedy] = field(default_factory=list)
    of_children: list[str] = field(default_factory=list)
    """The texts of its acts and remedies by which it is found."""


def _array(codes: list[str]) -> str:
    return "{" + ",".join(codes) + "}"
