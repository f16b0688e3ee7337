"""How the persons of a case are reached, and when they were last reached."""
