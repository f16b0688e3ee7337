"""The docket of a case before the Committee: letters in and out, what is due, and what follows for the stage."""
