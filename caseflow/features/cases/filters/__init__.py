"""By what the list of cases is filtered."""
