"""Counts: how many cases a section has by right, stage and month, for people who may see counts but no case."""
