"""What is due, who is responsible, and the reminders of it."""
