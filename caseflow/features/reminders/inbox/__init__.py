"""The inbox: the reminders of a person in the application, and the badge with their number."""
