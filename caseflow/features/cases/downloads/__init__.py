"""The list of cases as a file, with a reason."""
