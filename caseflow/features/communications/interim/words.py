"""The words of interim measures, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

TEXTS: Final[Vocabulary] = {
    "threat": _l("What will be done, and to whom?"),
    "harm": _l("Which harm could not be undone?"),
    "prima_facie": _l("Why does the claim look well founded?"),
    "alternatives": _l("What was asked for, and refused?"),
    "who_can_stop": _l("Who can stop it?"),
    "measures": _l("What should the State be asked to do?"),
}
HINTS: Final[Vocabulary] = {
    "threat": _l("Use code names (V1, V2). Day, hour and place are taken from the case."),
    "harm": _l(
        "In an eviction: that there is no adequate place to go, and who suffers most: small children, illness, disability (51/2018, paragraph 7.5). Requests without such facts were refused (176/2020)."
    ),
    "prima_facie": _l(
        "The right, what the State did or failed to do, and why the complaint can be admitted, in a few lines."
    ),
    "alternatives": _l(
        "Each court or authority that was asked to stop it, with the day and the answer; and whether another home or treatment was offered."
    ),
    "who_can_stop": _l("Court, ministry or police, with file number, phone and email of the office."),
    "measures": _l(
        "For example: to suspend the eviction of V1 while the communication is examined, or to offer adequate housing in genuine consultation with V1."
    ),
}
VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "interim_text": dict(TEXTS),
    "interim_lack": {
        "threatened_at": _l("Day and hour of the threatened act"),
        "threat_passed": _l("The hour of the threatened act has passed: was it carried out?"),
        "place": _l("Place of the threatened act"),
        "threat": _l("What will be done, and to whom"),
        "harm": _l("Harm that could not be undone"),
        "prima_facie": _l("Why the claim looks well founded"),
        "alternatives": _l("What was asked for, and refused"),
        "who_can_stop": _l("Who can stop it"),
        "measures": _l("What the State should be asked to do"),
        "evidence": _l("Evidence: at least the order or notice of the act"),
        "victims": _l("For whom it is: no victim is recorded"),
        "authors": _l("Who submits it: no author or representative is recorded"),
        "consent": _l("Consent that the case is submitted to the United Nations"),
        "filing": _l("The communication: it must reach the Committee before or with this request"),
    },
    "interim_part": {
        "schema": _l("Form of the request"),
        "reference": _l("Reference"),
        "state": _l("State"),
        "place": _l("Place"),
        "threatened_at": _l("Day and hour of the threatened act"),
        "zone": _l("Time zone"),
        "victims": _l("Victims"),
        "authors": _l("Authors and representatives"),
        "evidence": _l("Evidence"),
        **TEXTS,
    },
    "letter_form": {"text": _l("Text for an email"), "documents": _l("Word and PDF, in one archive")},
    "action": {
        "interim.written": _l("Wrote a request for interim measures"),
        "interim.signed": _l("Signed a request for interim measures"),
        "interim.taken": _l("Downloaded a request for interim measures"),
        "interim.sent": _l("Recorded that a request for interim measures was sent"),
        "interim.breached": _l("Recorded a breach of interim measures"),
    },
    "field": {
        **TEXTS,
        "interim_sha256": _l("Fingerprint (SHA-256)"),
        "alone_because": _l("Why one person did it alone"),
        "language": _l("Language"),
        "sent_on": _l("Day of sending"),
        "sent_hour": _l("Time of sending"),
        "channel": _l("Channel"),
        "proof": _l("Proof"),
        "reason": _l("Reason"),
    },
}
HISTORY: Final = {"interim.channel": "filing_channel", "interim.language": "dossier_language"}
"""Fields of the history whose values are codes, and their vocabulary."""
