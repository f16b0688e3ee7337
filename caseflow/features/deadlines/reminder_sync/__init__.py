"""Bringing open deadlines and their reminders in line: what is asked for, and once a night everything."""
