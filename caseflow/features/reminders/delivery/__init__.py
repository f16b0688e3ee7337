"""The administration of email delivery: the outbox, failures, returned addresses. Nothing of any case."""
