"""Assigning several cases to one person at once."""
