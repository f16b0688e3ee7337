"""Counts of cases by section, right, stage and month, for people who may see counts but no cases."""
