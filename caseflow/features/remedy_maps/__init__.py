"""Remedy maps: the remedies that a State offers for a right, in order, with their time limits."""
