"""Persons and groups in cases: code names, roles, claims that concern them, relations, and their sealed identity."""
