"""Acknowledging and snoozing deadlines."""
