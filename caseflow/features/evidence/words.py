"""The words of evidence, by vocabulary and code."""

from collections.abc import Mapping
from typing import Final

from caseflow.web.feature import Vocabulary
from caseflow.web.texts import lazy_gettext as _l

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "evidence_kind": {
        "decision": _l("Decision"),
        "notification_proof": _l("Proof of notification"),
        "testimony": _l("Testimony"),
        "official": _l("Official document"),
        "medical": _l("Medical report"),
        "expert": _l("Expert report"),
        "photo": _l("Photo or video"),
        "statistics": _l("Statistics"),
        "correspondence": _l("Correspondence"),
        "media": _l("Media report"),
        "authorisation": _l("Authorisation to act for someone"),
        "consent_proof": _l("Proof of consent"),
        "other": _l("Other"),
    },
    "custody_kind": {
        "received": _l("Received"),
        "stored": _l("Stored, encrypted"),
        "downloaded": _l("Downloaded"),
        "verified": _l("Checked: unchanged"),
        "damaged": _l("Checked: missing or altered"),
        "sent": _l("Sent or handed over"),
        "viewed": _l("Copy looked at"),
        "removed": _l("Removed and destroyed"),
    },
    "removal_reason": {
        "wrong_file": _l("Wrong file"),
        "wrong_case": _l("It belongs to another case"),
        "withdrawn": _l("Someone withdrew it: the person who gave it, or who is shown in it"),
        "other": _l("Something else"),
    },
    "file_type": {
        "application/pdf": _l("PDF"),
        "image/jpeg": _l("Image (JPEG)"),
        "image/png": _l("Image (PNG)"),
        "image/tiff": _l("Image (TIFF)"),
        "image/gif": _l("Image (GIF)"),
        "image/webp": _l("Image (WebP)"),
        "image/heic": _l("Image (HEIC)"),
        "image/heif": _l("Image (HEIF)"),
        "image/avif": _l("Image (AVIF)"),
        "audio/ogg": _l("Sound or video (Ogg)"),
        "audio/mpeg": _l("Sound (MP3)"),
        "audio/amr": _l("Sound (AMR)"),
        "audio/mp4": _l("Sound (M4A)"),
        "audio/wav": _l("Sound (WAV)"),
        "video/webm": _l("Video (WebM)"),
        "video/x-msvideo": _l("Video (AVI)"),
        "video/quicktime": _l("Video (QuickTime)"),
        "video/3gpp": _l("Video (3GP)"),
        "video/mp4": _l("Video (MP4)"),
        "application/rtf": _l("Text (RTF)"),
        "application/x-ole-storage": _l("Office file (older than 2007)"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _l("Text (Word)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _l("Table (Excel)"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": _l("Slides (PowerPoint)"),
        "application/vnd.oasis.opendocument.text": _l("Text (OpenDocument)"),
        "application/vnd.oasis.opendocument.spreadsheet": _l("Table (OpenDocument)"),
        "application/vnd.oasis.opendocument.presentation": _l("Slides (OpenDocument)"),
        "text/plain": _l("Plain text"),
    },
    "copy_refusal": {
        "broken": _l("The file is damaged, or is not what it seems to be."),
        "locked": _l("The file asks for a password."),
        "too_large": _l("The pictures in the file are too large."),
        "too_slow": _l("Drawing the file took too long."),
    },
    "act_kind": {"evidence": _l("Evidence")},
    "action": {
        "evidence.added": _l("Added evidence"),
        "evidence.changed": _l("Described evidence"),
        "evidence.downloaded": _l("Downloaded evidence"),
        "evidence.removed": _l("Removed the file of a piece of evidence"),
        "evidence.sent": _l("Recorded that evidence was sent or handed over"),
    },
    "field": {
        "kind": _l("Kind"),
        "is_restricted": _l("Restricted"),
        "title": _l("Title"),
        "dated": _l("Date of the document"),
        "language": _l("Language"),
        "pages": _l("Pages"),
        "source": _l("Received from"),
        "received_on": _l("Received on"),
        "obtained": _l("How it was obtained"),
        "original_place": _l("Where the original is"),
        "shows": _l("What it shows"),
        "supports": _l("Things it supports"),
        "sha256": _l("SHA-256"),
        "reason": _l("Reason"),
        "sent_to": _l("To whom"),
        "removed_because": _l("Why it was removed"),
    },
    "place": {"new_evidence": _l("Add the file that proves it")},
    "chronology_kind": {
        "evidence": _l("Evidence"),
    },
    "chronology": {
        "evidence.dated": _l("Date of a document"),
        "evidence.received": _l("Evidence received"),
    },
}
HISTORY: Final = {"evidence.kind": "evidence_kind", "evidence.removed_because": "removal_reason"}
"""Fields of the history whose values are codes, and their vocabulary."""

WHY_EVIDENCE: Final = _l(
    "A communication is examined on its documents: the decisions of each instance, the proof of their notification, medical reports, photos, testimony. Many cases on housing failed because the facts were not substantiated (OP-ICESCR art. 3(2)(e))."
)
WHY_CUSTODY: Final = _l(
    "People who doubt a document ask through whose hands it went. Record each time that the file or its original leaves you: to a translator, a lawyer, the Committee."
)
WHY_SEALED: Final = _l(
    "The file is encrypted while it arrives and is never changed. Its number, its fingerprint (SHA-256) and everything that happens to it are recorded, so that you can show that it is what you received."
)
