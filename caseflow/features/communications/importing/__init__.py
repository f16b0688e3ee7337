"""Dockets of cases that were pending before they were recorded here, from a table (docs/operating.md)."""
