"""The demo coalition: invented sections, people and cases that a fresh one-machine caseflow begins with.

All dates stand relative to the day of seeding, so every list, clock and reminder has something to show whenever it is
started. Everything goes through the services that people's pages call: the audit trail, the clocks and the reminders
are real. Every name, place and court is invented.
"""
