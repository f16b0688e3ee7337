"""The follow-up of Views: what happened to each recommendation, until it is closed."""
