"""Which columns of the list of cases a person chose."""
