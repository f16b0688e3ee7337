"""The chronology of a case: all that is dated in it, in one list."""
