"""Moves of cases between their stages."""
