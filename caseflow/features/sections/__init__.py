"""A section as its coordinators see it: what lapses, what waits, what can be filed, and the team."""
