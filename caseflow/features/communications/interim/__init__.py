"""Interim measures (OP-ICESCR art. 5): from the first call to the request, and what became of it."""
