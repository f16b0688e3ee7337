"""Preferences of people and sections for reminders: the hour of the digest, absences, thresholds."""
