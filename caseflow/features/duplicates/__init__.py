"""Persons who were recorded twice: found, merged, and taken apart again."""
