"""Consent of the persons of a case, by scope."""
