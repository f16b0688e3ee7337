"""What is printed: a table for people, and everything as JSON after a marker."""

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.engine import WANTED as ENGINE_WANTED
from bench.engine import EngineSpeed
from bench.full_pass import MINUTES_WANTED, FullPass
from bench.measure import Figures
from bench.pages import CASE_LIST, COMMON_SEARCH, PAGES_OF_CASE, RARE_SEARCH, SAVE_REMEDY
from bench.plans import Plan
from bench.reminders import Sent

MARKER = "--- JSON ---"
RATIO_WANTED, REMINDERS_WANTED = 2.0, 60
WATCHED = (*PAGES_OF_CASE, CASE_LIST, RARE_SEARCH, COMMON_SEARCH)
Measured = Mapping[str, Mapping[str, Figures]]


def machine(postgres: str) -> dict[str, object]:
    """Describe the machine."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "cpu": cpu or platform.processor(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(memory / 1024**2),
        "load_before": os.getloadavg()[0],
        "python": platform.python_version(),
        "postgresql": postgres,
    }


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


@dataclass(frozen=True)
class Report:
    """Everything that was measured; the run with few cases first."""

    where: Mapping[str, object]
    cases: Sequence[int]
    seconds: Sequence[float]
    """How long seeding took."""
    runs: Sequence[Measured]
    plans: Sequence[Plan]
    reminders: Sequence[Sent]
    engine: EngineSpeed
    full_passes: Sequence[FullPass]

    def lines(self) -> Iterator[str]:
        """Yield what people read."""
        yield from self._table()
        yield ""
        yield from self._ratios()
        yield ""
        for sent in self.reminders:
            yield f"{sent.workers} worker(s): {sent.sent:,} mails in {sent.seconds:.1f} s, {sent.each_second:.0f} a second; a sweep with nothing due {sent.idle_milliseconds:.1f} ms; {', '.join(f'{mb:.0f} MB after {mails:,}' for mails, mb in sent.memory)}"
        yield ""
        engine = self.engine
        yield f"engine: {engine.each_second:,.0f} assessments a second of processor time on one core (slowest round {engine.slowest:,.0f}), {engine.findings:.1f} findings each"
        for one in self.full_passes:
            yield f"full pass, {one.name}, {one.workers} worker(s): {one.cases:,} cases in {one.seconds:.1f} s, {one.each_second:.0f} a second; {one.changed:,} answers changed, {one.corrected:,} deadlines corrected; {one.memory:.0f} MB, grown by {one.grown:.0f}"
        yield ""
        for plan in self.plans:
            yield f"{plan.name:45} {plan.milliseconds:7.1f} ms {plan.buffers:7} blocks  {', '.join(plan.nodes)}"
        yield ""
        yield f"fsync on; seeded in {', '.join(f'{s:.0f} s' for s in self.seconds)}; {self.where}"
        yield from (f"SLOW: {line}" for line in self.misses())
        yield from (f"WRONG: {line}" for line in self.faults())

    def _table(self) -> Iterator[str]:
        heads = [f"{n:,}: p50 / p95 ms | statements" for n in self.cases]
        yield f"| page | {' | '.join(heads)} | floor p50 | statements | ratio | small section p50 |"
        yield "|---|" + "--:|--:|" * len(self.cases) + "--:|--:|--:|--:|"
        for name, last in self.runs[-1].items():
            ours = [run[name]["app"] for run in self.runs]
            cells = [f"{of.p50:.1f} / {of.p95:.1f} | {of.usual_statements}" for of in ours]
            floor, small = last.get("floor"), last.get("small")
            cells.append(f"{floor.p50:.1f} | {floor.usual_statements} | {ratio(last):.2f}" if floor else " | | ")
            cells.append(f"{small.p50:.1f}" if small else "")
            yield f"| {name} | {' | '.join(cells)} |"

    def _ratios(self) -> Iterator[str]:
        for name in (*WATCHED, SAVE_REMEDY):
            page = self.runs[-1][name]
            app, floor = page["app"].usual_statements, page["floor"].usual_statements
            yield f"{name}: {ratio(page):.2f} x the floor, {app} statements (floor {floor})"

    def misses(self) -> list[str]:
        """Return what is slower than wanted. It is only reported: times vary on a shared machine."""
        last = self.runs[-1]
        slow = [name for name in WATCHED if ratio(last[name]) > RATIO_WANTED]
        late = [sent for sent in self.reminders if sent.each_second < REMINDERS_WANTED]
        most = 100_000 / (MINUTES_WANTED * 60)
        slow_passes = [one for one in self.full_passes if one.workers > 1 and one.each_second < most]
        if self.engine.each_second < ENGINE_WANTED:
            late_engine = [f"engine: {self.engine.each_second:,.0f} a second, wanted {ENGINE_WANTED:,}"]
        else:
            late_engine = []
        return [
            *late_engine,
            *(f"full pass, {n.name}: {n.each_second:.0f} cases a second, wanted {most:.0f}" for n in slow_passes),
            *(f"{name}: {ratio(last[name]):.2f} x the floor, wanted {RATIO_WANTED}" for name in slow),
            *(
                f"{s.workers} worker(s): {s.each_second:.0f} reminders a second, wanted {REMINDERS_WANTED}"
                for s in late
            ),
        ]

    def faults(self) -> list[str]:
        """Return what must not be: more statements with more data, or a list that scans a big table as a whole."""
        few, many = self.runs[0], self.runs[-1]
        numbers = {name: (few[name]["app"].usual_statements, many[name]["app"].usual_statements) for name in many}
        return [
            *(
                f"{name}: {now} statements, {before} with fewer cases"
                for name, (before, now) in numbers.items()
                if now > before
            ),
            *(f"{plan.name}: reads {fault}" for plan in self.plans for fault in plan.faults),
        ]

    def as_json(self) -> str:
        """Return it for programs."""
        runs = [
            {
                "cases": number,
                "seeded_in_s": round(took, 1),
                "pages": {name: {kind: of.as_json() for kind, of in page.items()} for name, page in run.items()},
            }
            for number, took, run in zip(self.cases, self.seconds, self.runs, strict=True)
        ]
        plans = [asdict(plan) for plan in self.plans]
        reminders = [asdict(sent) | {"per_second": round(sent.each_second, 1)} for sent in self.reminders]
        full_passes = [asdict(one) | {"per_second": round(one.each_second, 1)} for one in self.full_passes]
        found = {
            "runs": runs,
            "plans": plans,
            "reminders": reminders,
            "engine": asdict(self.engine),
            "full_passes": full_passes,
        }
        return json.dumps({"machine": self.where, **found}, indent=1)


def ratio(of_page: Mapping[str, Figures]) -> float:
    """Return how many times as long as the floor a page takes."""
    return of_page["app"].p50 / of_page["floor"].p50
