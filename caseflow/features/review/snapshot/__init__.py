"""All of a case that would be filed, as one canonical text with a hash."""
