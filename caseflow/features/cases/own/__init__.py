"""The open cases of the acting person."""
