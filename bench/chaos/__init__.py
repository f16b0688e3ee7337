"""The chaos run: reminders fall due all the time while real servers and processes are killed again and again."""
