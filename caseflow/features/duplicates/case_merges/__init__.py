"""Two cases of one event are merged into one, and taken apart again."""
