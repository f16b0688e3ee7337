"""Remedy maps of countries: which remedies a State offers for a right, in which order and within which time."""
