"""Intake in three steps: search first, consent by use, then the form with a household in one pass."""
