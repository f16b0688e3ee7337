"""Notifying people of what is due: digests, emails, the inbox in the application, and the delivery of emails."""
