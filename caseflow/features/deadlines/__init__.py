"""Deadlines, who is responsible for them, and the planning of their reminders."""
