"""Flags on a case: raised with a reason, resolved with what came of it."""
