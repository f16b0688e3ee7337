"""Whether the processes run and reminders are sent: heartbeats, the outbox, failures."""
