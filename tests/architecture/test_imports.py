"""Who may import whom, over the graph of all imports (grimp). What `make lint` checks besides is in `pyproject.toml`."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

FEATURES = "caseflow.features"
APP = "caseflow.app"
OPEN_ROOMS = frozenset({"service", "queries", "commands"})
"""What a feature may import of another one."""
WEB_ROOMS = frozenset({"feature", "views", "panel", "pages", "forms", "words"})
WEB = frozenset({"flask", "flask_babel", "flask_login", "flask_wtf", "wtforms", "celery"})
WITHOUT_WEB = ("caseflow.models", "caseflow.access", "caseflow.unit_of_work", "caseflow.sources")
ROOMS = (
    ("feature",),
    ("views",),
    ("panel",),
    ("pages",),
    ("forms",),
    ("words",),
    ("service",),
    ("deadlines",),
    ("facts", "chronology", "mails", "documents"),
    ("queries",),
    ("commands",),
)
"""The rooms of a feature, from the top. Those of one line do not know each other."""
LEVELS = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(
        "caseflow", "worker", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


def feature_of(module: str) -> str | None:
    """Return the feature of a file; None for what is no file of a feature."""
    parts = module.removeprefix(f"{FEATURES}.").split(".")
    return parts[0] if module.startswith(f"{FEATURES}.") and len(parts) > 1 else None


def room_of(module: str) -> str:
    return module.rpartition(".")[2]


def is_within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def imports_of(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    for module in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(module)):
            yield module, imported


def circles(graph: grimp.ImportGraph) -> Iterator[str]:
    """Refuse files that import each other, directly or through others."""
    try:
        TopologicalSorter(
            {module: graph.find_modules_directly_imported_by(module) for module in sorted(graph.modules)}
        ).prepare()
    except CycleError as error:
        circle = " <- ".join(error.args[1])
        yield f"{circle}: move what they share into a file below both, or hand it over as an argument"


def closed_rooms(graph: grimp.ImportGraph) -> Iterator[str]:
    """Refuse imports of another feature's inner files."""
    for module, imported in imports_of(graph):
        owner, room = feature_of(imported), room_of(imported)
        if owner is None or room in OPEN_ROOMS:
            continue
        if room == "feature" and module != APP:
            yield f"{module} -> {imported}: only {APP} reads the records of features"
        elif feature_of(module) not in {None, owner}:
            advice = (
                "of another feature call a function of service or queries, or use a command. Words for templates are "
                "given by the owner's install as a global, plain data of a model belongs beside the model"
            )
            yield f"{module} -> {imported}: {advice}"


def web_in_business_code(graph: grimp.ImportGraph) -> Iterator[str]:
    """Refuse the web and the queue in what jobs, commands and tests use without them, also through other files."""
    waiting = [(module,) for module in sorted(graph.modules) if _is_of_web(module)]
    seen = {path[0] for path in waiting}
    advice = (
        "business code knows no web and no queue: return rows and values, and put words, forms and addresses into "
        f"{', '.join(sorted(WEB_ROOMS))}; ask for a job by its name (uow.after_commit)"
    )
    while waiting:
        path = waiting.pop()
        for importer in sorted(graph.find_modules_that_directly_import(path[0]) - seen):
            if _is_business_code(importer):
                yield f"{' -> '.join((importer, *path))}: {advice}"
            else:
                seen.add(importer)
                waiting.append((importer, *path))


def _is_of_web(module: str) -> bool:
    is_web_room = feature_of(module) is not None and room_of(module) in WEB_ROOMS
    return module in WEB or is_within(module, ("caseflow.web",)) or is_web_room


def _is_business_code(module: str) -> bool:
    of_feature = is_within(module, (FEATURES,)) and room_of(module) not in WEB_ROOMS
    return of_feature or is_within(module, WITHOUT_WEB)


