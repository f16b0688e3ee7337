"""Lists of cases that were saved under a name."""
