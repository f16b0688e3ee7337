"""Who is responsible for a deadline: the owner of the case, or the person to whom it was given."""
