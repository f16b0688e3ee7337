"""The demo coalition: invented sections, people and cases of a new one-machine installation.

All dates are relative to the day of seeding, so that every list, clock and reminder has entries on any day. Everything is
added through the services that pages call, with audit trail, clocks and reminders. Every name, place and court is
invented.
"""
