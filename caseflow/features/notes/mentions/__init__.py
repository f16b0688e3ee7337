"""Colleagues who are mentioned in a note: it waits for them until they open it."""
