"""Mutation tests of the law engine (`make mutations`): plant one fault at a time in a copy and run the tests against it.

A fault replaces one text in one file. Each is tried with the tables and examples of `tests/law`, and with the oracle on
1,500 documents. A fault that neither finds has survived, which means that the tests are too weak: the program ends with 1.
It ends with 2 if the text of a fault does not occur exactly once in its file.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAW = Path("caseflow/law")
COPIED = (
    "caseflow/law",
    "caseflow/__init__.py",
    "caseflow/errors.py",
    "tests/law",
    "tests/__init__.py",
    "docs/law",
    "pyproject.toml",
)
TABLES = ("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--noconftest", "tests/law/rules", "tests/law/test_dates.py",
          "tests/law/test_engine.py", "tests/law/test_examples.py", "tests/law/test_objections.py",
          "tests/law/test_oracle.py::test_they_agree_where_they_once_differed")  # fmt: skip
ORACLE = ("-m", "tests.law.oracle", "--processes", "1", "--seed", "planted", "--count", "1500", "--show", "0")


@dataclass(frozen=True)
class Fault:
    """One fault: a text in a file and its replacement."""

    what: str
    file: str
    text: str
    instead: str


FAULTS = (
    Fault("the year ends a day later", "year.py", "self.start is not None and on <= self.safe_until(last=last)",
          "self.start is not None and on.toordinal() <= self.safe_until(last=last).toordinal() + 1"),
    Fault("the last day of the year is too late", "year.py", "self.start is not None and on <= self.safe_until(last=last)",
          "self.start is not None and on < self.safe_until(last=last)"),
    Fault("notification is ignored", "year.py", "if notified is None or decided is None:", "if True:"),
    Fault("the later of decision and notification is safe", "year.py",
          "decided if notified is None else min(decided, notified)", "decided if notified is None else max(decided, notified)"),
    Fault("a remedy of one victim counts for all", "ladder.py",
          "_in_order([step for step in whole if step.remedy.victims is None or each in step.remedy.victims])", "_in_order(whole)"),
    Fault("a remedy of some victims counts for none", "ladder.py", " or each in step.remedy.victims", ""),
    Fault("all victims have the clock of the first", "ladder.py", "if all(answer == first for _, answer in answers[1:]):", "if first:"),
    Fault("extraordinary remedies count as ordinary", "ladder.py", 'return self.remedy.kind in ("ordinary", None) and',
          "return"),
    Fault("a remedy that could not repair starts the year", "ladder.py",
          'self.remedy.kind in ("ordinary", None) and self.remedy.could_repair is not False',
          'self.remedy.kind in ("ordinary", None)'),
    Fault("a lost remedy restarts the year", "year.py",
          "counted = [step for step in decided if step.remedy.outcome not in PROCEDURAL_DEFAULTS] or decided", "counted = decided"),
    Fault("a decision of the next day counts as taken", "ladder.py", "decided.earliest > on)", "decided.earliest > on and False)"),
    Fault("a decision that may come after the day counts as taken", "year.py", "possibly_awaited=_possibly_awaited(ordinary, on),", ""),
    Fault("remedies keep the order of the list, whatever their days", "ladder.py", "ordered.insert(next(later, len(ordered)), step)",
          "ordered.append(step)"),
    Fault("a step that may be open counts as closed", "ladder.py", "(due is None or due.latest >= on)",
          "(due is not None and due.earliest >= on)"),
    Fault("entry into force before 5 May 2013", "register.py",
          "max(figures.protocol_in_force.value, add_months(deposit, figures.months_after_deposit.value))",
          "add_months(deposit, figures.months_after_deposit.value)"),
    Fault("a day that does not exist becomes the first of its month", "dates.py",
          "min(day.day, monthrange(year, month + 1)[1]))", "1)"),
    Fault("the day of entry into force is too early", "rules/facts_after_entry.py", "act.start and begun_before is False:",
          "act.start and begun_before is False and act.start.earliest > entry:"),
    Fault("continuing is ignored", "rules/facts_after_entry.py", "if act.continuing and act.until is None:",
          "if act.continuing and act.until:"),
    Fault("a later decision changes nothing", "rules/facts_after_entry.py", "if decided_before:", "if True:"),
    Fault("a missed step is still open", "rules/exhaustion.py", "if due is not None and due.latest < case.on:",
          "if due is not None and due.latest < case.on and step.place < 0:"),
    Fault("an undocumented excuse leans admissible", "rules/not_used.py", "if unused.documented:",
          "if unused.documented is not True or unused.documented:"),
    Fault("one victim who falls short bars the claim", "rules/victim_standing.py",
          "elif all(standing.falls_short for _, _, standing in found):", "elif any(standing.falls_short for _, _, standing in found):"),
    Fault("a missing consent does not matter", "rules/consent.py", 'if victim.consent == "missing":',
          'if victim.consent == "nothing":'),
    Fault("an anonymous author is admitted", "rules/written_and_named.py", "if author.named and author.in_writing:",
          "if author.in_writing:"),
    Fault("acts of others count as the State's", "rules/covenant_right.py", "*_attribution(case, place, claim)]", "]"),
    Fault("past examinations elsewhere don't bar", "rules/same_matter.py", 'if matter.sameness == "partly":',
          'if matter.sameness == "partly" or status == "examined":'),
    Fault("media reports are evidence", "rules/substantiation.py", 'if piece.kind == "media":', 'if piece.kind == "news":'),
    Fault("filing again is no abuse", "rules/abuse.py", "if earlier.anything_new:", "if earlier.anything_new is not None:"),
    Fault("general importance is a disadvantage", "rules/clear_disadvantage.py", 'if (claim.disadvantage or "").strip():',
          'if (claim.disadvantage or claim.general_importance or "").strip():'),
    Fault("what can't be put right is only premature", "engine.py", 'if "never" in cures:', 'if "in_time" in cures - {"never"}:'),
    Fault("a notification that is not recorded is a missed year", "rules/late.py", "if decision.remedy.notified is not None:", "if True:"),
    Fault("a later step never shows knowledge", "year.py", "day < date.max and add_years(day, self.years) < on", "day == date.max"),
    Fault("served before it was dated: the earlier day is all there is", "year.py",
          "_day(self.start.remedy.decided, last=last) if is_served_first else notified", "notified"),
    Fault("an extraordinary remedy never convinces", "year.py",
          'return "admissible" if step.remedy.kind == "extraordinary" and step.remedy.could_repair else "open"', 'return "open"'),
    Fault("an instance is optional by its name", "rules/not_used.py", "if unused.stage in INSTANCES:", "if unused.stage == 0:"),
    Fault("the reason for an extraordinary remedy is not used", "rules/not_used.py", "    if is_documented:", "    if unused.stage == 0:"),
    Fault("a remedy without suspensive effect must be awaited", "rules/pending.py", "    if unused is None:\n        return None",
          "    if unused is None or unused.reason:\n        return None"),
    Fault("of two records on a pending remedy the first counts", "ladder.py", "max(said, key=_how_well_shown, default=None)", "next(iter(said), None)"),
    Fault("the year waits for a remedy that need not be awaited", "year.py", "    if not_suspensive is not None:", "    if not_suspensive == 0:"),
    Fault("a constitutional remedy lost for its form is lost", "rules/exhaustion.py",
          "if step.is_lost_constitutional and _is_heard_before(case, earlier):", "if step.place < 0:"),
    Fault("a pending review is no later event", "rules/facts_after_entry.py", "    if inside and awaiting and", "    if inside and not awaiting and"),
    Fault("vague days before the final decision count", "year.py", "            days.append(_day(decided, last=last))",
          "            days.append(days[0])"),
    Fault("a withdrawn remedy may still decide", "rules/facts_after_entry.py", "        if step.remedy.outcome not in _UNDECIDED", "        if True"),
    Fault("a step whose last day has passed is open", "rules/facts_after_entry.py",
          "    open_next = open_next and not _is_over(remedy.next_step_due, case.on)\n", ""),
    Fault("what one day of a vague date can cure is lost", "rules/exhaustion.py", "weakest(curable or opinions)", "weakest(opinions)"),
    Fault("only the last uncertain remedy gives a last day", "clocks.py", "for step in year.uncertain if", "for step in year.uncertain[-1:] if"),
    Fault("a judgment that is not enforced does not help a later remedy", "rules/one_year.py",
          "opinions.append(_best([*_ways(case, year, last=True), *late_with_reason(case, year)]))",
          "opinions.append(by_later(year, later))"),
    Fault("a State can give up entry into force", "objections.py", "    if rule in NEVER_GIVEN_UP:", "    if rule == 0:"),
    Fault("an objection is silence too", "objections.py", '    if raised or finding.result == "met"', '    if finding.result == "met"'),
    Fault("an objection of a later day counts", "objections.py", "or each.raised.earliest <= case.on", "or True"),
    Fault("an objection that names a remedy is given up", "objections.py", "    if objection.names_remedy:", "    if objection.names_remedy == 0:"),
)  # fmt: skip


def main() -> int:
    """Try all faults, one process per core, and print the result of each."""
    outdated = [fault for fault in FAULTS if not applies(fault)]
    for fault in outdated:
        print(f"OUTDATED  {fault.what}: its text does not occur exactly once in {fault.file}")
    if outdated:
        return 2
    started = time.monotonic()
    if not passes(None, TABLES) or not passes(None, ORACLE):
        print("The tests fail without any fault: repair them first.")
        return 2
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(_found_by, FAULTS))
    for fault, by in zip(FAULTS, found, strict=True):
        print(f"{'caught' if by else 'SURVIVED':9} {fault.what}{' (' + ' and '.join(by) + ')' if by else ''}")
    survived = sum(not by for by in found)
    print(f"{len(FAULTS)} faults planted, {survived} survived; {time.monotonic() - started:.0f} s")
    return 1 if survived else 0


def applies(fault: Fault) -> bool:
    """Whether the fault can be planted: its text occurs exactly once in the file."""
    return (ROOT / LAW / fault.file).read_text(encoding="utf-8").count(fault.text) == 1


def _found_by(fault: Fault) -> list[str]:
    return [name for name, trial in (("tables", TABLES), ("oracle", ORACLE)) if not passes(fault, trial)]


def passes(fault: Fault | None, trial: Sequence[str]) -> bool:
    """Whether a run of tests passes in a copy of the code with the fault planted."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            _copy(ROOT / name, copy / name)
        if fault:
            path = copy / LAW / fault.file
            path.write_text(path.read_text(encoding="utf-8").replace(fault.text, fault.instead), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run([sys.executable, *trial], cwd=copy, env=environment, capture_output=True, check=False)
        return run.returncode == 0


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


if __name__ == "__main__":
    sys.exit(main())
