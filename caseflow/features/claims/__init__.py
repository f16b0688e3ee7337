"""The claims of a case: violated rights with the acts against them. Remedies, clocks and evidence belong to a claim."""
