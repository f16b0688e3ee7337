"""The home of administrators."""