def rooms_upside_down(graph: grimp.ImportGraph) -> Iterator[str]:
    """Refuse imports upwards inside a feature, also through its files with names of their own."""
    for module in sorted(graph.modules):
        feature, level = feature_of(module), LEVELS.get(room_of(module))
        if feature is None or level is None:
            continue
        for path in _to_rooms(graph, module, feature):
            other = LEVELS[room_of(path[-1])]
            is_beside = other == level and room_of(path[-1]) != room_of(module)
            if other < level or is_beside:
                advice = f"inside a feature rooms import downwards only: {_order()}"
                yield f"{' -> '.join(path)}: {advice}"


def _to_rooms(graph: grimp.ImportGraph, start: str, feature: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways from a file to the rooms of its feature that it imports, directly or through other files of it."""
    seen, waiting = {start}, [(start,)]
    while waiting:
        path = waiting.pop()
        for imported in sorted(graph.find_modules_directly_imported_by(path[-1])):
            if imported in seen or feature_of(imported) != feature:
                continue
            seen.add(imported)
            if room_of(imported) in LEVELS:
                yield (*path, imported)
            else:
                waiting.append((*path, imported))


def _order() -> str:
    return " > ".join(" | ".join(rooms) for rooms in ROOMS)


Rule = Callable[[grimp.ImportGraph], Iterator[str]]


@pytest.mark.parametrize("rule", [circles, closed_rooms, web_in_business_code, rooms_upside_down])
def test_the_code_keeps_the_rule(graph, rule):
    if faults := "\n".join(rule(graph)):
        pytest.fail(f"{rule.__name__}\n{faults}", pytrace=False)


@pytest.mark.parametrize(
    ("rule", "module", "imported"),
    [
        (circles, "caseflow.law.thresholds", "caseflow.law.data"),
        (circles, "caseflow.models.section", "caseflow.models.case"),
        (closed_rooms, "caseflow.features.reminders.digests", "caseflow.features.deadlines.planning"),
        (closed_rooms, "caseflow.features.reminders.inbox.queries", "caseflow.features.cases.stages"),
        (closed_rooms, "caseflow.features.remedies.pages", "caseflow.features.remedy_maps.words"),
        (closed_rooms, "caseflow.features.routes.feature", "caseflow.features.cases.feature"),
        (closed_rooms, "worker.app", "caseflow.features.cases.feature"),
        (web_in_business_code, "caseflow.features.reports.queries", "flask"),
        (web_in_business_code, "caseflow.features.procedures.service", "wtforms"),
        (web_in_business_code, "caseflow.features.remedy_maps.steps", "caseflow.web.kit"),
        (web_in_business_code, "caseflow.features.readiness.full_pass", "celery"),
        (web_in_business_code, "caseflow.features.remedies.service", "caseflow.features.remedies.words"),
        (web_in_business_code, "caseflow.features.reminders.preferences.service", "flask_babel"),
        (web_in_business_code, "caseflow.features.reminders.inbox", "flask"),
        (web_in_business_code, "caseflow.models.case", "flask_login"),
        (web_in_business_code, "caseflow.sources", "caseflow.web.feature"),
        (web_in_business_code, "caseflow.outbound.tables", "flask"),
        (rooms_upside_down, "caseflow.features.treaties.queries", "caseflow.features.treaties.service"),
        (rooms_upside_down, "caseflow.features.treaties.commands", "caseflow.features.treaties.queries"),
        (rooms_upside_down, "caseflow.features.cases.words", "caseflow.features.cases.forms"),
        (rooms_upside_down, "caseflow.features.cases.pages", "caseflow.features.cases.panel"),
        (rooms_upside_down, "caseflow.features.readiness.facts", "caseflow.features.readiness.deadlines"),
        (rooms_upside_down, "caseflow.features.reminders.inbox.queries", "caseflow.features.reminders.inbox.service"),
        (rooms_upside_down, "caseflow.features.reminders.queries", "caseflow.features.reminders.delivery.service"),
        (rooms_upside_down, "caseflow.features.reminders.commands", "caseflow.features.reminders.digests"),
    ],
)
def test_a_planted_import_is_found(graph, rule, module, imported):
    changed = deepcopy(graph)
    assert {module, imported} <= changed.modules, "this plants an import between files that are there"
    changed.add_import(importer=module, imported=imported)
    faults = list(rule(changed))
    assert faults
    assert all(module in fault for fault in faults)
