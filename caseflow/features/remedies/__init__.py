"""The domestic ladder of a claim: what was tried, with every date, and what was not and why."""
