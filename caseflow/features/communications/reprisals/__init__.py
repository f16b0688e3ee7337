"""Reprisals against the people of a case (OP-ICESCR art. 13): what happened, to whom it was reported, and what came of it."""
