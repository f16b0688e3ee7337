"""Escalation of reminders that cannot reach their recipient: to substitutes, and to the coordinators of the section."""
