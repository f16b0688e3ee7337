"""Where the cases of a list have the words that were searched."""
