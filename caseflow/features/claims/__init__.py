"""The claims of a case: one right each, with the acts against it. Remedies, clocks and evidence belong to a claim."""
