"""The words of the list of cases: its views, its orders, its columns, and where the words of a search were found."""

from collections.abc import Mapping
from typing import Final

from flask_babel import LazyString

from caseflow.features.cases.commands import Column, ListView, Sort
from caseflow.web.texts import lazy_gettext as _l

VIEW_WORDS: Final = {
    ListView.MINE: _l("Mine"),
    ListView.DUE: _l("Due this week"),
    ListView.FILEABLE: _l("Can be filed within 60 days"),
    ListView.REVIEW: _l("Waiting for review"),
    ListView.UNOWNED: _l("No owner"),
    ListView.QUIET: _l("No activity for 60 days"),
    None: _l("All"),
}
VIEW_MEANINGS: Final[Mapping[ListView | None, LazyString | str]] = {
    ListView.MINE: _l("Your cases that have not ended."),
    ListView.DUE: _l("Cases with a date that is overdue or due within seven days."),
    ListView.FILEABLE: _l(
        "There is a final domestic decision, its one-year clock runs, and nothing that is recorded bars the communication or makes it "
        "too early. The column Missing says what each of them lacks."
    ),
    ListView.REVIEW: _l("Cases that were sent to readiness review."),
    ListView.UNOWNED: _l("Cases that nobody owns and that have not ended."),
    ListView.QUIET: _l("Cases that have not ended, in which nobody has done anything for 60 days."),
    None: "",
}
SORT_WORDS: Final = {
    Sort.DUE: _l("Next due"),
    Sort.CLOCK: _l("One-year clock"),
    Sort.ACTIVITY: _l("Last activity"),
    Sort.OPENED: _l("Day of opening"),
}
ORDER_WORDS: Final = {
    (Sort.DUE, False): _l("First the dates that cannot be undone, the soonest on top; then the other dates."),
    (Sort.DUE, True): _l("Cases without a date first, and the soonest dates last."),
    (Sort.CLOCK, False): _l("The one-year clock that ends soonest first."),
    (Sort.CLOCK, True): _l("The one-year clock that ends soonest last."),
    (Sort.ACTIVITY, False): _l("Latest activity first."),
    (Sort.ACTIVITY, True): _l("Longest without activity first."),
    (Sort.OPENED, False): _l("Most recently opened first."),
    (Sort.OPENED, True): _l("First opened first."),
}
PLACE_WORDS: Final = {
    "act.what": _l("Act"),
    "case.narrative": _l("What happened"),
    "claim.label": _l("Claim"),
    "domestic_remedy.authority": _l("Authority"),
    "domestic_remedy.file_number": _l("File number"),
    "letter.registration_number": _l("Registration number"),
    "note.text": _l("Note"),
    "other_procedure.file_number": _l("File number before another body"),
    "task.title": _l("Task"),
}
"""The texts of which a search shows a piece. Reference, title and place are in the row anyway."""
FALLING: Final = frozenset({Sort.ACTIVITY, Sort.OPENED})
"""The orders whose usual direction is from the latest day to the earliest."""
COLUMN_WORDS: Final[Mapping[Column, LazyString]] = {
    Column.STAGE: _l("Stage"),
    Column.CLOCK: _l("One-year clock"),
    Column.DUE: _l("Next due"),
    Column.MISSING: _l("Missing"),
    Column.OWNER: _l("Owner"),
    Column.ACTIVE: _l("Last activity"),
    Column.OPENED: _l("Opened"),
}
"""The columns that can be chosen, in their order. That of the case itself is always there."""
