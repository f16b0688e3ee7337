"""The trial of reminders: due ones all the time, real servers and processes, and all of them killed again and again."""
