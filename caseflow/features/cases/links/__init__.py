"""Links between two cases: what they have in common, or which of them leads."""
