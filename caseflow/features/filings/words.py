"""The words of filings, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "filing_channel": {
        "online": _l("Online form of the Committee's secretariat"),
        "email": _l("Email"),
        "post": _l("Post or courier"),
        "other": _l("Another way"),
    },
    "action": {
        "filing.prepared": _l("Prepared the filing"),
        "filing.recorded": _l("Confirmed the filing"),
        "filing.ended": _l("Ended the record of the filing"),
    },
    "field": {
        "filed_on": _l("Day of filing"),
        "filed_hour": _l("Time of filing"),
        "channel": _l("Channel"),
        "proof": _l("Proof"),
        "note": _l("Note"),
        "one_year_until": _l("End of the one-year clock"),
        "ended_at": _l("Ended"),
        "ended_because": _l("Reason"),
        "alone_because": _l("Why one person did it alone"),
    },
    "chronology_kind": {
        "filing": _l("Filing"),
    },
    "chronology": {
        "filing.sent": _l("Filed with the Committee"),
        "filing.sent_and_ended": _l("Filed with the Committee, a record that has ended"),
        "filing.ended": _l("Ended the record of the filing"),
    },
}
HISTORY: Final = {"filing.channel": "filing_channel"}
