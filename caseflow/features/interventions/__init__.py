"""What the organisations themselves did for the people of a case, and what came of it."""
