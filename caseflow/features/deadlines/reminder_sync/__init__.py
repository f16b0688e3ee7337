"""Reconciling open deadlines and their reminders: on request, and once a day in a full pass."""
