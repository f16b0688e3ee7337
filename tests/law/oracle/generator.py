"""Generates random documents: mostly like real ones, mixed with unusual dates, codes and missing values.

Why this is not done by hypothesis: docs/decisions/0013-oracle-generator.md.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

STATES = ("ES", "ES", "ES", "ES", "ES", "EC", "FI", "LU", "IT", "AM", "DE", "SI", "US", "ZZ", None)
LADDER = ("ADM_REQ", "ADM_APPEAL", "COURT_1", "APPEAL", "CASSATION", "CONST", "EXTRA")
STAGES = (*LADDER, "ADM_COMPL", "OMBUDS_NHRI", "CONCIL", "URGENT", "CRIM", "ENFORCE", "REGIONAL", None)
OUTCOMES = (
    "granted", "partly_granted", "inadmissible", "inadmissible_late", "inadmissible_form", "withdrawn", "settled", "pending",
    "no_reply", "not_enforced", None,
)  # fmt: skip
KINDS = ("extraordinary", "extraordinary", "discretionary", None)
CONTESTED = ("ADM_REQ", "URGENT", "COURT_1", "APPEAL", "CASSATION", "CONST", "EXTRA")
"""Stages at which it matters most why a remedy was not used."""
REASONS = (
    "unavailable", "ineffective_settled_case_law", "no_suspensive_effect", "cost_no_legal_aid", "no_standing", "fear",
    "unreasonable_delay", "missed", "not_tried", None,
)  # fmt: skip
EVIDENCE = (
    "decision", "notification_proof", "testimony", "official", "medical", "expert", "photo", "statistics",
    "correspondence", "media", "other", None,
)  # fmt: skip
RIGHTS = ("HOUSING", "SOCSEC", "HEALTH", "WATER", "EDU", "SELFDET", "ENV", "NONDISC", "LAND", "SRH")
ARTICLES = ("11(1)", "11", "11", "9", "12", "2(1)", "1", "2", "15(1)(a)", "13", "27", "0", "16")
BODIES = (
    "ECTHR",
    "CCPR",
    "IACHR",
    "CEDAW",
    "CESCR",
    "CESCR_INQ",
    "UN_SP",
    "HRC_CP",
    "ECSR",
    "ILO_CFA",
    "OECD_NCP",
    None,
)
PROCEDURAL = ("inadmissible_late", "inadmissible")
STATUSES = ("pending", "examined", "rejected_unexamined", "withdrawn", "general_situation", None)
CRITICAL_DAYS = (
    date(2013, 5, 4), date(2013, 5, 5), date(2013, 5, 6), date(2014, 1, 31), date(2014, 4, 29), date(2014, 4, 30),
    date(2014, 5, 1), date(2016, 2, 28), date(2016, 2, 29), date(2016, 3, 1), date(2017, 2, 28), date(2017, 3, 1),
    date(2015, 2, 28), date(2015, 5, 2), date(2015, 5, 3), date(2015, 5, 20), date(2017, 12, 31), date(2016, 10, 31),
)  # fmt: skip
FORMS = ("{}~", "{}?", "{}%", "../{}", "{}/..")


class DocumentGenerator:
    """Generates documents one after the other; the same seed gives the same documents."""

    def __init__(self, seed: int | str) -> None:
        self.random = Random(seed)
        self.plain = False
        """Whether little is unusual in the document, so that single rules decide its outlook."""
        self.decisions: list[date] = []
        """The days of the decisions in the document, near which other things happen."""

    def document(self) -> tuple[dict[str, Any], date]:
        """A document and the day for which it is assessed."""
        self.plain, self.decisions = self._chance(0.2), []
        victims = [self._victim(f"v{n}") for n in range(self.random.choice((1, 1, 1, 2, 2, 3)))]
        ids = [each["id"] for each in victims]
        claims = [self._claim(f"c{n}", ids) for n in range(self.random.choice((1, 1, 1, 1, 2, 3)))]
        facts: dict[str, Any] = {
            "schema": "caseflow/case-facts/1",
            "state": "ES" if self.plain else self.random.choice(STATES),
            "author": self._usually({"named": self._mostly_true(), "in_writing": self._mostly_true()}),
            "victims": victims,
            "claims": claims if self._chance(0.995) else self.random.choice((None, [])),
            "other_procedures": self._list(self._procedure, (0,) if self.plain else (0, 0, 0, 1, 1, 2)),
            "earlier_communications": self._list(self._earlier, (0,) if self.plain else (0, 0, 0, 0, 1, 2)),
            "lateness_reason": self.random.choice((None, None, None, "", "ill")),
        }
        return facts, self._assessed_on(facts)

    def _assessed_on(self, facts: dict[str, Any]) -> date:
        """More than half of the days are near a date of the document, or a year after one, where answers change."""
        exact = [
            date.fromisoformat(text)
            for claim in facts["claims"] or []
            for each in claim["remedies"] or []
            for text in (each.get("decided"), each.get("notified"), each.get("next_step_due"))
            if text and len(text) == len("2013-10-03") and text[-1].isdigit() and text[0] == "2"
        ]
        if exact and self._chance(0.6):
            days = (0, 1, -1, -40, 180, 364, 365, 366, 366, 367, 420, 800)
            near = max(exact) if self._chance(0.5) else self.random.choice(exact)
            return near + timedelta(self.random.choice(days))
        return self._day()

    def _victim(self, name: str) -> dict[str, Any]:
        return {
            "id": name,
            "kind": self.random.choice(("individual", "individual", "household", "group", None)),
            "identified": self._mostly_true(),
            "within_jurisdiction": self._mostly_true(),
            "personally_affected": self._mostly_true(),
            "consent": self._usual("author", ("signed", "justified", "missing", None)),
            "consent_reason": self._optional_text(),
        }

    def _claim(self, name: str, victims: list[str]) -> dict[str, Any]:
        some = self.random.sample(victims, self.random.randint(1, len(victims)))
        concerned = self.random.choice((victims, some, None, []) if self._chance(0.3) else (victims, some))
        remedies = self._remedies(victims if concerned is None else concerned)
        claim = {
            "id": name,
            "rights": ["HOUSING"] if self.plain else self._list(lambda: self.random.choice(RIGHTS), (1, 1, 1, 2, 0)),
            "articles": ["11"] if self.plain else self._list(lambda: self.random.choice(ARTICLES), (0, 1, 1, 2, 3)),
            "victims": concerned,
            "acts": self._acts(),
            "remedies": remedies,
            "remedies_not_used": self._not_used(remedies or []),
            "delay": self._usually({"claimed": False, "since": None, "explanation": None}, self._delay),
            "evidence": self._list(self._evidence, (1, 1, 2, 3, 0)),
            "disadvantage": self._usual("lost the home", (None, "")),
            "general_importance": self.random.choice((None, None, "", "many are concerned")),
        }
        return {key: value for key, value in claim.items() if key in ("id", "remedies") or not self._chance(0.03)}

    def _acts(self) -> list[Any] | None:
        """Sometimes one act before and another after the entry into force of most States."""
        acts = self._list(self._act, (1, 1, 1, 2, 2, 0))
        if acts and self._chance(0.15):
            return [
                {**acts[0], "from": "2012-02-01", "until": "2012-03"},
                {**acts[0], "from": "2017-09-01", "until": None},
            ]
        return acts

    def _act(self) -> dict[str, Any]:
        start, end = self._in_order(self._date(), self.random.choice((None, self._date(), self._date())))
        return {
            "from": start,
            "until": end,
            "continuing": self._usual(False, (True, True, None)),
            "continuing_reason": self._optional_text(),
            "attributable_to_state": self._mostly_true(),
        }

    def _remedies(self, victims: Sequence[str]) -> list[dict[str, Any]] | None:
        if self._chance(0.05):
            return self.random.choice((None, []))
        day, remedies = self._day(), []
        for place in range(self.random.choice((1, 1, 2, 2, 3, 4))):
            remedies.append(self._remedy(LADDER[min(2 + place, 5)], day, victims))
            day += timedelta(self.random.choice((5, 20, 60, 150, 250, 400)))
        remedies += self._last_resort(day, victims)
        if self._chance(0.1):
            self.random.shuffle(remedies)
        return remedies

    def _last_resort(self, day: date, victims: Sequence[str]) -> list[dict[str, Any]]:
        """What often follows the last ordinary decision: a remedy with another name, one refused for its form, one pending."""
        if self._chance(0.5):
            return []
        special = {
            "stage": self.random.choice(("EXTRA", "EXTRA", "CONST", "CONST", "COURT_1", "APPEAL", "CASSATION")),
            "kind": self.random.choice(("extraordinary", "extraordinary", "discretionary")),
        }
        for_form = {"stage": "CONST", "kind": "ordinary", "outcome": self._usual("inadmissible_form", PROCEDURAL, 0.8)}
        pending = {"kind": "ordinary", "outcome": self._usual("pending", ("dismissed", "granted"), 0.7)}
        changes = self.random.choice((special, special, special, for_form, pending))
        remedy = {**self._remedy(self.random.choice(("APPEAL", "EXTRA", "URGENT")), day, victims), **changes}
        if changes is special and self._chance(0.2):
            remedy |= {"outcome": "pending", "decided": None, "notified": None}
        return [remedy]

    def _remedy(self, stage: str, day: date, victims: Sequence[str]) -> dict[str, Any]:
        self.decisions.append(day)
        filed = day - timedelta(self.random.choice((3, 10, 30, 100, 300)))
        return {
            "stage": stage if self._chance(0.8) else self.random.choice(STAGES),
            "authority": "a court",
            "kind": self._usual("ordinary", KINDS, 0.8),
            "filed": self._as_edtf(filed) if self._chance(0.5) else None,
            "decided": self._as_edtf(day) if self._chance(0.93) else None,
            "notified": self._as_edtf(day + timedelta(self.random.choice((0, 1, 10, 40, -3, -2))))
            if self._chance(0.4)
            else None,
            "outcome": self._usual("dismissed", OUTCOMES, 0.7),
            "raised_right": self._mostly_true(),
            "could_repair": self._mostly_true(),
            "next_step": self.random.choice((*LADDER, "ask again", "")) if self._chance(0.2) else None,
            "next_step_due": self._as_edtf(day + timedelta(self.random.choice((15, 30, 400))))
            if self._chance(0.2)
            else None,
            "victims": self.random.choice((None, [], *([each] for each in victims))) if self._chance(0.25) else None,
        }

    def _not_used(self, remedies: Sequence[dict[str, Any]]) -> list[Any] | None:
        """Sometimes a remedy that was used and need not be awaited, or one that had to come before a constitutional one."""
        unused = self._list(self._unused, (0, 0, 0, 0, 1, 2))
        if unused is None or not remedies:
            return unused
        last = remedies[-1]
        if (last["outcome"] == "pending" and self._chance(0.5)) or self._chance(0.1):
            unused.append({**self._unused(), "stage": last["stage"], "reason": "no_suspensive_effect"})
        if last["outcome"] == "inadmissible_form" and self._chance(0.6):
            unused.append({**self._unused(), "stage": "EXTRA", "kind": "extraordinary"})
        return unused

    def _unused(self) -> dict[str, Any]:
        return {
            "stage": self.random.choice(CONTESTED if self._chance(0.6) else STAGES),
            "kind": self._usual("ordinary", KINDS, 0.6),
            "reason": self.random.choice(REASONS),
            "explanation": self._usual("why", (None, "")),
            "documented": self._usual(True, (False, None), 0.6),
        }

    def _delay(self) -> dict[str, Any]:
        return {"claimed": self._mostly_true(), "since": self._date(), "explanation": self._optional_text()}

    def _evidence(self) -> dict[str, Any]:
        kind = "decision" if self.plain else self.random.choice(EVIDENCE)
        return {"kind": kind, "proves": self.random.choice((*LADDER, None))}

    def _procedure(self) -> dict[str, Any]:
        same = {f"same_{what}": self._usual(True, (False, None), 0.6) for what in ("persons", "facts", "rights")}
        start, until = self._in_order(*(self._date() if self._chance(0.4) else None for _ in range(2)))
        if self.decisions and self._chance(0.3):
            begun = self.random.choice(self.decisions) + timedelta(self.random.choice((0, 1, 30, 200)))
            start, until = self._as_edtf(begun), None
        when = {"from": start, "until": until}
        return {"body": self.random.choice(BODIES), "status": self.random.choice(STATUSES), **same, **when}

    def _earlier(self) -> dict[str, Any]:
        same = {f"same_{what}": self._usual(True, (False, None), 0.6) for what in ("persons", "facts", "rights")}
        status = self.random.choice(("pending", "examined", "rejected_unexamined", "withdrawn", None))
        filed = self._date() if self._chance(0.4) else None
        return {"status": status, "filed": filed, "anything_new": self._usual(False, (True, None), 0.5), **same}

    def _in_order(self, start: str | None, end: str | None) -> tuple[str | None, str | None]:
        if start and end and end.strip("./~?%") < start.strip("./~?%"):
            return end, start
        return start, end

    def _day(self) -> date:
        if self._chance(0.3):
            return self.random.choice(CRITICAL_DAYS) + timedelta(self.random.choice((0, 0, 0, 1, -1)))
        return date(2012, 1, 1) + timedelta(self.random.randrange(365 * 7))

    def _date(self) -> str | None:
        return self._as_edtf(self._day()) if self._chance(0.9) else None

    def _as_edtf(self, day: date) -> str:
        """A day as EDTF: mostly exact, sometimes only a month or a year, approximate, or open at one end."""
        text = day.isoformat()
        if self._chance(0.75):
            return text
        text = text[: self.random.choice((4, 7, 7, 10))]
        return self.random.choice(FORMS).format(text) if self._chance(0.4) else text

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _mostly_true(self) -> bool | None:
        return True if self._chance(0.97 if self.plain else 0.88) else self.random.choice((False, None))

    def _usual(self, usual: Any, unusual: Sequence[Any], share: float = 0.75) -> Any:
        return usual if self._chance(0.9 if self.plain else share) else self.random.choice(unusual)

    def _optional_text(self) -> str | None:
        return self.random.choice((None, "", "a reason", "a reason"))

    def _usually(self, usual: Any, make: Any = None) -> Any:
        if self._chance(0.95 if self.plain else 0.7):
            return usual
        return make() if make and self._chance(0.7) else None

    def _list(self, make: Any, counts: Sequence[int]) -> list[Any] | None:
        return None if self._chance(0.04) else [make() for _ in range(self.random.choice(counts))]
